/* Refinement (see refinement.h). */
#include "alignment/refinement.h"

#include "alignment/curved_paper.h"
#include "alignment/dense_alignment.h"
#include "alignment/template_renderer.h"
#include "alignment/tile_alignment.h"
#include "base/numerics.h"
#include "geometry/homography.h"

enum {
    COARSE_EDGE_PX = 128,
    FINE_EDGE_PX = 176,
    COARSE_ROUNDS = 5,
    FINE_ROUNDS = 6,
};

static View view;

#define SHARP_ENOUGH 0.9f /* no blur is looked for that could do better */

/* Return how well the print drawn under H with this blur agrees with the frame, -1 to 1. */
static float blur_fits(const Target *target, const float h[9], const Blur *blur)
{
    draw_print(&view, target, h, blur);
    return view_correlation(&view);
}

/* Find the blur that fits best: round ones, then streaks, then their lengths. */
static void blur_estimated(const Target *target, const float h[9], Blur *best)
{
    static const float spreads[] = {0.9f, 1.7f, 2.6f}, lengths[] = {5, 10, 15};
    static const float directions[6][2] = {{1, 0}, {0.866f, 0.5f},  {0.5f, 0.866f},
                                           {0, 1}, {-0.5f, 0.866f}, {-0.866f, 0.5f}};
    Blur none = {0, 0, 0};
    float most = blur_fits(target, h, &none), fits = 0;
    if (best->spread_px > 0 || best->streak_x != 0 || best->streak_y != 0)
        fits = blur_fits(target, h, best);
    if (fits > most + 0.002f)
        most = fits;
    else
        *best = none;
    if (most > SHARP_ENOUGH)
        return;
    for (int i = 0; i < 3; i++) {
        Blur tried = {spreads[i], 0, 0};
        fits = blur_fits(target, h, &tried);
        if (fits < most + 0.002f)
            break;
        most = fits;
        *best = tried;
    }
    int along = -1;
    for (int i = 0; i < 6; i++) {
        Blur tried = {0.5f, 7 * directions[i][0], 7 * directions[i][1]};
        fits = blur_fits(target, h, &tried);
        if (fits > most + 0.004f) {
            most = fits;
            *best = tried;
            along = i;
        }
    }
    for (int i = 0; along >= 0 && i < 3; i++) {
        Blur tried = {0.5f, lengths[i] * directions[along][0], lengths[i] * directions[along][1]};
        fits = blur_fits(target, h, &tried);
        if (fits > most) {
            most = fits;
            *best = tried;
        }
    }
}

/* Let the tiles vote on a view wide enough for them to be off. */
static bool tiles_asked(const Image *frame, const Target *target, float h[9], const Blur *blur)
{
    if (!open_view(&view, frame, target, h, COARSE_EDGE_PX, TILE_REACH_PX))
        return false;
    draw_print(&view, target, h, blur);
    align_tiles(&view, h);
    return true;
}

/* Align on the coarse view. */
static bool coarsely_aligned(const Image *frame, const Target *target, float h[9], const Blur *blur)
{
    if (!open_view(&view, frame, target, h, COARSE_EDGE_PX, 0))
        return false;
    align_dense(&view, target, h, blur, COARSE_ROUNDS);
    return true;
}

bool refine_homography(const Image *frame, const Target *target, float h[9], Distance off, Blur *blur)
{
    float moved[9];
    for (int i = 0; i < 9; i++)
        moved[i] = view.foretold[i] = h[i];
    bool shows = false;
    view.trusted = 0.2f;
    view.is_foretold = off == FORETOLD;
    if (off != FAR) {
        if (!coarsely_aligned(frame, target, moved, blur))
            return false;
        shows = blur_fits(target, moved, blur) > 0.6f;
        for (int i = 0; i < 9 && !shows; i++)
            moved[i] = h[i];
    }
    if (!shows &&
        !(tiles_asked(frame, target, moved, blur) && coarsely_aligned(frame, target, moved, blur)))
        return false;
    blur_estimated(target, moved, blur);
    if (!open_view(&view, frame, target, moved, FINE_EDGE_PX, 0))
        return false;
    /* A cover's rim, which correlates a little, would pull at a print that is held. */
    view.trusted = off != FAR ? 0.6f : 0.2f;
    align_dense(&view, target, moved, blur, FINE_ROUNDS);
    float corners[8];
    if (!project_corners(target, moved, corners))
        return false;
    for (int i = 0; i < 9; i++)
        h[i] = moved[i];
    return true;
}

bool refine_bent(const Image *frame, const Target *target, float h[9], const Blur *blur)
{
    if (!open_view(&view, frame, target, h, COARSE_EDGE_PX, TILE_REACH_PX))
        return false;
    draw_print(&view, target, h, blur);
    return fit_bend(&view, target, h);
}
