/* The camera that takes the frames: square pixels, no distortion. */
#ifndef CAMERA_H
#define CAMERA_H

#include <stdbool.h>

typedef struct {
    float focal_px;
    float centre_px[2]; /* where the optical axis meets the frame */
    bool is_assumed;    /* nobody told: 60 degrees across the longer side, centred */
} Camera;

/* The camera of the present frame. */
Camera camera_now(void);

#endif
