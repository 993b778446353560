/* Labels as targets, made from the text of their QR code alone. */
#include "recognition/qr_code.h"
#include "recognition/targets.h"

static Code codes[MAX_TARGETS], last_code;
static uint8_t room[MOST_SIGNS];
static uint8_t pixels[(MOST_MODULES + 2 * QUIET_MODULES) * (MOST_MODULES + 2 * QUIET_MODULES) * MODULE_PX * MODULE_PX];

/* Return where to write a label's text; 0 where it is longer than any. */
EXPORT(label_room) uint8_t *label_room(int bytes)
{
    return bytes > 0 && bytes <= MOST_SIGNS ? room : 0;
}

/* Return the modules of the text in its room, row by row, 1 dark; 0 where it is refused.
 * label_modules tells how many stand in a row. They last until the next label. */
EXPORT(label_code) uint8_t *label_code(int bytes)
{
    return encode_qr(room, bytes, &last_code) ? last_code.module : 0;
}

EXPORT(label_modules) int label_modules(void) { return last_code.modules; }

/* Make the label of the text in its room a target. `width_m` is that of the printed QR
 * code, from dark edge to dark edge; the target spans its quiet zone too. Return its slot;
 * below 0 as `open_target` does, or -3 where the text is refused. */
EXPORT(label_add) int label_add(int bytes, float width_m)
{
    if (!encode_qr(room, bytes, &last_code))
        return -3;
    Image drawn = {0, 0, pixels};
    draw_qr(&last_code, &drawn);
    const float modules = (float)last_code.modules;
    const int slot = open_target(&drawn, width_m * (modules + 2 * QUIET_MODULES) / modules);
    if (slot >= 0) {
        codes[slot] = last_code;
        targets[slot].code = &codes[slot];
    }
    return slot;
}

/* How well the frame shows a label's code, in thousandths, through the homography in the
 * slot's result; for tests. */
EXPORT(label_reads) int label_reads(int slot)
{
    return (int)(1000 * score_qr(&frame_image, &codes[slot], results[slot].homography));
}
