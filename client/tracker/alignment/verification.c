/* Verification (see verification.h). */
#include "alignment/verification.h"

#include "alignment/template_renderer.h"
#include "base/numerics.h"

enum {
    LEAST_ODD = 5, /* of a twin */
    TILES = TILES_ACROSS * TILES_ACROSS,
    FINER_ACROSS = 2 * TILES_ACROSS, /* for twins: a few modules of a code, a few letters */
    FINER_TILES = FINER_ACROSS * FINER_ACROSS,
    LEAST_PX = 8, /* of a tile that tells */
    SHIFTS = 11,  /* view px across in which a tile of bent paper is looked for */
};

/* Sums over one tile's px: grey levels s (seen) and p (print), and the same of the
 * locally normalised ones. */
typedef struct {
    float n, s, p, ss, pp, sp;
    float local_ss, local_pp, local_sp;
    float texture, agreeing;
    bool is_good, is_bad, is_odd;
    float gain, offset, spread; /* s = gain p + offset around here; its deviation */
} Tally;

#define SHIFTED 0.75f /* the least correlation of a tile of bent paper */
#define REFUSED_TWIN (ACCEPTED - 0.05f)

static View view;
static Tally tallies[FINER_TILES];
static int across, tile_count; /* of `tallies` */
static PrintTile tiles[TILES];
static uint8_t tile_of[MAX_VIEW_EDGE_PX * MAX_VIEW_EDGE_PX];

const PrintTile *tiles_compared(void) { return tiles; }

/* Tell each view px its tile, of n x n over the print. */
static void tiles_assigned(const Target *target, const float h[9], int n)
{
    float view_h[9], back[9];
    to_view(&view, h, view_h);
    if (!invert3(view_h, back))
        return;
    float to_column = n / (float)target->template_image.width;
    float to_row = n / (float)target->template_image.height;
    across = n;
    tile_count = n * n;
    for (int y = 0; y < view.height; y++)
        for (int x = 0; x < view.width; x++) {
            float w = 1 / (back[6] * x + back[7] * y + back[8]);
            float u = (back[0] * x + back[1] * y + back[2]) * w,
                  v = (back[3] * x + back[4] * y + back[5]) * w;
            int column = clamped((int)((u + 0.5f) * to_column), 0, n - 1);
            int row = clamped((int)((v + 0.5f) * to_row), 0, n - 1);
            tile_of[y * view.width + x] = (uint8_t)(row * n + column);
        }
}

static void tiles_summed(void)
{
    for (int i = 0; i < tile_count; i++)
        tallies[i] = (Tally){0};
    for (int i = 0; i < view.width * view.height; i++) {
        if (!(view.inside[i] > 0))
            continue;
        Tally *t = &tallies[tile_of[i]];
        float s = view.seen[i], p = view.print[i], a = view.seen_local[i], b = view.print_local[i];
        t->n += 1;
        t->s += s;
        t->p += p;
        t->ss += s * s;
        t->pp += p * p;
        t->sp += s * p;
        t->local_ss += a * a;
        t->local_pp += b * b;
        t->local_sp += a * b;
        t->texture += view.print_share[i];
    }
}

/* Fit s = gain p + offset around one tile, to the good tiles near it: light falls off and
 * shadows end, so each place has its own. False where there are none. */
static bool light_fitted(int tile)
{
    float n = 0, s = 0, p = 0, pp = 0, sp = 0;
    int x = tile % across, y = tile / across;
    float scale = TILES_ACROSS / (float)across;
    for (int i = 0; i < tile_count; i++) {
        const Tally *t = &tallies[i];
        if (!t->is_good)
            continue;
        float dx = scale * (i % across - x), dy = scale * (i / across - y);
        float w = exponential(-(dx * dx + dy * dy) * 0.2f);
        n += w * t->n;
        s += w * t->s;
        p += w * t->p;
        pp += w * t->pp;
        sp += w * t->sp;
    }
    if (!(n > 4))
        return false;
    float variance = pp / n - p / n * (p / n), both = sp / n - s / n * (p / n);
    if (!(variance > 16) || !(both > 0))
        return false;
    Tally *t = &tallies[tile];
    t->gain = both / variance;
    t->offset = s / n - t->gain * p / n;
    t->spread = t->gain * square_root(variance);
    return true;
}

/* Count in each bad tile the px that agree with the print in the light around it. */
static void agreeing_counted(void)
{
    for (int i = 0; i < view.width * view.height; i++) {
        Tally *t = &tallies[tile_of[i]];
        if (!t->is_bad || !(view.inside[i] > 0))
            continue;
        float off = view.seen[i] - t->gain * view.print[i] - t->offset;
        t->agreeing += magnitude(off) < 0.3f * t->spread;
    }
}

/* Is a bad tile bright and contrasted as the print's would be, with many px that agree? */
static bool is_odd(const Tally *t)
{
    float mean_seen = t->s / t->n, mean_print = t->p / t->n;
    float of_seen = t->ss / t->n - mean_seen * mean_seen,
          of_print = t->pp / t->n - mean_print * mean_print;
    float off = mean_seen - t->gain * mean_print - t->offset;
    float ratio = (of_seen + 4) / (t->gain * t->gain * of_print + 4);
    return t->agreeing > 0.25f * t->n && magnitude(off) < 0.9f * t->spread && ratio > 0.3f &&
           ratio < 3.3f;
}

/* Return the mean of the greatest tenths of `values`, which are sorted by it. */
static float greatest_mean(float *values, int count, int tenths)
{
    for (int i = 1; i < count; i++)
        for (int j = i; j > 0 && values[j] > values[j - 1]; j--) {
            float swapped = values[j];
            values[j] = values[j - 1];
            values[j - 1] = swapped;
        }
    int kept = (tenths * count + 9) / 10;
    float sum = 0;
    for (int i = 0; i < kept; i++)
        sum += values[i];
    return sum / kept;
}

/* The correlation of a tile's px, both sides locally normalised. */
static float correlation_of(const Tally *t)
{
    float energy = (t->local_ss + 0.02f * t->n + 1e-3f) * (t->local_pp + 0.02f * t->n + 1e-3f);
    return t->local_sp / square_root(energy);
}

/* Compare tile by tile. Returns how many have texture, their px in `px`, and how well the
 * better ones correlate in `out`. */
static int tiles_judged(float *px, Agreement *out)
{
    float values[TILES];
    int count = 0;
    *px = 0;
    for (int i = 0; i < TILES; i++) {
        const Tally *t = &tallies[i];
        float correlation = correlation_of(t), texture = t->n > 0 ? t->texture / t->n : 0;
        tiles[i] = (PrintTile){t->n, texture, correlation, false};
        if (t->n < 6 || texture < 0.25f)
            continue;
        values[count++] = correlation;
        *px += t->n;
    }
    if (count) {
        out->score = greatest_mean(values, count, 6);
        out->core = greatest_mean(values, count, 4);
    }
    return count;
}

/* The variance that noise adds to the view: what the best fitting tiles leave over. */
static float noise_left(void)
{
    static float left[FINER_TILES];
    int count = 0;
    for (int i = 0; i < tile_count; i++) {
        const Tally *t = &tallies[i];
        if (!t->is_good)
            continue;
        float ss = t->ss / t->n - t->s / t->n * (t->s / t->n),
              pp = t->pp / t->n - t->p / t->n * (t->p / t->n);
        float sp = t->sp / t->n - t->s / t->n * (t->p / t->n);
        left[count++] = -(ss - (pp > 1 ? sp * sp / pp : 0));
    }
    return count ? -greatest_mean(left, count, 3) : 1e9f;
}

/* Odd tiles that correlate a few px away are the print's, on paper that is bent: they are
 * odd no more, and no longer bad. Returns how many. */
static int shifted_excused(int *odd)
{
    static float both[FINER_TILES], of_seen[FINER_TILES];
    int excused = 0;
    for (int k = 0; k < SHIFTS * SHIFTS; k++) {
        int by = (k / SHIFTS - SHIFTS / 2) * view.width + k % SHIFTS - SHIFTS / 2;
        for (int i = 0; i < tile_count; i++)
            both[i] = of_seen[i] = 0;
        for (int i = 0; i < view.width * view.height; i++) {
            int at = i + by, tile = tile_of[i];
            if (!tallies[tile].is_odd || !(view.inside[i] > 0) || at < 0 ||
                at >= view.width * view.height)
                continue;
            float seen = view.seen_local[at];
            both[tile] += view.print_local[i] * seen;
            of_seen[tile] += seen * seen;
        }
        for (int i = 0; i < tile_count; i++) {
            Tally *t = &tallies[i];
            float least = 0.02f * t->n + 1e-3f;
            if (t->is_odd &&
                both[i] > SHIFTED * square_root((of_seen[i] + least) * (t->local_pp + least))) {
                t->is_odd = false;
                excused++;
            }
        }
    }
    *odd -= excused;
    return excused;
}

/* Find the odd tiles among the bad; returns how many bad ones there are, and in `odd` how
 * many of these are odd. */
static int odd_found(int *odd)
{
    int bad = 0;
    *odd = 0;
    for (int i = 0; i < tile_count; i++) {
        Tally *t = &tallies[i];
        t->is_good = t->n >= LEAST_PX && t->texture > 0.25f * t->n && correlation_of(t) > 0.7f;
    }
    float noise = noise_left();
    for (int i = 0; i < tile_count; i++) {
        Tally *t = &tallies[i];
        if (t->n < LEAST_PX || t->texture < 0.25f * t->n || correlation_of(t) > 0.5f ||
            !light_fitted(i))
            continue;
        /* Where noise alone could hide the print, a bad tile tells nothing. */
        float texture = t->gain * t->gain * (t->pp / t->n - t->p / t->n * (t->p / t->n));
        t->is_bad = texture > 2.5f * (noise + 4);
        bad += t->is_bad;
    }
    agreeing_counted();
    for (int i = 0; i < tile_count; i++)
        if (tallies[i].is_bad && is_odd(&tallies[i])) {
            int row = i / across * TILES_ACROSS / across,
                column = i % across * TILES_ACROSS / across;
            tiles[row * TILES_ACROSS + column].is_odd = true;
            tallies[i].is_odd = true;
            ++*odd;
        }
    return *odd >= LEAST_ODD ? bad - shifted_excused(odd) : bad;
}

Agreement measure_agreement(const Image *frame, const Target *target, const float h[9],
                    const Blur *blur)
{
    Agreement out = {0};
    if (!open_view(&view, frame, target, h, MAX_VIEW_EDGE_PX, 0) ||
        !exclude_rim(&view, frame, target, h))
        return out;
    draw_print(&view, target, h, blur);
    tiles_assigned(target, h, TILES_ACROSS);
    tiles_summed();
    float px, shown = 0;
    for (int i = 0; i < TILES; i++)
        shown += tallies[i].n;
    int odd, count = tiles_judged(&px, &out);
    if (count < 6 || px < 250 || out.score <= 0)
        return (Agreement){0};
    /* Few px agree by chance, and a homography has eight numbers to make them. Blurred,
     * neighbours are no more than one. */
    float streak = square_root(blur->streak_x * blur->streak_x + blur->streak_y * blur->streak_y);
    float spread = 1 + blur->spread_px / view.step;
    px /= (1 + streak / view.step) * spread * spread;
    float sure = ACCEPTED / (ACCEPTED + 4 / square_root(px));
    out.score *= sure;
    out.core *= sure;
    /* Where a twin differs much, many tiles are bad, half of them odd; where only a few
     * modules or letters differ, finer tiles show it, and then nearly all the bad are odd. */
    int bad = odd_found(&odd);
    bool is_sharp = streak < 2.5f * view.step && blur->spread_px < view.step;
    bool is_strict = is_sharp || (odd >= 2 * LEAST_ODD && out.score < 0.6f);
    out.is_twin = odd >= LEAST_ODD && odd >= (is_strict ? 0.45f : 0.6f) * bad;
    if (!out.is_twin && is_sharp && shown > 20 * FINER_TILES) {
        tiles_assigned(target, h, FINER_ACROSS);
        tiles_summed();
        bad = odd_found(&odd);
        out.is_twin = odd >= 6 && odd >= 0.6f * bad;
    }
    out.odd_share = bad ? (float)odd / (float)bad : 0;
    if (out.is_twin && out.score > REFUSED_TWIN)
        out.score = REFUSED_TWIN;
    return out;
}
