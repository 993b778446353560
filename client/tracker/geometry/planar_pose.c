/* A print's pose (see planar_pose.h).
 *
 * Collins and Bartoli, "Infinitesimal plane-based pose estimation", IJCV 109 (2014): the
 * homography's value and Jacobian at the print's centre give both rotations in closed
 * form. Each is then improved by Gauss-Newton on the four corners.
 *
 * Within this file the camera is computer vision's (+x right, +y down, +z ahead) and the
 * target's frame likewise; D = diag(1, -1, -1), on both sides, leads to WebXR's.
 */
#include "geometry/planar_pose.h"

#include "base/numerics.h"
#include "geometry/homography.h"

enum {
    POSE_ROUNDS = 12
};

typedef struct {
    double r[9], t[3]; /* target to camera */
    double error_px;
} Placed;

typedef struct {
    double plane[8]; /* metres from the print's centre: x, y of each corner */
    double seen[8];  /* on the plane at depth 1 */
    double focal_px;
} Corners;

static double root(double x) { return x > 0 ? __builtin_sqrt(x) : 0; }

static void product(const double a[9], const double b[9], double out[9])
{
    double p[9];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            p[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
    for (int i = 0; i < 9; i++)
        out[i] = p[i];
}

/* The rotation that takes the optical axis to the sight (p, q, 1). */
static void sight_rotation(double p, double q, double out[9])
{
    double s = root(p * p + q * q + 1), f = 1 / (s * (s + 1));
    const double r[9] = {1 - p * p * f, -p * q * f, p / s,  -p * q * f, 1 - q * q * f,
                         q / s,         -p / s,     -q / s, 1 / s};
    for (int i = 0; i < 9; i++)
        out[i] = r[i];
}

/* Both rotations, from the Jacobian j (2 x 2) and the value (p, q) of the homography from
 * the plane, in metres, to depth 1, at the print's centre. */
static bool rotations(const double j[4], double p, double q, double first[9], double second[9])
{
    double sight[9];
    sight_rotation(p, q, sight);
    double b00 = sight[0] - p * sight[6], b01 = sight[1] - p * sight[7];
    double b10 = sight[3] - q * sight[6], b11 = sight[4] - q * sight[7];
    double determinant = b00 * b11 - b01 * b10;
    if (!(determinant > 1e-12 || determinant < -1e-12))
        return false;
    double a00 = (b11 * j[0] - b01 * j[2]) / determinant,
           a01 = (b11 * j[1] - b01 * j[3]) / determinant;
    double a10 = (b00 * j[2] - b10 * j[0]) / determinant,
           a11 = (b00 * j[3] - b10 * j[1]) / determinant;
    /* The larger singular value of A is 1 / depth. */
    double u = a00 * a00 + a01 * a01, v = a10 * a10 + a11 * a11, w = a00 * a10 + a01 * a11;
    double gamma = root(0.5 * (u + v + root((u - v) * (u - v) + 4 * w * w)));
    if (!(gamma > 1e-9))
        return false;
    double r00 = a00 / gamma, r01 = a01 / gamma, r10 = a10 / gamma, r11 = a11 / gamma;
    double b0 = root(1 - r00 * r00 - r10 * r10), b1 = root(1 - r01 * r01 - r11 * r11);
    if (-r00 * r01 - r10 * r11 < 0)
        b1 = -b1;
    for (int k = 0; k < 2; k++, b0 = -b0, b1 = -b1) {
        const double turned[9] = {r00, r01, r10 * b1 - b0 * r11,  r10, r11, b0 * r01 - r00 * b1,
                                  b0,  b1,  r00 * r11 - r10 * r01};
        product(sight, turned, k ? second : first);
    }
    return true;
}

/* The translation under which the rotated corners are seen best: linear least squares. */
static bool translation(const Corners *c, Placed *pose)
{
    const double *r = pose->r;
    double a[9] = {0}, b[3] = {0};
    for (int i = 0; i < 4; i++) {
        double x = c->plane[2 * i], y = c->plane[2 * i + 1], u = c->seen[2 * i],
               v = c->seen[2 * i + 1];
        double px = r[0] * x + r[1] * y, py = r[3] * x + r[4] * y, pz = r[6] * x + r[7] * y;
        /* tx - u tz = u pz - px, and alike for y. */
        const double rows[2][4] = {{1, 0, -u, u * pz - px}, {0, 1, -v, v * pz - py}};
        for (int k = 0; k < 2; k++)
            for (int m = 0; m < 3; m++) {
                for (int n = 0; n < 3; n++)
                    a[3 * m + n] += rows[k][m] * rows[k][n];
                b[m] += rows[k][m] * rows[k][3];
            }
    }
    if (!solve_linear(a, b, 3))
        return false;
    for (int i = 0; i < 3; i++)
        pose->t[i] = b[i];
    return true;
}

/* Turn `r` by the rotation vector w, from the left: Rodrigues by way of a unit quaternion. */
static void turned(double r[9], const double w[3])
{
    double n = 1 / root(1 + 0.25 * (w[0] * w[0] + w[1] * w[1] + w[2] * w[2]));
    double x = 0.5 * w[0] * n, y = 0.5 * w[1] * n, z = 0.5 * w[2] * n;
    const double turn[9] = {
        1 - 2 * (y * y + z * z), 2 * (x * y - z * n),     2 * (x * z + y * n),
        2 * (x * y + z * n),     1 - 2 * (x * x + z * z), 2 * (y * z - x * n),
        2 * (x * z - y * n),     2 * (y * z + x * n),     1 - 2 * (x * x + y * y)};
    product(turn, r, r);
}

/* Sum J'J and J'e of the corners' errors, and return the errors' sum of squares, in px^2;
 * < 0 where a corner lies behind the camera. */
static double errors_gathered(const Corners *c, const Placed *pose, double a[36], double b[6])
{
    const double *r = pose->r, *t = pose->t;
    double sum = 0;
    for (int i = 0; i < 4; i++) {
        double x = c->plane[2 * i], y = c->plane[2 * i + 1];
        double px = r[0] * x + r[1] * y, py = r[3] * x + r[4] * y, pz = r[6] * x + r[7] * y;
        double z = pz + t[2];
        if (!(z > 1e-6))
            return -1;
        double u = (px + t[0]) / z, v = (py + t[1]) / z;
        double eu = c->seen[2 * i] - u, ev = c->seen[2 * i + 1] - v;
        sum += eu * eu + ev * ev;
        /* Motion of the rotated corner: w x (px, py, pz). */
        const double ju[6] = {-u * py / z, (pz + u * px) / z, -py / z, 1 / z, 0, -u / z};
        const double jv[6] = {-(pz + v * py) / z, v * px / z, px / z, 0, 1 / z, -v / z};
        for (int m = 0; m < 6; m++) {
            for (int n = 0; n < 6; n++)
                a[6 * m + n] += ju[m] * ju[n] + jv[m] * jv[n];
            b[m] += ju[m] * eu + jv[m] * ev;
        }
    }
    return sum * c->focal_px * c->focal_px;
}

/* Improve a pose until its corners' error rests; false where it leaves for behind. Damped
 * as by Levenberg and Marquardt: seen from the front, tilting hardly moves a corner. */
static bool pose_improved(const Corners *c, Placed *pose)
{
    double damping = 1e-6, a[36] = {0}, b[6] = {0};
    double sum = errors_gathered(c, pose, a, b);
    for (int round = 0; round < POSE_ROUNDS && sum >= 0; round++) {
        Placed tried = *pose;
        double ta[36], step[6], next_a[36] = {0}, next_b[6] = {0};
        for (int i = 0; i < 36; i++)
            ta[i] = a[i] * (i % 7 ? 1 : 1 + damping);
        for (int i = 0; i < 6; i++)
            step[i] = b[i];
        if (!solve_linear(ta, step, 6))
            break;
        turned(tried.r, step);
        for (int i = 0; i < 3; i++)
            tried.t[i] += step[3 + i];
        double next = errors_gathered(c, &tried, next_a, next_b);
        if (next < 0 || next > sum) {
            damping *= 30;
            continue;
        }
        bool rests = sum - next < 1e-9 + 1e-6 * sum;
        *pose = tried;
        sum = next;
        damping *= 0.1;
        for (int i = 0; i < 36; i++)
            a[i] = next_a[i];
        for (int i = 0; i < 6; i++)
            b[i] = next_b[i];
        if (rests)
            break;
    }
    pose->error_px = root(sum / 4);
    return sum >= 0;
}

/* Write a pose in WebXR's frames: position, then quaternion x y z w, w >= 0. */
static void pose_written(const Placed *pose, float out[7])
{
    double r[9];
    for (int i = 0; i < 9; i++)
        r[i] = pose->r[i] * ((i / 3 > 0) == (i % 3 > 0) ? 1 : -1); /* D R D */
    double q[4], most = -1;
    /* Four times the square of each component; the largest divides. */
    const double squares[4] = {1 + r[0] - r[4] - r[8], 1 - r[0] + r[4] - r[8],
                               1 - r[0] - r[4] + r[8], 1 + r[0] + r[4] + r[8]};
    int k = 0;
    for (int i = 0; i < 4; i++)
        if (squares[i] > most) {
            most = squares[i];
            k = i;
        }
    const double xy = r[1] + r[3], xz = r[2] + r[6], yz = r[5] + r[7];
    const double xw = r[7] - r[5], yw = r[2] - r[6], zw = r[3] - r[1];
    const double rows[4][4] = {
        {most, xy, xz, xw}, {xy, most, yz, yw}, {xz, yz, most, zw}, {xw, yw, zw, most}};
    double norm = 0;
    for (int i = 0; i < 4; i++) {
        q[i] = rows[k][i];
        norm += q[i] * q[i];
    }
    norm = (q[3] < 0 ? -1 : 1) / root(norm);
    out[0] = (float)pose->t[0];
    out[1] = (float)-pose->t[1];
    out[2] = (float)-pose->t[2];
    for (int i = 0; i < 4; i++)
        out[3 + i] = (float)(q[i] * norm);
}

int planar_pose(const float h[9], const Target *target, float focal_px, const float centre_px[2],
                Result *out)
{
    float corners[8];
    if (!(focal_px > 0) || !project_corners(target, h, corners))
        return 0;
    int width = target->template_image.width, height = target->template_image.height;
    double metres = target->width_m / width; /* of a template px */
    double mx = 0.5 * (width - 1), my = 0.5 * (height - 1);
    Corners c = {{0}, {0}, focal_px};
    for (int i = 0; i < 4; i++) {
        c.plane[2 * i] = 0.5 * metres * (i == 1 || i == 2 ? width : -width);
        c.plane[2 * i + 1] = 0.5 * metres * (i > 1 ? height : -height);
        c.seen[2 * i] = (corners[2 * i] - centre_px[0]) / focal_px;
        c.seen[2 * i + 1] = (corners[2 * i + 1] - centre_px[1]) / focal_px;
    }
    /* Value and Jacobian of the homography at the centre, from metres to depth 1. */
    double w = h[6] * mx + h[7] * my + h[8];
    double x = (h[0] * mx + h[1] * my + h[2]) / w, y = (h[3] * mx + h[4] * my + h[5]) / w;
    double scale = 1 / (w * metres * focal_px);
    const double j[4] = {(h[0] - x * h[6]) * scale, (h[1] - x * h[7]) * scale,
                         (h[3] - y * h[6]) * scale, (h[4] - y * h[7]) * scale};
    Placed poses[2];
    if (!rotations(j, (x - centre_px[0]) / focal_px, (y - centre_px[1]) / focal_px, poses[0].r,
                   poses[1].r))
        return 0;
    bool holds[2];
    for (int i = 0; i < 2; i++)
        holds[i] = translation(&c, &poses[i]) && pose_improved(&c, &poses[i]);
    if (!holds[0] && !holds[1])
        return 0;
    int best = !holds[0] || (holds[1] && poses[1].error_px < poses[0].error_px);
    int other = holds[1 - best] ? 1 - best : best;
    pose_written(&poses[best], out->pose);
    pose_written(&poses[other], out->other_pose);
    out->error_px = (float)poses[best].error_px;
    out->other_error_px = (float)poses[other].error_px;
    return holds[0] + holds[1];
}
