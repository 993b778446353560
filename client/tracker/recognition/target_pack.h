/* Decode compiled image targets, as museums publish them: see assets_pipeline/image_targets/codec.py
 * for the format. */
#ifndef TARGET_PACK_H
#define TARGET_PACK_H

#include "base/types.h"

enum { MAX_PACK_BYTES = 32768 };

/* Decode a pack into a target, and tell whether it is one.
 *
 * out->template_image.pixels must have room for MAX_TEMPLATE_EDGE_PX squared bytes; its
 * size and the printed width are set. Nothing beyond `bytes` is read, and where the
 * pack is damaged, cut short or of another version nothing is written.
 */
bool decode_pack(const uint8_t *pack, int bytes, Target *out);

#endif
