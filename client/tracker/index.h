/* Nearest descriptors without comparing all: lists around pivots. */
#ifndef INDEX_H
#define INDEX_H

#include "views.h"

/* Sort the features of a template's views into lists, each around a pivot: clusters by
 * k-majority (Grana et al., "A fast approach for integrating ORB descriptors in the bag of
 * words model", SPIE 2013). Features change their order. */
void views_indexed(ViewFeatures *views);

/* The lists whose pivots are nearest to a descriptor, nearest first: they hold most of its
 * nearest ones. Return how many; `out` has room for all. */
int lists_near(const ViewFeatures *views, const uint64_t *descriptor, uint8_t out[MAX_LISTS]);

#endif
