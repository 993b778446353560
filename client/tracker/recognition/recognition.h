/* Refine, verify and pose a candidate homography some pixels off, or reject it. */
#ifndef RECOGNITION_H
#define RECOGNITION_H

#include "alignment/refinement.h"
#include "alignment/working_view.h"
#include "base/types.h"

/* What led to a homography: how far off it may be, and at how many places of the print
 * matches agree with it; 0 where none were asked. */
typedef struct {
    Distance off;
    int places;
} Clue;

typedef enum {
    UNSEEN, /* something else, or nothing */
    A_TWIN, /* another of its series */
    SEEN
} Recognition;

/* Refine H for one open slot in the present frame and verify what comes out. `h` becomes
 * the refined homography, `blur` the frame's. SEEN: `out` holds score, corners, homography,
 * poses (its state and inliers are left alone); else `out` is untouched. `blur` on entry:
 * the last frame's, or 0. */
Recognition recognise(int slot, float h[9], Clue clue, Blur *blur, Result *out);

/* Of the slots of a mask, seen in one frame, no two can be in one place: where two are (a
 * label and another of its series), the one that agrees more stays. Returns the slots that
 * stay; the results of the others become ABSENT. */
int keep_distinct(int mask);

#endif
