/* Nearest descriptors, and how sure they are; see matcher.h. */
#include "matching/matcher.h"

#include "base/numerics.h"
#include "matching/descriptor_index.h"

enum {
    FARTHEST = 98,           /* bits of 256; strangers differ in 126 on average */
    FARTHEST_IN_WORD = 23,   /* bits of the first 64: nine friends of ten are nearer */
    FARTHEST_COMPARED = 118, /* a rival beyond casts no doubt */
    MOST_DOUBT = 240,
    PLACES = 2, /* the nearest, and its rival */
};

/* The nearest descriptors, at different places, nearest first. */
typedef struct {
    int distance[PLACES], index[PLACES], count;
} Nearest;

static bool is_same_place(const ViewFeature *a, const ViewFeature *b, float place_px)
{
    return magnitude(a->x - b->x) <= place_px && magnitude(a->y - b->y) <= place_px;
}

static void nearest_offered(Nearest *nearest, const ViewFeature *features, float place_px,
                            int distance, int index)
{
    /* Its own place's entry goes, if it is farther; a nearer one makes the offer vain. */
    int n = nearest->count, at = 0;
    for (; at < n && nearest->distance[at] <= distance; at++)
        if (is_same_place(features + nearest->index[at], features + index, place_px))
            return;
    int gap = at;
    while (gap < n && !is_same_place(features + nearest->index[gap], features + index, place_px))
        gap++;
    if (gap == PLACES)
        gap--;
    else if (gap == n)
        nearest->count++;
    for (; gap > at; gap--) {
        nearest->distance[gap] = nearest->distance[gap - 1];
        nearest->index[gap] = nearest->index[gap - 1];
    }
    if (at < PLACES) {
        nearest->distance[at] = distance;
        nearest->index[at] = index;
    }
}

static void nearest_of(const uint64_t *descriptor, const ViewFeatures *views, float place_px,
                       Nearest *out)
{
    uint8_t lists[MAX_LISTS];
    int limit = FARTHEST_COMPARED, near = nearest_lists(views, descriptor, lists);
    out->count = 0;
    for (int k = 0; k < near; k++)
        for (int i = views->first_of[lists[k]]; i < views->first_of[lists[k] + 1]; i++) {
            const uint64_t *other = views->descriptor[i];
            if (__builtin_popcountll(descriptor[0] ^ other[0]) > FARTHEST_IN_WORD)
                continue;
            int distance = distance_between(descriptor, other);
            if (distance >= limit)
                continue;
            nearest_offered(out, views->feature, place_px, distance, i);
            if (out->count == PLACES)
                limit = smaller(limit, out->distance[PLACES - 1]);
        }
}

/* Order by doubt, of equal ones the first ahead: a counting sort. Keep the surest. */
static void ordered(const Match *in, int count, Matches *out)
{
    static int start[258];
    __builtin_memset(start, 0, sizeof start);
    for (int i = 0; i < count; i++)
        start[in[i].doubt + 1]++;
    for (int i = 1; i < 258; i++)
        start[i] += start[i - 1];
    for (int i = 0; i < count; i++) {
        int at = start[in[i].doubt]++;
        if (at < MAX_MATCHES)
            out->match[at] = in[i];
    }
    out->count = smaller(count, MAX_MATCHES);
}

void add_matches(const Features *frame, const ViewFeatures *views, float place_px, Matches *matches)
{
    static Match all[MAX_MATCHES + MAX_FEATURES];
    int count = matches->count;
    __builtin_memcpy(all, matches->match, (unsigned long)count * sizeof all[0]);
    for (int i = matches->seen; i < frame->count; i++) {
        Nearest nearest;
        nearest_of(frame->descriptor[i], views, place_px, &nearest);
        if (!nearest.count || nearest.distance[0] > FARTHEST)
            continue;
        int second = nearest.count > 1 ? nearest.distance[1] : FARTHEST_COMPARED;
        int doubt = nearest.distance[0] * 256 / larger(second, 1);
        if (doubt <= MOST_DOUBT)
            all[count++] = (Match){(int16_t)i, (int16_t)nearest.index[0],
                                   (uint16_t)nearest.distance[0], (uint16_t)doubt};
    }
    matches->seen = frame->count;
    ordered(all, count, matches);
}
