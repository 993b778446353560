/* Align by tiles: correlate each tile around its place, and vote for one affine motion. */
#ifndef TILE_ALIGNMENT_H
#define TILE_ALIGNMENT_H

#include "alignment/working_view.h"

enum {
    TILE_REACH_PX = 8, /* view px: how far each is looked for, */
    BENT_REACH_PX = 5, /* and after alignment, where the paper may be bent */
};

/* Move H by the affine motion, within TILE_REACH_PX of a view opened with that reach, on
 * which the tiles agree best. Returns the mean correlation there of the tiles that have
 * texture, -1 to 1; H is untouched, and the answer 0, where there are fewer than three. */
float align_tiles(const View *view, float h[9]);

/* Where a tile lies off the plane, view px, and how surely: 0 where it does not show. */
typedef struct {
    float x, y, dx, dy, weight;
    float gain; /* how much better it agrees there than in the plane */
} Offset;

enum { MAX_OFFSETS = 160 };

/* After alignment, on a view opened with reach, write the offset of each tile with texture.
 * Returns how many there are. */
int measure_tile_offsets(const View *view, Offset out[MAX_OFFSETS]);

#endif
