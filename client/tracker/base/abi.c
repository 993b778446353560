/* What callers see first: the version, and where a frame is written. */
#include "base/types.h"

static uint8_t frame_pixels[MAX_FRAME_WIDTH_PX * MAX_FRAME_HEIGHT_PX];
Image frame_image = {0, 0, frame_pixels};

/* Return the version of this interface; a caller made for another must not go on. */
EXPORT(abi_version) int abi_version(void) { return ABI_VERSION; }

/* Return where to write a frame of this size, width * height bytes; 0 where it is larger
 * than the tracker holds. */
EXPORT(frame) uint8_t *frame(int width, int height)
{
    if (width < 16 || height < 16 || width > MAX_FRAME_WIDTH_PX || height > MAX_FRAME_HEIGHT_PX)
        return 0;
    frame_image.width = width;
    frame_image.height = height;
    return frame_pixels;
}
