/* Pose of a planar print in the camera, from its homography and the focal length.
 *
 * A flat print seen from afar has two poses that show it nearly alike, mirrored about the
 * line of sight. Both are given, the one that fits the corners better first.
 */
#ifndef PLANAR_POSE_H
#define PLANAR_POSE_H

#include "base/types.h"

/* Write pose, other_pose and their errors (RMS over the print's corners, frame px) into
 * `out`. `focal_px` > 0, square pixels, no distortion; `centre_px` is where the optical
 * axis meets the frame. Returns how many solutions lie before the camera and converge: 2;
 * 1 (other_pose then equals pose); 0, with `out` untouched. */
int planar_pose(const float h[9], const Target *target, float focal_px, const float centre_px[2],
                Result *out);

#endif
