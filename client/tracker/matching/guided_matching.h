/* Guided matching: match features again, near where a homography predicts them. */
#ifndef GUIDED_MATCHING_H
#define GUIDED_MATCHING_H

#include "features/feature_pyramid.h"
#include "geometry/homography.h"
#include "matching/template_views.h"

/* Sort a frame's features by where they lie. Call once a frame, before `match_guided`. */
void bucket_features(const Features *frame, const Image *image);

/* The pairs that fit `H` within `reach_px` (of the frame), in size, turn and tilt: for each
 * feature of the frame the template's most alike of those that H brings beside it. With
 * so few to choose from, weaker likeness will do. Most alike first; at most MAX_PAIRS. */
int match_guided(const Features *frame, const ViewFeatures *views, const float H[9], float reach_px,
                 Pair out[MAX_PAIRS]);

#endif
