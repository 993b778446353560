/* Lists of descriptors around pivots; see descriptor_index.h. */
#include "matching/descriptor_index.h"

#include "base/numerics.h"

enum {
    ROUNDS = 4,
    FEATURES_A_LIST = 48,
    PROBES = 7, /* lists searched for each descriptor */
    BITS = 64 * DESCRIPTOR_WORDS,
};

static uint8_t list_of[MAX_VIEW_FEATURES];

static void assigned(const ViewFeatures *views)
{
    for (int i = 0; i < views->count; i++) {
        int least = BITS + 1;
        for (int list = 0; list < views->lists; list++) {
            int distance = distance_between(views->descriptor[i], views->pivot[list]);
            if (distance < least) {
                least = distance;
                list_of[i] = (uint8_t)list;
            }
        }
    }
}

/* Each pivot's bit becomes that of most of its list; an empty list keeps its pivot. */
static void pivots_moved(ViewFeatures *views)
{
    static int16_t ones[MAX_LISTS][BITS];
    int members[MAX_LISTS] = {0};
    __builtin_memset(ones, 0, sizeof ones);
    for (int i = 0; i < views->count; i++) {
        members[list_of[i]]++;
        for (int bit = 0; bit < BITS; bit++)
            ones[list_of[i]][bit] += (int16_t)(views->descriptor[i][bit / 64] >> (bit % 64) & 1);
    }
    for (int list = 0; list < views->lists; list++) {
        if (!members[list])
            continue;
        for (int word = 0; word < DESCRIPTOR_WORDS; word++) {
            uint64_t bits = 0;
            for (int bit = 0; bit < 64; bit++)
                bits |= (uint64_t)(2 * ones[list][64 * word + bit] > members[list]) << bit;
            views->pivot[list][word] = bits;
        }
    }
}

/* Put the members of each list side by side. */
static void sorted(ViewFeatures *views)
{
    static ViewFeature feature[MAX_VIEW_FEATURES];
    static uint64_t descriptor[MAX_VIEW_FEATURES][DESCRIPTOR_WORDS];
    int next[MAX_LISTS + 1] = {0};
    for (int i = 0; i < views->count; i++)
        next[list_of[i] + 1]++;
    for (int list = 0; list < views->lists; list++) {
        next[list + 1] += next[list];
        views->first_of[list] = next[list];
    }
    views->first_of[views->lists] = views->count;
    unsigned long count = (unsigned long)views->count;
    __builtin_memcpy(feature, views->feature, count * sizeof feature[0]);
    __builtin_memcpy(descriptor, views->descriptor, count * sizeof descriptor[0]);
    for (int i = 0; i < views->count; i++) {
        int at = next[list_of[i]]++;
        views->feature[at] = feature[i];
        __builtin_memcpy(views->descriptor[at], descriptor[i], sizeof descriptor[0]);
    }
}

void index_views(ViewFeatures *views)
{
    views->lists = clamped(views->count / FEATURES_A_LIST, 1, MAX_LISTS);
    for (int list = 0; list < views->lists; list++) {
        const uint64_t *seed = views->descriptor[list * views->count / views->lists];
        __builtin_memcpy(views->pivot[list], seed, sizeof views->pivot[list]);
    }
    assigned(views);
    for (int round = 0; round < ROUNDS; round++) {
        pivots_moved(views);
        assigned(views);
    }
    sorted(views);
}

int nearest_lists(const ViewFeatures *views, const uint64_t *descriptor, uint8_t out[MAX_LISTS])
{
    uint16_t distance[MAX_LISTS];
    int16_t start[BITS + 2] = {0};
    for (int list = 0; list < views->lists; list++) {
        distance[list] = (uint16_t)distance_between(descriptor, views->pivot[list]);
        start[distance[list] + 1]++;
    }
    for (int i = 0; i <= BITS; i++)
        start[i + 1] = (int16_t)(start[i + 1] + start[i]);
    for (int list = 0; list < views->lists; list++)
        out[start[distance[list]]++] = (uint8_t)list;
    return smaller(views->lists, PROBES);
}
