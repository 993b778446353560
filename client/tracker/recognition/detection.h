/* Detect targets in a frame, without a pose from the frame before.
 *
 * Features of the frame are taken once (`detect_frame_features`), then each slot is tried:
 * features that agree -> refine -> agreement; see detection.c.
 */
#ifndef DETECTION_H
#define DETECTION_H

#include "base/types.h"

/* Take the features of `frame_image`. Call once a frame, before all that follows. */
void detect_frame_features(void);

/* Take its finer features too: for targets not found, which may be small. Three times the
 * cost of the first look. */
void detect_finer_frame_features(void);

/* The whole of it for one slot: coarse, refined, verified, posed; `results[slot]` is
 * written. True where the target was found. */
bool detect_target(int slot);

#endif
