/* Homographies: robust estimation from pairs of points (PROSAC), and projected corners. */
#ifndef HOMOGRAPHY_H
#define HOMOGRAPHY_H

#include "base/types.h"

enum { MAX_PAIRS = 1024 };

/* A point of the template and where it seems to be in the frame, px. */
typedef struct {
    float x, y, to_x, to_y;
    float tolerance_px; /* how far off, in the frame, an agreeing pair may be */
} Pair;

/* Least squares over the chosen pairs (all where `chosen` is null), each weighed by
 * 1 / tolerance^2: direct linear transform with centred, scaled points (Hartley, PAMI
 * 1997). False with fewer than 4 pairs, or where they don't determine it. */
bool fit_homography(const Pair *pairs, const bool *chosen, int count, float H[9]);

/* The same for an affine map (third row 0 0 1), from 3 pairs on. */
bool fit_affine(const Pair *pairs, const bool *chosen, int count, float H[9]);

/* Mark the pairs that agree; return the sum over them of 1 - (error / tolerance)^2. */
float inlier_support(const Pair *pairs, int count, const float H[9], bool *agrees);

/* Search by samples of four, the first pairs first (PROSAC; Chum & Matas, CVPR 2005), each
 * better model polished on all that agree with it (LO-RANSAC; Chum, Matas & Kittler, DAGM
 * 2003). `H` starts as a guess, and is only replaced by what scores higher. `agrees` has
 * room for all. Return the score. Samples that turn the template over are refused. */
float search_homography(const Pair *pairs, int count, int samples, float H[9], bool *agrees);

/* The print's corners, the outer edges of its first and last pixels. False where one lies
 * behind the camera, or the print is seen from its back or edge on. */
bool project_corners(const Target *target, const float h[9], float corners[8]);

#endif
