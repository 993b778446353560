/* The camera that takes the frames (see camera.h). */
#include "pose/camera.h"

#include "pose/focal_length.h"

/* One tracked frame in so many is learned from: neighbours tell the same. */
#define LEARNED_EVERY 2
/* Known as well as this, nothing more is learned. */
#define KNOWN_SD 0.005f
/* What a tracked corner errs by, a lens's distortion included. */
#define CORNER_NOISE_PX 0.2f

static float focal_px, centre_x, centre_y;
static float guessed_px; /* what the learned focal length began from; 0: none is learned */
static int frames_seen;

/* Tell the camera, in px of the frames to come. A focal length of 0: unknown; it then is
 * assumed, and the centre is the frame's. */
EXPORT(camera) void camera(float focal, float x, float y)
{
    focal_px = focal > 0 ? focal : 0;
    centre_x = x;
    centre_y = y;
    guessed_px = 0;
}

/* 60 degrees across the longer side of the frame. */
static float guess_px(void)
{
    int width = frame_image.width, height = frame_image.height;
    return 0.8660254f * (float)(width > height ? width : height); /* 1 / (2 tan 30 degrees) */
}

Camera current_camera(void)
{
    if (focal_px > 0)
        return (Camera){focal_px, {centre_x, centre_y}, false};
    float x = 0.5f * (float)(frame_image.width - 1), y = 0.5f * (float)(frame_image.height - 1);
    float guess = guess_px();
    return (Camera){guess == guessed_px ? focal_now()->focal_px : guess, {x, y}, true};
}

void learn_camera(const Target *target, const float corners[8])
{
    Camera camera = current_camera();
    if (!camera.is_assumed) return;
    if (guessed_px != guess_px()) {
        guessed_px = guess_px();
        focal_begin(guessed_px);
    }
    if (focal_now()->sd_ratio < KNOWN_SD || frames_seen++ % LEARNED_EVERY) return;
    Sighting seen = {.attitude_kind = NO_ATTITUDE, .noise_px = CORNER_NOISE_PX};
    for (int i = 0; i < 8; i++) seen.corners[i] = corners[i];
    for (int i = 0; i < 2; i++) seen.centre_px[i] = camera.centre_px[i];
    const Image *print = &target->template_image;
    float height_m = target->width_m * (float)print->height / (float)print->width;
    focal_learn(&seen, target->width_m, height_m, 0);
}
