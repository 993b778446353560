/* Verification: is it really this print that is seen, and not another, nor a twin?
 *
 * After refinement the print, drawn with the frame's blur, is compared with the frame tile
 * by tile (8 x 8 over the print). Three questions:
 *
 *   Does it agree?  The mean correlation of the better six tenths of the tiles that have
 *                   texture. Something else never reaches half; a print half covered does.
 *   Enough of it?   A few px of texture agree by chance.
 *   Is it a twin?   All labels and panels of a series share frame, heading and paper. What
 *                   covers a print disagrees in brightness and contrast too, and lies over
 *                   it with no regard to its layout. Where a twin differs, tiles in good
 *                   light and sharply seen do not correlate, but have the brightness and
 *                   the contrast the print's would have, and many of their px even agree
 *                   (paper is paper). Such tiles, of 8 x 8 or of 16 x 16, are odd, and
 *                   where half of those that disagree are, it is a twin.
 */
#ifndef VERIFY_H
#define VERIFY_H

#include "tracker.h"
#include "view.h"

#define ACCEPTED 0.5f /* the least agreement that is taken for the print */

enum {
    TILES_ACROSS = 8
};

/* One tile of the print, as the frame shows it. */
typedef struct {
    float seen_px;     /* view px within the frame; 0 where it is off the frame */
    float texture;     /* 0 to 1: the share of its px next to an edge of the print */
    float correlation; /* -1 to 1 */
    bool is_odd;       /* it, or a quarter of it, is uncorrelated, yet looks like the print */
} PrintTile;

/* How far the frame agrees with the print under a refined H, 0 to 1; below ACCEPTED it is
 * refused. `blur` is the frame's, as the refinement told it; `is_twin` tells whether it was
 * refused as a twin. */
float agreement(const Image *frame, const Target *target, const float h[9],
                const Blur *blur, bool *is_twin);

/* The tiles of the last comparison, TILES_ACROSS x TILES_ACROSS, row by row. */
const PrintTile *tiles_compared(void);

#endif
