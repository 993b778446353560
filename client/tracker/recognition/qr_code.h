/* Labels: the QR code of a printed address, drawn as the museum prints it, and read back.
 *
 * ISO/IEC 18004, versions 1 to 4, error correction level M, alphanumeric mode: what
 * publishing/qr.py prints, module for module. A label costs no bytes to fetch: its code's
 * text is in the page's address, and all else follows.
 */
#ifndef QR_CODE_H
#define QR_CODE_H

#include "base/types.h"

enum {
    MOST_MODULES = 33, /* across version 4 */
    QUIET_MODULES = 4, /* blank around a code; printed white */
    MODULE_PX = 8,     /* of a label's template */
    MOST_SIGNS = 90,   /* of a text */
};

/* A QR code, row by row. */
typedef struct Code {
    int modules; /* across */
    uint8_t module[MOST_MODULES * MOST_MODULES]; /* 1 dark, 0 light */
    bool is_telling[MOST_MODULES * MOST_MODULES]; /* changes from label to label */
} Code;

/* Encode a text of digits, capitals and "$%*+-./: ". False where it has other signs, or
 * needs more than version 4. */
bool encode_qr(const uint8_t *text, int length, Code *out);

/* Draw a code with its quiet zone, MODULE_PX a module. `out` needs room for
 * MAX_TEMPLATE_EDGE_PX squared bytes; its size is set. */
void draw_qr(const Code *code, Image *out);

/* How well a view through H shows this code and no other of its series, -1 to 1.
 *
 * The correlation over the modules that tell labels apart: those of the error correction,
 * about half of which change with any one sign. Another label of the same museum has
 * finder patterns and address in common, and there would look alike; here it scores near
 * 0. See READS_AS for where to draw the line.
 */
float score_qr(const Image *frame, const Code *code, const float H[9]);

#define READS_AS 0.4f

#endif
