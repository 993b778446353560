/* Direction and 256 bits of a patch; see binary_descriptors.h. */
#include "features/binary_descriptors.h"

#include "base/numerics.h"
#include "features/sampling_pattern.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

enum { ROWS = 2 * PATCH_RADIUS_PX + 1, ROW_ROOM = 32, TURNS = 64 };

/* For each row of the disc: the column's number within it, 0 outside; and 1 within it. */
static int16_t columns[ROWS][ROW_ROOM], inside[ROWS][ROW_ROOM];
/* The sites at each of 64 turns: x and y from the centre. */
static int8_t turned[TURNS][SITES][2];
static bool is_ready = false;

static void prepared(void)
{
    for (int v = -PATCH_RADIUS_PX; v <= PATCH_RADIUS_PX; v++)
        for (int u = -PATCH_RADIUS_PX; u <= PATCH_RADIUS_PX; u++)
            if (u * u + v * v <= PATCH_RADIUS_PX * PATCH_RADIUS_PX + PATCH_RADIUS_PX) {
                columns[v + PATCH_RADIUS_PX][u + PATCH_RADIUS_PX] = (int16_t)u;
                inside[v + PATCH_RADIUS_PX][u + PATCH_RADIUS_PX] = 1;
            }
    for (int turn = 0; turn < TURNS; turn++) {
        float angle = (float)turn * (2 * PI / TURNS), c = cosine(angle), s = sine(angle);
        for (int i = 0; i < SITES; i++) {
            float x = (float)SITE_AT[i][0] / 8, y = (float)SITE_AT[i][1] / 8;
            turned[turn][i][0] = (int8_t)rounded_down(x * c - y * s + 0.5f);
            turned[turn][i][1] = (int8_t)rounded_down(x * s + y * c + 0.5f);
        }
    }
    is_ready = true;
}

/* First moments of the disc: sums of u * grey and of v * grey. */
static void moments_at(const Image *image, int x, int y, int *across, int *down)
{
    const uint8_t *p = image->pixels + (y - PATCH_RADIUS_PX) * image->width + x - PATCH_RADIUS_PX;
#ifdef __wasm_simd128__
    v128_t sum_across = wasm_i32x4_const_splat(0), sum_down = sum_across;
    for (int row = 0; row < ROWS; row++, p += image->width) {
        v128_t whole = wasm_i32x4_const_splat(0);
        for (int i = 0; i < ROW_ROOM; i += 8) {
            v128_t greys = wasm_u16x8_load8x8(p + i);
            sum_across = wasm_i32x4_add(
                sum_across, wasm_i32x4_dot_i16x8(greys, wasm_v128_load(columns[row] + i)));
            whole = wasm_i32x4_add(whole,
                                   wasm_i32x4_dot_i16x8(greys, wasm_v128_load(inside[row] + i)));
        }
        sum_down = wasm_i32x4_add(sum_down,
                                  wasm_i32x4_mul(whole, wasm_i32x4_splat(row - PATCH_RADIUS_PX)));
    }
    *across = wasm_i32x4_extract_lane(sum_across, 0) + wasm_i32x4_extract_lane(sum_across, 1) +
              wasm_i32x4_extract_lane(sum_across, 2) + wasm_i32x4_extract_lane(sum_across, 3);
    *down = wasm_i32x4_extract_lane(sum_down, 0) + wasm_i32x4_extract_lane(sum_down, 1) +
            wasm_i32x4_extract_lane(sum_down, 2) + wasm_i32x4_extract_lane(sum_down, 3);
#else
    *across = *down = 0;
    for (int row = 0; row < ROWS; row++, p += image->width) {
        int whole = 0;
        for (int i = 0; i < ROWS; i++) {
            *across += p[i] * columns[row][i];
            whole += p[i] * inside[row][i];
        }
        *down += whole * (row - PATCH_RADIUS_PX);
    }
#endif
}

uint8_t patch_angle(const Image *fine, int x, int y)
{
    if (!is_ready)
        prepared();
    int across, down;
    moments_at(fine, x, y, &across, &down);
    float turns = arctangent((float)down, (float)across) * (128 / PI);
    return (uint8_t)((int)rounded_down(turns + 0.5f) & 255);
}

void describe_patch(const Blurred *level, int x, int y, uint8_t angle, uint64_t out[DESCRIPTOR_WORDS])
{
    if (!is_ready)
        prepared();
    int width = level->fine.width, at = y * width + x;
    const uint8_t *fine = level->fine.pixels + at, *coarse = level->coarse.pixels + at;
    const int8_t(*site)[2] = turned[(angle + 2) / 4 % TURNS];
    uint8_t grey[SITES];
    for (int i = 0; i < FINE_SITES; i++)
        grey[i] = fine[site[i][1] * width + site[i][0]];
    for (int i = FINE_SITES; i < SITES; i++)
        grey[i] = coarse[site[i][1] * width + site[i][0]];
    for (int word = 0; word < DESCRIPTOR_WORDS; word++) {
        uint64_t bits = 0;
        const uint8_t(*pair)[2] = PAIR + word * 64;
        for (int i = 0; i < 64; i++)
            bits |= (uint64_t)(grey[pair[i][0]] < grey[pair[i][1]]) << i;
        out[word] = bits;
    }
}
