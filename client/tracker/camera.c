/* The camera that takes the frames (see camera.h). */
#include "tracker.h"

#include "camera.h"

extern Image frame_image;

static float focal_px, centre_x, centre_y;

/* Tell the camera, in px of the frames to come. A focal length of 0: unknown; it then is
 * assumed, and the centre is the frame's. */
EXPORT(camera) void camera(float focal, float x, float y)
{
    focal_px = focal > 0 ? focal : 0;
    centre_x = x;
    centre_y = y;
}

Camera camera_now(void)
{
    if (focal_px > 0)
        return (Camera){focal_px, {centre_x, centre_y}, false};
    int width = frame_image.width, height = frame_image.height;
    float longer = (float)(width > height ? width : height);
    float x = 0.5f * (float)(width - 1), y = 0.5f * (float)(height - 1);
    return (Camera){longer * 0.8660254f, {x, y}, true}; /* 1 / (2 tan 30 degrees) */
}
