/* Dense alignment: Gauss-Newton on a homography over all pixels of a view. */
#ifndef DENSE_ALIGNMENT_H
#define DENSE_ALIGNMENT_H

#include "alignment/working_view.h"

/* Move H (template px to frame px) so that the drawn print agrees with what is seen, in
 * at most `rounds` steps. The view must be open and `seen` normalised. Returns the last
 * step's largest motion within the print, view px; < 0 where there is no texture. */
float align_dense(View *view, const Target *target, float h[9], const Blur *blur, int rounds);

/* Move H by I + P; p as in dense_alignment.c. Returns the largest motion of the view's corners, view
 * px; below 0, and H untouched, where there is none. */
float apply_motion(const View *view, const double p[8], float h[9]);

/* Return the correlation of seen and print over the whole view, -1 to 1, weighed by the
 * print's texture. Covered parts count for little. */
float view_correlation(const View *view);

#endif
