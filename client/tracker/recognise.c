/* Recognition (see recognise.h). */
#include "recognise.h"

#include "camera.h"
#include "pose.h"
#include "refine.h"
#include "targets.h"
#include "verify.h"

extern Image frame_image;

bool recognised(int slot, float h[9], Blur *blur, Result *out)
{
    const Target *target = targets + slot;
    Result result = *out;
    if (!refine_with_blur(&frame_image, target, h, blur))
        return false;
    result.score = agreement_with_blur(&frame_image, target, h, blur);
    if (!(result.score >= ACCEPTED) || !facing_corners(target, h, result.corners))
        return false;
    Camera camera = camera_now();
    if (!planar_pose(h, target, camera.focal_px, camera.centre_px, &result))
        return false;
    for (int i = 0; i < 9; i++)
        result.homography[i] = h[i] / h[8];
    *out = result;
    return true;
}
