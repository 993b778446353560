/* Corners by FAST-9, spread over a grid; see corners.h.
 *
 * A pixel is a corner at threshold t where 9 neighbours in a row on the circle of radius 3
 * are all brighter than it by more than t, or all darker. Its score is the greatest such t:
 * the maximum over arcs of the minimum over an arc's 9 differences.
 */
#include "corners.h"

#include "arithmetic.h"
#include "image.h"

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

static v128_t sixteen_scores(const uint8_t *p, const int offset[CIRCLE], v128_t threshold)
{
    v128_t centre = wasm_v128_load(p), brighter[CIRCLE], darker[CIRCLE];
    for (int k = 0; k < CIRCLE; k++) {
        v128_t around = wasm_v128_load(p + offset[k]);
        brighter[k] = wasm_u8x16_sub_sat(around, centre);
        darker[k] = wasm_u8x16_sub_sat(centre, around);
    }
    v128_t score = wasm_u8x16_max(best_arc(brighter), best_arc(darker));
    return wasm_v128_and(score, wasm_u8x16_gt(score, threshold));
}

static void row_scored(const uint8_t *row, uint8_t *out, int from, int to,
                       const int offset[CIRCLE], int threshold)
{
    v128_t least = wasm_u8x16_splat((uint8_t)threshold);
    for (int x = from; x < to; x += 16) {
        v128_t score = may_hold_corner(row + x, offset, least)
                           ? sixteen_scores(row + x, offset, least)
                           : wasm_i8x16_const_splat(0);
        wasm_v128_store(out + x, score);
    }
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

static void row_scored(const uint8_t *row, uint8_t *out, int from, int to,
                       const int offset[CIRCLE], int threshold)
{
    /* As the SIMD build: whole groups of 16, so that both see the same neighbours. */
    for (int x = from; x < from + (to - from + 15) / 16 * 16; x++)
        out[x] = (uint8_t)score_at(row + x, offset, threshold);
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

static int cells_emptied(const Image *image, const Spread *spread, int *cell_px)
{
    int px = spread->cell_px, across;
    for (;; px++) {
        across = (image->width - 1) / px + 1;
        int cells = across * ((image->height - 1) / px + 1);
        if (cells > MAX_CELLS)
            continue;
        __builtin_memset(held, 0, sizeof held);
        *cell_px = px;
        return cells;
    }
}

static void row_offered(const Image *image, const Spread *spread, int y, int cell_px)
{
    int width = image->width, to = width - spread->border_px;
    int first_cell = y / cell_px * ((width - 1) / cell_px + 1);
    const uint8_t *row = scores + y * width;
    for (int x = spread->border_px; x < to; x++) {
#ifdef __wasm_simd128__
        if (x + 16 <= to && !wasm_v128_any_true(wasm_v128_load(row + x))) {
            x += 15;
            continue;
        }
#endif
        if (row[x] && is_greatest(row + x, width))
            offered_to_cell(first_cell + x / cell_px, spread->per_cell, y * width + x, row[x]);
    }
}

int corners_of(const Image *image, const Spread *spread, Corner out[MAX_CORNERS])
{
    int width = image->width, border = spread->border_px, offset[CIRCLE], cell_px;
    int from = border - 1, to = width - border + 1; /* one more, for neighbours' scores */
    if (to - from < 3 || image->height < 2 * border + 1)
        return 0;
    for (int k = 0; k < CIRCLE; k++)
        offset[k] = CIRCLE_Y[k] * width + CIRCLE_X[k];
    for (int y = border - 1; y <= image->height - border; y++)
        row_scored(image->pixels + y * width, scores + y * width, from, to, offset,
                   spread->threshold);
    int cells = cells_emptied(image, spread, &cell_px), count = 0;
    for (int y = border; y < image->height - border; y++)
        row_offered(image, spread, y, cell_px);
    for (int cell = 0; cell < cells; cell++)
        for (int i = 0; i < held[cell] && count < MAX_CORNERS; i++) {
            int position = best[cell][i].position, x = position % width, y = position / width;
            const uint8_t *s = scores + position;
            out[count++] = (Corner){(float)x + top_of(s[-1], s[0], s[1]),
                                    (float)y + top_of(s[-width], s[0], s[width]),
                                    (uint16_t)best[cell][i].score, (uint8_t)i};
        }
    return count;
}
