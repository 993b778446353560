/* The print as a camera sees it: its template, drawn into a view under H, with its blur. */
#ifndef DRAWING_H
#define DRAWING_H

#include "view.h"

/* Draw the template into the view's `print`: each pixel the mean over the template px that
 * it covers, then blurred; beyond the print its edge goes on. False where H has no
 * inverse. */
bool template_drawn(View *view, const Target *target, const float h[9], const Blur *blur);

/* Call where a template's pixels have changed: what was averaged of them is kept from one
 * drawing to the next. */
void reduction_dropped(void);

/* How many template px a view px covers at the view's middle, along the view direction
 * (dir_x, dir_y) in which that is most and across it: the singular values and the right
 * singular vector of the inverse map's Jacobian. */
void covering(const View *view, const float back[9], float *most, float *least, float *dir_x,
              float *dir_y);

#endif
