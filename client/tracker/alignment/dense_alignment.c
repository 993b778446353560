/* Dense alignment (see dense_alignment.h).
 *
 * Coordinates X, Y are view px, less the view's middle, over half its longer side. A
 * small projective motion there is I + P, P = [p0 p1 p2; p3 p4 p5; p6 p7 0]; a point
 * moves by (p0 X + p1 Y + p2 - X q, p3 X + p4 Y + p5 - Y q), q = p6 X + p7 Y. With the
 * residual r = seen - print and the gradient g of the two images' mean, the step
 * minimises sum w (r + g . motion)^2.
 */
#include "alignment/dense_alignment.h"

#include "alignment/template_renderer.h"
#include "base/numerics.h"
#include "geometry/homography.h"

/* How far from what was foretold a hand turns a print in one frame, over half the view: by
 * the numbers of I + P that turn and stretch, and by those that tilt. */
#define TURNED 0.015f
#define TILTED 0.0075f

typedef float Lanes __attribute__((vector_size(16), aligned(4)));
typedef int32_t Integers __attribute__((vector_size(16), aligned(4)));

static Plane correlation;
static float sorted[MAX_VIEW_EDGE_PX * 4];

/* Return a robust deviation of the residuals where the print shows: their median size
 * over a sample, times 1.48 (a normal distribution's ratio). */
static float residual_scale(const View *view)
{
    int count = 0, size = view->width * view->height, room = (int)(sizeof sorted / sizeof *sorted);
    int stride = size / (room / 2) + 1;
    stride |= 1;
    for (int i = 0; i < size && count < room; i += stride)
        if (view->inside[i] > 0 && view->print_share[i] > 0.3f && correlation[i] > 0.3f) {
            float r = view->seen_local[i] - view->print_local[i];
            sorted[count++] = r < 0 ? -r : r;
        }
    if (count < 16)
        return 0.5f;
    /* Quickselect of the middle. */
    int low = 0, high = count - 1, middle = count / 2;
    while (low < high) {
        float pivot = sorted[(low + high) / 2];
        int i = low, j = high;
        while (i <= j) {
            while (sorted[i] < pivot)
                i++;
            while (sorted[j] > pivot)
                j--;
            if (i <= j) {
                float swapped = sorted[i];
                sorted[i++] = sorted[j];
                sorted[j--] = swapped;
            }
        }
        if (middle <= j)
            high = j;
        else if (middle >= i)
            low = i;
        else
            break;
    }
    float scale = 1.48f * sorted[middle];
    return scale < 0.8f ? 0.8f : scale;
}

static Lanes loaded(const float *p) { return *(const Lanes *)p; }
static float summed(Lanes v) { return (v[0] + v[1]) + (v[2] + v[3]); }
static Lanes positive(Lanes v) { return (Lanes)((v > 0) & (Integers)v); }

/* Add one row's share of the normal equations: lower triangle of J'WJ in `a`, -J'Wr in `b`. */
static void row_gathered(const View *view, int y, float scale, double a[64], double b[8])
{
    int n = view->width;
    int longer = view->width > view->height ? view->width : view->height;
    float unit = 2.0f / longer,
          half = 0.25f * longer; /* half: (central difference)/2, mean of two, per unit of X */
    float row_y = (y - 0.5f * (view->height - 1)) * unit;
    float cut = 1 / (4 * scale * scale);
    /* Moments sum w p q X^k of the gradient's parts p, q in {gx, gy, c}, c = -(gx X + gy Y). */
    Lanes m[6][3] = {0}, v[3][2] = {0};
    const Lanes step = {0, 1, 2, 3};
    for (int x = 0; x < n; x += 4) {
        int i = y * n + x;
        Lanes seen = loaded(view->seen_local + i), print = loaded(view->print_local + i);
        Lanes gx = loaded(view->seen_local + i + 1) - loaded(view->seen_local + i - 1) +
                   loaded(view->print_local + i + 1) - loaded(view->print_local + i - 1);
        Lanes gy = loaded(view->seen_local + i + n) - loaded(view->seen_local + i - n) +
                   loaded(view->print_local + i + n) - loaded(view->print_local + i - n);
        /* A gradient across the print's edge is none of the print's. */
        Lanes w = loaded(view->inside + i) * loaded(view->inside + i + 1) *
                  loaded(view->inside + i - 1) * loaded(view->inside + i + n) *
                  loaded(view->inside + i - n);
        Lanes trust = positive(loaded(correlation + i) - view->trusted) / (1 - view->trusted);
        Lanes r = seen - print;
        w *= trust * trust * loaded(view->print_share + i) / (1 + r * r * cut) / (1 + r * r * cut);
        Lanes gX = gx * half, gY = gy * half;
        Lanes X = (step + (float)x - 0.5f * (n - 1)) * unit;
        Lanes c = -(gX * X + gY * row_y);
        Lanes wx = w * gX, wy = w * gY, wc = w * c;
        Lanes products[6] = {wx * gX, wx * gY, wy * gY, wx * c, wy * c, wc * c};
        for (int k = 0; k < 6; k++) {
            m[k][0] += products[k];
            m[k][1] += products[k] * X;
            m[k][2] += products[k] * X * X;
        }
        Lanes residuals[3] = {wx * r, wy * r, wc * r};
        for (int k = 0; k < 3; k++) {
            v[k][0] += residuals[k];
            v[k][1] += residuals[k] * X;
        }
    }
    /* J = gx (X, Y, 1), gy (X, Y, 1), c (X, Y): part and power of each parameter. */
    static const int part[8] = {0, 0, 0, 1, 1, 1, 2, 2};
    static const int power_x[8] = {1, 0, 0, 1, 0, 0, 1, 0}, power_y[8] = {0, 1, 0, 0, 1, 0, 0, 1};
    static const int pair[3][3] = {{0, 1, 3}, {1, 2, 4}, {3, 4, 5}};
    double moments[6][3], rights[3][2];
    for (int k = 0; k < 6; k++)
        for (int j = 0; j < 3; j++)
            moments[k][j] = summed(m[k][j]);
    for (int k = 0; k < 3; k++)
        for (int j = 0; j < 2; j++)
            rights[k][j] = summed(v[k][j]);
    double powers[3] = {1, row_y, row_y * row_y};
    for (int i = 0; i < 8; i++) {
        for (int j = 0; j <= i; j++)
            a[8 * i + j] += moments[pair[part[i]][part[j]]][power_x[i] + power_x[j]] *
                            powers[power_y[i] + power_y[j]];
        b[i] -= rights[part[i]][power_x[i]] * powers[power_y[i]];
    }
}

/* The homography from template px to the view's X, Y. */
static void to_normal(const View *view, const float h[9], float out[9])
{
    int longer = view->width > view->height ? view->width : view->height;
    float unit = 2.0f / longer, cx = 0.5f * (view->width - 1), cy = 0.5f * (view->height - 1);
    const float normal[9] = {unit, 0, -cx * unit, 0, unit, -cy * unit, 0, 0, 1};
    to_view(view, h, out);
    multiply3(normal, out, out);
}

/* Put I + P, in normalised coordinates, before H. Returns the largest motion of the
 * view's corners, view px. */
float apply_motion(const View *view, const double p[8], float h[9])
{
    int longer = view->width > view->height ? view->width : view->height;
    float unit = 2.0f / longer, cx = 0.5f * (view->width - 1), cy = 0.5f * (view->height - 1);
    const float normal[9] = {unit, 0, -cx * unit, 0, unit, -cy * unit, 0, 0, 1};
    const float back[9] = {1 / unit, 0, cx, 0, 1 / unit, cy, 0, 0, 1};
    float motion[9] = {1 + (float)p[0], (float)p[1],     (float)p[2],
                       (float)p[3],     1 + (float)p[4], (float)p[5],
                       (float)p[6],     (float)p[7],     1};
    float view_h[9], largest = 0;
    for (int i = 0; i < 4; i++) {
        float x = i & 1 ? cx * unit : -cx * unit, y = i & 2 ? cy * unit : -cy * unit, to[2];
        if (!map_point(motion, x, y, to))
            return -1;
        float d = square_root((to[0] - x) * (to[0] - x) + (to[1] - y) * (to[1] - y)) / unit;
        largest = d > largest ? d : largest;
    }
    multiply3(motion, normal, motion);
    multiply3(back, motion, motion);
    to_view(view, h, view_h);
    multiply3(motion, view_h, view_h);
    to_frame(view, view_h, h);
    return largest;
}

/* Let what the px don't tell stay as it was foretold. A print that is covered, or half out of
 * the frame, has corners that no px holds: one that agrees by chance would swing them. A hand
 * turns and tilts a phone by little else than was foretold from the frames before, so each
 * number of I + P, from the foretold H to this one, counts as measured to be 0 with that
 * deviation (maximum a posteriori). Where the print has moved to is left to the px. */
static void foretold_added(const View *view, const float h[9], float scale, double a[64],
                              double b[8])
{
    static const float certain[8] = {1 / TURNED, 1 / TURNED, 0, 1 / TURNED, 1 / TURNED, 0,
                                     1 / TILTED, 1 / TILTED};
    float from[9], to[9], back[9], motion[9];
    to_normal(view, view->foretold, from);
    to_normal(view, h, to);
    if (!invert3(from, back))
        return;
    multiply3(to, back, motion);
    for (int i = 0; i < 8; i++) {
        float w = scale * certain[i];
        a[9 * i] += w * w;
        b[i] -= w * w * (motion[i] / motion[8] - (i == 0 || i == 4));
    }
}

float align_dense(View *view, const Target *target, float h[9], const Blur *blur, int rounds)
{
    float moved = -1;
    for (int round = 0; round < rounds; round++) {
        draw_print(view, target, h, blur);
        map_correlation(view, correlation);
        float scale = residual_scale(view);
        double a[64] = {0}, b[8] = {0};
        for (int y = 1; y < view->height - 1; y++)
            row_gathered(view, y, scale, a, b);
        if (a[0] + a[27] < 1)
            return -1;
        if (view->is_foretold)
            foretold_added(view, h, scale, a, b);
        for (int i = 0; i < 8; i++) {
            a[9 * i] += 1e-3 * a[9 * i] + 1e-3;
            for (int j = 0; j < i; j++)
                a[8 * j + i] = a[8 * i + j];
        }
        float before[9];
        for (int i = 0; i < 9; i++)
            before[i] = h[i];
        if (!solve_linear(a, b, 8))
            return -1;
        moved = apply_motion(view, b, h);
        float corners[8];
        if (moved < 0 || moved > 12 || !project_corners(target, h, corners)) {
            for (int i = 0; i < 9; i++)
                h[i] = before[i];
            return -1;
        }
        if (moved < 0.02f)
            break;
    }
    return moved;
}

float view_correlation(const View *view)
{
    double both = 0, of_print = 1e-6;
    map_correlation(view, correlation);
    for (int y = 0; y < view->height; y++) {
        float row = 0, weight = 0;
        for (int x = 0; x < view->width; x++) {
            int i = y * view->width + x;
            float w = view->inside[i] * view->print_share[i];
            row += w * correlation[i];
            weight += w;
        }
        both += row;
        of_print += weight;
    }
    return (float)(both / of_print);
}
