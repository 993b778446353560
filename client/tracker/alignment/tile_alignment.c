/* Alignment by tiles (see tile_alignment.h).
 *
 * A tile that is covered correlates with nothing, one of a repetitive pattern with
 * several places. So no tile decides on its own: its whole surface of correlations over
 * displacements is kept, and candidate motions (the best common translation; the affine
 * motions through the peaks of three tiles) are scored by the sum of all surfaces at the
 * displacement that each motion asks of each tile.
 */
#include "alignment/tile_alignment.h"

#include "base/numerics.h"

typedef float Lanes __attribute__((vector_size(16), aligned(4)));

enum {
    TILE_PX = 12,
    SIDE = 2 * TILE_REACH_PX + 1,
    MAX_TILES = MAX_OFFSETS,
    TRIPLES = 120,
};

typedef struct {
    float x, y;                   /* the tile's middle, view px */
    float peak, peak_dx, peak_dy; /* its best correlation, and where */
    float surface[SIDE * SIDE];
} Tile;

typedef struct {
    float a[6]; /* dx = a0 + a1 x + a2 y, dy = a3 + a4 x + a5 y; x, y from the view's middle */
} Motion;

static Tile tiles[MAX_TILES];
static int tile_count;

/* Fill a tile's surface; false where the print has no texture there. */
static bool tile_searched(const View *view, int x0, int y0, Tile *tile)
{
    int n = view->width;
    float of_print = 0, shown = 0;
    for (int y = y0; y < y0 + TILE_PX; y++)
        for (int x = x0; x < x0 + TILE_PX; x++) {
            float p = view->print_local[y * n + x];
            of_print += p * p;
            shown += view->inside[y * n + x];
        }
    if (shown < 0.6f * TILE_PX * TILE_PX || of_print < 0.25f * shown)
        return false;
    tile->x = x0 + 0.5f * (TILE_PX - 1);
    tile->y = y0 + 0.5f * (TILE_PX - 1);
    tile->peak = -1;
    for (int dy = -TILE_REACH_PX; dy <= TILE_REACH_PX; dy++)
        for (int dx = -TILE_REACH_PX; dx <= TILE_REACH_PX; dx++) {
            float *at = &tile->surface[(dy + TILE_REACH_PX) * SIDE + dx + TILE_REACH_PX];
            *at = 0;
            if (x0 + dx < 0 || y0 + dy < 0 || x0 + dx + TILE_PX > n ||
                y0 + dy + TILE_PX > view->height)
                continue;
            Lanes both = {0}, of_seen = {0};
            for (int y = 0; y < TILE_PX; y++) {
                const float *p = view->print_local + (y0 + y) * n + x0;
                const float *s = view->seen_local + (y0 + dy + y) * n + x0 + dx;
                for (int x = 0; x < TILE_PX; x += 4) {
                    Lanes a = *(const Lanes *)(p + x), b = *(const Lanes *)(s + x);
                    both += a * b;
                    of_seen += b * b;
                }
            }
            float seen = (of_seen[0] + of_seen[1]) + (of_seen[2] + of_seen[3]);
            if (seen < 0.15f * TILE_PX * TILE_PX)
                seen = 0.15f * TILE_PX * TILE_PX;
            *at = ((both[0] + both[1]) + (both[2] + both[3])) / square_root(of_print * seen);
            if (*at > tile->peak) {
                tile->peak = *at;
                tile->peak_dx = dx;
                tile->peak_dy = dy;
            }
        }
    return true;
}

/* Return a tile's correlation at a displacement, between its samples; 0 beyond reach. */
static float correlation_at(const Tile *tile, float dx, float dy)
{
    float u = dx + TILE_REACH_PX, v = dy + TILE_REACH_PX;
    if (!(u >= 0 && v >= 0 && u < SIDE - 1 && v < SIDE - 1))
        return 0;
    int i = (int)u, j = (int)v;
    const float *p = tile->surface + j * SIDE + i;
    u -= i;
    v -= j;
    return (1 - v) * (p[0] + u * (p[1] - p[0])) + v * (p[SIDE] + u * (p[SIDE + 1] - p[SIDE]));
}

/* Return the tiles' summed correlation under a motion, a little less for larger ones. */
static float motion_scored(const View *view, const Motion *m)
{
    float sum = 0, cx = 0.5f * (view->width - 1), cy = 0.5f * (view->height - 1);
    for (int i = 0; i < tile_count; i++) {
        float x = tiles[i].x - cx, y = tiles[i].y - cy;
        float dx = m->a[0] + m->a[1] * x + m->a[2] * y, dy = m->a[3] + m->a[4] * x + m->a[5] * y;
        float c = correlation_at(&tiles[i], dx, dy);
        sum += (c > 0 ? c : 0) - 0.003f * (dx * dx + dy * dy);
    }
    return sum;
}

/* Fit an affine motion to the displacements of the tiles given (weights may be 0). */
static bool motion_fitted(const View *view, const int *which, const float *dx, const float *dy,
                          const float *weights, int count, Motion *out)
{
    double a[9] = {0}, ax[9], bx[3] = {0}, by[3] = {0};
    float cx = 0.5f * (view->width - 1), cy = 0.5f * (view->height - 1);
    for (int i = 0; i < count; i++) {
        double w = weights[i], row[3] = {1, tiles[which[i]].x - cx, tiles[which[i]].y - cy};
        for (int j = 0; j < 3; j++) {
            for (int k = 0; k < 3; k++)
                a[3 * j + k] += w * row[j] * row[k];
            bx[j] += w * row[j] * dx[i];
            by[j] += w * row[j] * dy[i];
        }
    }
    /* A prior on turning and stretching: 0.15 a tile's weight, at 0.15 px/px. */
    a[0] += 1e-6;
    a[4] += 20;
    a[8] += 20;
    for (int i = 0; i < 9; i++)
        ax[i] = a[i];
    if (!solve_linear(ax, bx, 3) || !solve_linear(a, by, 3))
        return false;
    for (int i = 0; i < 3; i++) {
        out->a[i] = (float)bx[i];
        out->a[3 + i] = (float)by[i];
    }
    return magnitude(out->a[1]) + magnitude(out->a[2]) < 0.5f &&
           magnitude(out->a[4]) + magnitude(out->a[5]) < 0.5f;
}

/* The translation at which all surfaces together are highest. */
static Motion common_translation(void)
{
    Motion best = {{0}};
    float most = -1e9f;
    for (int dy = -TILE_REACH_PX; dy <= TILE_REACH_PX; dy++)
        for (int dx = -TILE_REACH_PX; dx <= TILE_REACH_PX; dx++) {
            float sum = -0.003f * tile_count * (dx * dx + dy * dy);
            for (int i = 0; i < tile_count; i++) {
                float c = tiles[i].surface[(dy + TILE_REACH_PX) * SIDE + dx + TILE_REACH_PX];
                sum += c > 0 ? c : 0;
            }
            if (sum > most) {
                most = sum;
                best.a[0] = (float)dx;
                best.a[3] = (float)dy;
            }
        }
    return best;
}

/* Try the affine motions through the peaks of three tiles; keep the best in `best`. */
static float triples_tried(const View *view, Motion *best, float most)
{
    static const float equal[3] = {1000, 1000, 1000};
    uint32_t state = 12345;
    for (int n = 0; n < TRIPLES; n++) {
        int which[3];
        float dx[3], dy[3];
        bool usable = true;
        for (int i = 0; i < 3; i++) {
            state = state * 1664525u + 1013904223u;
            which[i] = (int)((state >> 8) % (uint32_t)tile_count);
            dx[i] = tiles[which[i]].peak_dx;
            dy[i] = tiles[which[i]].peak_dy;
            usable = usable && tiles[which[i]].peak > 0.4f;
        }
        Motion tried;
        if (!usable || !motion_fitted(view, which, dx, dy, equal, 3, &tried))
            continue;
        float score = motion_scored(view, &tried);
        if (score > most) {
            most = score;
            *best = tried;
        }
    }
    return most;
}

/* A tile's highest correlation within `reach` of (ix, iy), above 0.3, and where it is to a
 * fraction of a px; 0 where there is none. */
static float summit_near(const Tile *tile, int ix, int iy, int reach, float *dx, float *dy)
{
    float most = 0.3f;
    int bx = 99, by = 99;
    for (int v = iy - reach; v <= iy + reach; v++)
        for (int u = ix - reach; u <= ix + reach; u++) {
            if (u <= -TILE_REACH_PX || v <= -TILE_REACH_PX || u >= TILE_REACH_PX ||
                v >= TILE_REACH_PX)
                continue;
            float c = tile->surface[(v + TILE_REACH_PX) * SIDE + u + TILE_REACH_PX];
            if (c > most) {
                most = c;
                bx = u;
                by = v;
            }
        }
    if (bx == 99)
        return 0;
    const float *p = tile->surface + (by + TILE_REACH_PX) * SIDE + bx + TILE_REACH_PX;
    float bend_x = p[-1] - 2 * p[0] + p[1], bend_y = p[-SIDE] - 2 * p[0] + p[SIDE];
    float sx = bend_x < -1e-3f ? 0.5f * (p[-1] - p[1]) / bend_x : 0;
    float sy = bend_y < -1e-3f ? 0.5f * (p[-SIDE] - p[SIDE]) / bend_y : 0;
    *dx = bx + (magnitude(sx) < 1 ? sx : 0);
    *dy = by + (magnitude(sy) < 1 ? sy : 0);
    return most;
}

/* Fit again to every tile's summit near where the motion puts it, to a fraction of a px.
 * Returns the score; the motion is kept where no better one is found. */
static float motion_polished(const View *view, Motion *best)
{
    int which[MAX_TILES], count = 0;
    float dx[MAX_TILES], dy[MAX_TILES], weights[MAX_TILES];
    float cx = 0.5f * (view->width - 1), cy = 0.5f * (view->height - 1);
    for (int i = 0; i < tile_count; i++) {
        float x = tiles[i].x - cx, y = tiles[i].y - cy;
        float px = best->a[0] + best->a[1] * x + best->a[2] * y,
              py = best->a[3] + best->a[4] * x + best->a[5] * y;
        int ix = (int)(px + 64.5f) - 64, iy = (int)(py + 64.5f) - 64;
        float most = summit_near(&tiles[i], ix, iy, 1, dx + count, dy + count);
        if (most == 0)
            continue;
        which[count] = i;
        weights[count++] = most * most;
    }
    Motion fitted;
    float before = motion_scored(view, best), after = -1e9f;
    if (count >= 3 && motion_fitted(view, which, dx, dy, weights, count, &fitted))
        after = motion_scored(view, &fitted);
    if (after <= before)
        return before;
    *best = fitted;
    return after;
}

/* Let a motion climb from `start`; replace `best` where it ends higher. */
static void climbed_from(const View *view, Motion start, Motion *best, float *most)
{
    float score = 0;
    for (int i = 0; i < 4; i++)
        score = motion_polished(view, &start);
    if (score > *most) {
        *most = score;
        *best = start;
    }
}

/* Lay tiles over the view, those with texture. */
static void tiles_laid(const View *view)
{
    tile_count = 0;
    int nx = view->width / (TILE_PX - 2), ny = view->height / (TILE_PX - 2);
    for (int j = 0; j < ny; j++)
        for (int i = 0; i < nx && tile_count < MAX_TILES; i++) {
            int x = nx > 1 ? i * (view->width - TILE_PX) / (nx - 1) : 0;
            int y = ny > 1 ? j * (view->height - TILE_PX) / (ny - 1) : 0;
            tile_count += tile_searched(view, x, y, &tiles[tile_count]);
        }
}

float align_tiles(const View *view, float h[9])
{
    tiles_laid(view);
    if (tile_count < 3)
        return 0;
    /* Where it stands, the best translation, the best triple: the highest summit wins. */
    Motion best = {{0}}, triple = {{0}};
    float most = -1e9f;
    climbed_from(view, best, &best, &most);
    climbed_from(view, common_translation(), &best, &most);
    if (triples_tried(view, &triple, -1e9f) > -1e9f)
        climbed_from(view, triple, &best, &most);
    float cx = 0.5f * (view->width - 1), cy = 0.5f * (view->height - 1), view_h[9];
    const float *a = best.a;
    const float motion[9] = {1 + a[1], a[2],     a[0] - a[1] * cx - a[2] * cy,
                             a[4],     1 + a[5], a[3] - a[4] * cx - a[5] * cy,
                             0,        0,        1};
    to_view(view, h, view_h);
    multiply3(motion, view_h, view_h);
    to_frame(view, view_h, h);
    return motion_scored(view, &best) / tile_count;
}

int measure_tile_offsets(const View *view, Offset out[MAX_OFFSETS])
{
    tiles_laid(view);
    for (int i = 0; i < tile_count; i++) {
        const float *in_plane = tiles[i].surface + TILE_REACH_PX * (SIDE + 1);
        out[i] = (Offset){tiles[i].x, tiles[i].y, 0, 0, 0, 0};
        float most = summit_near(&tiles[i], 0, 0, BENT_REACH_PX, &out[i].dx, &out[i].dy);
        out[i].weight = most > 0.6f ? most * most : 0;
        out[i].gain = most > 0.6f ? most - *in_plane : 0;
    }
    return tile_count;
}
