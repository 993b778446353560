/* The working view: the part of a frame that shows a print, and beside it the print as
 * it should look there.
 *
 * Everything after detection compares these two: refinement moves H until they agree,
 * verification asks how well they do. The frame's part is cropped to the print's
 * bounding box and averaged over `step` x `step` frame px; the print is drawn into the
 * same pixels under H, with the same averaging and, where it is known, the same blur.
 * Both are then normalised locally (mean 0, deviation 1 within a window of 13 px), so
 * that gamma, shadows and vignetting drop out; a floor under the deviation keeps flat
 * paper from becoming amplified noise.
 *
 *   view px   centres, as frame px: view (x, y) is frame (left + step x, top + step y)
 */
#ifndef WORKING_VIEW_H
#define WORKING_VIEW_H

#include "base/types.h"

enum {
    VIEW_MARGIN_PX = 14, /* drawn around the view, for blurs to reach into */
    MAX_VIEW_EDGE_PX = 208,
    MAX_VIEW_PX = 26 * 1024, /* what the time of a frame allows */
    VIEW_ROW_PX = MAX_VIEW_EDGE_PX + 2 * VIEW_MARGIN_PX + 4,
    NORMALISING_RADIUS_PX = 6,
};

/* The blur of a frame: what a camera out of focus and a moving hand leave of a point. */
typedef struct {
    float spread_px;          /* deviation of a round Gaussian; frame px, 0 to 12 */
    float streak_x, streak_y; /* the path of a point while the shutter is open; frame px */
} Blur;

typedef float Plane[MAX_VIEW_EDGE_PX * MAX_VIEW_EDGE_PX + 16];

typedef struct {
    int width, height;             /* view px; rows are `width` long, a multiple of 4 */
    int step;                      /* frame px to a view px */
    float left, top;               /* frame px of the view's first pixel's centre */
    float noise_floor;             /* grey levels of the frame; see `view_normalised` */
    bool is_foretold;              /* whether `align_dense` is to lean on what was foretold: */
    float foretold[9];             /* H */
    float trusted;                 /* the local correlation from which `align_dense` trusts a px */
    Plane seen, print;             /* grey levels: the frame's part; the print drawn */
    Plane inside;                  /* 1 where the pixel shows the print under H, else 0 */
    Plane seen_local, print_local; /* locally normalised */
    Plane seen_share, print_share; /* 0 to 1: how much of a window is texture, not noise */
    Plane weight;                  /* 1 / sum of `inside` over a pixel's window, else 0 */
} View;

/* Open the view of `target` in `frame` under H with at most `edge_px` pixels a side:
 * fills seen, inside and what is made of them. `reach_px` more view px are seen around the
 * print, where it is to be looked for; `seen` then is normalised without regard to where
 * the print ends. False where the print is off the frame, too small (< 10 px) or edge on. */
bool open_view(View *view, const Image *frame, const Target *target, const float h[9],
                 int edge_px, int reach_px);

/* Leave out the print's rim, half a view px and one frame px wide, where the wall shines
 * in; after opening, before drawing. False where nothing is left. */
bool exclude_rim(View *view, const Image *frame, const Target *target, const float h[9]);

/* Normalise `print`; its noise floor is the frame's over the contrast that the frame shows of
 * the print. */
void normalise_print(View *view);

/* Write to `out` the local correlation, -1 to 1, of seen and print around each pixel
 * (0 outside the print, and where either is flat). */
void map_correlation(const View *view, float *out);

/* Homography from template px to view px, from that to frame px; and back. */
void to_view(const View *view, const float frame_h[9], float view_h[9]);
void to_frame(const View *view, const float view_h[9], float frame_h[9]);

/* How many template px a view px covers at the view's middle, along the view direction
 * (dir_x, dir_y) in which that is most and across it: the singular values and the right
 * singular vector of the inverse map's Jacobian. */
void measure_footprint(const View *view, const float back[9], float *most, float *least, float *dir_x,
              float *dir_y);

#endif
