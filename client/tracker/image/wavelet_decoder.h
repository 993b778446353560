/* Grey pictures of few bytes: an integer wavelet and an adaptive range coder.
 *
 * The format, and the encoder, are assets_pipeline/image_targets/codec.py. Integers
 * only: every build on every machine gives the same pixels.
 */
#ifndef WAVELET_DECODER_H
#define WAVELET_DECODER_H

#include "base/types.h"

enum { MIN_CODED_EDGE_PX = 32 };

/* Return how many bands a picture's coefficients have, hence how many steps it takes. */
int band_count(int width, int height);

/* Decode a picture of which edges are MIN_CODED_EDGE_PX to MAX_TEMPLATE_EDGE_PX.
 *
 * steps   2 * band_count bytes, little endian: each band's quantizer step
 * coded   the coefficients; what is missing at the end reads as zeros, and nothing
 *         beyond `coded_bytes` is read
 * pixels  receives width * height bytes
 */
void picture_decoded(const uint8_t *steps, const uint8_t *coded, int coded_bytes,
                     int width, int height, uint8_t *pixels);

#endif
