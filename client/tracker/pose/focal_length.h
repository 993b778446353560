/* Estimate the camera's focal length from the first oblique views of flat prints.
 *
 * No browser tells a phone's field of view; 60 degrees is a guess that errs by up to 15 %,
 * and so does every range. A print seen obliquely tells: its near edge looks longer than
 * its far edge by a ratio that depends on the focal length (Zhang 2000 has two equations
 * for it in each homography). Those equations are unstable for small prints, so here the
 * corners' errors are made least over the focal length and every view's pose at once
 * (bundle_adjustment.h), from the guess and its doubt on: what the views do not tell stays as guessed,
 * and frontal views tell nothing.
 *
 * A print's mirror image about the line of sight explains its corners almost as well, with
 * the near and the far edge exchanged, and would tell a wrong length: views that do not
 * refute it are left out. The device's gravity, where given with the print's slope, refutes
 * it sooner and adds what it knows.
 *
 * Exported (ABI 1):
 *
 *     focal_sighting() -> Sighting*   where a caller writes what it sees (bundle_adjustment.h)
 *     focal_forget(guess_px)          begin again, from a guess
 *     focal_see(width_m, height_m, slope_deg) -> Focal*
 *                                     take the sighting written, of a print of this size;
 *                                     `slope_deg` counts only where gravity is given
 *     focal_now() -> Focal*           what is known: from these, or, where the tracker itself
 *                                     was told no camera, from what it has tracked (camera.h)
 */
#ifndef FOCAL_LENGTH_H
#define FOCAL_LENGTH_H

#include "pose/bundle_adjustment.h"

/* Of phones' main cameras about 60 degrees: one standard deviation. */
#define FOCAL_GUESS_DOUBT 0.2f

/* What is known so far. Its layout is part of the ABI: 4-byte fields, little endian. */
typedef struct {
    float focal_px;
    float sd_ratio;  /* one standard deviation of its logarithm */
    int32_t views;   /* that are kept */
    int32_t refused; /* in all, because they told nothing for sure */
} Focal;

/* Begin again from a guess. */
void focal_begin(float guess_px);

/* What is known now. */
const Focal *focal_now(void);

/* Take a sighting of a print, and return what is known; `focal_px` and `focal_doubt` of the
 * sighting are not looked at. */
const Focal *focal_learn(const Sighting *sighting, float width_m, float height_m,
                         float slope_deg);

#endif
