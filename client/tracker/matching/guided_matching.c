/* Matching near where a homography predicts; see guided_matching.h. */
#include "matching/guided_matching.h"

#include "base/numerics.h"

enum {
    SQUARE_PX = 16,
    SQUARES_ACROSS = MAX_FRAME_WIDTH_PX / SQUARE_PX + 1,
    SQUARES = SQUARES_ACROSS * SQUARES_ACROSS,
    FARTHEST = 108, /* bits of 256 */
};

#define MAP_SQUARES 0.30f  /* as in hough_voting.c */
#define MOST_UNEVEN 1.30f  /* how far a view's tilt may be from the guess: see is_view_near */

static int first_of[SQUARES + 1];
static int16_t by_square[MAX_FEATURES];
static int across, down;

static int square_of(float x, float y)
{
    int column = clamped((int)x / SQUARE_PX, 0, across - 1);
    return clamped((int)y / SQUARE_PX, 0, down - 1) * across + column;
}

void bucket_features(const Features *frame, const Image *image)
{
    static int next[SQUARES];
    across = image->width / SQUARE_PX + 1;
    down = image->height / SQUARE_PX + 1;
    __builtin_memset(first_of, 0, sizeof first_of);
    for (int i = 0; i < frame->count; i++)
        first_of[square_of(frame->feature[i].x, frame->feature[i].y) + 1]++;
    for (int i = 0; i < across * down; i++) {
        first_of[i + 1] += first_of[i];
        next[i] = first_of[i];
    }
    for (int i = 0; i < frame->count; i++)
        by_square[next[square_of(frame->feature[i].x, frame->feature[i].y)]++] = (int16_t)i;
}

/* The derivative of a homography at (x, y), which it takes to `at`. */
static void derivative(const float H[9], float x, float y, const float at[2], float out[4])
{
    float over = 1 / (H[6] * x + H[7] * y + H[8]);
    out[0] = (H[0] - at[0] * H[6]) * over;
    out[1] = (H[1] - at[0] * H[7]) * over;
    out[2] = (H[3] - at[1] * H[6]) * over;
    out[3] = (H[4] - at[1] * H[7]) * over;
}

/* From the view to the frame, is there little but a turn and a size? `map` is from template
 * to frame; a turn with a size has |M|^2 = 2 det M. */
static bool is_view_near(const float map[4], const float view[4])
{
    float over = 1 / (view[0] * view[3] - view[1] * view[2]);
    float a = (map[0] * view[3] - map[1] * view[2]) * over;
    float b = (map[1] * view[0] - map[0] * view[1]) * over;
    float c = (map[2] * view[3] - map[3] * view[2]) * over;
    float d = (map[3] * view[0] - map[2] * view[1]) * over;
    float determinant = a * d - b * c, squares = a * a + b * b + c * c + d * d;
    return squares < 2 * MOST_UNEVEN * determinant && determinant > 0.1f && determinant < 60;
}

typedef struct {
    int distance, view_feature;
} Alike;

static Alike most_alike[MAX_FEATURES];

static bool is_map_near(const float inverse[4], const float other[4])
{
    float a = other[0] * inverse[0] + other[1] * inverse[2] - 1;
    float b = other[0] * inverse[1] + other[1] * inverse[3];
    float c = other[2] * inverse[0] + other[3] * inverse[2];
    float d = other[2] * inverse[1] + other[3] * inverse[3] - 1;
    return a * a + b * b + c * c + d * d < MAP_SQUARES;
}

static void compared_nearby(const Features *frame, const ViewFeatures *views, int index,
                            const float at[2], const float inverse[4], float reach_px)
{
    int left = clamped((int)(at[0] - reach_px) / SQUARE_PX, 0, across - 1);
    int right = clamped((int)(at[0] + reach_px) / SQUARE_PX, 0, across - 1);
    int top = clamped((int)(at[1] - reach_px) / SQUARE_PX, 0, down - 1);
    int bottom = clamped((int)(at[1] + reach_px) / SQUARE_PX, 0, down - 1);
    for (int row = top; row <= bottom; row++)
        for (int k = first_of[row * across + left]; k < first_of[row * across + right + 1]; k++) {
            int i = by_square[k];
            const Feature *f = frame->feature + i;
            float dx = f->x - at[0], dy = f->y - at[1];
            float reach = reach_px + f->scale;
            if (dx * dx + dy * dy > reach * reach)
                continue;
            int distance = distance_between(frame->descriptor[i], views->descriptor[index]);
            if (distance >= most_alike[i].distance)
                continue;
            float map[4];
            local_map(views, index, f->scale, f->angle, map);
            if (is_map_near(inverse, map))
                most_alike[i] = (Alike){distance, index};
        }
}

static int pairs_ordered(const Features *frame, const ViewFeatures *views, Pair out[MAX_PAIRS])
{
    static int start[FARTHEST + 2];
    __builtin_memset(start, 0, sizeof start);
    for (int i = 0; i < frame->count; i++)
        if (most_alike[i].distance < FARTHEST)
            start[most_alike[i].distance + 1]++;
    for (int i = 1; i < FARTHEST + 2; i++)
        start[i] += start[i - 1];
    int count = start[FARTHEST];
    for (int i = 0; i < frame->count; i++) {
        if (most_alike[i].distance >= FARTHEST)
            continue;
        int place = start[most_alike[i].distance]++;
        if (place >= MAX_PAIRS)
            continue;
        const Feature *f = frame->feature + i;
        const ViewFeature *v = views->feature + most_alike[i].view_feature;
        out[place] = (Pair){v->x, v->y, f->x, f->y, 1 + 1.5f * f->scale};
    }
    return smaller(count, MAX_PAIRS);
}

int match_guided(const Features *frame, const ViewFeatures *views, const float H[9], float reach_px,
                 Pair out[MAX_PAIRS])
{
    for (int i = 0; i < frame->count; i++)
        most_alike[i].distance = FARTHEST;
    for (int i = 0; i < views->count; i++) {
        const ViewFeature *v = views->feature + i;
        float at[2], map[4];
        if (!map_point(H, v->x, v->y, at))
            continue;
        derivative(H, v->x, v->y, at, map);
        if (!is_view_near(map, views->from_template[v->view]))
            continue;
        float over = 1 / (map[0] * map[3] - map[1] * map[2]);
        float inverse[4] = {map[3] * over, -map[1] * over, -map[2] * over, map[0] * over};
        compared_nearby(frame, views, i, at, inverse, reach_px);
    }
    return pairs_ordered(frame, views, out);
}
