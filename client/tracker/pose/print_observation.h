/* One observation of a print: its corners and attitude, as bundle adjustment uses them.
 *
 * Frames: `level` has +y against gravity, its heading is arbitrary but kept as far as the
 * device keeps it. `scene` has +y against gravity, +x to the right of who reads the print,
 * +z horizontally to the reader. `print` and `camera` as in types.h.
 *
 *     camera <- level    transpose of the attitude told, then what it errs by
 *     level  <- scene    the heading, about +y
 *     scene  <- print    the mounting: leant back by the slope, then what that errs by
 *
 * Angles are radians, lengths metres, unless a name says otherwise.
 */
#ifndef PRINT_OBSERVATION_H
#define PRINT_OBSERVATION_H

#include <stdbool.h>
#include <stdint.h>

enum { NO_ATTITUDE = 0, UP_ONLY = 1, UP_AND_HEADING = 2 };

/* One view of a print, as a caller writes it. Its layout is part of the ABI. */
typedef struct {
    float corners[8];      /* frame px; x, y of each, in the order of types.h */
    float attitude[4];     /* quaternion, camera to level, x y z w */
    int32_t attitude_kind; /* what of `attitude` is known: see above */
    float time_s;          /* on a clock of the caller's own */
    float noise_px;        /* standard deviation of a corner's coordinate */
    float focal_px;        /* as far as known */
    float focal_doubt;     /* standard deviation of its logarithm: .1 is a tenth */
    float centre_px[2];    /* where the camera looks along -z */
} Sighting;

enum {
    MAX_VIEWS = 60,
    OWN = 6,     /* a view's own unknowns: a turn, then a place */
    SHARED = 7,  /* the survey's: */
    HEADING = 0, /*   of the scene, about +y, in `level` */
    FOCAL = 1,   /*   logarithm of the focal length over what it was taken for */
    BIAS = 2,    /*   of the device's gravity, a vector in the camera's frame over g */
    MOUNTING = 5 /*   turns of the print about the scene's +x and +z */
};

/* One view that is kept. */
typedef struct {
    double corners[8]; /* px from the centre, +y up */
    double level[9];   /* camera to level, as told */
    double up[3];      /* in the camera, as told */
    double half[2];    /* of the print's width and height */
    double slope;
    double noise_px, time_s;
    double tilt_variance, turn_variance; /* of the attitude told; < 0: nothing is known */
    double share;                        /* of its weight that is not told by its neighbours */
    int cell;                            /* whence the print is seen, in steps of 4 degrees */
} View;

typedef struct {
    double turn[3]; /* of the camera's frame, that the attitude told errs by */
    double place[3]; /* of the print's centre in the camera */
} OwnUnknowns;

/* The normal equations of one view: own unknowns first, then the shared ones. */
enum { ALL = OWN + SHARED };
typedef struct {
    double matrix[ALL * ALL];
    double slope[ALL];
    double misfit; /* the sum of squares of its errors over their standard deviations */
} Normal;

/* Set all of a view that a sighting tells; the print's size, its slope and the attitude's
 * variances are the caller's to set. False where the sighting is not all numbers. */
bool read_sighting(const Sighting *sighting, View *out);

/* The rotation from print to camera. */
void print_rotation(const View *view, const double shared[SHARED], const double turn[3],
                    double out[9]);

/* Return the best place of the print for this rotation, by linear least squares, and the
 * misfit of the corners there; HUGE_MISFIT where the print would not face the camera. */
#define HUGE_MISFIT 1e12
double locate_print(const View *view, const double rotation[9], double focal_px, double place[3]);

/* Fill the normal equations where the unknowns are. `turn_variance` is that of the heading
 * told, drift included. False where the print would stand behind the camera. */
bool normal_equations(const View *view, const double shared[SHARED], const OwnUnknowns *own,
                      double focal_px, double turn_variance, Normal *out);

/* Invert a symmetric positive definite n x n matrix in place; false where it is not. */
bool invert_symmetric(double *a, int n);

#endif
