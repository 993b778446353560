/* Numbers without a library: elementary functions, 3 x 3 matrices, small linear systems.
 *
 * All are made of IEEE additions, products, quotients and square roots in a fixed order,
 * so both builds, and every machine, give the same bits.
 */
#ifndef NUMERICS_H
#define NUMERICS_H

#include <stdbool.h>
#include <stdint.h>

#define PI 3.14159265f

static inline float square_root(float x) { return __builtin_sqrtf(x); }
static inline float magnitude(float x) { return __builtin_fabsf(x); }
static inline float rounded_down(float x) { return __builtin_floorf(x); }
static inline int smaller(int a, int b) { return a < b ? a : b; }
static inline int larger(int a, int b) { return a > b ? a : b; }
static inline int clamped(int x, int low, int high) { return smaller(larger(x, low), high); }

/* Angles in radians, any finite size; errors below 2e-6. */
float sine(float angle);
float cosine(float angle);

/* The angle of (x, y), -pi to pi, error below 2e-6; 0 at the origin. */
float arctangent(float y, float x);

/* e^x, relative error below 1e-6; 0 below -87, and the greatest float above 88. */
float exponential(float x);

/* Matrices of 9, row-major. `out` may be an argument. */
void multiply3(const float a[9], const float b[9], float out[9]);

/* False, with `out` untouched, where the determinant is 0 or not a number. */
bool invert3(const float matrix[9], float out[9]);

/* Where a homography takes (x, y). False at and behind its horizon (third coordinate
 * <= 0, for a homography whose third coordinate is positive on the print). */
bool map_point(const float H[9], float x, float y, float out[2]);

/* Solve matrix * solution = right by elimination with partial pivoting. `matrix` is n x n,
 * row-major, and is spoiled; `right` becomes the solution. False where it is singular. */
bool solve_linear(double *matrix, double *right, int n);

/* The next of a fixed sequence (xorshift32; Marsaglia, J. Stat. Software 8, 2003).
 * `state` starts anywhere but at 0. */
uint32_t random_next(uint32_t *state);

/* A whole number from 0 to below - 1. */
static inline int random_below(uint32_t *state, int below)
{
    return (int)(((uint64_t)random_next(state) * (uint64_t)below) >> 32);
}

#endif
