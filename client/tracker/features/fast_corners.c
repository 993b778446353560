/* Corners by FAST-9, spread over a grid; see fast_corners.h.
 *
 * A pixel is a corner at threshold t where 9 neighbours in a row on the circle of radius 3
 * are all brighter than it by more than t, or all darker. Its score is the greatest such t:
 * the maximum over arcs of the minimum over an arc's 9 differences.
 */
#include "features/fast_corners.h"

#include "base/numerics.h"
#include "image/imgproc.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

enum { CIRCLE = 16, ARC = 9, MAX_CELLS = 4096 };

static const int8_t CIRCLE_X[CIRCLE] = {0, 1, 2, 3, 3, 3, 2, 1, 0, -1, -2, -3, -3, -3, -2, -1};
static const int8_t CIRCLE_Y[CIRCLE] = {-3, -3, -2, -1, 0, 1, 2, 3, 3, 3, 2, 1, 0, -1, -2, -3};

static uint8_t scores[MAX_EDGE_PX * MAX_EDGE_PX]; /* 0 where there is no corner */

/* ---- scores ---- */

#ifdef __wasm_simd128__

/* The greatest over arcs of the least of each arc's 9 values, for 16 pixels at once. The
 * least of 9 in a row is that of 2, 4, 8 in a row, doubled up, and of the ninth. */
static v128_t best_arc(const v128_t d[CIRCLE])
{
    v128_t two[CIRCLE], four[CIRCLE], best = wasm_i8x16_const_splat(0);
    for (int k = 0; k < CIRCLE; k++)
        two[k] = wasm_u8x16_min(d[k], d[(k + 1) % CIRCLE]);
    for (int k = 0; k < CIRCLE; k++)
        four[k] = wasm_u8x16_min(two[k], two[(k + 2) % CIRCLE]);
    for (int k = 0; k < CIRCLE; k++) {
        v128_t eight = wasm_u8x16_min(four[k], four[(k + 4) % CIRCLE]);
        best = wasm_u8x16_max(best, wasm_u8x16_min(eight, d[(k + 8) % CIRCLE]));
    }
    return best;
}

/* Any arc of 9 holds two neighbouring compass points: where no two are brighter (darker)
 * by more than the threshold, there is no corner. */
static bool may_hold_corner(const uint8_t *p, const int offset[CIRCLE], v128_t threshold)
{
    v128_t centre = wasm_v128_load(p);
    v128_t high = wasm_u8x16_add_sat(centre, threshold), low = wasm_u8x16_sub_sat(centre, threshold);
    v128_t n = wasm_v128_load(p + offset[0]), e = wasm_v128_load(p + offset[4]);
    v128_t s = wasm_v128_load(p + offset[8]), w = wasm_v128_load(p + offset[12]);
    v128_t bright = wasm_u8x16_min(wasm_u8x16_max(n, s), wasm_u8x16_max(e, w));
    v128_t dark = wasm_u8x16_max(wasm_u8x16_min(n, s), wasm_u8x16_min(e, w));
    return wasm_v128_any_true(
        wasm_v128_or(wasm_u8x16_gt(bright, high), wasm_u8x16_lt(dark, low)));
}

/* The greatest over arcs of 4 of 8 points of the least of each arc: no less than the score,
 * as any 9 in a row of 16 points hold such an arc. */
static v128_t half_arc(const v128_t d[CIRCLE])
{
    v128_t two[CIRCLE / 2], best = wasm_i8x16_const_splat(0);
    for (int k = 0; k < CIRCLE / 2; k++)
        two[k] = wasm_u8x16_min(d[2 * k], d[(2 * k + 2) % CIRCLE]);
    for (int k = 0; k < CIRCLE / 2; k++)
        best = wasm_u8x16_max(best, wasm_u8x16_min(two[k], two[(k + 2) % (CIRCLE / 2)]));
    return best;
}

static v128_t sixteen_scores(const uint8_t *p, const int offset[CIRCLE], v128_t threshold)
{
    v128_t centre = wasm_v128_load(p), brighter[CIRCLE], darker[CIRCLE];
    for (int k = 0; k < CIRCLE; k += 2) {
        v128_t around = wasm_v128_load(p + offset[k]);
        brighter[k] = wasm_u8x16_sub_sat(around, centre);
        darker[k] = wasm_u8x16_sub_sat(centre, around);
    }
    v128_t most = wasm_u8x16_max(half_arc(brighter), half_arc(darker));
    if (!wasm_v128_any_true(wasm_u8x16_gt(most, threshold)))
        return wasm_i8x16_const_splat(0);
    for (int k = 1; k < CIRCLE; k += 2) {
        v128_t around = wasm_v128_load(p + offset[k]);
        brighter[k] = wasm_u8x16_sub_sat(around, centre);
        darker[k] = wasm_u8x16_sub_sat(centre, around);
    }
    v128_t score = wasm_u8x16_max(best_arc(brighter), best_arc(darker));
    return wasm_v128_and(score, wasm_u8x16_gt(score, threshold));
}

static void sixteen_scored(const uint8_t *p, uint8_t *out, const int offset[CIRCLE], int threshold)
{
    v128_t least = wasm_u8x16_splat((uint8_t)threshold);
    wasm_v128_store(out, may_hold_corner(p, offset, least) ? sixteen_scores(p, offset, least)
                                                           : wasm_i8x16_const_splat(0));
}

#else

static int best_arc(const int d[CIRCLE])
{
    int best = 0;
    for (int k = 0; k < CIRCLE; k++) {
        int least = d[k];
        for (int i = 1; i < ARC && least > best; i++)
            least = smaller(least, d[(k + i) % CIRCLE]);
        best = larger(best, least);
    }
    return best;
}

static int score_at(const uint8_t *p, const int offset[CIRCLE], int threshold)
{
    int n = p[offset[0]], e = p[offset[4]], s = p[offset[8]], w = p[offset[12]];
    int bright = smaller(larger(n, s), larger(e, w)), dark = larger(smaller(n, s), smaller(e, w));
    if (bright <= *p + threshold && dark >= *p - threshold)
        return 0;
    int brighter[CIRCLE], darker[CIRCLE];
    for (int k = 0; k < CIRCLE; k++) {
        brighter[k] = p[offset[k]] - *p;
        darker[k] = -brighter[k];
    }
    int score = larger(best_arc(brighter), best_arc(darker));
    return score > threshold ? score : 0;
}

static void sixteen_scored(const uint8_t *p, uint8_t *out, const int offset[CIRCLE], int threshold)
{
    for (int i = 0; i < 16; i++)
        out[i] = (uint8_t)score_at(p + i, offset, threshold);
}

#endif

/* ---- the best of each cell ---- */

typedef struct {
    int position;
    int score;
} Candidate;

static Candidate best[MAX_CELLS][MAX_CORNERS_PER_CELL];
static uint8_t held[MAX_CELLS];

/* Keep the cell's list in order of score; of equal ones the first seen stays ahead. */
static void offered_to_cell(int cell, int per_cell, int position, int score)
{
    Candidate *list = best[cell];
    int n = held[cell];
    if (n == per_cell && list[n - 1].score >= score)
        return;
    int at = n < per_cell ? n : n - 1;
    for (; at > 0 && list[at - 1].score < score; at--)
        list[at] = list[at - 1];
    list[at] = (Candidate){position, score};
    held[cell] = (uint8_t)(n < per_cell ? n + 1 : n);
}

/* Greatest of its 3 x 3 pixels; of equal neighbours the last in reading order. */
static bool is_greatest(const uint8_t *p, int width)
{
    int s = *p;
    const uint8_t *above = p - width, *below = p + width;
    return s >= above[-1] && s >= above[0] && s >= above[1] && s >= p[-1] && s > p[1] &&
           s > below[-1] && s > below[0] && s > below[1];
}

/* The top of a parabola through three scores, -0.5 to 0.5 px from the middle one. */
static float top_of(int before, int at, int after)
{
    int bend = 2 * at - before - after;
    return bend > 0 ? 0.5f * (float)(after - before) / (float)bend : 0;
}

/* The grid over one image; cells grow where there would be too many. */
typedef struct {
    const Image *image;
    const Spread *spread;
    int cell_px, across, cells;
} Grid;

static Grid grid_emptied(const Image *image, const Spread *spread)
{
    Grid grid = {image, spread, spread->cell_px, 0, 0};
    for (;; grid.cell_px++) {
        grid.across = (image->width - 1) / grid.cell_px + 1;
        grid.cells = grid.across * ((image->height - 1) / grid.cell_px + 1);
        if (grid.cells <= MAX_CELLS)
            break;
    }
    __builtin_memset(held, 0, sizeof held);
    return grid;
}

/* The score that a corner of this cell must exceed to be kept. */
static int least_of(const Grid *grid, int cell)
{
    int per_cell = grid->spread->per_cell;
    return held[cell] == per_cell ? best[cell][per_cell - 1].score : grid->spread->threshold;
}

/* Score a row, sixteen pixels at a time; what its cells would not keep counts 0. That
 * spares most of the work, once the first rows have filled the cells. */
static void row_scored(const Grid *grid, int y, const int offset[CIRCLE])
{
    int width = grid->image->width, border = grid->spread->border_px;
    int first_cell = y / grid->cell_px * grid->across;
    for (int x = border - 1; x <= width - border; x += 16) {
        int left = first_cell + x / grid->cell_px;
        int right = first_cell + smaller(x + 15, width - 1) / grid->cell_px;
        int at = y * width + x;
        sixteen_scored(grid->image->pixels + at, scores + at, offset,
                       smaller(least_of(grid, left), least_of(grid, right)));
    }
}

static void row_offered(const Grid *grid, int y)
{
    int width = grid->image->width, to = width - grid->spread->border_px;
    int first_cell = y / grid->cell_px * grid->across;
    const uint8_t *row = scores + y * width;
    for (int x = grid->spread->border_px; x < to; x++) {
#ifdef __wasm_simd128__
        if (x + 16 <= to && !wasm_v128_any_true(wasm_v128_load(row + x))) {
            x += 15;
            continue;
        }
#endif
        if (row[x] && is_greatest(row + x, width))
            offered_to_cell(first_cell + x / grid->cell_px, grid->spread->per_cell, y * width + x,
                            row[x]);
    }
}

int detect_corners(const Image *image, const Spread *spread, Corner out[MAX_CORNERS])
{
    int width = image->width, border = spread->border_px, offset[CIRCLE], count = 0;
    if (width < 2 * border + 16 || image->height < 2 * border + 1)
        return 0;
    for (int k = 0; k < CIRCLE; k++)
        offset[k] = CIRCLE_Y[k] * width + CIRCLE_X[k];
    Grid grid = grid_emptied(image, spread);
    for (int y = border - 1; y <= image->height - border; y++) {
        row_scored(&grid, y, offset);
        if (y > border) /* the row above now has all its neighbours */
            row_offered(&grid, y - 1);
    }
    for (int cell = 0; cell < grid.cells; cell++)
        for (int i = 0; i < held[cell] && count < MAX_CORNERS; i++) {
            int position = best[cell][i].position, x = position % width, y = position / width;
            const uint8_t *s = scores + position;
            out[count++] = (Corner){(float)x + top_of(s[-1], s[0], s[1]),
                                    (float)y + top_of(s[-width], s[0], s[width]),
                                    (uint16_t)best[cell][i].score, (uint8_t)i};
        }
    return count;
}
