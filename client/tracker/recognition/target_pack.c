/* Packs of targets: a checked header before the coded template. */
#include "recognition/target_pack.h"

#include "image/wavelet_decoder.h"
#include "recognition/targets.h"

enum { VERSION = 1, HEADER_BYTES = 24 };

static uint32_t number_at(const uint8_t *place, int bytes)
{
    uint32_t number = 0;
    for (int i = bytes - 1; i >= 0; i--)
        number = number << 8 | place[i];
    return number;
}

/* Return the CRC-32 of IEEE 802.3 (reflected, polynomial 0xedb88320). */
static uint32_t checksum(const uint8_t *content, int bytes)
{
    uint32_t sum = 0xffffffffu;
    for (int i = 0; i < bytes; i++) {
        sum ^= content[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
    }
    return ~sum;
}

static bool is_edge(int edge) { return edge >= MIN_CODED_EDGE_PX && edge <= MAX_TEMPLATE_EDGE_PX; }

bool decode_pack(const uint8_t *pack, int bytes, Target *out)
{
    if (bytes < HEADER_BYTES || pack[0] != 'E' || pack[1] != 'C' || pack[2] != 'M' ||
        pack[3] != 'T' || pack[4] != VERSION || pack[5] != 0)
        return false;
    const int width = (int)number_at(pack + 6, 2), height = (int)number_at(pack + 8, 2);
    const int bands = (int)number_at(pack + 10, 2);
    const uint32_t micrometres = number_at(pack + 12, 4), coded = number_at(pack + 16, 4);
    if (!is_edge(width) || !is_edge(height) || bands != band_count(width, height))
        return false;
    const int begins = HEADER_BYTES + 2 * bands;
    if (begins > bytes || coded != (uint32_t)(bytes - begins) || micrometres == 0 ||
        number_at(pack + 20, 4) != checksum(pack + HEADER_BYTES, bytes - HEADER_BYTES))
        return false;
    out->template_image.width = width;
    out->template_image.height = height;
    out->width_m = (float)micrometres * 1e-6f;
    picture_decoded(pack + HEADER_BYTES, pack + begins, (int)coded, width, height,
                    out->template_image.pixels);
    return true;
}

static uint8_t room[MAX_PACK_BYTES];
static uint8_t pixels[MAX_TEMPLATE_EDGE_PX * MAX_TEMPLATE_EDGE_PX];

/* Return where to write a pack; 0 where it is larger than packs are. */
EXPORT(pack_room) uint8_t *pack_room(int bytes)
{
    return bytes > 0 && bytes <= MAX_PACK_BYTES ? room : 0;
}

/* Return the pixels of the pack in its room, of the size that it states; 0 where it is
 * refused. They last until the next pack. */
EXPORT(pack_template) uint8_t *pack_template(int bytes)
{
    Target target = {{0, 0, pixels}, 0, 0, false};
    return bytes <= MAX_PACK_BYTES && decode_pack(room, bytes, &target) ? pixels : 0;
}

/* Make the pack in its room a target. Return its slot; below 0 as `open_target` does,
 * or -3 where the pack is refused. */
EXPORT(pack_add) int pack_add(int bytes)
{
    Target target = {{0, 0, pixels}, 0, 0, false};
    if (bytes > MAX_PACK_BYTES || !decode_pack(room, bytes, &target))
        return -3;
    return open_target(&target.template_image, target.width_m);
}
