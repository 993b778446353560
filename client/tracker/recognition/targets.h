/* The targets in use, by slot: where each template's pixels are kept.
 *
 * A caller writes a raw template into `template_room`, then calls `target_add`. Code that
 * makes templates itself (packs, labels) draws into an Image and calls `open_target`.
 */
#ifndef TARGETS_H
#define TARGETS_H

#include "base/types.h"

extern Target targets[MAX_TARGETS];

/* What is known of each slot since the last call; `result` hands it out. find() and
 * track() write it. */
extern Result results[MAX_TARGETS];

/* Copy a template into the first free slot and find its features (some 0.2 s).
 * Return the slot, or -1 where all are taken, -2 where the template is larger than
 * MAX_TEMPLATE_EDGE_PX or smaller than 32 px, or the width is no positive number. */
int open_target(const Image *template_image, float width_m);

#endif
