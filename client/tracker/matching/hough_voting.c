/* Hypotheses by Hough voting; see hough_voting.h. */
#include "matching/hough_voting.h"

#include "base/numerics.h"
#include "geometry/homography.h"

enum {
    MAX_VOTES = 512,
    PLACES_ACROSS = 16, /* agreeing matches count once a square of a 16 x 16 grid */
};

#define NEAR_PX 4.0f       /* founding and agreeing match may be off by this much, and by */
#define FAR_SHARE 0.18f    /* this share of their distance */
#define MAP_SQUARES 0.50f  /* sum of squares of (other's map) * (founder's map)^-1 - 1 */
#define LEAST_SUPPORT 1.6f /* two sure matches are worth a try: the print itself decides */

typedef struct {
    float x, y, to_x, to_y, scale;
    float map[4];
    int place; /* on the template's grid */
    uint16_t doubt;
} Vote;

static Vote votes[MAX_VOTES];
static bool agrees[MAX_VOTES], is_taken[MAX_VOTES];
static float most_support[MAX_VOTES]; /* of each founder, when it was last counted */

static void vote_written(const Features *frame, const ViewFeatures *views, const Match *match,
                         const Image *template_image, Vote *out)
{
    const Feature *f = frame->feature + match->feature;
    const ViewFeature *v = views->feature + match->view_feature;
    out->x = v->x, out->y = v->y, out->to_x = f->x, out->to_y = f->y;
    out->scale = f->scale;
    out->doubt = match->doubt;
    local_map(views, match->view_feature, f->scale, f->angle, out->map);
    int column = (int)(v->x * PLACES_ACROSS / (float)template_image->width);
    int row = (int)(v->y * PLACES_ACROSS / (float)template_image->height);
    out->place = clamped(row, 0, PLACES_ACROSS - 1) * PLACES_ACROSS + clamped(column, 0, PLACES_ACROSS - 1);
}

/* Does another match lie where the founder's map puts it, in like size, turn and tilt?
 * `inverse` is that of the founder's map. */
static bool is_agreeing(const Vote *founder, const float inverse[4], const Vote *other)
{
    const float *m = founder->map, *n = other->map;
    float dx = other->x - founder->x, dy = other->y - founder->y;
    float across = m[0] * dx + m[1] * dy, down = m[2] * dx + m[3] * dy;
    float off_x = founder->to_x + across - other->to_x, off_y = founder->to_y + down - other->to_y;
    float most = NEAR_PX * (founder->scale > 1 ? founder->scale : 1) +
                 FAR_SHARE * square_root(across * across + down * down);
    if (off_x * off_x + off_y * off_y > most * most)
        return false;
    /* In the frame: a turn misjudged is the same turn there, however squeezed the print. */
    float a = n[0] * inverse[0] + n[1] * inverse[2] - 1, b = n[0] * inverse[1] + n[1] * inverse[3];
    float c = n[2] * inverse[0] + n[3] * inverse[2], d = n[2] * inverse[1] + n[3] * inverse[3] - 1;
    return a * a + b * b + c * c + d * d < MAP_SQUARES;
}

static bool map_inverted(const float m[4], float out[4])
{
    float determinant = m[0] * m[3] - m[1] * m[2];
    if (!(determinant > 1e-6f))
        return false;
    out[0] = m[3] / determinant, out[1] = -m[1] / determinant;
    out[2] = -m[2] / determinant, out[3] = m[0] / determinant;
    return true;
}

/* Mark who agrees with a founder; return at how many places, sure matches counting more. */
static float supported(int founder, int count)
{
    static uint8_t best_of_place[PLACES_ACROSS * PLACES_ACROSS];
    float inverse[4], support = 0;
    if (!map_inverted(votes[founder].map, inverse))
        return 0;
    __builtin_memset(best_of_place, 0, sizeof best_of_place);
    for (int i = 0; i < count; i++) {
        agrees[i] = !is_taken[i] && is_agreeing(votes + founder, inverse, votes + i);
        if (!agrees[i] || best_of_place[votes[i].place])
            continue;
        best_of_place[votes[i].place] = 1; /* the surest comes first */
        support += 1.25f - (float)votes[i].doubt / 256;
    }
    return support;
}

static int pairs_gathered(int count, Pair out[MAX_VOTES])
{
    int pairs = 0;
    for (int i = 0; i < count; i++)
        if (agrees[i])
            out[pairs++] = (Pair){votes[i].x, votes[i].y, votes[i].to_x, votes[i].to_y,
                                  1 + 1.5f * votes[i].scale};
    return pairs;
}

/* The founder's own map, or the affine map fitted to all that agree where they fix it. */
static void hypothesis_written(int founder, int count, Hypothesis *out)
{
    static Pair pairs[MAX_VOTES];
    const Vote *v = votes + founder;
    float own[9] = {v->map[0], v->map[1], v->to_x - v->map[0] * v->x - v->map[1] * v->y,
                    v->map[2], v->map[3], v->to_y - v->map[2] * v->x - v->map[3] * v->y,
                    0, 0, 1};
    int agreed = pairs_gathered(count, pairs);
    if (agreed < 4 || !fit_affine(pairs, 0, agreed, out->H) ||
        !(out->H[0] * out->H[4] - out->H[1] * out->H[3] > 1e-5f))
        __builtin_memcpy(out->H, own, sizeof own);
}

int hypotheses_of(const Features *frame, const ViewFeatures *views, const Matches *matches,
                  const Image *template_image, Hypothesis out[MAX_HYPOTHESES])
{
    int count = smaller(matches->count, MAX_VOTES);
    for (int i = 0; i < count; i++) {
        vote_written(frame, views, matches->match + i, template_image, votes + i);
        is_taken[i] = false;
        most_support[i] = MAX_VOTES;
    }
    int found = 0;
    for (; found < MAX_HYPOTHESES; found++) {
        int founder = -1;
        float most = LEAST_SUPPORT;
        for (int i = 0; i < count; i++) {
            /* As votes are taken, support only falls. */
            if (is_taken[i] || most_support[i] <= most)
                continue;
            most_support[i] = supported(i, count);
            if (most_support[i] > most) {
                most = most_support[i];
                founder = i;
            }
        }
        if (founder < 0)
            break;
        supported(founder, count);
        out[found].support = most;
        hypothesis_written(founder, count, out + found);
        for (int i = 0; i < count; i++)
            is_taken[i] = is_taken[i] || agrees[i];
    }
    return found;
}
