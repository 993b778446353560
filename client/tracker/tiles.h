/* The print's tiles, each looked for around its place, and the motion they agree on. */
#ifndef TILES_H
#define TILES_H

#include "view.h"

enum {
    TILE_REACH_PX = 8
}; /* view px: how far each is looked for */

/* Move H by the affine motion, within TILE_REACH_PX of a view opened with that reach, on
 * which the tiles agree best. Returns the mean correlation there of the tiles that have
 * texture, -1 to 1; H is untouched, and the answer 0, where there are fewer than three. */
float tiles_followed(const View *view, float h[9]);

#endif
