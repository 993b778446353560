/* Detect targets in a frame; see detection.h.
 *
 * Features -> matches -> what several matches agree on -> matched again where that tells ->
 * the homography of most.
 */
#include "recognition/detection.h"

#include "base/numerics.h"
#include "geometry/homography.h"
#include "image/imgproc.h"
#include "matching/guided_matching.h"
#include "matching/hough_voting.h"
#include "recognition/qr_code.h"
#include "recognition/recognition.h"
#include "recognition/targets.h"

enum {
    SAMPLES = 150,
    FEWEST_PLACES = 4, /* of agreeing pairs, on a 16 x 16 grid over the template */
    PLACES_ACROSS = 16,
    SURE_PLACES = 40, /* of a candidate that is tried before the others are made */
    MOST_TRIED = 3, /* candidates that are refined: each takes some ms */
};

#define LEADING 2 /* times the support of the next */

typedef struct {
    float H[9];
    int places; /* at which pairs agree */
} Candidate;

static Features features;
static Matches matches_of[MAX_TARGETS]; /* with this frame's features */
static bool twin_seen[MAX_TARGETS];     /* in this frame, and where: */
static float twins[MAX_TARGETS][9];

void detect_frame_features(void)
{
    detect_coarse_features(&frame_image, &features);
    bucket_features(&features, &frame_image);
    for (int slot = 0; slot < MAX_TARGETS; slot++)
        matches_of[slot].count = matches_of[slot].seen = twin_seen[slot] = 0;
}

void detect_finer_frame_features(void)
{
    detect_fine_features(&frame_image, &features);
    bucket_features(&features, &frame_image);
}

/* Corners of the print in the frame: outer edges of its first and last pixels. False
 * where one is behind the camera. */
static bool print_corners(const Image *template_image, const float H[9], float corners[8])
{
    float right = (float)template_image->width - 0.5f, bottom = (float)template_image->height - 0.5f;
    return map_point(H, -0.5f, -0.5f, corners) && map_point(H, right, -0.5f, corners + 2) &&
           map_point(H, right, bottom, corners + 4) && map_point(H, -0.5f, bottom, corners + 6);
}

/* Seen from the front, convex, and neither a speck nor far larger than the frame. */
static bool is_possible(const Image *template_image, const float H[9])
{
    float c[8], area = 0;
    if (!print_corners(template_image, H, c))
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
        int count = match_guided(&features, views, H, REACH_PX[round], pairs);
        if (count < 4)
            return 0;
        search_homography(pairs, count, SAMPLES, H, agrees);
        if (!is_possible(template_image, H))
            return 0;
        places = places_agreeing(template_image, pairs, agrees, count);
    }
    return places;
}

/* Would refining one lead where refining the other leads? */
static bool is_same_place(const Image *template_image, const float H[9], const float other[9])
{
    float a[8], b[8], off = 0, size = 0;
    if (!print_corners(template_image, H, a) || !print_corners(template_image, other, b))
        return false;
    for (int i = 0; i < 8; i++) {
        off += (a[i] - b[i]) * (a[i] - b[i]);
        size += (a[i] - a[(i + 4) % 8]) * (a[i] - a[(i + 4) % 8]);
    }
    return off < 0.01f * size; /* a tenth of its diagonal */
}

/* Add to a list that is ordered by places, unless a better one lies at the same place. */
static int candidate_added(const Image *template_image, const Candidate *candidate, Candidate *list, int count)
{
    int at = count;
    for (int i = 0; i < count; i++)
        if (list[i].places >= candidate->places && is_same_place(template_image, list[i].H, candidate->H))
            return count;
    for (; at > 0 && list[at - 1].places < candidate->places; at--)
        list[at] = list[at - 1];
    list[at] = *candidate;
    return count + 1;
}

/* What the features told of a slot, and how much of it was looked into. */
typedef struct {
    Hypothesis hypotheses[MAX_HYPOTHESES];
    int count, next;
} Lead;

static void lead_taken(int slot, Lead *out)
{
    const Image *template_image = &targets[slot].template_image;
    const ViewFeatures *views = target_views + slot;
    float place_px = (float)larger(template_image->width, template_image->height) / 64;
    add_matches(&features, views, place_px, matches_of + slot);
    out->next = 0;
    out->count =
        hypotheses_of(&features, views, matches_of + slot, template_image, out->hypotheses);
}

/* Has the present hypothesis much more support than those that follow? Where a print
 * repeats itself, several have as much. */
static bool is_leading(const Lead *lead)
{
    const Hypothesis *present = lead->hypotheses + lead->next;
    return lead->next + 1 == lead->count || present[0].support > LEADING * present[1].support;
}

/* The homographies that the features support, by at how many places, most first; up to one
 * that is sure, as it mostly is the print. The next call goes on from there. */
static int candidates_of(int slot, Lead *lead, Candidate out[MAX_HYPOTHESES])
{
    const Image *template_image = &targets[slot].template_image;
    int count = 0;
    for (bool is_sure = false; lead->next < lead->count && !is_sure; lead->next++) {
        Candidate candidate;
        __builtin_memcpy(candidate.H, lead->hypotheses[lead->next].H, sizeof candidate.H);
        candidate.places = guided_homography(template_image, target_views + slot, candidate.H);
        is_sure = candidate.places >= SURE_PLACES && is_leading(lead);
        if (candidate.places >= FEWEST_PLACES)
            count = candidate_added(template_image, &candidate, out, count);
    }
    return count;
}

/* Is the middle of a print, laid one way, within the circle around the print laid the other
 * way? */
static bool is_overlapping(const Image *template_image, const float H[9], const float other[9])
{
    float a[8], b[8], apart[2] = {0}, size = 0;
    if (!print_corners(template_image, H, a) || !print_corners(template_image, other, b))
        return false;
    for (int i = 0; i < 8; i++) {
        apart[i & 1] += 0.25f * (a[i] - b[i]);
        size += 0.25f * (a[i] - a[(i + 4) % 8]) * (a[i] - a[(i + 4) % 8]);
    }
    return apart[0] * apart[0] + apart[1] * apart[1] < 0.25f * size;
}

/* Try candidates until one is the print. */
static bool is_one_recognised(int slot, Candidate *candidates, int count)
{
    const Code *code = targets[slot].code;
    for (int i = 0; i < smaller(count, MOST_TRIED); i++) {
        Blur blur = {0, 0, 0};
        /* Where another of the series stands, turned this way or that, it does not. */
        if (twin_seen[slot] && is_overlapping(&targets[slot].template_image, twins[slot], candidates[i].H))
            continue;
        Clue clue = {FAR, twin_seen[slot] ? 0 : candidates[i].places};
        Recognition recognition = recognise(slot, candidates[i].H, clue, &blur, results + slot);
        if (recognition == A_TWIN) {
            twin_seen[slot] = true;
            __builtin_memcpy(twins[slot], candidates[i].H, sizeof twins[slot]);
        }
        if (recognition != SEEN)
            continue;
        if (code && score_qr(&frame_image, code, candidates[i].H) < READS_AS)
            continue; /* another label of the series; its own may be there too */
        results[slot].state = FOUND;
        results[slot].inliers = candidates[i].places;
        return true;
    }
    return false;
}

bool detect_target(int slot)
{
    Candidate candidates[MAX_HYPOTHESES];
    Lead lead;
    results[slot] = (Result){0};
    lead_taken(slot, &lead);
    while (lead.next < lead.count) {
        int count = candidates_of(slot, &lead, candidates);
        if (is_one_recognised(slot, candidates, count))
            return true;
    }
    results[slot] = (Result){0};
    return false;
}

static int open_slots(void)
{
    int mask = 0;
    for (int slot = 0; slot < MAX_TARGETS; slot++)
        mask |= targets[slot].is_open ? 1 << slot : 0;
    return mask;
}

/* Try the slots of a mask; return those that were found. */
static int detect_targets(int wanted)
{
    int mask = 0;
    for (int slot = 0; slot < MAX_TARGETS; slot++)
        if (wanted >> slot & 1 && detect_target(slot))
            mask |= 1 << slot;
    return mask;
}

/* Look for all targets as if nothing was known; return the slots found, a bit each. */
EXPORT(find) int find(void)
{
    int wanted = open_slots();
    detect_frame_features();
    int found = detect_targets(wanted);
    if (found != wanted) {
        detect_finer_frame_features();
        found |= detect_targets(wanted & ~found);
    }
    return keep_distinct(found);
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
