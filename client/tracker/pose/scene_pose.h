/* Estimate a scene's pose in the camera, from views of a print and the device's gravity.
 *
 * A label of 10 cm must place a hammer 12 m behind it, so what the print itself tells of
 * its turn is not enough. Up is the device's gravity and never the print's. The heading is
 * one unknown of all views (bundle_adjustment.h), as long as the device keeps a heading of its own
 * between them; frontal views hardly tell it, so whoever reads the label is asked for a
 * step to the side until it is known. How the print is mounted is known, so its slope and
 * its level rows tell too. When the label leaves the view, the scene is carried on by the
 * device's attitude alone, ever less surely.
 *
 * Exported (ABI 1; one Placing an anchor, valid until the next call for that anchor):
 *
 *     placing_sighting() -> Sighting*   where a caller writes what it sees (bundle_adjustment.h)
 *     placing_anchor(anchor, width_m, height_m, above_ground_m, slope_deg) -> 0 or < 0
 *                                       a print, as it is mounted; forgets its sightings.
 *                                       `above_ground_m` 0: a picture, whose scene is
 *                                       placed relative to its centre, not to its foot
 *     placing_object(anchor, right_m, up_m, ahead_m)
 *                                       where the scene's origin is, for `object_sd_m`
 *     placing_see(anchor) -> Placing*   take the sighting written: the print is in view
 *     placing_carry(anchor) -> Placing* it is not: take the sighting's attitude and time
 *     placing_forget(anchor)            after the device's heading has jumped
 */
#ifndef SCENE_POSE_H
#define SCENE_POSE_H

#include <stdint.h>

enum { MAX_ANCHORS = 4 };

/* NOT_PLACED: no gravity, or nothing seen yet, or no way to carry on. */
enum { NOT_PLACED = 0, SEEN = 1, CARRIED = 2 };

enum {
    NO_HINT = 0,
    STEP_LEFT = 1,   /* to the reader's left of the print, still looking at it */
    STEP_RIGHT = 2,
    COME_CLOSER = 3,
    HOLD_STILL = 4,
};

/* What is told of one anchor. Its layout is part of the ABI: 4-byte fields, little endian.
 * `sd`: one standard deviation. */
typedef struct {
    int32_t state;
    int32_t hint;
    float pose[7];            /* of the scene's frame in the camera: position, quaternion.
                                 +y is up, +x to the reader's right, +z to the reader; the
                                 origin is the ground under the print's centre, or, of a
                                 picture, its centre */
    float heading_sd_deg;
    float lean_sd_deg;        /* of up: the device's own */
    float range_m;            /* from the camera to the print's centre */
    float range_sd_m;
    float object_sd_m;        /* of the object's place in the camera: root of the sum of the
                                 variances along the three axes */
    float focal_px;           /* as the views of this print tell it */
    float focal_sd_ratio;
    float mounting_off_deg;   /* the print's turn from how it is said to be mounted */
    float other_heading_deg;  /* by how much the second story differs, 0 where refuted */
    float other_share;        /* how likely that one is, 0 to 0.5 */
    int32_t views;            /* that are kept */
} Placing;

#endif
