/* The working view (see working_view.h). */
#include "alignment/working_view.h"

#include "base/numerics.h"
#include "geometry/homography.h"

static float sums[3][(MAX_VIEW_EDGE_PX + 2 * NORMALISING_RADIUS_PX + 8) * 4];

static float most_of(float a, float b) { return a > b ? a : b; }
static float least_of(float a, float b) { return a < b ? a : b; }

void measure_footprint(const View *view, const float back[9], float *most, float *least, float *dir_x,
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

void to_view(const View *view, const float frame_h[9], float view_h[9])
{
    float k = 1.0f / view->step;
    const float m[9] = {k, 0, -view->left * k, 0, k, -view->top * k, 0, 0, 1};
    multiply3(m, frame_h, view_h);
}

void to_frame(const View *view, const float view_h[9], float frame_h[9])
{
    const float m[9] = {(float)view->step, 0, view->left, 0, (float)view->step, view->top, 0, 0, 1};
    multiply3(m, view_h, frame_h);
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

/* One copy of it is as quick as three. */
__attribute__((noinline)) static void row_added(const View *view, const Sums *of, int y, float sign)
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
static void row_normalised(const View *view, int y, const float *grey, float floor_grey,
                           float *local, float *share)
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

static void normalise_seen(View *view)
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

/* Mark the pixels that show the print, but for a rim of `rim_px` view px, and lie within
 * the frame. */
static bool inside_marked(View *view, const Image *frame, const Target *target, const float h[9],
                          float rim_px)
{
    float view_h[9], back[9];
    to_view(view, h, view_h);
    if (!invert3(view_h, back))
        return false;
    float most, least, dir_x, dir_y;
    measure_footprint(view, back, &most, &least, &dir_x, &dir_y);
    float width = (float)target->template_image.width,
          height = (float)target->template_image.height;
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
            bool in = x > 0 && x < view->width - 1 && u > edge * w && v > edge * w &&
                      u < right * w && v < bottom * w && fx >= 0 && fy >= 0 &&
                      fx <= frame->width - 1 && fy <= frame->height - 1;
            view->inside[y * view->width + x] = in;
            count += in;
        }
    }
    return count >= 64;
}

bool open_view(View *view, const Image *frame, const Target *target, const float h[9],
                 int edge_px, int reach_px)
{
    float corners[8];
    if (!project_corners(target, h, corners))
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
    int x0 = (int)(left + 64) - 64 - k * (reach_px + 1),
        y0 = (int)(top + 64) - 64 - k * (reach_px + 1);
    view->left = x0 + 0.5f * (k - 1);
    view->top = y0 + 0.5f * (k - 1);
    view->noise_floor = 4;
    frame_cropped(view, frame, x0, y0);
    if (reach_px) {
        for (int i = 0; i < width * height; i++)
            view->inside[i] = 1;
        normalise_seen(view);
        return inside_marked(view, frame, target, h, 0) && windows_weighed(view);
    }
    if (!inside_marked(view, frame, target, h, 0))
        return false;
    normalise_seen(view);
    return true;
}

bool exclude_rim(View *view, const Image *frame, const Target *target, const float h[9])
{
    if (!inside_marked(view, frame, target, h, 0.5f + 1.0f / view->step))
        return false;
    normalise_seen(view);
    return true;
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

void normalise_print(View *view)
{
    float floor_grey = view->noise_floor / contrast_seen(view);
    Sums of = {{view->print, view->print, 0}, {0, view->print, 0}, 2};
    for (int y = 0; y < view->height; y++) {
        window_moved(view, &of, y);
        row_normalised(view, y, view->print, floor_grey, view->print_local, view->print_share);
    }
}

void map_correlation(const View *view, float *out)
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
