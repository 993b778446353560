/* Image processing: resize, blur, warp.
 *
 * `in` and `out` never overlap. The caller sets `out`'s size and gives it room. Pixels
 * beyond an edge repeat the edge. All is integer, or float in a fixed order: both builds
 * give the same bits.
 */
#ifndef IMGPROC_H
#define IMGPROC_H

#include "base/types.h"

enum { MAX_EDGE_PX = 1280 }; /* of an image that these take, each way */

/* Fill `out`, of any size, with the whole of `in`. Growing: bilinear. Shrinking: the mean
 * of the area that each pixel covers. The two directions are independent. */
void resize(const Image *in, const Image *out);

/* Fill `out`, of any size, with the whole of `in`, bilinear: quick, and fair while no less
 * than half the size. */
void resample(const Image *in, const Image *out);

/* Fill `out`, (width / 2) x (height / 2) rounded down, with means of 2 x 2 pixels. */
void halve(const Image *in, const Image *out);

/* Blur by the binomial (1 4 6 4 1) / 16 in both directions: sigma 1 px. At least 5 x 5. */
void binomially_blurred(const Image *in, const Image *out);

/* The same with every second pixel, (1 0 4 0 6 0 4 0 1) / 16: sigma 2 px (of an image that
 * is smooth already, as in the "a trous" transform). At least 9 x 9. */
void binomially_blurred_wide(const Image *in, const Image *out);

/* Fill `out` with `in` seen through `out_to_in`, a homography from out's px to in's px.
 * Bilinear in 1/256 px; the caller blurs first where the view shrinks. */
void warp(const Image *in, const float out_to_in[9], const Image *out);

/* The grey at (x, y), bilinear, in grey levels; the edge repeats. */
float sample_grey(const Image *in, float x, float y);

#endif
