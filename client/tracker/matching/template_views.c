/* Views of a template and their features; see template_views.h. */
#include "matching/template_views.h"

#include "base/numerics.h"
#include "features/feature_pyramid.h"
#include "image/imgproc.h"

enum {
    MARGIN_PX = 24,    /* the edge's pixels go on around a view: corners near it count too */
    LEAST_EDGE_PX = 48, /* of the smallest view's longer edge, before the tilt */
    VIEW_ROOM = (MAX_TEMPLATE_EDGE_PX + 2 * MARGIN_PX + 2) * (MAX_TEMPLATE_EDGE_PX + 2 * MARGIN_PX + 2),
};

/* A ring of tilts: the print is foreshortened by `squeeze` along each of `axes` directions,
 * and drawn at sizes `step` apart, each `softness` times smaller first, as the doubled
 * frame shows what is small. One feature is kept for `share_px` of a view's area. */
typedef struct {
    float squeeze;
    int axes;
    float step;
    int softness;
    int share_px, least, most;
} Ring;

static const Ring RINGS[] = {
    {1.00f, 1, 1.44f, 1, 110, 40, 300},
    {1.00f, 1, 1.44f, 2, 110, 40, 300},
    {0.62f, 4, 1.44f, 2, 160, 24, 150}, /* 52 degrees */
    {0.38f, 6, 1.44f, 2, 160, 16, 100}, /* 68 degrees: seen on the doubled frame, if at all */
};

static uint8_t small_pixels[MAX_TEMPLATE_EDGE_PX * MAX_TEMPLATE_EDGE_PX];
static uint8_t double_pixels[4 * VIEW_ROOM], view_pixels[VIEW_ROOM];
static Features found;

/* Half the length of a w x h rectangle's shadow on each axis, under a 2 x 2 map. */
static float half_extent(const float row[2], float width, float height)
{
    return (magnitude(row[0]) * width + magnitude(row[1]) * height) / 2;
}

/* Draw the view: twice as large and then halved, so that what is squeezed is averaged. */
static Image view_drawn(const Image *template_image, float scale, int softness,
                        const float squeezed[4], float from_template[6])
{
    float soft = (float)softness;
    Image small = {larger((int)((float)template_image->width * scale / soft + 0.5f), 8),
                   larger((int)((float)template_image->height * scale / soft + 0.5f), 8), small_pixels};
    resize(template_image, &small);
    float width = (float)small.width * soft, height = (float)small.height * soft;
    int half_width = (int)(half_extent(squeezed, width, height) + 0.999f) + MARGIN_PX;
    int half_height = (int)(half_extent(squeezed + 2, width, height) + 0.999f) + MARGIN_PX;
    Image view = {2 * half_width, 2 * half_height, view_pixels};
    Image twice = {2 * view.width, 2 * view.height, double_pixels};
    /* Centre to centre; px centres are half a px inside edges. */
    float a = squeezed[0], b = squeezed[1], c = squeezed[2], d = squeezed[3];
    float over = 1 / (a * d - b * c), inverse[4] = {d * over, -b * over, -c * over, a * over};
    float middle_x = (float)twice.width / 2 - 0.5f, middle_y = (float)twice.height / 2 - 0.5f;
    float share = 1 / (2 * soft); /* px of `small` to one of `twice` */
    float back[9] = {inverse[0] * share, inverse[1] * share, 0, inverse[2] * share, inverse[3] * share,
                     0, 0, 0, 1};
    back[2] = (float)small.width / 2 - 0.5f - back[0] * middle_x - back[1] * middle_y;
    back[5] = (float)small.height / 2 - 0.5f - back[3] * middle_x - back[4] * middle_y;
    warp(&small, back, &twice);
    halve(&twice, &view);
    float across = width / (float)template_image->width;
    float down = height / (float)template_image->height;
    from_template[0] = a * across;
    from_template[1] = b * down;
    from_template[3] = c * across;
    from_template[4] = d * down;
    float centre_x = (float)template_image->width / 2 - 0.5f;
    float centre_y = (float)template_image->height / 2 - 0.5f;
    from_template[2] = (float)half_width - 0.5f - from_template[0] * centre_x - from_template[1] * centre_y;
    from_template[5] = (float)half_height - 0.5f - from_template[3] * centre_x - from_template[4] * centre_y;
    return view;
}

/* Keep what lies on the print. */
static void view_kept(const Image *template_image, const float m[6], int most, ViewFeatures *out)
{
    if (out->views == MAX_VIEWS)
        return;
    int view = out->views++;
    float *map = out->from_template[view];
    map[0] = m[0], map[1] = m[1], map[2] = m[3], map[3] = m[4];
    float over = 1 / (m[0] * m[4] - m[1] * m[3]);
    int kept = 0;
    for (int i = 0; i < found.count && kept < most && out->count < MAX_VIEW_FEATURES; i++) {
        const Feature *f = found.feature + i;
        float dx = f->x - m[2], dy = f->y - m[5];
        float x = (m[4] * dx - m[1] * dy) * over, y = (m[0] * dy - m[3] * dx) * over;
        if (!(x > 1 && y > 1 && x < (float)template_image->width - 2 &&
              y < (float)template_image->height - 2))
            continue;
        int n = out->count++;
        kept++;
        out->feature[n] = (ViewFeature){x, y, (uint8_t)view, f->angle};
        for (int word = 0; word < DESCRIPTOR_WORDS; word++)
            out->descriptor[n][word] = found.descriptor[i][word];
    }
}

static void view_added(const Image *template_image, const Ring *ring, float scale, int axis,
                       ViewFeatures *out)
{
    float angle = PI * (float)axis / (float)ring->axes, c = cosine(angle), s = sine(angle);
    float q = ring->squeeze;
    /* Turn, squeeze along x, turn back. */
    float squeezed[4] = {q * c * c + s * s, (q - 1) * c * s, (q - 1) * c * s, q * s * s + c * c};
    float m[6];
    Image view = view_drawn(template_image, scale, ring->softness, squeezed, m);
    float area = (float)(template_image->width * template_image->height) * scale * scale * q;
    int wanted = clamped((int)area / ring->share_px, ring->least, ring->most);
    enum { PER_CELL = 3 };
    int cell = larger((int)square_root(area * PER_CELL / (float)wanted), 6);
    Spread spread = {DESCRIPTOR_BORDER_PX, 4, cell, PER_CELL};
    found.count = 0;
    features_at_scale(&view, &spread, 1, 0, &found);
    view_kept(template_image, m, MAX_VIEW_FEATURES, out);
}

void render_template_views(const Image *template_image, ViewFeatures *out)
{
    out->views = out->count = 0;
    float longest = (float)larger(template_image->width, template_image->height);
    for (int i = 0; i < (int)(sizeof RINGS / sizeof RINGS[0]); i++)
        for (float scale = 1; longest * scale >= LEAST_EDGE_PX; scale /= RINGS[i].step)
            for (int axis = 0; axis < RINGS[i].axes; axis++)
                view_added(template_image, RINGS + i, scale, axis, out);
}

void local_map(const ViewFeatures *features, int index, float scale, uint8_t angle, float out[4])
{
    const ViewFeature *f = features->feature + index;
    const float *a = features->from_template[f->view];
    float turn = (float)(uint8_t)(angle - f->angle) * (2 * PI / 256);
    float c = scale * cosine(turn), s = scale * sine(turn);
    out[0] = c * a[0] - s * a[2];
    out[1] = c * a[1] - s * a[3];
    out[2] = s * a[0] + c * a[2];
    out[3] = s * a[1] + c * a[3];
}
