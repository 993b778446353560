/* Corners of one image: FAST-9 (Rosten & Drummond, "Machine learning for high-speed corner
 * detection", ECCV 2006), the best few of each cell of a grid. */
#ifndef FAST_CORNERS_H
#define FAST_CORNERS_H

#include "base/types.h"

enum {
    MAX_CORNERS_PER_CELL = 12,
    MAX_CORNERS = 8192, /* of one image */
};

typedef struct {
    float x, y;     /* px, to a fraction */
    uint16_t score; /* the greatest threshold at which FAST-9 still sees it, 1 to 255 */
    uint8_t rank;   /* within its cell, 0 is the best */
} Corner;

/* How corners are spread: at most `per_cell` of each square of `cell_px`, none within
 * `border_px` (>= 4) of an edge, none of a score at or below `threshold`. */
typedef struct {
    int border_px, threshold, cell_px, per_cell;
} Spread;

/* Find the corners of an image, cell after cell; return how many. */
int detect_corners(const Image *image, const Spread *spread, Corner out[MAX_CORNERS]);

#endif
