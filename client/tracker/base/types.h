/* The image tracker's own types, and what its files promise each other.
 *
 * Freestanding C11, nothing imported, nothing allocated after the first call: every
 * buffer is static. One binary for browsers (a worker) and for Python (wasmtime).
 *
 * Conventions, everywhere:
 *   image    8-bit grey (luma of sRGB), row-major, no padding between rows
 *   px       pixel centres: the first pixel's centre is (0, 0), so an image spans
 *            from -0.5 to width - 0.5
 *   plane    a target's own pixels: those of its template, same convention
 *   H        3 x 3, row-major, template px to frame px
 *   camera   WebXR's: +x right, +y up, looking along -z; metres
 *   target   origin at the print's centre: +x right, +y up, +z to the viewer; metres
 *   corners  top left, top right, bottom right, bottom left of the print; frame px
 */
#ifndef TYPES_H
#define TYPES_H

#include <stdbool.h>
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name)))

enum {
    ABI_VERSION = 1,
    MAX_FRAME_WIDTH_PX = 1280,
    MAX_FRAME_HEIGHT_PX = 960,
    MAX_TEMPLATE_EDGE_PX = 512,
    MAX_TARGETS = 16, /* of one stop, with those of its series they must not be taken for */
};

typedef struct {
    int width, height;
    uint8_t *pixels;
} Image;

/* The frame that all look at; a caller writes it. */
extern Image frame_image;

struct Code;

/* One flat print. `width_m` is the printed width; its height follows the template's.
 * `code` is the QR code of a label, which must be read before it is believed: see qr_code.h;
 * 0 for pictures. */
typedef struct {
    Image template_image;
    const struct Code *code;
    float width_m;
    bool is_open;
} Target;

enum { ABSENT = 0, FOUND = 1, TRACKED = 2 };

/* What a call tells of one target. Its layout is part of the ABI: 4-byte fields, in
 * this order, little endian. */
typedef struct {
    int32_t state;         /* ABSENT, FOUND (just now, from nothing) or TRACKED */
    int32_t inliers;       /* matches that agree with H */
    float score;           /* agreement with the print after refinement, 0 to 1 */
    float corners[8];      /* frame px; x, y of each */
    float homography[9];   /* template px to frame px */
    float pose[7];         /* of the target in the camera: position, quaternion x y z w */
    float other_pose[7];   /* the planar ambiguity's second solution */
    float error_px;        /* reprojection error of `pose`, and of the second one */
    float other_error_px;
} Result;

#endif
