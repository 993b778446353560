/* Bundle adjustment: least squares over many views of one print.
 *
 * Unknown are seven quantities that all views share, and of each view where the print is
 * and how far the device's attitude errs. Seen are the print's four corners, and the
 * attitude that the device tells. Their errors, divided by their standard deviations, are
 * made least in squares (Gauss and Newton, damped after Levenberg and Marquardt); each
 * view's own unknowns are eliminated first (Schur's complement), as in bundle adjustment
 * (Triggs, McLauchlan, Hartley, Fitzgibbon 2000, section 6). The inverse of what remains
 * is the covariance, so how sure one is comes from the same equations as the answer: a
 * frontal view, whose corners hardly move with the print's heading, counts for little, an
 * oblique one for much, and nothing else has to know about obliqueness. */
#ifndef BUNDLE_ADJUSTMENT_H
#define BUNDLE_ADJUSTMENT_H

#include "pose/print_observation.h"

/* One way to understand the views. A flat print seen once allows two (its mirror image
 * about the line of sight explains almost the same corners); more views refute one. */
typedef struct {
    bool is_open;
    double shared[SHARED];
    OwnUnknowns own[MAX_VIEWS];
    double misfit[MAX_VIEWS]; /* sum of squares of a view, over their variances */
    double weight[MAX_VIEWS]; /* its share, less where it misfits */
    double cost;              /* of all views, after robust weights, and the priors */
    double own_gain; /* what the cost would lose if views moved and shared unknowns did not */
    double damping;
    double covariance[SHARED * SHARED];
    double newest_inverse[OWN * OWN]; /* the newest view's own, the shared ones held */
    double newest_answer[OWN * SHARED]; /* how its own follow the shared ones */
} Story;

typedef struct {
    double focal_px;
    double prior_sd[SHARED]; /* 0: nothing is known beforehand */
    double turn_drift;       /* variance a second of the headings that the device keeps... */
    double turn_drift_rate;  /* ...and standard deviation a second */
    double views_a_cell;     /* how many of one direction count as if each erred for itself... */
    int kept_a_cell;         /* ...and how many are kept */
    int count;
    View views[MAX_VIEWS];
    Story stories[2];
} Survey;

/* Forget all views. */
void survey_forget(Survey *survey);

/* Keep a view, understood by each open story from where it stands; make room by dropping
 * the oldest view of the direction seen most often. */
void survey_keep(Survey *survey, const View *view);

/* Take `steps` steps of Gauss and Newton with every open story. */
void survey_solve(Survey *survey, int steps);

/* Open the stories anew from the newest view alone, forgetting the others: the headings
 * (at most two) under which its corners agree best with its up. */
void survey_begin(Survey *survey, const View *view);

/* Return the story that fits best; 0 where there is none. */
Story *survey_best(Survey *survey);

/* Return by what the variances are to be multiplied: misfits over what was expected. */
double survey_scale(const Survey *survey, const Story *story);

/* The mean and the variance of the heading about the story's own, from its likelihood within
 * five `sd` to each side: where a print is seen from the front the likelihood has two
 * maxima, or a flat one, and the equations at its top say too little. */
void survey_spread(const Survey *survey, const Story *story, double sd, double *mean,
                   double *variance);

/* The heading under which a view's corners agree best with its up; false for none. */
bool search_heading(const View *view, double focal_px, double *heading);

/* Open a story of one view, from a heading. */
void open_story(const Survey *survey, Story *story, const View *view, double heading);

#endif
