/* The tracker's steps one by one, on a homography that a caller writes: for reports, maps
 * of where a print holds, and tests. `find` and `track` do all of it by themselves. */
#include "alignment/refinement.h"
#include "alignment/verification.h"
#include "base/types.h"
#include "geometry/planar_pose.h"
#include "pose/camera.h"
#include "recognition/targets.h"

static float homography[9];
static Blur blur;
static Result posed;

static bool is_target(int slot) { return slot >= 0 && slot < MAX_TARGETS && targets[slot].is_open; }

/* Where a homography, 9 floats, is written, and read back. */
EXPORT(homography_room) float *homography_room(void) { return homography; }

/* Refine the homography for one target in the present frame. 1, or 0 as `refine`. */
EXPORT(refine_slot) int refine_slot(int slot)
{
    blur = (Blur){0, 0, 0};
    return is_target(slot) &&
           refine_homography(&frame_image, targets + slot, homography, FAR, &blur);
}

/* Return the agreement of one target under the homography just refined, in thousandths;
 * 500 is accepted. */
EXPORT(agreement_slot) int agreement_slot(int slot)
{
    return is_target(slot)
               ? (int)(1000 * measure_agreement(&frame_image, targets + slot, homography, &blur).score)
               : 0;
}

/* Return the tiles of that comparison: see verification.h. */
EXPORT(tiles_compared) const PrintTile *compared(void) { return tiles_compared(); }

/* Return the poses of one target under the homography, in a Result without its state and
 * score; 0 where there is none. */
EXPORT(pose_slot) const Result *pose_slot(int slot)
{
    Camera camera = current_camera();
    posed = (Result){0};
    if (!is_target(slot) ||
        !planar_pose(homography, targets + slot, camera.focal_px, camera.centre_px, &posed))
        return 0;
    return &posed;
}
