/* Render a print's template into a view under a homography, with the frame's blur. */
#ifndef TEMPLATE_RENDERER_H
#define TEMPLATE_RENDERER_H

#include "alignment/working_view.h"

/* Draw the print under H into `print`, blurred, and normalise it; its noise floor is the
 * frame's over the contrast that the frame shows of the print. H may have moved a little
 * since the view was opened. */
void draw_print(View *view, const Target *target, const float h[9], const Blur *blur);

/* Call where a template's pixels have changed: what was averaged of them is kept from one
 * drawing to the next. */
void drop_reduced_template(void);

#endif
