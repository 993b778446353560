/* Finding targets in a frame from nothing; see find.h.
 *
 * Features -> matches -> what several matches agree on -> matched again where that tells ->
 * the homography of most.
 */
#include "find.h"

#include "arithmetic.h"
#include "guided.h"
#include "homography.h"
#include "image.h"
#include "qr.h"
#include "recognise.h"
#include "targets.h"
#include "votes.h"

enum {
    SAMPLES = 150,
    FEWEST_PLACES = 6, /* of agreeing pairs, on a 16 x 16 grid over the template */
    PLACES_ACROSS = 16,
};

extern Image frame_image;
Result results[MAX_TARGETS];

static Features features;
static Matches matches_of[MAX_TARGETS]; /* with this frame's features */

void frame_looked_at(void)
{
    coarser_features_of(&frame_image, &features);
    features_placed(&features, &frame_image);
    for (int slot = 0; slot < MAX_TARGETS; slot++)
        matches_of[slot].count = matches_of[slot].seen = 0;
}

void frame_looked_at_closer(void)
{
    finer_features_of(&frame_image, &features);
    features_placed(&features, &frame_image);
}

bool corners_of_print(const Image *template_image, const float H[9], float corners[8])
{
    float right = (float)template_image->width - 0.5f, bottom = (float)template_image->height - 0.5f;
    return mapped(H, -0.5f, -0.5f, corners) && mapped(H, right, -0.5f, corners + 2) &&
           mapped(H, right, bottom, corners + 4) && mapped(H, -0.5f, bottom, corners + 6);
}

/* Seen from the front, convex, and neither a speck nor far larger than the frame. */
static bool is_possible(const Image *template_image, const float H[9])
{
    float c[8], area = 0;
    if (!corners_of_print(template_image, H, c))
        return false;
    for (int i = 0; i < 4; i++) {
        const float *a = c + 2 * i, *b = c + 2 * ((i + 1) % 4), *d = c + 2 * ((i + 2) % 4);
        if (!((b[0] - a[0]) * (d[1] - b[1]) - (b[1] - a[1]) * (d[0] - b[0]) > 0))
            return false;
        area += a[0] * b[1] - a[1] * b[0];
    }
    float frame_area = (float)(frame_image.width * frame_image.height);
    return area / 2 > 300 && area / 2 < 4 * frame_area;
}

/* At how many places of the template pairs agree. */
static int places_agreeing(const Image *template_image, const Pair *pairs, const bool *agrees, int count)
{
    bool is_held[PLACES_ACROSS * PLACES_ACROSS] = {false};
    int places = 0;
    for (int i = 0; i < count; i++) {
        if (!agrees[i])
            continue;
        int column = clamped((int)(pairs[i].x * PLACES_ACROSS / (float)template_image->width), 0, PLACES_ACROSS - 1);
        int row = clamped((int)(pairs[i].y * PLACES_ACROSS / (float)template_image->height), 0, PLACES_ACROSS - 1);
        bool *held = is_held + row * PLACES_ACROSS + column;
        places += !*held;
        *held = true;
    }
    return places;
}

/* Match again around a hypothesis, twice, nearer the second time. Return at how many
 * places pairs agree in the end. */
static int guided_homography(const Image *template_image, const ViewFeatures *views, float H[9])
{
    static Pair pairs[MAX_PAIRS];
    static bool agrees[MAX_PAIRS];
    static const float REACH_PX[] = {12, 6};
    int places = 0;
    for (int round = 0; round < 2; round++) {
        int count = guided_pairs(&features, views, H, REACH_PX[round], pairs);
        if (count < 4)
            return 0;
        homography_searched(pairs, count, SAMPLES, H, agrees);
        if (!is_possible(template_image, H))
            return 0;
        places = places_agreeing(template_image, pairs, agrees, count);
    }
    return places;
}

bool coarse_homography(int slot, float H[9], int *inliers)
{
    const Image *template_image = &targets[slot].template_image;
    const ViewFeatures *views = target_views + slot;
    Matches *matches = matches_of + slot;
    float place_px = (float)larger(template_image->width, template_image->height) / 64;
    matches_added(&features, views, place_px, matches);
    Hypothesis hypotheses[MAX_HYPOTHESES];
    int tried = hypotheses_of(&features, views, matches, template_image, hypotheses);
    *inliers = 0;
    for (int i = 0; i < tried; i++) {
        float *better = hypotheses[i].H;
        int places = guided_homography(template_image, views, better);
        if (places > *inliers) {
            *inliers = places;
            __builtin_memcpy(H, better, 9 * sizeof *H);
        }
    }
    return *inliers >= FEWEST_PLACES;
}

bool found_in_frame(int slot)
{
    Result *result = results + slot;
    *result = (Result){0};
    int inliers;
    float H[9];
    Blur blur = {0, 0, 0};
    if (!coarse_homography(slot, H, &inliers) || !recognised(slot, H, &blur, result))
        return false;
    const Code *code = targets[slot].code;
    if (code && reads_as(&frame_image, code, H) < READS_AS) {
        *result = (Result){0};
        return false;
    }
    result->state = FOUND;
    result->inliers = inliers;
    return true;
}

static int open_slots(void)
{
    int mask = 0;
    for (int slot = 0; slot < MAX_TARGETS; slot++)
        mask |= targets[slot].is_open ? 1 << slot : 0;
    return mask;
}

/* Try the slots of a mask; return those that were found. */
static int found_among(int wanted)
{
    int mask = 0;
    for (int slot = 0; slot < MAX_TARGETS; slot++)
        if (wanted >> slot & 1 && found_in_frame(slot))
            mask |= 1 << slot;
    return mask;
}

/* Look for all targets as if nothing was known; return the slots found, a bit each. */
EXPORT(find) int find(void)
{
    int wanted = open_slots();
    frame_looked_at();
    int found = found_among(wanted);
    if (found == wanted)
        return found;
    frame_looked_at_closer();
    return found | found_among(wanted & ~found);
}

/* What is known of one target; null for no slot. */
EXPORT(result) const Result *result(int slot)
{
    return slot >= 0 && slot < MAX_TARGETS ? results + slot : 0;
}

/* The last frame's features, for tests and measurements: how many, where each `Feature`
 * is, and where its descriptor is. */
EXPORT(features_count) int features_count(void) { return features.count; }
EXPORT(features_at) const Feature *features_at(void) { return features.feature; }
EXPORT(descriptors_at) const uint64_t *descriptors_at(void) { return features.descriptor[0]; }
