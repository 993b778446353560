/* Rotations in double precision, on the elementary functions of numerics.h. */
#include "geometry/rotation.h"

#include "base/numerics.h"

double arc_sine(double x)
{
    double square = 1 - x * x;
    return arctangent((float)x, (float)__builtin_sqrt(square > 0 ? square : 0));
}

double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

void cross(const double a[3], const double b[3], double out[3])
{
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

double length(const double a[3]) { return __builtin_sqrt(dot(a, a)); }

void rotation_product(const double a[9], const double b[9], double out[9])
{
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            out[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
}

void rotation_from_inverse(const double a[9], const double b[9], double out[9])
{
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            out[3 * i + j] = a[i] * b[j] + a[3 + i] * b[3 + j] + a[6 + i] * b[6 + j];
}

void rotate(const double a[9], const double v[3], double out[3])
{
    for (int i = 0; i < 3; i++) out[i] = dot(a + 3 * i, v);
}

void rotate_inverse(const double a[9], const double v[3], double out[3])
{
    for (int i = 0; i < 3; i++) out[i] = a[i] * v[0] + a[3 + i] * v[1] + a[6 + i] * v[2];
}

void rotation_about(const double vector[3], double out[9])
{
    double angle = length(vector);
    /* sin a / a and (1 - cos a) / a^2, by their series where a is too small to divide by. */
    double square = angle * angle;
    double half = sine((float)(angle / 2));
    double s = angle > 1e-2 ? sine((float)angle) / angle : 1 - square / 6;
    double c = angle > 1e-2 ? 2 * half * half / square : 0.5 - square / 24;
    double x = vector[0], y = vector[1], z = vector[2];
    out[0] = 1 - c * (y * y + z * z), out[1] = c * x * y - s * z, out[2] = c * x * z + s * y;
    out[3] = c * x * y + s * z, out[4] = 1 - c * (x * x + z * z), out[5] = c * y * z - s * x;
    out[6] = c * x * z - s * y, out[7] = c * y * z + s * x, out[8] = 1 - c * (x * x + y * y);
}

void rotation_of_quaternion(const float q[4], double out[9])
{
    double x = q[0], y = q[1], z = q[2], w = q[3];
    double scale = 2 / (x * x + y * y + z * z + w * w);
    out[0] = 1 - scale * (y * y + z * z);
    out[1] = scale * (x * y - w * z);
    out[2] = scale * (x * z + w * y);
    out[3] = scale * (x * y + w * z);
    out[4] = 1 - scale * (x * x + z * z);
    out[5] = scale * (y * z - w * x);
    out[6] = scale * (x * z - w * y);
    out[7] = scale * (y * z + w * x);
    out[8] = 1 - scale * (x * x + y * y);
}

/* Shepperd's method: divide by the largest of the four, so that nothing is lost. */
void quaternion_of_rotation(const double r[9], float out[4])
{
    double trace = r[0] + r[4] + r[8];
    int largest = 3;
    double best = trace;
    for (int i = 0; i < 3; i++)
        if (r[4 * i] > best) best = r[4 * i], largest = i;
    if (largest == 3) {
        double s = 2 * __builtin_sqrt(1 + trace);
        out[0] = (float)((r[7] - r[5]) / s), out[1] = (float)((r[2] - r[6]) / s);
        out[2] = (float)((r[3] - r[1]) / s), out[3] = (float)(s / 4);
        return;
    }
    int i = largest, j = (i + 1) % 3, k = (i + 2) % 3;
    double s = 2 * __builtin_sqrt(1 + r[4 * i] - r[4 * j] - r[4 * k]);
    out[i] = (float)(s / 4);
    out[j] = (float)((r[3 * i + j] + r[3 * j + i]) / s);
    out[k] = (float)((r[3 * i + k] + r[3 * k + i]) / s);
    out[3] = (float)((r[3 * k + j] - r[3 * j + k]) / s);
}
