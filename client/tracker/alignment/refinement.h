/* Refinement: from a homography some pixels off to one right to a fraction of a pixel.
 *
 * Always against the target itself, never against the last frame, so nothing drifts:
 *
 *   1. tiles   On a coarse view each tile of the print is looked for around its place;
 *              the tiles' correlation surfaces then vote for one common affine motion.
 *              Covered tiles vote for nothing, repetitive ones for several places.
 *   2. dense   Gauss-Newton on the homography over all pixels (efficient second-order
 *              minimisation: Benhimane and Malis, IROS 2004, the mean of both images'
 *              gradients), each weighed by its local correlation and its residual.
 *   3. blur    On a fine view the frame's blur is estimated (which spread, which streak
 *              makes the drawn print correlate best), then (2) again with it.
 *   4. bend    Where tiles still lie off the plane as bent paper would, H becomes that of
 *              the plane through the print's corners; see curved_paper.h.
 */
#ifndef REFINEMENT_H
#define REFINEMENT_H

#include "alignment/working_view.h"
#include "base/types.h"

/* How far off H may be: FAR; NEAR, from a good prediction (the tiles are only asked where the
 * print does not show at once); or FORETOLD, from one that tells how the print turns and
 * tilts too, for what the px don't tell. */
typedef enum {
    FAR,
    NEAR,
    FORETOLD
} Distance;

/* Refine H in place. FAR, it may be off by some 8 px, or 15 % of a small print's width.
 * False (H untouched) where it leads nowhere: off the frame, edge on, no texture.
 * True says nothing about whether the print is there: ask `measure_agreement`. Tells the frame's
 * blur, which `blur` may foretell (0: unknown). */
bool refine_homography(const Image *frame, const Target *target, float h[9], Distance off, Blur *blur);

/* Is the paper bent? A refined H then becomes that of the plane through its corners. */
bool refine_bent(const Image *frame, const Target *target, float h[9], const Blur *blur);

#endif
