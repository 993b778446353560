/* Decode a template: range coder, coefficients band by band, inverse wavelet.
 *
 * The other side is assets_pipeline/image_targets/codec.py, which names the papers. All
 * constants here are part of the format, and the same there.
 */
#include "image/wavelet_decoder.h"

enum {
    FRACTION_BITS = 4,
    LIFTING_BITS = 12,
    LEAST_BAND_EDGE = 8,
    MOST_LEVELS = 6,
    ACTIVITIES = 11,
    MAGNITUDES = 6,
    MOST_UNARY = 14,
    MOST_ZEROS = 12,
    FIRST_MAGNITUDE = 9 * ACTIVITIES,
    EVEN = FIRST_MAGNITUDE + MAGNITUDES * MOST_UNARY, /* what nothing foretells */
    CONTEXTS = EVEN + 1,
    MOST_COUNT = 60,
    SURE = 65500,
    UNLIKELY = 36,
};

typedef enum { LOW, ACROSS, DOWN, BOTH } Kind;

typedef struct {
    Kind kind;
    int level; /* 1 is the finest */
    int x, y, width, height;
} Band;

typedef struct {
    const uint8_t *next, *end;
    uint32_t width, code;
    int32_t odds[CONTEXTS]; /* of a yes, in 65536ths */
    uint8_t counts[CONTEXTS];
} Decoder;

static int32_t plane[MAX_TEMPLATE_EDGE_PX * MAX_TEMPLATE_EDGE_PX];
static Decoder decoder;

/* ------------------------------------------------------------------ the range coder */

static uint32_t next_byte(void)
{
    return decoder.next < decoder.end ? *decoder.next++ : 0;
}

static void begin(const uint8_t *coded, int bytes)
{
    decoder.next = coded;
    decoder.end = coded + bytes;
    decoder.width = 0xffffffffu;
    decoder.code = 0;
    for (int i = 0; i < 4; i++)
        decoder.code = decoder.code << 8 | next_byte();
    for (int i = 0; i < CONTEXTS; i++) {
        decoder.odds[i] = 1 << 15;
        decoder.counts[i] = 0;
    }
}

/* Return the answer, 0 or 1, to a context's next question; its odds follow. */
static int answer(int context)
{
    const int32_t chance = decoder.odds[context];
    const uint32_t bound = (decoder.width >> 16) * (uint32_t)chance;
    const int is_yes = decoder.code < bound;
    if (is_yes) {
        decoder.width = bound;
    } else {
        decoder.code -= bound;
        decoder.width -= bound;
    }
    if (context != EVEN) {
        const int count = decoder.counts[context];
        /* The mean of n + 1 answers: the newest moves it by 1 / (n + 1.5). */
        const int32_t rate = (1 << 16) / (2 * count + 3);
        decoder.odds[context] = chance + (((is_yes ? SURE : UNLIKELY) - chance) * rate >> 15);
        decoder.counts[context] = (uint8_t)(count < MOST_COUNT ? count + 1 : count);
    }
    while (decoder.width < 1u << 24) {
        decoder.code = decoder.code << 8 | next_byte();
        decoder.width <<= 8;
    }
    return is_yes;
}

/* ------------------------------------------------------------------ the coefficients */

static int size_of(int32_t coefficient) { return coefficient < 0 ? -coefficient : coefficient; }

/* Return how large the coefficient is that stands so far up and to the left, 0 outside. */
static int size_at(const int32_t *place, int stride, int x, int y, int width, int up, int left)
{
    if (y < up || x < left || x - left >= width)
        return 0;
    return size_of(place[-up * stride - left]);
}

/* Return what is known around a coefficient: its neighbours in the band, those along the
 * way in which details run weighing more, and the coarser band's at the same place. */
static int activity(const Band *band, const Band *coarser, int x, int y, int stride)
{
    const int32_t *place = plane + (band->y + y) * stride + band->x + x;
    const int left = size_at(place, stride, x, y, band->width, 0, 1);
    const int above = size_at(place, stride, x, y, band->width, 1, 0);
    const int further_left = size_at(place, stride, x, y, band->width, 0, 2);
    const int further_up = size_at(place, stride, x, y, band->width, 2, 0);
    int found = size_at(place, stride, x, y, band->width, 1, 1) +
                size_at(place, stride, x, y, band->width, 1, -1) + 2 * (left + above);
    if (band->kind == ACROSS)
        found += above + further_up;
    else if (band->kind == DOWN)
        found += left + further_left;
    else
        found += further_left + further_up;
    if (coarser) {
        const int v = y / 2 < coarser->height ? y / 2 : coarser->height - 1;
        const int u = x / 2 < coarser->width ? x / 2 : coarser->width - 1;
        found += 2 * size_of(plane[(coarser->y + v) * stride + coarser->x + u]);
    }
    return found;
}

/* Return how many of the ascending bounds a value reaches. */
static int group_of(int value, const uint8_t *bounds, int count)
{
    int group = 0;
    while (group < count && value >= bounds[group])
        group++;
    return group;
}

/* Return a number written as its bits after as many zeros (exponential Golomb code). */
static int escaped(void)
{
    int zeros = 0;
    while (zeros < MOST_ZEROS && !answer(EVEN))
        zeros++;
    int value = 1;
    for (int i = 0; i < zeros; i++)
        value = 2 * value + answer(EVEN);
    return value - 1;
}

static int32_t next_coefficient(int first_context, int around)
{
    static const uint8_t activity_bounds[ACTIVITIES - 1] = {1, 2, 3, 4, 5, 7, 9, 12, 16, 24};
    static const uint8_t magnitude_bounds[MAGNITUDES - 1] = {2, 4, 7, 11, 18};
    if (!answer(first_context + group_of(around, activity_bounds, ACTIVITIES - 1)))
        return 0;
    const int context =
        FIRST_MAGNITUDE + MOST_UNARY * group_of(around, magnitude_bounds, MAGNITUDES - 1);
    int size = 1;
    while (size <= MOST_UNARY && answer(context + size - 1))
        size++;
    if (size > MOST_UNARY)
        size += escaped();
    return answer(EVEN) ? -size : size;
}

static void decode_band(const Band *band, const Band *coarser, int stride)
{
    const int kind = band->kind == LOW ? 0 : band->kind - 1;
    const int level = band->level < 3 ? band->level : 3;
    const int first_context = (kind + 3 * (level - 1)) * ACTIVITIES;
    for (int y = 0; y < band->height; y++)
        for (int x = 0; x < band->width; x++)
            plane[(band->y + y) * stride + band->x + x] =
                next_coefficient(first_context, activity(band, coarser, x, y, stride));
}

/* ------------------------------------------------------------------ the wavelet */

static int level_count(int width, int height)
{
    const int edge = width < height ? width : height;
    int levels = 0;
    while (levels < MOST_LEVELS && edge >> (levels + 1) >= LEAST_BAND_EDGE)
        levels++;
    return levels;
}

int band_count(int width, int height) { return 1 + 3 * level_count(width, height); }

/* Undo one lifting step: subtract from each sample a part of its neighbours' sum; past
 * an end the picture is mirrored. In `line`, evens and odds alternate. */
static void unlift(int32_t *line, int length, int first, int32_t constant)
{
    for (int i = first; i < length; i += 2) {
        /* 64 bits: a forged pack's coefficients may be anything. */
        const int64_t before = line[i > 0 ? i - 1 : i + 1];
        const int64_t after = line[i + 1 < length ? i + 1 : i - 1];
        const int64_t part = (before + after) * constant + (1 << (LIFTING_BITS - 1));
        line[i] = (int32_t)(line[i] - (part >> LIFTING_BITS));
    }
}

/* Join the low and the high half of a line of samples that stand `step` apart. */
static void join(int32_t *samples, int length, int step)
{
    static int32_t line[MAX_TEMPLATE_EDGE_PX];
    const int low = (length + 1) / 2;
    for (int i = 0; i < low; i++)
        line[2 * i] = samples[i * step];
    for (int i = low; i < length; i++)
        line[2 * (i - low) + 1] = samples[i * step];
    unlift(line, length, 0, 1817);
    unlift(line, length, 1, 3616);
    unlift(line, length, 0, -217);
    unlift(line, length, 1, -6497);
    for (int i = 0; i < length; i++)
        samples[i * step] = line[i];
}

/* Return one edge after so many halvings. */
static int halve(int edge, int times) { return (edge + (1 << times) - 1) >> times; }

static void dequantize(const Band *band, const uint8_t *step, int stride)
{
    const int32_t by = step[0] | step[1] << 8;
    for (int y = 0; y < band->height; y++)
        for (int x = 0; x < band->width; x++)
            plane[(band->y + y) * stride + band->x + x] *= by;
}

/* List the bands, coarsest first; return how many. */
static int list_bands(Band *bands, int width, int height)
{
    const int levels = level_count(width, height);
    int count = 0;
    bands[count++] = (Band){LOW, levels, 0, 0, halve(width, levels), halve(height, levels)};
    for (int level = levels; level > 0; level--) {
        const int w = halve(width, level), h = halve(height, level);
        const int wide = halve(width, level - 1), high = halve(height, level - 1);
        bands[count++] = (Band){ACROSS, level, w, 0, wide - w, h};
        bands[count++] = (Band){DOWN, level, 0, h, w, high - h};
        bands[count++] = (Band){BOTH, level, w, h, wide - w, high - h};
    }
    return count;
}

void picture_decoded(const uint8_t *steps, const uint8_t *coded, int coded_bytes,
                     int width, int height, uint8_t *pixels)
{
    Band bands[1 + 3 * MOST_LEVELS];
    const int count = list_bands(bands, width, height);
    begin(coded, coded_bytes);
    for (int i = 0; i < count; i++)
        decode_band(&bands[i], i > 3 ? &bands[i - 3] : 0, width);
    for (int i = 0; i < count; i++)
        dequantize(&bands[i], steps + 2 * i, width);
    for (int level = level_count(width, height) - 1; level >= 0; level--) {
        const int w = halve(width, level), h = halve(height, level);
        for (int x = 0; x < w; x++)
            join(plane + x, h, width);
        for (int y = 0; y < h; y++)
            join(plane + y * width, w, 1);
    }
    for (int i = 0; i < width * height; i++) {
        const int64_t half = 1 << (FRACTION_BITS - 1);
        const int64_t value = ((plane[i] + half) >> FRACTION_BITS) + 128;
        pixels[i] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
}
