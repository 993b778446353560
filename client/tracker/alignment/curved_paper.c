/* Cylinder fit (see curved_paper.h). */
#include "alignment/curved_paper.h"

#include "alignment/dense_alignment.h"
#include "alignment/tile_alignment.h"
#include "base/numerics.h"
#include "pose/camera.h"

enum {
    UNKNOWNS = 10, /* the eight of a motion, as in dense_alignment.c, and two depths */
    LEAST_SHOWN = 20,
    ROUNDS = 3,
};

#define LEAST_GAIN 0.7f /* what a bend leaves of the squares that a plane leaves, at most */
#define LEAST_PX2 0.015f /* the mean square of what it explains, at least; view px */

#define LEAST_AGREED 0.006f /* how much better tiles agree aside, on average: soft ones hardly do */
#define MOST_DEPTH 0.1f /* widths; an arc of 45 degrees */
#define MOST_OTHER 0.4f /* the other axis's depth over the greater one */

static Offset offsets[MAX_OFFSETS];
static float depths[MAX_OFFSETS][4]; /* x, y of the unit depth about each axis; view px */
static int count;

/* The motion of the frame's point that shows (u, v), for one print's width of depth. */
static void depth_seen(const Target *target, const float h[9], float u, float v, float out[2])
{
    Camera camera = current_camera();
    float a[9], focal = camera.focal_px, width = (float)target->template_image.width;
    for (int i = 0; i < 3; i++) {
        a[i] = (h[i] - camera.centre_px[0] * h[6 + i]) / focal;
        a[3 + i] = (h[3 + i] - camera.centre_px[1] * h[6 + i]) / focal;
        a[6 + i] = h[6 + i];
    }
    float first = square_root(a[0] * a[0] + a[3] * a[3] + a[6] * a[6]);
    float second = square_root(a[1] * a[1] + a[4] * a[4] + a[7] * a[7]);
    float scale = width / square_root(first * second);
    float nx = scale * (a[3] * a[7] - a[6] * a[4]), ny = scale * (a[6] * a[1] - a[0] * a[7]),
          nz = scale * (a[0] * a[4] - a[3] * a[1]);
    float w = a[6] * u + a[7] * v + a[8];
    float x = (a[0] * u + a[1] * v + a[2]) / w, y = (a[3] * u + a[4] * v + a[5]) / w;
    out[0] = focal * (nx - x * nz) / w;
    out[1] = focal * (ny - y * nz) / w;
}

static bool depths_seen(const View *view, const Target *target, const float h[9])
{
    float view_h[9], back[9], at[2], seen[2];
    to_view(view, h, view_h);
    if (!invert3(view_h, back))
        return false;
    for (int i = 0; i < count; i++) {
        const Offset *o = offsets + i;
        float w = back[6] * o->x + back[7] * o->y + back[8];
        at[0] = (back[0] * o->x + back[1] * o->y + back[2]) / w;
        at[1] = (back[3] * o->x + back[4] * o->y + back[5]) / w;
        depth_seen(target, h, at[0], at[1], seen);
        float across = 2 * (at[0] + 0.5f) / (float)target->template_image.width - 1;
        float down = 2 * (at[1] + 0.5f) / (float)target->template_image.height - 1;
        for (int k = 0; k < 4; k++) {
            float from_middle = k < 2 ? across : down;
            depths[i][k] = seen[k & 1] * (1 - from_middle * from_middle) / (float)view->step;
        }
    }
    return true;
}

/* A tile's two equations: rows of the unknowns, in view px. */
static void rows_written(const View *view, int i, double row[2][UNKNOWNS])
{
    int longer = view->width > view->height ? view->width : view->height;
    double half = 0.5 * longer, x = (offsets[i].x - 0.5 * (view->width - 1)) / half,
           y = (offsets[i].y - 0.5 * (view->height - 1)) / half;
    const double across[UNKNOWNS] = {half * x,      half * y,      half, 0, 0, 0,
                                     -half * x * x, -half * x * y, depths[i][0], depths[i][2]};
    const double down[UNKNOWNS] = {0, 0, 0, half * x, half * y, half,
                                   -half * x * y, -half * y * y, depths[i][1], depths[i][3]};
    __builtin_memcpy(row[0], across, sizeof across);
    __builtin_memcpy(row[1], down, sizeof down);
}

/* Fit; depths above 0 only where `is_bent`. Returns the mean square left, view px^2; below
 * 0 where there is no fit. Tiles far off what is fitted weigh less from then on. */
static float fitted(const View *view, bool is_bent, double p[UNKNOWNS])
{
    double a[UNKNOWNS * UNKNOWNS] = {0}, row[2][UNKNOWNS], left = 0, total = 1e-6;
    __builtin_memset(p, 0, UNKNOWNS * sizeof *p);
    for (int i = 0; i < count; i++) {
        rows_written(view, i, row);
        for (int side = 0; side < 2; side++)
            for (int j = 0; j < UNKNOWNS; j++) {
                double weighed = (double)offsets[i].weight * row[side][j];
                for (int k = 0; k < UNKNOWNS; k++)
                    a[UNKNOWNS * j + k] += weighed * row[side][k];
                p[j] += weighed * (double)(side ? offsets[i].dy : offsets[i].dx);
            }
    }
    for (int j = 0; j < UNKNOWNS; j++)
        a[(UNKNOWNS + 1) * j] += j < 8 ? 1 : is_bent ? 10 : 1e12;
    if (!solve_linear(a, p, UNKNOWNS))
        return -1;
    for (int i = 0; i < count; i++) {
        double off[2] = {-(double)offsets[i].dx, -(double)offsets[i].dy};
        rows_written(view, i, row);
        for (int j = 0; j < UNKNOWNS; j++) {
            off[0] += p[j] * row[0][j];
            off[1] += p[j] * row[1][j];
        }
        double square = off[0] * off[0] + off[1] * off[1];
        left += (double)offsets[i].weight * square;
        total += (double)offsets[i].weight;
        if (is_bent && square > 1)
            offsets[i].weight *= 0.1f; /* a repetitive pattern's other summit, or a cover */
    }
    return (float)(left / total);
}

bool fit_bend(const View *view, const Target *target, float h[9])
{
    double p[UNKNOWNS], unused[UNKNOWNS];
    float gain = 0;
    int shown = 0;
    count = measure_tile_offsets(view, offsets);
    for (int i = 0; i < count; i++)
        shown += offsets[i].weight > 0, gain += offsets[i].gain;
    if (shown < LEAST_SHOWN || gain < LEAST_AGREED * (float)shown || 10 * shown < 6 * count || !depths_seen(view, target, h))
        return false;
    for (int round = 1; round < ROUNDS; round++)
        if (fitted(view, true, p) < 0)
            return false;
    float flat = fitted(view, false, unused), bent = fitted(view, true, p);
    /* Paper bends about one axis, and no more than a column does. */
    float first = magnitude((float)p[8]), second = magnitude((float)p[9]);
    float more = first > second ? first : second, less = first + second - more;
    return more < MOST_DEPTH && less < MOST_OTHER * more && flat > 0 && bent >= 0 && bent < LEAST_GAIN * flat && flat - bent > LEAST_PX2 &&
           apply_motion(view, p, h) >= 0;
}
