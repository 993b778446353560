/* Observations of a print; see print_observation.h. */
#include "pose/print_observation.h"

#include "geometry/rotation.h"

/* No tracker's corners are surer than this. */
#define LEAST_NOISE_PX 0.05

static bool is_finite(const Sighting *sighting)
{
    double sum = sighting->time_s + sighting->noise_px + sighting->focal_px;
    sum += sighting->focal_doubt + sighting->centre_px[0] + sighting->centre_px[1];
    for (int i = 0; i < 8; i++) sum += sighting->corners[i];
    for (int i = 0; i < 4; i++) sum += sighting->attitude[i];
    return sum - sum == 0;
}

bool read_sighting(const Sighting *sighting, View *out)
{
    if (!is_finite(sighting)) return false;
    for (int i = 0; i < 4; i++) {
        out->corners[2 * i] = sighting->corners[2 * i] - sighting->centre_px[0];
        out->corners[2 * i + 1] = sighting->centre_px[1] - sighting->corners[2 * i + 1];
    }
    if (sighting->attitude_kind == NO_ATTITUDE) {
        const float none[4] = {0, 0, 0, 1};
        rotation_of_quaternion(none, out->level);
    } else {
        rotation_of_quaternion(sighting->attitude, out->level);
    }
    for (int i = 0; i < 3; i++) out->up[i] = out->level[3 + i];
    out->noise_px = sighting->noise_px > LEAST_NOISE_PX ? sighting->noise_px : LEAST_NOISE_PX;
    out->time_s = sighting->time_s;
    out->share = 1;
    out->cell = 0;
    return true;
}

bool invert_symmetric(double *a, int n)
{
    for (int k = 0; k < n; k++) {
        double pivot = a[k * n + k];
        if (!(pivot > 1e-300)) return false;
        a[k * n + k] = 1;
        for (int j = 0; j < n; j++) a[k * n + j] /= pivot;
        for (int i = 0; i < n; i++) {
            if (i == k) continue;
            double factor = a[i * n + k];
            a[i * n + k] = 0;
            for (int j = 0; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
        }
    }
    return true;
}

/* How a print that leans back by `slope` stands in its scene. */
static void leant_back(double slope, double out[9])
{
    double about[3] = {-slope, 0, 0};
    rotation_about(about, out);
}

/* scene <- print */
static void mounting_rotation(const View *view, const double shared[SHARED], double out[9])
{
    double error[3] = {shared[MOUNTING], 0, shared[MOUNTING + 1]};
    double leant[9], erring[9];
    leant_back(view->slope, leant);
    rotation_about(error, erring);
    rotation_product(erring, leant, out);
}

/* camera <- scene */
static void scene_rotation(const View *view, const double shared[SHARED], const double turn[3],
                           double out[9])
{
    double error[3], erring[9], turned[9], told[9];
    double about_up[3] = {0, shared[HEADING], 0};
    cross(view->up, shared + BIAS, error);
    for (int i = 0; i < 3; i++) error[i] += turn[i];
    rotation_about(error, erring);
    rotation_about(about_up, turned);
    rotation_from_inverse(view->level, turned, told);
    rotation_product(erring, told, out);
}

void print_rotation(const View *view, const double shared[SHARED], const double turn[3],
                    double out[9])
{
    double scene[9], mounting[9];
    scene_rotation(view, shared, turn, scene);
    mounting_rotation(view, shared, mounting);
    rotation_product(scene, mounting, out);
}

static void print_corner(const View *view, int i, double out[3])
{
    out[0] = i == 0 || i == 3 ? -view->half[0] : view->half[0];
    out[1] = i < 2 ? view->half[1] : -view->half[1];
    out[2] = 0;
}

/* With the rotation known, x = -X / Z is linear in the place: x Z + X = 0 for each
 * coordinate of each corner, three unknowns. */
double locate_print(const View *view, const double rotation[9], double focal_px, double place[3])
{
    double corner[3], r[4][3], a[9] = {4, 0, 0, 0, 4, 0, 0, 0, 0}, b[3] = {0, 0, 0};
    for (int i = 0; i < 4; i++) {
        double x = view->corners[2 * i] / focal_px, y = view->corners[2 * i + 1] / focal_px;
        print_corner(view, i, corner);
        rotate(rotation, corner, r[i]);
        double right = -(r[i][0] + x * r[i][2]), top = -(r[i][1] + y * r[i][2]);
        a[2] += x, a[5] += y, a[8] += x * x + y * y;
        b[0] += right, b[1] += top, b[2] += x * right + y * top;
    }
    a[6] = a[2], a[7] = a[5];
    if (!invert_symmetric(a, 3)) return HUGE_MISFIT;
    rotate(a, b, place);
    const double normal[3] = {rotation[2], rotation[5], rotation[8]};
    if (!(place[2] < 0) || dot(normal, place) > -0.02 * length(place)) return HUGE_MISFIT;
    double misfit = 0;
    for (int i = 0; i < 4; i++) {
        double depth = -(r[i][2] + place[2]);
        if (depth <= 0) return HUGE_MISFIT;
        for (int j = 0; j < 2; j++) {
            double seen = focal_px * (r[i][j] + place[j]) / depth;
            double error = (seen - view->corners[2 * i + j]) / view->noise_px;
            misfit += error * error;
        }
    }
    return misfit;
}

/* The axes, in the camera, that each unknown turns the print about. */
static void turning_axes(const View *view, const double shared[SHARED], const double turn[3],
                         double axes[ALL][3])
{
    double scene[9];
    scene_rotation(view, shared, turn, scene);
    for (int j = 0; j < 3; j++) {
        double unit[3] = {j == 0, j == 1, j == 2};
        for (int i = 0; i < 3; i++) axes[j][i] = unit[i];
        cross(view->up, unit, axes[OWN + BIAS + j]);
    }
    for (int i = 0; i < 3; i++) {
        axes[OWN + HEADING][i] = scene[3 * i + 1];
        axes[OWN + MOUNTING][i] = scene[3 * i];
        axes[OWN + MOUNTING + 1][i] = scene[3 * i + 2];
    }
}

/* Add what the device tells of a view's attitude: its own turn is none, give or take. */
static void add_attitude(const View *view, const double turn[3], double turn_variance, Normal *out)
{
    double across = view->tilt_variance < 0 ? 0 : 1 / view->tilt_variance;
    double along = view->turn_variance < 0 ? 0 : 1 / turn_variance;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            double both = view->up[i] * view->up[j];
            double weight = both * along + ((i == j) - both) * across;
            out->matrix[i * ALL + j] += weight;
            out->slope[i] += weight * turn[j];
            out->misfit += weight * turn[i] * turn[j];
        }
}

/* The normal equations of one view; false where the print would stand behind the camera. */
bool normal_equations(const View *view, const double shared[SHARED], const OwnUnknowns *own,
                      double focal_px, double turn_variance, Normal *out)
{
    const double *place = own->place;
    double rotation[9], axes[ALL][3];
    print_rotation(view, shared, own->turn, rotation);
    turning_axes(view, shared, own->turn, axes);
    *out = (Normal){0};
    for (int i = 0; i < 4; i++) {
        double corner[3], r[3], moved[ALL][3];
        print_corner(view, i, corner);
        rotate(rotation, corner, r);
        double depth = -(r[2] + place[2]);
        if (!(depth > 1e-3)) return false;
        for (int k = 0; k < ALL; k++) {
            if (k >= 3 && k < OWN)
                for (int j = 0; j < 3; j++) moved[k][j] = j == k - 3;
            else
                cross(axes[k], r, moved[k]);
        }
        for (int j = 0; j < 2; j++) {
            double scale = focal_px / depth / view->noise_px, tangent = (r[j] + place[j]) / depth;
            double error = (focal_px * tangent - view->corners[2 * i + j]) / view->noise_px;
            double row[ALL];
            for (int k = 0; k < ALL; k++)
                row[k] = scale * (moved[k][j] + tangent * moved[k][2]);
            row[OWN + FOCAL] = focal_px * tangent / view->noise_px;
            for (int k = 0; k < ALL; k++) {
                for (int l = 0; l < ALL; l++) out->matrix[k * ALL + l] += row[k] * row[l];
                out->slope[k] += row[k] * error;
            }
            out->misfit += error * error;
        }
    }
    add_attitude(view, own->turn, turn_variance, out);
    return true;
}
