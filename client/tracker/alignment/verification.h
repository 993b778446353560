/* Verification: is it really this print that is seen, and not another, nor a twin?
 *
 * After refinement the print, drawn with the frame's blur, is compared with the frame tile
 * by tile (8 x 8 over the print). Three questions:
 *
 *   Does it agree?  The mean correlation of the better six tenths of the tiles that have
 *                   texture. Something else never reaches half; a print half covered does.
 *                   Where less shows, the better four tenths are told too, for those who
 *                   know more (how many matches led there, whether it stands as a print).
 *   Enough of it?   A few px of texture agree by chance.
 *   Is it a twin?   All labels and panels of a series share frame, heading and paper. What
 *                   covers a print disagrees in brightness and contrast too, and lies over
 *                   it with no regard to its layout. Where a twin differs, tiles in good
 *                   light and sharply seen do not correlate, but have the brightness and
 *                   the contrast the print's would have, and many of their px even agree
 *                   (paper is paper). Such tiles, of 8 x 8 or of 16 x 16, are odd, and
 *                   where half of those that disagree are, it is a twin. Tiles that agree
 *                   a few px beside are none: the paper is bent.
 */
#ifndef VERIFICATION_H
#define VERIFICATION_H

#include "alignment/working_view.h"
#include "base/types.h"

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

typedef struct {
    float score;     /* 0 to 1: the better six tenths of the tiles; see ACCEPTED */
    float core;      /* the same, of the better four tenths */
    float odd_share; /* of the tiles that disagree */
    bool is_twin;
} Agreement;

/* How far the frame agrees with the print under a refined H. `blur` is the frame's, as the
 * refinement told it. */
Agreement measure_agreement(const Image *frame, const Target *target, const float h[9],
                    const Blur *blur);

/* The tiles of the last comparison, TILES_ACROSS x TILES_ACROSS, row by row. */
const PrintTile *tiles_compared(void);

#endif
