/* Match a frame's features with a template's, by their descriptors. */
#ifndef MATCHER_H
#define MATCHER_H

#include "features/feature_pyramid.h"
#include "matching/template_views.h"

typedef struct {
    int16_t feature;      /* of the frame */
    int16_t view_feature; /* of the template's views */
    uint16_t distance;    /* bits that differ */
    uint16_t doubt;       /* 0 to 256: distance over that of the best different place */
} Match;

enum { MAX_MATCHES = 512 };

typedef struct {
    Match match[MAX_MATCHES]; /* the surest first */
    int count;
    int seen; /* how many of the frame's features have been compared */
} Matches;

/* Compare the frame's features from `seen` on: for each its nearest descriptor, where that
 * is near enough, and nearer than anything at another place of the template (Lowe's ratio,
 * IJCV 2004, against the best *different place*, more than `place_px` away: all views show
 * each place many times). The surest matches of old and new are kept, by doubt. */
void add_matches(const Features *frame, const ViewFeatures *views, float place_px, Matches *matches);

#endif
