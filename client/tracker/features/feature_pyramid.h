/* Features of an image: corners at several scales, each with an oriented descriptor. */
#ifndef FEATURE_PYRAMID_H
#define FEATURE_PYRAMID_H

#include "base/types.h"
#include "features/binary_descriptors.h"
#include "features/fast_corners.h"

enum { MAX_FEATURES = 6144 };

typedef struct {
    float x, y;     /* px of the image given */
    float scale;    /* how many px of that image one px of its level spans */
    uint8_t angle;  /* direction of the patch, 256 to a turn, +x to +y */
    uint8_t level;  /* 0 is the finest */
    uint16_t score; /* contrast of the corner, grey levels */
} Feature;

typedef struct {
    Feature feature[MAX_FEATURES];
    uint64_t descriptor[MAX_FEATURES][DESCRIPTOR_WORDS];
    int count;
} Features;

/* Take a frame's features at its six coarser scales, from its own size down to 0.19 (from
 * half its size where it is already 1280 px wide). They show all but small prints, at a
 * quarter of the cost. Return how many. */
int detect_coarse_features(const Image *frame, Features *out);

/* Append those of the same frame at its two finest scales, of 2 and 1.5 times its size. */
int detect_fine_features(const Image *frame, Features *out);

/* Append the features of one image at its own scale: `scale` is told, not used, and
 * positions are those of `image`. The image is at most 1280 x 960 px in area. */
void features_at_scale(const Image *image, const Spread *spread, float scale, int level,
                       Features *out);

#endif
