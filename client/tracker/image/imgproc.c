/* Resize, blur, warp; see imgproc.h. */
#include "image/imgproc.h"

#include "base/numerics.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

enum { LARGEST_PX = MAX_EDGE_PX * MAX_EDGE_PX };

static uint8_t between[LARGEST_PX]; /* what the first of two directions made */

/* ---- sizes ---- */

/* out[x] = a[x] + (b[x] - a[x]) * weight / 256, rounded. */
static void rows_mixed(const uint8_t *a, const uint8_t *b, int weight, uint8_t *out, int width)
{
    for (int x = 0; x < width; x++)
        out[x] = (uint8_t)((a[x] * (256 - weight) + b[x] * weight + 128) >> 8);
}

/* Where each output pixel's centre falls on the input, in 1/256 px from the first centre. */
static int centre_of(int out_index, int in_size, int out_size)
{
    int64_t twice = (int64_t)(2 * out_index + 1) * in_size * 256 / out_size - 256;
    return clamped((int)(twice / 2), 0, (in_size - 1) * 256);
}

static void grown_across(const Image *in, uint8_t *out, int out_width)
{
    static int16_t first[MAX_EDGE_PX];
    static uint8_t weight[MAX_EDGE_PX];
/* 64-bit divisions, once an image: vectors of them are 400 bytes over the wire. */
#pragma clang loop vectorize(disable)
    for (int x = 0; x < out_width; x++) {
        int centre = centre_of(x, in->width, out_width);
        first[x] = (int16_t)smaller(centre >> 8, larger(in->width - 2, 0));
        weight[x] = (uint8_t)smaller(centre - first[x] * 256, 255);
    }
    for (int y = 0; y < in->height; y++) {
        const uint8_t *row = in->pixels + y * in->width;
        uint8_t *to = out + y * out_width;
        for (int x = 0; x < out_width; x++) {
            const uint8_t *p = row + first[x];
            int next = in->width > 1 ? p[1] : p[0];
            to[x] = (uint8_t)((p[0] * (256 - weight[x]) + next * weight[x] + 128) >> 8);
        }
    }
}

static void grown_down(const uint8_t *in, int in_height, const Image *out)
{
    for (int y = 0; y < out->height; y++) {
        int centre = centre_of(y, in_height, out->height);
        const uint8_t *above = in + (centre >> 8) * out->width;
        const uint8_t *below = in + smaller((centre >> 8) + 1, in_height - 1) * out->width;
        rows_mixed(above, below, centre & 255, out->pixels + y * out->width, out->width);
    }
}

/* Means of `in_size / out_size` pixels, with fractions at both ends, in 1/out_size px. */
__attribute__((noinline)) static void shrunk(const uint8_t *in, int in_size, int in_step,
                                             uint8_t *out, int out_size, int out_step)
{
    for (int i = 0; i < out_size; i++) {
        int64_t start = (int64_t)i * in_size, end = start + in_size;
        int64_t sum = 0;
        for (int64_t at = start; at < end;) {
            int64_t pixel = at / out_size, next = (pixel + 1) * out_size;
            if (next > end)
                next = end;
            sum += (next - at) * in[pixel * in_step];
            at = next;
        }
        out[i * out_step] = (uint8_t)((sum + in_size / 2) / in_size);
    }
}

static void copied(const Image *in, const Image *out)
{
    __builtin_memcpy(out->pixels, in->pixels, (unsigned long)(in->width * in->height));
}

void resample(const Image *in, const Image *out)
{
    if (in->width == out->width && in->height == out->height) {
        copied(in, out);
        return;
    }
    grown_across(in, between, out->width);
    grown_down(between, in->height, out);
}

void resize(const Image *in, const Image *out)
{
    if (in->width == out->width && in->height == out->height) {
        copied(in, out);
        return;
    }
    if (out->width >= in->width)
        grown_across(in, between, out->width);
    else
        for (int y = 0; y < in->height; y++)
            shrunk(in->pixels + y * in->width, in->width, 1, between + y * out->width, out->width, 1);
    if (out->height >= in->height)
        grown_down(between, in->height, out);
    else
        for (int x = 0; x < out->width; x++)
            shrunk(between + x, in->height, out->width, out->pixels + x, out->height, out->width);
}

void halve(const Image *in, const Image *out)
{
    for (int y = 0; y < out->height; y++) {
        const uint8_t *above = in->pixels + 2 * y * in->width, *below = above + in->width;
        uint8_t *to = out->pixels + y * out->width;
        int x = 0;
#ifdef __wasm_simd128__
        for (; x + 8 <= out->width; x += 8) {
            v128_t sum = wasm_i16x8_add(
                wasm_u16x8_extadd_pairwise_u8x16(wasm_v128_load(above + 2 * x)),
                wasm_u16x8_extadd_pairwise_u8x16(wasm_v128_load(below + 2 * x)));
            sum = wasm_u16x8_shr(wasm_i16x8_add(sum, wasm_i16x8_splat(2)), 2);
            wasm_v128_store64_lane(to + x, wasm_u8x16_narrow_i16x8(sum, sum), 0);
        }
#endif
        for (; x < out->width; x++)
            to[x] = (uint8_t)((above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1] + 2) >> 2);
    }
}

/* ---- blurs ---- */

/* out[x] = (a + 4 b + 6 c + 4 d + e + 8) / 16, each a row. One copy of it is as quick as two. */
__attribute__((noinline)) static void five_rows_mixed(const uint8_t *a, const uint8_t *b,
                                                      const uint8_t *c, const uint8_t *d,
                                                      const uint8_t *e, uint8_t *out, int width)
{
    int x = 0;
#ifdef __wasm_simd128__
    for (; x + 8 <= width; x += 8) {
        v128_t ends = wasm_i16x8_add(wasm_u16x8_load8x8(a + x), wasm_u16x8_load8x8(e + x));
        v128_t sides = wasm_i16x8_add(wasm_u16x8_load8x8(b + x), wasm_u16x8_load8x8(d + x));
        v128_t middle = wasm_u16x8_load8x8(c + x);
        /* 4 (sides + middle) + 2 middle + ends */
        v128_t sum = wasm_i16x8_shl(wasm_i16x8_add(sides, middle), 2);
        sum = wasm_i16x8_add(sum, wasm_i16x8_add(wasm_i16x8_shl(middle, 1), ends));
        sum = wasm_u16x8_shr(wasm_i16x8_add(sum, wasm_i16x8_splat(8)), 4);
        wasm_v128_store64_lane(out + x, wasm_u8x16_narrow_i16x8(sum, sum), 0);
    }
#endif
    for (; x < width; x++)
        out[x] = (uint8_t)((a[x] + e[x] + 4 * (b[x] + d[x]) + 6 * c[x] + 8) >> 4);
}

static void blurred_by_step(const Image *in, const Image *out, int step)
{
    int width = in->width, height = in->height, ends = 2 * step, last = width - 1;
    for (int y = 0; y < height; y++) {
        const uint8_t *row = in->pixels + y * width;
        uint8_t *to = between + y * width;
        five_rows_mixed(row, row + step, row + 2 * step, row + 3 * step, row + 4 * step,
                        to + ends, width - 2 * ends);
        for (int i = 0; i < 2 * ends; i++) {
            int x = i < ends ? i : width - 2 * ends + i;
            int sides = row[clamped(x - step, 0, last)] + row[clamped(x + step, 0, last)];
            int far = row[clamped(x - ends, 0, last)] + row[clamped(x + ends, 0, last)];
            to[x] = (uint8_t)((far + 4 * sides + 6 * row[x] + 8) >> 4);
        }
    }
    for (int y = 0; y < height; y++) {
        const uint8_t *rows[5];
        for (int i = 0; i < 5; i++)
            rows[i] = between + clamped(y + (i - 2) * step, 0, height - 1) * width;
        five_rows_mixed(rows[0], rows[1], rows[2], rows[3], rows[4], out->pixels + y * width, width);
    }
}

void binomially_blurred(const Image *in, const Image *out) { blurred_by_step(in, out, 1); }

void binomially_blurred_wide(const Image *in, const Image *out) { blurred_by_step(in, out, 2); }

/* ---- viewpoints ---- */

void warp(const Image *in, const float m[9], const Image *out)
{
    int last_x = in->width - 1, last_y = in->height - 1;
    for (int y = 0; y < out->height; y++)
        for (int x = 0; x < out->width; x++) {
            float w = m[6] * (float)x + m[7] * (float)y + m[8];
            float over = w > 1e-6f || w < -1e-6f ? 256 / w : 0;
            float u = (m[0] * (float)x + m[1] * (float)y + m[2]) * over;
            float v = (m[3] * (float)x + m[4] * (float)y + m[5]) * over;
            /* In 1/256 px; cut first, so that the conversion can't overflow. */
            int at_x = (int)(u < 0 ? 0 : u > (float)(last_x * 256) ? (float)(last_x * 256) : u);
            int at_y = (int)(v < 0 ? 0 : v > (float)(last_y * 256) ? (float)(last_y * 256) : v);
            int left = at_x >> 8, top = at_y >> 8, fx = at_x & 255, fy = at_y & 255;
            const uint8_t *p = in->pixels + top * in->width + left;
            int right = left < last_x ? 1 : 0, down = top < last_y ? in->width : 0;
            int above = p[0] * (256 - fx) + p[right] * fx;
            int below = p[down] * (256 - fx) + p[down + right] * fx;
            out->pixels[y * out->width + x] =
                (uint8_t)((above * (256 - fy) + below * fy + 32768) >> 16);
        }
}

float sample_grey(const Image *in, float x, float y)
{
    float last_x = (float)(in->width - 1), last_y = (float)(in->height - 1);
    x = x > 0 ? (x < last_x ? x : last_x) : 0;
    y = y > 0 ? (y < last_y ? y : last_y) : 0;
    int left = (int)x, top = (int)y;
    float fx = x - (float)left, fy = y - (float)top;
    const uint8_t *p = in->pixels + top * in->width + left;
    int right = left < in->width - 1 ? 1 : 0, down = top < in->height - 1 ? in->width : 0;
    float above = (float)p[0] * (1 - fx) + (float)p[right] * fx;
    float below = (float)p[down] * (1 - fx) + (float)p[down + right] * fx;
    return above * (1 - fy) + below * fy;
}
