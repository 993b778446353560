/* QR codes of printed addresses (ISO/IEC 18004); see qr_code.h. */
#include "recognition/qr_code.h"

#include "image/imgproc.h"

enum {
    LENGTH_BITS = 9, /* versions 1 to 9, alphanumeric */
    MOST_DATA = 64,
    MOST_CORRECTION = 26,
    MOST_CODEWORDS = 100,
    FORMAT_GENERATOR = 0x537,
    FORMAT_MASK = 0x5412,
    UNSET = 0xff,
};

/* Level M, by version: codewords of data in each block and of correction, and blocks. */
static const struct {
    uint8_t data, correction, blocks;
} VERSIONS[5] = {{0, 0, 0}, {16, 10, 1}, {28, 16, 1}, {44, 26, 1}, {32, 18, 2}};

/* ------------------------------------------------------------------ codewords */

static uint8_t codewords[MOST_CODEWORDS];
static uint8_t stream[MOST_DATA];
static int stream_bits;

static void put(unsigned value, int bits)
{
    for (int bit = bits - 1; bit >= 0; bit--, stream_bits++)
        if (value >> bit & 1)
            stream[stream_bits / 8] |= (uint8_t)(0x80 >> stream_bits % 8);
}

/* Return a sign's number in alphanumeric mode, -1 for none. */
static int number_of(uint8_t sign)
{
    static const char others[] = " $%*+-./:";
    if (sign >= '0' && sign <= '9')
        return sign - '0';
    if (sign >= 'A' && sign <= 'Z')
        return sign - 'A' + 10;
    for (int i = 0; others[i]; i++)
        if (sign == (uint8_t)others[i])
            return 36 + i;
    return -1;
}

/* Fill `stream` with a text as data of the smallest version. Return it, 0 for none. */
static int data_written(const uint8_t *text, int length)
{
    const int bits = 4 + LENGTH_BITS + 11 * (length / 2) + 6 * (length % 2);
    int version = 1;
    while (version <= 4 && bits > 8 * VERSIONS[version].data * VERSIONS[version].blocks)
        version++;
    if (version > 4)
        return 0;
    __builtin_memset(stream, 0, sizeof stream);
    stream_bits = 0;
    put(2, 4);
    put((unsigned)length, LENGTH_BITS);
    for (int i = 0; i < length; i += 2) {
        const int first = number_of(text[i]), second = i + 1 < length ? number_of(text[i + 1]) : 0;
        if (first < 0 || second < 0)
            return 0;
        if (i + 1 < length)
            put((unsigned)(45 * first + second), 11);
        else
            put((unsigned)first, 6);
    }
    const int room = VERSIONS[version].data * VERSIONS[version].blocks;
    /* The end is told by up to four zeros, the byte filled with zeros. */
    stream_bits = stream_bits + 4 < 8 * room ? stream_bits + 4 : 8 * room;
    for (int i = (stream_bits + 7) / 8, pad = 0; i < room; i++, pad++)
        stream[i] = pad % 2 ? 0x11 : 0xec;
    return version;
}

static uint8_t product(uint8_t a, uint8_t b)
{
    unsigned sum = 0;
    for (int bit = 7; bit >= 0; bit--) {
        sum = sum << 1 ^ (sum & 0x80 ? 0x11d : 0); /* GF(256), x^8 + x^4 + x^3 + x^2 + 1 */
        sum ^= b >> bit & 1 ? a : 0;
    }
    return (uint8_t)sum;
}

/* Write a block's Reed-Solomon codewords: the remainder by (x - 1)(x - 2)...(x - 2^(n-1)). */
static void corrected(const uint8_t *data, int count, int correction, uint8_t *out)
{
    uint8_t generator[MOST_CORRECTION + 1] = {1}, power = 1;
    for (int n = 0; n < correction; n++) {
        for (int i = n + 1; i > 0; i--)
            generator[i] ^= product(generator[i - 1], power);
        power = product(power, 2);
    }
    __builtin_memset(out, 0, (unsigned long)correction);
    for (int i = 0; i < count; i++) {
        const uint8_t lead = data[i] ^ out[0];
        for (int k = 0; k < correction; k++)
            out[k] = (uint8_t)((k + 1 < correction ? out[k + 1] : 0) ^ product(generator[k + 1], lead));
    }
}

/* Interleave the blocks' data, then their corrections. Return how many codewords. */
static int codewords_written(int version)
{
    const int data = VERSIONS[version].data, correction = VERSIONS[version].correction;
    const int blocks = VERSIONS[version].blocks;
    for (int block = 0; block < blocks; block++) {
        uint8_t remainder[MOST_CORRECTION];
        corrected(stream + block * data, data, correction, remainder);
        for (int i = 0; i < data; i++)
            codewords[i * blocks + block] = stream[block * data + i];
        for (int i = 0; i < correction; i++)
            codewords[(data + i) * blocks + block] = remainder[i];
    }
    return (data + correction) * blocks;
}

/* ------------------------------------------------------------------ modules */

static uint8_t grid[MOST_MODULES][MOST_MODULES]; /* 1 dark, 0 light, UNSET */
static int across;

static void draw_square(int top, int left, int size, int dark)
{
    for (int y = top; y < top + size; y++)
        for (int x = left; x < left + size; x++)
            if (y >= 0 && x >= 0 && y < across && x < across)
                grid[y][x] = (uint8_t)dark;
}

/* Draw what all codes of a version share: finders, timing, alignment. */
static void draw_patterns(int version)
{
    const int far = across - 7, corners[3][2] = {{0, 0}, {0, far}, {far, 0}};
    __builtin_memset(grid, UNSET, sizeof grid);
    for (int i = 0; i < 3; i++) {
        const int top = corners[i][0], left = corners[i][1];
        draw_square(top - 1, left - 1, 9, 0);
        draw_square(top, left, 7, 1);
        draw_square(top + 1, left + 1, 5, 0);
        draw_square(top + 2, left + 2, 3, 1);
    }
    if (version > 1) {
        draw_square(across - 9, across - 9, 5, 1);
        draw_square(across - 8, across - 8, 3, 0);
        draw_square(across - 7, across - 7, 1, 1);
    }
    for (int i = 8; i < across - 8; i++)
        grid[6][i] = grid[i][6] = i % 2 == 0;
}

/* Draw the level and the mask, twice; all light while a mask is only tried, as the house's
 * encoder does, on which its choice depends. */
static void draw_format(int mask, bool is_tried)
{
    unsigned bits = (unsigned)mask << 10; /* level M is 00 */
    for (int i = 14; i >= 10; i--)
        if (bits >> i & 1)
            bits ^= (unsigned)FORMAT_GENERATOR << (i - 10);
    bits = ((unsigned)mask << 10 | bits) ^ FORMAT_MASK;
    if (is_tried)
        bits = 0;
    for (int i = 0; i < 15; i++) {
        const uint8_t dark = bits >> i & 1;
        const int down = i < 6 ? i : i < 8 ? i + 1 : across - 15 + i;
        const int along = i < 8 ? across - 1 - i : i < 9 ? 7 : 14 - i;
        grid[down][8] = dark;
        grid[8][along] = dark;
    }
    grid[across - 8][8] = !is_tried;
}

static bool is_masked(int mask, int y, int x)
{
    switch (mask) {
    case 0: return (y + x) % 2 == 0;
    case 1: return y % 2 == 0;
    case 2: return x % 3 == 0;
    case 3: return (y + x) % 3 == 0;
    case 4: return (y / 2 + x / 3) % 2 == 0;
    case 5: return y * x % 2 + y * x % 3 == 0;
    case 6: return (y * x % 2 + y * x % 3) % 2 == 0;
    default: return (y * x % 3 + (y + x) % 2) % 2 == 0;
    }
}

/* Lay the codewords in pairs of columns, up and down from the right; `carried`, where
 * there is one, receives which codeword each module carries. */
static void draw_codewords(int count, int mask, int16_t *carried)
{
    int bit = 0, y = across - 1, step = -1;
    for (int right = across - 1; right > 0; right -= 2, step = -step) {
        if (right == 6)
            right--; /* the timing column */
        for (y = step < 0 ? across - 1 : 0; y >= 0 && y < across; y += step)
            for (int x = right; x > right - 2; x--) {
                if (grid[y][x] != UNSET)
                    continue;
                const int word = bit / 8;
                const bool dark = word < count && codewords[word] >> (7 - bit % 8) & 1;
                grid[y][x] = dark != is_masked(mask, y, x);
                if (carried)
                    carried[y * across + x] = (int16_t)(word < count ? word : -1);
                bit++;
            }
    }
}

/* ------------------------------------------------------------------ the choice of a mask */

static int module_at(int line, int place, bool is_column)
{
    return is_column ? grid[place][line] : grid[line][place];
}

/* Penalty of runs of five and more, and of what looks like a finder, along one line. The
 * skips are those of the house's encoder: its penalties, hence its masks, are ours. */
static int line_penalty(int line, bool is_column)
{
    static const uint8_t finder[11] = {1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0};
    int penalty = 0, run = 1;
    for (int i = 1; i <= across; i++) {
        if (i < across && module_at(line, i, is_column) == module_at(line, i - 1, is_column)) {
            run++;
            continue;
        }
        penalty += run >= 5 ? run - 2 : 0;
        run = 1;
    }
    for (int i = 0; i < across - 10; i++) {
        bool is_forward = true, is_backward = true;
        for (int k = 0; k < 11; k++) {
            const int dark = module_at(line, i + k, is_column);
            is_forward = is_forward && dark == finder[k];
            is_backward = is_backward && dark == finder[10 - k];
        }
        penalty += is_forward || is_backward ? 40 : 0;
        i += module_at(line, i + 10, is_column);
    }
    return penalty;
}

static int penalty_of_blocks(void)
{
    int penalty = 0;
    for (int y = 0; y + 1 < across; y++)
        for (int x = 0; x + 1 < across; x++) {
            const int corner = grid[y][x + 1];
            if (corner != grid[y + 1][x + 1])
                x++; /* the next square shares these two */
            else if (corner == grid[y][x] && corner == grid[y + 1][x])
                penalty += 3;
        }
    return penalty;
}

static int penalty_of_balance(void)
{
    int dark = 0;
    for (int y = 0; y < across; y++)
        for (int x = 0; x < across; x++)
            dark += grid[y][x];
    const int all = across * across, off = 100 * dark - 50 * all;
    return (off < 0 ? -off : off) / (5 * all) * 10;
}

static int best_mask(int version, int count)
{
    int best = 0, least = 0;
    for (int mask = 0; mask < 8; mask++) {
        draw_patterns(version);
        draw_format(mask, true);
        draw_codewords(count, mask, 0);
        int penalty = penalty_of_blocks() + penalty_of_balance();
        for (int line = 0; line < across; line++)
            penalty += line_penalty(line, false) + line_penalty(line, true);
        if (mask == 0 || penalty < least) {
            least = penalty;
            best = mask;
        }
    }
    return best;
}

bool encode_qr(const uint8_t *text, int length, Code *out)
{
    static int16_t carried[MOST_MODULES * MOST_MODULES];
    const int version = length > 0 && length <= MOST_SIGNS ? data_written(text, length) : 0;
    if (!version)
        return false;
    across = 17 + 4 * version;
    const int count = codewords_written(version), mask = best_mask(version, count);
    __builtin_memset(carried, 0xff, sizeof carried);
    draw_patterns(version);
    draw_format(mask, false);
    draw_codewords(count, mask, carried);
    const int blocks = VERSIONS[version].blocks, data = VERSIONS[version].data * blocks;
    out->modules = across;
    for (int i = 0; i < across * across; i++) {
        out->module[i] = grid[i / across][i % across];
        /* The signs that differ come last, hence in the last block. */
        out->is_telling[i] = carried[i] >= data && carried[i] % blocks == blocks - 1;
    }
    return true;
}

void draw_qr(const Code *code, Image *out)
{
    out->width = out->height = (code->modules + 2 * QUIET_MODULES) * MODULE_PX;
    for (int y = 0; y < out->height; y++)
        for (int x = 0; x < out->width; x++) {
            const int row = y / MODULE_PX - QUIET_MODULES, column = x / MODULE_PX - QUIET_MODULES;
            const bool is_inside = row >= 0 && column >= 0 && row < code->modules && column < code->modules;
            const bool dark = is_inside && code->module[row * code->modules + column];
            out->pixels[y * out->width + x] = dark ? 0 : 255;
        }
}

/* ------------------------------------------------------------------ reading back */

/* The grey of a module: nine points of its middle half; -1 behind the camera or outside. */
static float module_seen(const Image *frame, const float H[9], int row, int column)
{
    float sum = 0;
    for (int i = 0; i < 9; i++) {
        const float x = ((float)(QUIET_MODULES + column) + 0.25f + 0.25f * (float)(i % 3)) * MODULE_PX - 0.5f;
        const float y = ((float)(QUIET_MODULES + row) + 0.25f + 0.25f * (float)(i / 3)) * MODULE_PX - 0.5f;
        const float w = H[6] * x + H[7] * y + H[8];
        const float u = (H[0] * x + H[1] * y + H[2]) / w, v = (H[3] * x + H[4] * y + H[5]) / w;
        if (!(w > 0 && u >= 0 && v >= 0 && u <= (float)(frame->width - 1) && v <= (float)(frame->height - 1)))
            return -1;
        sum += sample_grey(frame, u, v);
    }
    return sum / 9;
}

enum { AROUND = 3 }; /* modules on each side that a module is compared with */

float score_qr(const Image *frame, const Code *code, const float H[9])
{
    static float seen[MOST_MODULES * MOST_MODULES];
    const int n = code->modules;
    for (int i = 0; i < n * n; i++)
        seen[i] = module_seen(frame, H, i / n, i % n);
    float across_both = 0, of_seen = 0, of_drawn = 0;
    for (int i = 0; i < n * n; i++) {
        if (!code->is_telling[i] || seen[i] < 0)
            continue;
        float grey = 0, light = 0;
        int count = 0;
        for (int y = i / n - AROUND; y <= i / n + AROUND; y++)
            for (int x = i % n - AROUND; x <= i % n + AROUND; x++) {
                if (y < 0 || x < 0 || y >= n || x >= n || seen[y * n + x] < 0)
                    continue;
                grey += seen[y * n + x];
                light += code->module[y * n + x] ? 0.0f : 1.0f;
                count++;
            }
        const float off = seen[i] - grey / (float)count;
        const float drawn = (code->module[i] ? 0.0f : 1.0f) - light / (float)count;
        across_both += off * drawn;
        of_seen += off * off;
        of_drawn += drawn * drawn;
    }
    const float both = of_seen * of_drawn;
    return both > 0 ? across_both / __builtin_sqrtf(both) : 0;
}
