/* The working view (see view.h). */
#include "view.h"
#include "arithmetic.h"

typedef float Lanes __attribute__((vector_size(16), aligned(4)));

static float reduced[MAX_TEMPLATE_EDGE_PX * MAX_TEMPLATE_EDGE_PX];
static float drawn[VIEW_ROW_PX * VIEW_ROW_PX + 16];
static float softened[VIEW_ROW_PX * VIEW_ROW_PX + 16];
static float sums[3][(MAX_VIEW_EDGE_PX + 2 * NORMALISING_RADIUS_PX + 8) * 4];

static float most_of(float a, float b) { return a > b ? a : b; }
static float least_of(float a, float b) { return a < b ? a : b; }

bool facing_corners(const Target *target, const float h[9], float corners[8])
{
    float right = target->template_image.width - 0.5f, bottom = target->template_image.height - 0.5f;
    const float plane[8] = {-0.5f, -0.5f, right, -0.5f, right, bottom, -0.5f, bottom};
    for (int i = 0; i < 8; i += 2)
        if (!mapped(h, plane[i], plane[i + 1], corners + i))
            return false;
    for (int i = 0; i < 4; i++) {
        const float *a = corners + 2 * i, *b = corners + 2 * ((i + 1) & 3), *c = corners + 2 * ((i + 2) & 3);
        if (!((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]) > 4))
            return false;
    }
    return true;
}

void to_view(const View *view, const float frame_h[9], float view_h[9])
{
    float k = 1.0f / view->step;
    const float m[9] = {k, 0, -view->left * k, 0, k, -view->top * k, 0, 0, 1};
    product3(m, frame_h, view_h);
}

void to_frame(const View *view, const float view_h[9], float frame_h[9])
{
    const float m[9] = {(float)view->step, 0, view->left, 0, (float)view->step, view->top, 0, 0, 1};
    product3(m, view_h, frame_h);
}

/* Sum `in` over (2 r + 1) columns into `out`, n wide, r = 6: in[x - 6 .. x + 6]. `in` has
 * r zeros before and r + 3 behind. Sums of 8 + 4 + 1, each by doubling. */
static void row_summed(float *in, float *out, int n)
{
    static float pairs[MAX_VIEW_EDGE_PX + 32], fours[MAX_VIEW_EDGE_PX + 32];
    int wide = n + 2 * NORMALISING_RADIUS_PX;
    for (int x = 0; x < wide; x++)
        pairs[x] = in[x] + in[x + 1];
    for (int x = 0; x < wide; x++)
        fours[x] = pairs[x] + pairs[x + 2];
    for (int x = 0; x < n; x++)
        out[x] = (fours[x] + fours[x + 4]) + (fours[x + 8] + in[x + 12]);
}

/* Call for every row of a view with the window sums of up to three products of planes. */
typedef struct {
    const float *first[3], *second[3]; /* the products a b; b may be 0 for a alone */
    int count;
} Sums;

static float columns[3][MAX_VIEW_EDGE_PX + 2 * NORMALISING_RADIUS_PX + 16];

static void row_added(const View *view, const Sums *of, int y, float sign)
{
    int n = view->width, offset = y * n;
    for (int s = 0; s < of->count; s++) {
        const float *a = of->first[s] + offset, *b = of->second[s] ? of->second[s] + offset : 0;
        const float *in = view->inside + offset;
        float *out = columns[s] + NORMALISING_RADIUS_PX;
        if (b)
            for (int x = 0; x < n; x++)
                out[x] += sign * in[x] * a[x] * b[x];
        else
            for (int x = 0; x < n; x++)
                out[x] += sign * in[x] * a[x];
    }
}

/* Move the window's rows to those around `y`; call with y = 0, 1, 2 ... in turn. */
static void window_moved(const View *view, const Sums *of, int y)
{
    if (y == 0) {
        for (int s = 0; s < 3; s++)
            for (int x = 0; x < MAX_VIEW_EDGE_PX + 2 * NORMALISING_RADIUS_PX + 16; x++)
                columns[s][x] = 0;
        for (int j = 0; j < NORMALISING_RADIUS_PX && j < view->height; j++)
            row_added(view, of, j, 1);
    }
    if (y + NORMALISING_RADIUS_PX < view->height)
        row_added(view, of, y + NORMALISING_RADIUS_PX, 1);
    if (y - NORMALISING_RADIUS_PX - 1 >= 0)
        row_added(view, of, y - NORMALISING_RADIUS_PX - 1, -1);
    for (int s = 0; s < of->count; s++)
        row_summed(columns[s], sums[s], view->width);
}

/* Normalise one row: (grey - mean) / sqrt(variance + floor^2) within each window. */
static void row_normalised(const View *view, int y, const float *grey, float floor_grey, float *local,
                           float *share)
{
    int n = view->width, offset = y * n;
    const float *weight = view->weight + offset, *in = view->inside + offset;
    float least = floor_grey * floor_grey;
    for (int x = 0; x < n; x++) {
        float mean = sums[0][x] * weight[x];
        float variance = sums[1][x] * weight[x] - mean * mean;
        variance = variance > 0 ? variance : 0;
        float all = variance + least;
        local[offset + x] = in[x] * (grey[offset + x] - mean) / square_root(all);
        share[offset + x] = in[x] * variance / all;
    }
}

/* Count each window's pixels that are inside. */
static bool windows_weighed(View *view)
{
    Sums of = {{view->inside, 0, 0}, {0, 0, 0}, 1};
    for (int y = 0; y < view->height; y++) {
        window_moved(view, &of, y);
        float *weight = view->weight + y * view->width;
        for (int x = 0; x < view->width; x++)
            weight[x] = sums[0][x] > 0.5f ? 1 / sums[0][x] : 0;
    }
    return true;
}

static void seen_normalised(View *view)
{
    Sums of = {{view->seen, view->seen, 0}, {0, view->seen, 0}, 2};
    windows_weighed(view);
    for (int y = 0; y < view->height; y++) {
        window_moved(view, &of, y);
        row_normalised(view, y, view->seen, view->noise_floor, view->seen_local, view->seen_share);
    }
}

/* Average step x step frame px to each view px; beyond the frame its edge goes on. */
static void frame_cropped(View *view, const Image *frame, int left, int top)
{
    int k = view->step;
    float share = 1.0f / (k * k);
    for (int y = 0; y < view->height; y++) {
        for (int x = 0; x < view->width; x++) {
            int x0 = left + x * k, y0 = top + y * k, sum = 0;
            if (x0 >= 0 && y0 >= 0 && x0 + k <= frame->width && y0 + k <= frame->height) {
                const uint8_t *p = frame->pixels + y0 * frame->width + x0;
                for (int j = 0; j < k; j++, p += frame->width)
                    for (int i = 0; i < k; i++)
                        sum += p[i];
            } else {
                for (int j = 0; j < k; j++)
                    for (int i = 0; i < k; i++) {
                        int u = larger(0, smaller(frame->width - 1, x0 + i));
                        int v = larger(0, smaller(frame->height - 1, y0 + j));
                        sum += frame->pixels[v * frame->width + u];
                    }
            }
            view->seen[y * view->width + x] = sum * share;
        }
    }
}

/* How many template px a view px covers at the view's middle, along the view direction
 * (dir_x, dir_y) in which that is most and across it: the singular values and the right
 * singular vector of the inverse map's Jacobian. */
static void covering(const View *view, const float back[9], float *most, float *least, float *dir_x,
                     float *dir_y)
{
    float x = 0.5f * view->width, y = 0.5f * view->height;
    float w = back[6] * x + back[7] * y + back[8], u = 0, v = 0;
    if (w < 1e-6f && w > -1e-6f)
        w = 1e-6f;
    u = (back[0] * x + back[1] * y + back[2]) / w;
    v = (back[3] * x + back[4] * y + back[5]) / w;
    float a = (back[0] - u * back[6]) / w, b = (back[1] - u * back[7]) / w;
    float c = (back[3] - v * back[6]) / w, d = (back[4] - v * back[7]) / w;
    /* Eigenvalues of J'J. */
    float p = a * a + c * c, q = a * b + c * d, r = b * b + d * d;
    float mean = 0.5f * (p + r), half = 0.5f * (p - r);
    float root = square_root(half * half + q * q);
    *most = square_root(mean + root);
    *least = square_root(most_of(mean - root, 0));
    float ex = q, ey = mean + root - p;
    if (ex * ex + ey * ey < 1e-12f * mean * mean || root < 1e-6f * mean) {
        ex = p >= r;
        ey = p < r;
    }
    float n = square_root(ex * ex + ey * ey);
    *dir_x = ex / n;
    *dir_y = ey / n;
}

/* Mark the pixels that show the print, but for a rim of `rim_px` view px, and lie within
 * the frame. */
static bool inside_marked(View *view, const Image *frame, const Target *target, const float h[9], float rim_px)
{
    float view_h[9], back[9];
    to_view(view, h, view_h);
    if (!inverse3(view_h, back))
        return false;
    float most, least, dir_x, dir_y;
    covering(view, back, &most, &least, &dir_x, &dir_y);
    float width = (float)target->template_image.width, height = (float)target->template_image.height;
    float edge = least_of(rim_px * most, 0.06f * least_of(width, height)) - 0.5f;
    float right = width - 1 - edge, bottom = height - 1 - edge;
    int count = 0;
    for (int y = 0; y < view->height; y++) {
        float fy = view->top + y * view->step;
        for (int x = 0; x < view->width; x++) {
            float fx = view->left + x * view->step;
            float w = back[6] * x + back[7] * y + back[8];
            float u = back[0] * x + back[1] * y + back[2], v = back[3] * x + back[4] * y + back[5];
            if (w < 0) {
                w = -w;
                u = -u;
                v = -v;
            }
            bool in = x > 0 && x < view->width - 1 && u > edge * w && v > edge * w && u < right * w &&
                      v < bottom * w && fx >= 0 && fy >= 0 && fx <= frame->width - 1 && fy <= frame->height - 1;
            view->inside[y * view->width + x] = in;
            count += in;
        }
    }
    return count >= 64;
}

bool view_opened(View *view, const Image *frame, const Target *target, const float h[9], int edge_px,
                 int reach_px)
{
    float corners[8];
    if (!facing_corners(target, h, corners))
        return false;
    float left = 1e9f, top = 1e9f, right = -1e9f, bottom = -1e9f;
    for (int i = 0; i < 4; i++) {
        left = least_of(left, corners[2 * i]);
        right = most_of(right, corners[2 * i]);
        top = least_of(top, corners[2 * i + 1]);
        bottom = most_of(bottom, corners[2 * i + 1]);
    }
    if (right - left < 10 || bottom - top < 10)
        return false;
    /* What leaves the frame by far is no part of the view. */
    left = most_of(left, -8);
    top = most_of(top, -8);
    right = least_of(right, frame->width + 7);
    bottom = least_of(bottom, frame->height + 7);
    if (right - left < 10 || bottom - top < 10)
        return false;
    edge_px = smaller(edge_px, MAX_VIEW_EDGE_PX) - 4;
    int k = 0, width, height;
    do {
        k++;
        width = (((int)(right - left) + k) / k + 2 * reach_px + 3 + 3) & ~3;
        height = ((int)(bottom - top) + k) / k + 2 * reach_px + 3;
    } while (width > edge_px || height > edge_px || width * height > MAX_VIEW_PX);
    view->step = k;
    view->width = width;
    view->height = height;
    int x0 = (int)(left + 64) - 64 - k * (reach_px + 1), y0 = (int)(top + 64) - 64 - k * (reach_px + 1);
    view->left = x0 + 0.5f * (k - 1);
    view->top = y0 + 0.5f * (k - 1);
    view->noise_floor = 4;
    frame_cropped(view, frame, x0, y0);
    if (reach_px) {
        for (int i = 0; i < width * height; i++)
            view->inside[i] = 1;
        seen_normalised(view);
        return inside_marked(view, frame, target, h, 0) && windows_weighed(view);
    }
    if (!inside_marked(view, frame, target, h, 0))
        return false;
    seen_normalised(view);
    return true;
}

bool rim_excluded(View *view, const Image *frame, const Target *target, const float h[9])
{
    if (!inside_marked(view, frame, target, h, 0.5f + 1.0f / view->step))
        return false;
    seen_normalised(view);
    return true;
}

/* Average m x m template px; returns the reduced width and height. */
static void template_reduced(const Image *image, int m, int *width, int *height)
{
    int w = image->width / m, h = image->height / m;
    float share = 1.0f / (m * m);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            const uint8_t *p = image->pixels + y * m * image->width + x * m;
            int sum = 0;
            for (int j = 0; j < m; j++, p += image->width)
                for (int i = 0; i < m; i++)
                    sum += p[i];
            reduced[y * w + x] = sum * share;
        }
    *width = w;
    *height = h;
}

/* Draw the template, `taps` samples to a pixel along (dir_x, dir_y), margin included. */
static void template_drawn(const View *view, const Target *target, const float back[9], int margin,
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
            float u = back[0] * vx + back[1] * vy + back[2], v = back[3] * vx + back[4] * vy + back[5];
            float w = back[6] * vx + back[7] * vy + back[8];
            float *out = drawn + y * row;
            for (int x = 0; x < row; x++, u += back[0], v += back[3], w += back[6]) {
                float s = inverse_m / w;
                float fu = least_of(most_of(u * s + shift, 0), last_u), fv = least_of(most_of(v * s + shift, 0), last_v);
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
        float w00 = share * (1 - fx) * (1 - fy), w10 = share * fx * (1 - fy), w01 = share * (1 - fx) * fy,
              w11 = share * fx * fy;
        for (int y = reach; y < rows - reach; y++) {
            const float *in = softened + (y + iy) * row + ix;
            float *out = drawn + y * row;
            for (int x = reach; x < row - reach; x++)
                out[x] += w00 * in[x] + w10 * in[x + 1] + w01 * in[x + row] + w11 * in[x + row + 1];
        }
    }
}

/* The contrast of `seen` over that of `print`, from their whole variances; 0.02 to 2. */
static float contrast_seen(const View *view)
{
    double n = 1e-6, a = 0, aa = 0, b = 0, bb = 0;
    for (int y = 0; y < view->height; y++) {
        float rn = 0, ra = 0, raa = 0, rb = 0, rbb = 0;
        for (int x = 0; x < view->width; x++) {
            int i = y * view->width + x;
            float in = view->inside[i], s = view->seen[i], p = view->print[i];
            rn += in;
            ra += in * s;
            raa += in * s * s;
            rb += in * p;
            rbb += in * p * p;
        }
        n += rn;
        a += ra;
        aa += raa;
        b += rb;
        bb += rbb;
    }
    double seen = aa / n - a / n * (a / n), print = bb / n - b / n * (b / n);
    float ratio = (float)(seen / (print > 1e-3 ? print : 1e-3));
    return least_of(most_of(square_root(most_of(ratio, 0)), 0.02f), 2);
}

static void print_normalised(View *view)
{
    float floor_grey = view->noise_floor / contrast_seen(view);
    Sums of = {{view->print, view->print, 0}, {0, view->print, 0}, 2};
    for (int y = 0; y < view->height; y++) {
        window_moved(view, &of, y);
        row_normalised(view, y, view->print, floor_grey, view->print_local, view->print_share);
    }
}

void print_drawn(View *view, const Target *target, const float h[9], const Blur *blur)
{
    float view_h[9], back[9];
    to_view(view, h, view_h);
    if (!inverse3(view_h, back))
        return;
    float middle = back[6] * 0.5f * view->width + back[7] * 0.5f * view->height + back[8];
    for (int i = 0; i < 9; i++)
        back[i] = middle < 0 ? -back[i] : back[i];
    float most, least, dir_x, dir_y;
    covering(view, back, &most, &least, &dir_x, &dir_y);
    float scale = 1.0f / view->step, spread = blur->spread_px * scale;
    float sx = blur->streak_x * scale, sy = blur->streak_y * scale;
    bool is_spread = spread > 0.25f, is_streaked = sx * sx + sy * sy > 0.5f;
    int margin = is_spread || is_streaked ? VIEW_MARGIN_PX : 0;
    int row = view->width + 2 * margin, rows = view->height + 2 * margin;
    template_drawn(view, target, back, margin, most, least, dir_x, dir_y);
    if (is_spread)
        spread_applied(row, rows, spread);
    if (is_streaked)
        streak_applied(row, rows, sx, sy);
    for (int y = 0; y < view->height; y++)
        for (int x = 0; x < view->width; x++)
            view->print[y * view->width + x] = drawn[(y + margin) * row + x + margin];
    print_normalised(view);
}

void correlation_mapped(const View *view, float *out)
{
    const float *seen = view->seen_local, *print = view->print_local;
    Sums of = {{seen, seen, print}, {print, seen, print}, 3};
    for (int y = 0; y < view->height; y++) {
        window_moved(view, &of, y);
        int offset = y * view->width;
        for (int x = 0; x < view->width; x++) {
            /* An energy of 2 in 169 px is nothing but noise. */
            float energy = (most_of(sums[1][x], 0) + 2) * (most_of(sums[2][x], 0) + 2);
            out[offset + x] = view->inside[offset + x] * sums[0][x] / square_root(energy);
        }
    }
}
