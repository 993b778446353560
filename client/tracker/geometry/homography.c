/* Homographies from pairs of points; see homography.h. */
#include "geometry/homography.h"

#include "base/numerics.h"

#define ENOUGH 0.5f /* of the pairs: where they agree, samples of four find nothing better */

/* Points are moved to their mean and scaled to a mean distance near 1. */
typedef struct {
    float x, y, scale;
} Frame;

static void framed(const Pair *pairs, const bool *chosen, int count, Frame *from, Frame *to)
{
    double sum[4] = {0}, spread[2] = {0}, n = 0;
    for (int i = 0; i < count; i++)
        if (!chosen || chosen[i]) {
            sum[0] += (double)pairs[i].x, sum[1] += (double)pairs[i].y;
            sum[2] += (double)pairs[i].to_x, sum[3] += (double)pairs[i].to_y;
            n++;
        }
    *from = (Frame){(float)(sum[0] / n), (float)(sum[1] / n), 1};
    *to = (Frame){(float)(sum[2] / n), (float)(sum[3] / n), 1};
    for (int i = 0; i < count; i++)
        if (!chosen || chosen[i]) {
            float a = pairs[i].x - from->x, b = pairs[i].y - from->y;
            float c = pairs[i].to_x - to->x, d = pairs[i].to_y - to->y;
            spread[0] += (double)square_root(a * a + b * b);
            spread[1] += (double)square_root(c * c + d * d);
        }
    from->scale = (float)(spread[0] > 1e-6 ? n / spread[0] : 1);
    to->scale = (float)(spread[1] > 1e-6 ? n / spread[1] : 1);
}

/* Undo the framing: H = to^-1 * centred * from. */
static void unframed(const double *h, const Frame *from, const Frame *to, float H[9])
{
    float centred[9] = {(float)h[0], (float)h[1], (float)h[2], (float)h[3], (float)h[4],
                        (float)h[5], (float)h[6], (float)h[7], 1};
    float before[9] = {from->scale, 0, -from->scale * from->x, 0, from->scale,
                       -from->scale * from->y, 0, 0, 1};
    float after[9] = {1 / to->scale, 0, to->x, 0, 1 / to->scale, to->y, 0, 0, 1};
    multiply3(centred, before, H);
    multiply3(after, H, H);
    float over = H[8] > 1e-12f || H[8] < -1e-12f ? 1 / H[8] : 1;
    for (int i = 0; i < 9; i++)
        H[i] *= over;
}

/* Add weight * row^T row and weight * row * value to normal equations of n unknowns. */
static void equation_added(double *matrix, double *right, int n, const double *row, double value,
                           double weight)
{
    for (int i = 0; i < n; i++) {
        double scaled = weight * row[i];
        if (scaled == 0)
            continue;
        for (int j = 0; j < n; j++)
            matrix[i * n + j] += scaled * row[j];
        right[i] += scaled * value;
    }
}

static bool fitted(const Pair *pairs, const bool *chosen, int count, int unknowns, float H[9])
{
    double matrix[64] = {0}, h[8] = {0};
    Frame from, to;
    int used = 0;
    for (int i = 0; i < count; i++)
        used += !chosen || chosen[i];
    if (2 * used < unknowns)
        return false;
    framed(pairs, chosen, count, &from, &to);
    for (int i = 0; i < count; i++) {
        if (chosen && !chosen[i])
            continue;
        double x = (double)((pairs[i].x - from.x) * from.scale);
        double y = (double)((pairs[i].y - from.y) * from.scale);
        double u = (double)((pairs[i].to_x - to.x) * to.scale);
        double v = (double)((pairs[i].to_y - to.y) * to.scale);
        double weight = 1 / (double)(pairs[i].tolerance_px * pairs[i].tolerance_px);
        double across[8] = {x, y, 1, 0, 0, 0, -u * x, -u * y};
        double down[8] = {0, 0, 0, x, y, 1, -v * x, -v * y};
        equation_added(matrix, h, unknowns, across, u, weight);
        equation_added(matrix, h, unknowns, down, v, weight);
    }
    if (!solve_linear(matrix, h, unknowns))
        return false;
    unframed(h, &from, &to, H);
    return true;
}

bool fit_homography(const Pair *pairs, const bool *chosen, int count, float H[9])
{
    return fitted(pairs, chosen, count, 8, H);
}

bool fit_affine(const Pair *pairs, const bool *chosen, int count, float H[9])
{
    return fitted(pairs, chosen, count, 6, H);
}

float inlier_support(const Pair *pairs, int count, const float H[9], bool *agrees)
{
    float score = 0;
    for (int i = 0; i < count; i++) {
        const Pair *p = pairs + i;
        float at[2], share = 2;
        if (map_point(H, p->x, p->y, at)) {
            float dx = at[0] - p->to_x, dy = at[1] - p->to_y;
            share = (dx * dx + dy * dy) / (p->tolerance_px * p->tolerance_px);
        }
        agrees[i] = share < 1;
        if (agrees[i])
            score += 1 - share;
    }
    return score;
}

/* Twice the signed area of a triangle, in the template or in the frame. */
static float area_from(const Pair *a, const Pair *b, const Pair *c)
{
    return (b->x - a->x) * (c->y - a->y) - (b->y - a->y) * (c->x - a->x);
}

static float area_to(const Pair *a, const Pair *b, const Pair *c)
{
    return (b->to_x - a->to_x) * (c->to_y - a->to_y) - (b->to_y - a->to_y) * (c->to_x - a->to_x);
}

/* Four pairs make a sample where no three lie on a line, and each three keep their sense
 * (a view from the front never turns a triangle over). */
static bool is_sample(const Pair four[4])
{
    for (int skip = 0; skip < 4; skip++) {
        const Pair *a = four + (skip + 1) % 4, *b = four + (skip + 2) % 4, *c = four + (skip + 3) % 4;
        float from = area_from(a, b, c), to = area_to(a, b, c);
        if (magnitude(from) < 16 || magnitude(to) < 4 || (from > 0) != (to > 0))
            return false;
    }
    return true;
}

/* Fit to all that agree, while that raises the score. */
static float polished(const Pair *pairs, int count, float H[9], float score, bool *agrees)
{
    for (int round = 0; round < 4; round++) {
        float better[9];
        inlier_support(pairs, count, H, agrees);
        if (!fit_homography(pairs, agrees, count, better))
            break;
        float reached = inlier_support(pairs, count, better, agrees);
        if (!(reached > score + 1e-3f))
            break;
        score = reached;
        __builtin_memcpy(H, better, sizeof better);
    }
    return score;
}

float search_homography(const Pair *pairs, int count, int samples, float H[9], bool *agrees)
{
    float best = polished(pairs, count, H, inlier_support(pairs, count, H, agrees), agrees);
    uint32_t state = 0x9e3779b9;
    for (int i = 0; i < samples && count >= 4 && best < ENOUGH * (float)count; i++) {
        /* The pool grows from the 6 surest to all over the first two thirds. */
        int pool = clamped(6 + count * 3 * i / (2 * samples), 4, count);
        Pair four[4];
        for (int k = 0; k < 4; k++)
            four[k] = pairs[random_below(&state, pool)];
        float tried[9];
        if (!is_sample(four) || !fit_homography(four, 0, 4, tried))
            continue;
        float score = inlier_support(pairs, count, tried, agrees);
        if (score > best) {
            best = polished(pairs, count, tried, score, agrees);
            __builtin_memcpy(H, tried, sizeof tried);
        }
    }
    inlier_support(pairs, count, H, agrees);
    return best;
}

bool project_corners(const Target *target, const float h[9], float corners[8])
{
    float right = target->template_image.width - 0.5f,
          bottom = target->template_image.height - 0.5f;
    const float plane[8] = {-0.5f, -0.5f, right, -0.5f, right, bottom, -0.5f, bottom};
    for (int i = 0; i < 8; i += 2)
        if (!map_point(h, plane[i], plane[i + 1], corners + i))
            return false;
    for (int i = 0; i < 4; i++) {
        const float *a = corners + 2 * i, *b = corners + 2 * ((i + 1) & 3),
                    *c = corners + 2 * ((i + 2) & 3);
        if (!((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]) > 4))
            return false;
    }
    return true;
}
