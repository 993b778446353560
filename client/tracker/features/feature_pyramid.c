/* Features of a frame, scale by scale; see feature_pyramid.h.
 *
 * Two chains of halves, the second three quarters of the first, make scales 4/3 and 3/2
 * apart (as BRISK's octaves; Leutenegger et al., ICCV 2011). The frame is first doubled:
 * corners of a print that is 50 px wide lie a few px apart.
 */
#include "features/feature_pyramid.h"

#include "base/numerics.h"
#include "image/imgproc.h"

enum {
    LEVELS = 8,
    LEVEL_ROOM = MAX_FRAME_WIDTH_PX * MAX_FRAME_HEIGHT_PX,
    CHAIN_ROOM = LEVEL_ROOM / 16 * 9, /* of the second chain's first level */
};

static uint8_t whole_pixels[LEVEL_ROOM], half_pixels[LEVEL_ROOM / 4];
static uint8_t three_quarter_pixels[CHAIN_ROOM], spare_pixels[LEVEL_ROOM / 16];
static uint8_t fine_pixels[LEVEL_ROOM], coarse_pixels[LEVEL_ROOM];

/* How a level's corners are spread, from the finest level to the coarsest. */
static const Spread SPREAD[LEVELS] = {
    {DESCRIPTOR_BORDER_PX, 5, 40, 2}, {DESCRIPTOR_BORDER_PX, 5, 40, 2},
    {DESCRIPTOR_BORDER_PX, 5, 40, 3}, {DESCRIPTOR_BORDER_PX, 5, 40, 4},
    {DESCRIPTOR_BORDER_PX, 4, 40, 6}, {DESCRIPTOR_BORDER_PX, 4, 40, 8},
    {DESCRIPTOR_BORDER_PX, 3, 40, 10}, {DESCRIPTOR_BORDER_PX, 3, 40, 12},
};

void features_at_scale(const Image *image, const Spread *spread, float scale, int level,
                       Features *out)
{
    static Corner corners[MAX_CORNERS];
    Blurred blurred = {{image->width, image->height, fine_pixels},
                       {image->width, image->height, coarse_pixels}};
    if (image->width <= 2 * spread->border_px || image->height <= 2 * spread->border_px)
        return;
    binomially_blurred(image, &blurred.fine);
    binomially_blurred_wide(&blurred.fine, &blurred.coarse);
    int count = detect_corners(&blurred.fine, spread, corners);
    for (int i = 0; i < count && out->count < MAX_FEATURES; i++) {
        int x = (int)(corners[i].x + 0.5f), y = (int)(corners[i].y + 0.5f), n = out->count++;
        uint8_t angle = patch_angle(&blurred.fine, x, y);
        out->feature[n] = (Feature){corners[i].x, corners[i].y, scale, angle,
                                    (uint8_t)level, corners[i].score};
        describe_patch(&blurred, x, y, angle, out->descriptor[n]);
    }
}

/* Bring the positions of features from `first` on from a level's px to the frame's. */
static void brought_to_frame(Features *features, int first, const Image *level, const Image *frame)
{
    float across = (float)frame->width / (float)level->width;
    float down = (float)frame->height / (float)level->height;
    for (int i = first; i < features->count; i++) {
        Feature *f = features->feature + i;
        f->x = (f->x + 0.5f) * across - 0.5f;
        f->y = (f->y + 0.5f) * down - 0.5f;
    }
}

/* How much larger than the frame the finest level is: 2 where there is room. */
static float growth_of(const Image *frame)
{
    float room = square_root((float)LEVEL_ROOM / (float)(frame->width * frame->height));
    float edge = (float)MAX_EDGE_PX / (float)larger(frame->width, frame->height);
    float growth = room < edge ? room : edge;
    return growth < 2 ? growth : 2;
}

/* The size of the finest level, and of the second chain's first one. */
static Image whole_of(const Image *frame)
{
    float growth = growth_of(frame);
    return (Image){(int)((float)frame->width * growth), (int)((float)frame->height * growth),
                   whole_pixels};
}

static Image three_quarters_of(const Image *frame)
{
    Image whole = whole_of(frame);
    return (Image){whole.width * 3 / 4, whole.height * 3 / 4, three_quarter_pixels};
}

static void level_added(const Image *frame, const Image *level, int number, Features *out)
{
    int first = out->count;
    float scale = (float)frame->width / (float)level->width;
    features_at_scale(level, SPREAD + number, scale, number, out);
    brought_to_frame(out, first, level, frame);
}

/* Add the features of a level and of its halves: levels `number`, `number` + 2, ... The
 * two images' room is used in turn. */
static void chain_added(const Image *frame, Image level, Image spare, int number, Features *out)
{
    for (;;) {
        level_added(frame, &level, number, out);
        number += 2;
        if (number >= LEVELS)
            return;
        spare.width = level.width / 2;
        spare.height = level.height / 2;
        halve(&level, &spare);
        Image kept = level;
        level = spare;
        spare = kept;
    }
}

int detect_coarse_features(const Image *frame, Features *out)
{
    Image whole = whole_of(frame), three_quarters = three_quarters_of(frame);
    Image half = {whole.width / 2, whole.height / 2, half_pixels};
    Image three_eighths = {three_quarters.width / 2, three_quarters.height / 2, half_pixels};
    Image spare = {0, 0, spare_pixels};
    out->count = 0;
    resample(frame, &half);
    chain_added(frame, half, spare, 2, out);
    resample(frame, &three_quarters); /* stays, for finer_features_of */
    halve(&three_quarters, &three_eighths);
    chain_added(frame, three_eighths, spare, 3, out);
    return out->count;
}

int detect_fine_features(const Image *frame, Features *out)
{
    Image whole = whole_of(frame), three_quarters = three_quarters_of(frame);
    resample(frame, &whole);
    level_added(frame, &whole, 0, out);
    level_added(frame, &three_quarters, 1, out);
    return out->count;
}
