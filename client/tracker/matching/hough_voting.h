/* Hough voting: group the matches that agree on how the print lies.
 *
 * A match of two oriented features says by itself how the print lies (Lowe, IJCV 2004,
 * section 7.1): place, size, turn, and through the view the tilt. A few true matches
 * agree in all of these, however many false ones surround them.
 */
#ifndef HOUGH_VOTING_H
#define HOUGH_VOTING_H

#include "matching/matcher.h"

enum { MAX_HYPOTHESES = 6 };

typedef struct {
    float H[9];    /* affine: template px to frame px */
    float support; /* at how many different places of the template matches agree */
} Hypothesis;

/* The best supported hypotheses, best first, none of whose founding matches agrees with a
 * better one. Return how many. */
int hypotheses_of(const Features *frame, const ViewFeatures *views, const Matches *matches,
                  const Image *template_image, Hypothesis out[MAX_HYPOTHESES]);

#endif
