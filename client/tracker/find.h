/* Finding targets in a frame from nothing.
 *
 * Features of the frame are taken once (`frame_looked_at`), then each slot is tried:
 * features that agree -> refine -> agreement; see find.c.
 */
#ifndef FIND_H
#define FIND_H

#include "tracker.h"

/* What is known of each slot since the last call; `result` hands it out. find() and
 * track() write it. */
extern Result results[MAX_TARGETS];

/* Take the features of `frame_image`. Call once a frame, before all that follows. */
void frame_looked_at(void);

/* Take its finer features too: for targets not found, which may be small. Three times the
 * cost of the first look. */
void frame_looked_at_closer(void);

/* The whole of it for one slot: coarse, refined, verified, posed; `results[slot]` is
 * written. True where the target was found. */
bool found_in_frame(int slot);

/* Corners of the print in the frame: outer edges of its first and last pixels. False
 * where one is behind the camera. */
bool corners_of_print(const Image *template_image, const float H[9], float corners[8]);

#endif
