/* Which features of a frame look like which of a template. */
#ifndef MATCH_H
#define MATCH_H

#include "features.h"
#include "views.h"

typedef struct {
    int16_t feature;      /* of the frame */
    int16_t view_feature; /* of the template's views */
    uint16_t distance;    /* bits that differ */
    uint16_t doubt;       /* 0 to 256: distance over that of the best different place */
} Match;

/* For each feature of the frame its nearest descriptor, where that is near enough, and
 * nearer than anything at another place of the template (Lowe's ratio, IJCV 2004, against
 * the best different place: all views show each place many times). Ordered by doubt, the
 * surest first. Return how many; at most `room`. */
int matched(const Features *frame, const ViewFeatures *views, float place_px, Match *out, int room);

#endif
