/* The camera that takes the frames: square pixels, no distortion. */
#ifndef CAMERA_H
#define CAMERA_H

#include <stdbool.h>

#include "tracker.h"

typedef struct {
    float focal_px;
    float centre_px[2]; /* where the optical axis meets the frame */
    bool is_assumed;    /* nobody told: centred; 60 degrees across the longer side, until
                           tracked prints have told better (focal.h) */
} Camera;

/* The camera of the present frame. */
Camera camera_now(void);

/* Learn from a tracked print's corners, as measured, where nobody told the camera. */
void camera_learns(const Target *target, const float corners[8]);

#endif
