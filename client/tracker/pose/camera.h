/* The camera's intrinsics: focal length and centre; square pixels, no distortion. */
#ifndef CAMERA_H
#define CAMERA_H

#include <stdbool.h>

#include "base/types.h"

typedef struct {
    float focal_px;
    float centre_px[2]; /* where the optical axis meets the frame */
    bool is_assumed;    /* nobody told: centred; 60 degrees across the longer side, until
                           tracked prints have told better (focal_length.h) */
} Camera;

/* The camera of the present frame. */
Camera current_camera(void);

/* Learn from a tracked print's corners, as measured, where nobody told the camera. */
void learn_camera(const Target *target, const float corners[8]);

#endif
