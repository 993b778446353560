/* Rendering of a template (see template_renderer.h). */
#include "alignment/template_renderer.h"

#include "base/numerics.h"

static float reduced[MAX_TEMPLATE_EDGE_PX * MAX_TEMPLATE_EDGE_PX];
static const uint8_t *reduced_from; /* the template it was made of, and by how much: */
static int reduced_by;
static float drawn[VIEW_ROW_PX * VIEW_ROW_PX + 16];
static float softened[VIEW_ROW_PX * VIEW_ROW_PX + 16];

static float most_of(float a, float b) { return a > b ? a : b; }
static float least_of(float a, float b) { return a < b ? a : b; }

void drop_reduced_template(void) { reduced_from = 0; }

/* Average m x m template px, unless that is what the last drawing did; returns the reduced
 * width and height. */
static void template_reduced(const Image *image, int m, int *width, int *height)
{
    int w = *width = image->width / m, h = *height = image->height / m;
    float share = 1.0f / (m * m);
    if (reduced_from == image->pixels && reduced_by == m)
        return;
    reduced_from = image->pixels;
    reduced_by = m;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            const uint8_t *p = image->pixels + y * m * image->width + x * m;
            int sum = 0;
            for (int j = 0; j < m; j++, p += image->width)
                for (int i = 0; i < m; i++)
                    sum += p[i];
            reduced[y * w + x] = sum * share;
        }
}

/* Draw the template, `taps` samples to a pixel along (dir_x, dir_y), margin included. */
static void samples_drawn(const View *view, const Target *target, const float back[9], int margin,
                          float most, float least, float dir_x, float dir_y)
{
    int m = larger(1, smaller(16, (int)(0.75f * least + 0.5f))), rw, rh;
    template_reduced(&target->template_image, m, &rw, &rh);
    int taps = larger(1, smaller(5, (int)(most / m + 0.35f)));
    int row = view->width + 2 * margin, rows = view->height + 2 * margin;
    float share = 1.0f / taps, inverse_m = 1.0f / m, shift = -0.5f * (m - 1) * inverse_m;
    float last_u = rw - 1.001f, last_v = rh - 1.001f;
    for (int i = 0; i < row * rows; i++)
        drawn[i] = 0;
    for (int t = 0; t < taps; t++) {
        float along = (t + 0.5f) * share - 0.5f;
        for (int y = 0; y < rows; y++) {
            float vy = y - margin + along * dir_y, vx = -margin + along * dir_x;
            float u = back[0] * vx + back[1] * vy + back[2],
                  v = back[3] * vx + back[4] * vy + back[5];
            float w = back[6] * vx + back[7] * vy + back[8];
            float *out = drawn + y * row;
            for (int x = 0; x < row; x++, u += back[0], v += back[3], w += back[6]) {
                float s = inverse_m / w;
                float fu = least_of(most_of(u * s + shift, 0), last_u),
                      fv = least_of(most_of(v * s + shift, 0), last_v);
                int iu = (int)fu, iv = (int)fv;
                fu -= iu;
                fv -= iv;
                const float *p = reduced + iv * rw + iu;
                float upper = p[0] + fu * (p[1] - p[0]), lower = p[rw] + fu * (p[rw + 1] - p[rw]);
                out[x] += share * (upper + fv * (lower - upper));
            }
        }
    }
}

/* Blur `drawn` by a round Gaussian of `sigma` view px; separable, rows then columns. */
static void spread_applied(int row, int rows, float sigma)
{
    int radius = smaller(VIEW_MARGIN_PX / 2 + 2, (int)(2.6f * sigma + 0.9f));
    float weights[VIEW_MARGIN_PX + 1], total = 0;
    for (int i = 0; i <= radius; i++) {
        weights[i] = exponential(-i * i / (2 * sigma * sigma));
        total += i ? 2 * weights[i] : weights[i];
    }
    for (int i = 0; i <= radius; i++)
        weights[i] /= total;
    for (int y = 0; y < rows; y++) {
        const float *in = drawn + y * row;
        float *out = softened + y * row;
        for (int x = 0; x < radius; x++) {
            out[x] = in[x];
            out[row - 1 - x] = in[row - 1 - x];
        }
        for (int x = radius; x < row - radius; x++)
            out[x] = weights[0] * in[x];
        for (int i = 1; i <= radius; i++)
            for (int x = radius; x < row - radius; x++)
                out[x] += weights[i] * (in[x - i] + in[x + i]);
    }
    for (int y = radius; y < rows - radius; y++) {
        const float *in = softened + y * row;
        float *out = drawn + y * row;
        for (int x = 0; x < row; x++)
            out[x] = weights[0] * in[x];
        for (int i = 1; i <= radius; i++)
            for (int x = 0; x < row; x++)
                out[x] += weights[i] * (in[x - i * row] + in[x + i * row]);
    }
}

/* Blur `drawn` along (streak_x, streak_y) view px: the mean over that path. */
static void streak_applied(int row, int rows, float streak_x, float streak_y)
{
    float length = square_root(streak_x * streak_x + streak_y * streak_y);
    float most = 2.0f * (VIEW_MARGIN_PX / 2 + 1);
    float kept = length > most ? most / length : 1;
    int taps = (int)(length * kept + 1.5f), reach = VIEW_MARGIN_PX / 2 + 2;
    for (int i = 0; i < row * rows; i++)
        softened[i] = drawn[i];
    for (int y = reach; y < rows - reach; y++)
        for (int x = reach; x < row - reach; x++)
            drawn[y * row + x] = 0;
    for (int t = 0; t < taps; t++) {
        float along = kept * ((t + 0.5f) / taps - 0.5f);
        float dx = along * streak_x, dy = along * streak_y;
        int ix = (int)(dx + 64) - 64, iy = (int)(dy + 64) - 64;
        float fx = dx - ix, fy = dy - iy, share = 1.0f / taps;
        float w00 = share * (1 - fx) * (1 - fy), w10 = share * fx * (1 - fy),
              w01 = share * (1 - fx) * fy, w11 = share * fx * fy;
        for (int y = reach; y < rows - reach; y++) {
            const float *in = softened + (y + iy) * row + ix;
            float *out = drawn + y * row;
            for (int x = reach; x < row - reach; x++)
                out[x] += w00 * in[x] + w10 * in[x + 1] + w01 * in[x + row] + w11 * in[x + row + 1];
        }
    }
}

/* Draw the template into the view's `print`: each pixel the mean over the template px that
 * it covers, then blurred; beyond the print its edge goes on. False where H has no
 * inverse. */
static bool draw_template(View *view, const Target *target, const float h[9], const Blur *blur)
{
    float view_h[9], back[9];
    to_view(view, h, view_h);
    if (!invert3(view_h, back))
        return false;
    float middle = back[6] * 0.5f * view->width + back[7] * 0.5f * view->height + back[8];
    for (int i = 0; i < 9; i++)
        back[i] = middle < 0 ? -back[i] : back[i];
    float most, least, dir_x, dir_y;
    measure_footprint(view, back, &most, &least, &dir_x, &dir_y);
    float scale = 1.0f / view->step, spread = blur->spread_px * scale;
    float sx = blur->streak_x * scale, sy = blur->streak_y * scale;
    bool is_spread = spread > 0.25f, is_streaked = sx * sx + sy * sy > 0.5f;
    int margin = is_spread || is_streaked ? VIEW_MARGIN_PX : 0;
    int row = view->width + 2 * margin, rows = view->height + 2 * margin;
    samples_drawn(view, target, back, margin, most, least, dir_x, dir_y);
    if (is_spread)
        spread_applied(row, rows, spread);
    if (is_streaked)
        streak_applied(row, rows, sx, sy);
    for (int y = 0; y < view->height; y++)
        for (int x = 0; x < view->width; x++)
            view->print[y * view->width + x] = drawn[(y + margin) * row + x + margin];
    return true;
}

void draw_print(View *view, const Target *target, const float h[9], const Blur *blur)
{
    if (draw_template(view, target, h, blur))
        normalise_print(view);
}
