/* Rotations in double precision, for sums over many views: matrices, quaternions, vectors.
 *
 * Matrices are 3 x 3, row-major. Angles are radians. Quaternions are x, y, z, w. */
#ifndef ROTATION_H
#define ROTATION_H

#define DEGREE (3.14159265358979323846 / 180)

/* The angle whose sine is x, taken as -1 or 1 beyond them. */
double arc_sine(double x);

double dot(const double a[3], const double b[3]);
void cross(const double a[3], const double b[3], double out[3]);
double length(const double a[3]);

/* out = a b; it may be neither of them. */
void rotation_product(const double a[9], const double b[9], double out[9]);

/* out = transpose(a) b; it may be neither of them. */
void rotation_from_inverse(const double a[9], const double b[9], double out[9]);

/* out = a v, and transpose(a) v; it may not be v. */
void rotate(const double a[9], const double v[3], double out[3]);
void rotate_inverse(const double a[9], const double v[3], double out[3]);

/* The rotation about a vector by its length (Rodrigues), within 3e-6. */
void rotation_about(const double vector[3], double out[9]);

/* The rotation of a quaternion of about unit length, and back. */
void rotation_of_quaternion(const float q[4], double out[9]);
void quaternion_of_rotation(const double r[9], float out[4]);

#endif
