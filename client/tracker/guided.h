/* Matching again, knowing roughly where the print lies. */
#ifndef GUIDED_H
#define GUIDED_H

#include "features.h"
#include "homography.h"
#include "views.h"

/* Sort a frame's features by where they lie. Call once a frame, before `guided_pairs`. */
void features_placed(const Features *frame, const Image *image);

/* The pairs that fit `H` within `reach_px` (of the frame), in size, turn and tilt: for each
 * feature of the frame the template's most alike of those that H brings beside it. With
 * so few to choose from, weaker likeness will do. Most alike first; at most MAX_PAIRS. */
int guided_pairs(const Features *frame, const ViewFeatures *views, const float H[9], float reach_px,
                 Pair out[MAX_PAIRS]);

#endif
