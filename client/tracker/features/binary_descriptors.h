/* Binary descriptors: 256 bits of the patch around a corner, whichever way it is turned.
 *
 * The direction is that of the intensity centroid (Rosin, "Measuring corner properties",
 * CVIU 1999; Rublee et al., "ORB: an efficient alternative to SIFT or SURF", ICCV 2011).
 * Along it lies a fixed set of sites, blurred the more the farther out (Leutenegger et
 * al., "BRISK", ICCV 2011); each bit tells which of two sites is the brighter (Calonder
 * et al., "BRIEF", ECCV 2010). All greys are integers: both builds give the same bits.
 */
#ifndef BINARY_DESCRIPTORS_H
#define BINARY_DESCRIPTORS_H

#include "base/types.h"

enum {
    DESCRIPTOR_WORDS = 4, /* of 64 bits; the first alone tells most strangers apart */
    PATCH_RADIUS_PX = 15,
    DESCRIPTOR_BORDER_PX = 17, /* no patch centre nearer to an edge */
};

/* One level of an image, and the same blurred: what descriptors read. All one size. */
typedef struct {
    Image fine;   /* sigma 1 px */
    Image coarse; /* sigma 2.2 px */
} Blurred;

/* Where the patch's brighter side lies, 256 to a turn, from +x to +y. */
uint8_t patch_angle(const Image *fine, int x, int y);

/* The descriptor of the patch around (x, y), turned by `angle`. */
void describe_patch(const Blurred *level, int x, int y, uint8_t angle, uint64_t out[DESCRIPTOR_WORDS]);

/* In how many of 256 bits two descriptors differ. */
static inline int distance_between(const uint64_t *a, const uint64_t *b)
{
    return __builtin_popcountll(a[0] ^ b[0]) + __builtin_popcountll(a[1] ^ b[1]) +
           __builtin_popcountll(a[2] ^ b[2]) + __builtin_popcountll(a[3] ^ b[3]);
}

#endif
