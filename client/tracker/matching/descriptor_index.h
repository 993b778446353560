/* Approximate nearest-neighbour index of descriptors: inverted lists around pivots. */
#ifndef DESCRIPTOR_INDEX_H
#define DESCRIPTOR_INDEX_H

#include "matching/template_views.h"

/* Sort the features of a template's views into lists, each around a pivot: clusters by
 * k-majority (Grana et al., "A fast approach for integrating ORB descriptors in the bag of
 * words model", SPIE 2013). Features change their order. */
void index_views(ViewFeatures *views);

/* The lists whose pivots are nearest to a descriptor, nearest first: they hold most of its
 * nearest ones. Return how many; `out` has room for all. */
int nearest_lists(const ViewFeatures *views, const uint64_t *descriptor, uint8_t out[MAX_LISTS]);

#endif
