/* Numbers without a library; see numerics.h. */
#include "base/numerics.h"

/* sin and cos on [-pi/4, pi/4]: Taylor series, whose first left out terms are
 * (pi/4)^9 / 9! = 3e-7 and (pi/4)^10 / 10! = 2e-8. */
static float sine_near_0(float x)
{
    float s = x * x;
    return x * (1 - s / 6 * (1 - s / 20 * (1 - s / 42)));
}

static float cosine_near_0(float x)
{
    float s = x * x;
    return 1 - s / 2 * (1 - s / 12 * (1 - s / 30 * (1 - s / 56)));
}

float sine(float angle)
{
    float quarters = rounded_down(angle * (2 / PI) + 0.5f);
    /* pi/2 in two parts, so that the difference keeps its digits. */
    float rest = angle - quarters * 1.5707963f - quarters * 2.6794897e-8f;
    switch ((int)quarters & 3) {
    case 0: return sine_near_0(rest);
    case 1: return cosine_near_0(rest);
    case 2: return -sine_near_0(rest);
    default: return -cosine_near_0(rest);
    }
}

float cosine(float angle) { return sine(angle + PI / 2); }

/* arctan on [0, tan(pi/8)] by its series; the first left out term is below 1e-8. */
static float arctangent_near_0(float t)
{
    float s = t * t, sum = 0;
    for (int k = 17; k >= 1; k -= 2)
        sum = 1.0f / (float)k - s * sum;
    return t * sum;
}

float arctangent(float y, float x)
{
    float across = magnitude(x), up = magnitude(y);
    if (across + up == 0)
        return 0;
    bool is_steep = up > across;
    float t = is_steep ? across / up : up / across;
    /* Above tan(pi/8): arctan t = pi/4 - arctan((1 - t) / (1 + t)). */
    float angle = t > 0.41421356f ? PI / 4 - arctangent_near_0((1 - t) / (1 + t))
                                  : arctangent_near_0(t);
    if (is_steep)
        angle = PI / 2 - angle;
    if (x < 0)
        angle = PI - angle;
    return y < 0 ? -angle : angle;
}

float exponential(float x)
{
    if (x < -87)
        return 0;
    if (x > 88)
        return 3.4028235e38f;
    /* e^x = 2^k e^r, |r| <= ln 2 / 2, and 2^k is written as a float's exponent. */
    float k = rounded_down(x * 1.44269504f + 0.5f);
    float r = x - k * 0.693145752f - k * 1.42860677e-6f;
    float sum = 1;
    for (int n = 7; n >= 1; n--)
        sum = 1 + r / (float)n * sum;
    union { uint32_t bits; float value; } power = {(uint32_t)((int)k + 127) << 23};
    return sum * power.value;
}

void multiply3(const float a[9], const float b[9], float out[9])
{
    float c[9];
    for (int row = 0; row < 3; row++)
        for (int column = 0; column < 3; column++)
            c[3 * row + column] = a[3 * row] * b[column] + a[3 * row + 1] * b[3 + column] +
                                  a[3 * row + 2] * b[6 + column];
    for (int i = 0; i < 9; i++)
        out[i] = c[i];
}

bool invert3(const float m[9], float out[9])
{
    /* The adjugate over the determinant, in doubles: a homography mixes 1e-5 and 1e3. */
    double a[9], adjugate[9];
    for (int i = 0; i < 9; i++)
        a[i] = (double)m[i];
    adjugate[0] = a[4] * a[8] - a[5] * a[7];
    adjugate[1] = a[2] * a[7] - a[1] * a[8];
    adjugate[2] = a[1] * a[5] - a[2] * a[4];
    adjugate[3] = a[5] * a[6] - a[3] * a[8];
    adjugate[4] = a[0] * a[8] - a[2] * a[6];
    adjugate[5] = a[2] * a[3] - a[0] * a[5];
    adjugate[6] = a[3] * a[7] - a[4] * a[6];
    adjugate[7] = a[1] * a[6] - a[0] * a[7];
    adjugate[8] = a[0] * a[4] - a[1] * a[3];
    double determinant = a[0] * adjugate[0] + a[1] * adjugate[3] + a[2] * adjugate[6];
    if (!(determinant > 1e-30 || determinant < -1e-30))
        return false;
    for (int i = 0; i < 9; i++)
        out[i] = (float)(adjugate[i] / determinant);
    return true;
}

bool map_point(const float H[9], float x, float y, float out[2])
{
    float w = H[6] * x + H[7] * y + H[8];
    if (!(w > 1e-9f))
        return false;
    out[0] = (H[0] * x + H[1] * y + H[2]) / w;
    out[1] = (H[3] * x + H[4] * y + H[5]) / w;
    return true;
}

static void rows_swapped(double *a, double *b, int n)
{
    for (int i = 0; i < n; i++) {
        double kept = a[i];
        a[i] = b[i];
        b[i] = kept;
    }
}

bool solve_linear(double *matrix, double *right, int n)
{
    for (int column = 0; column < n; column++) {
        int pivot = column;
        for (int row = column + 1; row < n; row++)
            if (__builtin_fabs(matrix[row * n + column]) > __builtin_fabs(matrix[pivot * n + column]))
                pivot = row;
        if (!(__builtin_fabs(matrix[pivot * n + column]) > 1e-12))
            return false;
        if (pivot != column) {
            rows_swapped(matrix + pivot * n, matrix + column * n, n);
            rows_swapped(right + pivot, right + column, 1);
        }
        for (int row = column + 1; row < n; row++) {
            double factor = matrix[row * n + column] / matrix[column * n + column];
            for (int i = column; i < n; i++)
                matrix[row * n + i] -= factor * matrix[column * n + i];
            right[row] -= factor * right[column];
        }
    }
    for (int row = n - 1; row >= 0; row--) {
        double sum = right[row];
        for (int i = row + 1; i < n; i++)
            sum -= matrix[row * n + i] * right[i];
        right[row] = sum / matrix[row * n + row];
    }
    return true;
}

uint32_t random_next(uint32_t *state)
{
    uint32_t x = *state;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return *state = x;
}
