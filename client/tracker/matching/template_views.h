/* Synthetic views of a template (ASIFT): its features from several distances and tilts.
 *
 * Descriptors bear a fifth of scale and some 30 degrees of tilt. So the template is drawn as
 * it would be seen from several distances and tilts (as ASIFT does; Morel & Yu, SIAM J.
 * Imaging Sciences 2009), once, when a target is opened, and features of all the views are kept.
 */
#ifndef TEMPLATE_VIEWS_H
#define TEMPLATE_VIEWS_H

#include "base/types.h"
#include "features/binary_descriptors.h"

enum { MAX_VIEWS = 96, MAX_VIEW_FEATURES = 8192, MAX_LISTS = 192 };

/* One feature of one view. */
typedef struct {
    float x, y;    /* template px */
    uint8_t view;
    uint8_t angle; /* in the view, 256 to a turn */
} ViewFeature;

typedef struct {
    float from_template[MAX_VIEWS][4]; /* 2 x 2: steps in template px to steps in view px */
    int views;
    ViewFeature feature[MAX_VIEW_FEATURES];
    uint64_t descriptor[MAX_VIEW_FEATURES][DESCRIPTOR_WORDS];
    int count;
    uint64_t pivot[MAX_LISTS][DESCRIPTOR_WORDS]; /* see descriptor_index.h */
    int first_of[MAX_LISTS + 1];                 /* of each list's features */
    int lists;
} ViewFeatures;

extern ViewFeatures target_views[MAX_TARGETS]; /* by slot */

/* Draw the views of a template, and keep their features. */
void render_template_views(const Image *template_image, ViewFeatures *out);

/* What one match alone tells: the 2 x 2 map from steps in template px to steps in frame px
 * that brings this feature's patch onto a patch of the frame, `scale` px of the frame to
 * one of its level and turned by `angle`. */
void local_map(const ViewFeatures *features, int index, float scale, uint8_t angle, float out[4]);

#endif
