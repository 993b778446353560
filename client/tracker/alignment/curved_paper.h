/* Fit a cylinder to bent paper: a poster on a column, a page that curls.
 *
 * Seen from the front a cylinder only bulges, seen aslant it sags too; no homography fits
 * it, and the best one misses its corners by some px. Here what is left of the tiles after
 * alignment is explained by a motion of the plane through the corners and by two depths:
 * how far the middle stands before that plane, of paper bent about its upright and about
 * its level axis. The depth's direction in the frame follows from H and the focal length.
 */
#ifndef CURVED_PAPER_H
#define CURVED_PAPER_H

#include "alignment/working_view.h"

/* After alignment, on a view opened with reach and its print drawn: is the paper bent? H
 * then becomes the homography of the plane through its corners. */
bool fit_bend(const View *view, const Target *target, float h[9]);

#endif
