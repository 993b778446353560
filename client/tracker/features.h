/* Features: corners of an image, spread over a grid, each with an oriented descriptor.
 *
 * The image is seen at several scales (levels). At each, corners by FAST-9 (Rosten &
 * Drummond, "Machine learning for high-speed corner detection", ECCV 2006), the best few
 * of each cell of a grid, so that weak prints beside strong ones have theirs.
 */
#ifndef FEATURES_H
#define FEATURES_H

#include "tracker.h"

enum { DESCRIPTOR_BYTES = 32, MAX_FEATURES = 6144 };

typedef struct {
    float x, y;      /* px of the image given */
    float scale;     /* how many px of the image one px of its level spans */
    uint8_t angle;   /* direction of the brighter side, 256 to a turn, +x to +y */
    uint8_t level;
    uint16_t score;  /* contrast of the corner, grey levels */
} Feature;

typedef struct {
    Feature feature[MAX_FEATURES];
    uint64_t descriptor[MAX_FEATURES][DESCRIPTOR_BYTES / 8];
    int count;
} Features;

/* Find the features of an image at all its levels. Return how many. */
int features_of(const Image *image, Features *out);

#endif
