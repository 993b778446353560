/* How long the camera's focal length is; focal.h says how that is known. */
#include "focal.h"

#include "arithmetic.h"
#include "rotation.h"
#include "tracker.h"

/* Once a frame: small before fast. */
#pragma clang attribute push(__attribute__((minsize)), apply_to = function)

/* By so much must the mirror image misfit more before a view is believed. */
#define DECIDED 9.0
/* A view that fits no plane at all is not one. */
#define MISFIT_REFUSED 100.0
/* What gravity errs by in one view, in all of them, and how well prints are mounted. */
#define TILT_SD (0.3 * DEGREE)
#define BIAS_SD (0.45 * DEGREE)
#define MOUNTING_SD (1.0 * DEGREE)
#define VIEWS_A_CELL 3.0
#define HELD 1e-6
/* Two poses are one when their prints' normals are within 2 degrees. */
#define ONE_COSINE 0.9994
/* Nearer to the front than 10 degrees, noise tells more than the focal length. */
#define FRONTAL_COSINE 0.985
#define LEAST_GIVE 0.02
#define SETTLING_STEPS 10

static Survey survey, trial;
static Sighting sighting;
static Focal told;

EXPORT(focal_sighting) Sighting *focal_sighting(void) { return &sighting; }

static void prepare(Survey *held, double focal_sd)
{
    survey_forget(held);
    for (int i = 0; i < SHARED; i++) held->prior_sd[i] = i < MOUNTING ? BIAS_SD : MOUNTING_SD;
    held->prior_sd[HEADING] = HELD;
    held->prior_sd[FOCAL] = focal_sd;
    held->views_a_cell = VIEWS_A_CELL;
    held->kept_a_cell = MAX_VIEWS;
}

void focal_begin(float guess_px)
{
    prepare(&survey, FOCAL_GUESS_DOUBT);
    survey.focal_px = guess_px;
    told = (Focal){guess_px, FOCAL_GUESS_DOUBT, 0, 0};
}

EXPORT(focal_now) const Focal *focal_now(void) { return &told; }

EXPORT(focal_forget) void focal_forget(float guess_px) { focal_begin(guess_px); }

/* Turn `level` so that a view's heading, or, without gravity, its whole turn, is 0. */
static void absorb(View *view, const double turn[3], double heading)
{
    double by[3] = {0, 0, 0}, rotation[9], level[9];
    if (view->tilt_variance < 0) {
        for (int i = 0; i < 3; i++) by[i] = -turn[i];
        rotation_about(by, rotation);
        rotation_product(view->level, rotation, level);
    } else {
        by[1] = -heading - dot(view->up, turn);
        rotation_about(by, rotation);
        rotation_product(rotation, view->level, level);
    }
    for (int i = 0; i < 9; i++) view->level[i] = level[i];
}

/* A view in one of the poses that its corners allow. */
typedef struct {
    View view; /* turned by `absorb` */
    double normal[3], place[3]; /* of the print, in the camera */
    double misfit;
} Settled;

/* Find the pose that makes a view's misfit least near the one it has, for the focal length
 * as known so far, give or take; the misfit then counts what the length had to give. */
static void settle(Settled *pose)
{
    prepare(&trial, told.sd_ratio > LEAST_GIVE ? told.sd_ratio : LEAST_GIVE);
    trial.focal_px = told.focal_px;
    trial.count = 1;
    trial.views[0] = pose->view;
    Story *story = trial.stories;
    open_story(&trial, story, &pose->view, 0);
    survey_solve(&trial, SETTLING_STEPS);
    pose->misfit = story->is_open ? story->cost : HUGE_MISFIT;
    if (!story->is_open) return;
    double rotation[9];
    print_rotation(&pose->view, story->shared, story->own[0].turn, rotation);
    for (int i = 0; i < 3; i++) {
        pose->normal[i] = rotation[3 * i + 2];
        pose->place[i] = story->own[0].place[i];
    }
    absorb(&pose->view, story->own[0].turn, 0);
}

/* The homography of the print's plane in units of half its width and height: the square's
 * corners at (-1, 1), (1, 1), (1, -1), (-1, -1) go to four points (Heckbert 1989). */
static bool square_mapped(const double c[8], double h[9])
{
    double dx1 = c[2] - c[4], dx2 = c[6] - c[4], dx3 = c[0] - c[2] + c[4] - c[6];
    double dy1 = c[3] - c[5], dy2 = c[7] - c[5], dy3 = c[1] - c[3] + c[5] - c[7];
    double area = dx1 * dy2 - dx2 * dy1;
    if (magnitude((float)area) < 1e-6f) return false;
    double g = (dx3 * dy2 - dx2 * dy3) / area, k = (dx1 * dy3 - dx3 * dy1) / area;
    /* From (0, 0), (1, 0), (1, 1), (0, 1), whose second axis points down the print. */
    double a = c[2] - c[0] + g * c[2], b = c[6] - c[0] + k * c[6];
    double d = c[3] - c[1] + g * c[3], e = c[7] - c[1] + k * c[7];
    const double unit[9] = {a, b, c[0], d, e, c[1], g, k, 1};
    for (int i = 0; i < 3; i++) {
        h[3 * i] = unit[3 * i] / 2;
        h[3 * i + 1] = -unit[3 * i + 1] / 2;
        h[3 * i + 2] = unit[3 * i + 2] + (unit[3 * i] + unit[3 * i + 1]) / 2;
    }
    return true;
}

/* Read a first pose off the homography: its columns are the print's axes and its place, but
 * for the focal length and their common scale. */
static bool first_rotation(const View *view, double focal_px, double rotation[9])
{
    double h[9], x[3], y[3], z[3];
    if (!square_mapped(view->corners, h)) return false;
    for (int i = 0; i < 3; i++) {
        double scale = i < 2 ? 1 / focal_px : -1; /* looking along -z */
        x[i] = h[3 * i] * scale / view->half[0];
        y[i] = h[3 * i + 1] * scale / view->half[1];
    }
    double size = length(x);
    if (!(size > 0)) return false;
    for (int i = 0; i < 3; i++) x[i] /= size;
    double along = dot(x, y);
    for (int i = 0; i < 3; i++) y[i] -= along * x[i];
    size = length(y);
    if (!(size > 0)) return false;
    for (int i = 0; i < 3; i++) y[i] /= size;
    cross(x, y, z);
    for (int i = 0; i < 3; i++)
        rotation[3 * i] = x[i], rotation[3 * i + 1] = y[i], rotation[3 * i + 2] = z[i];
    return true;
}

/* The mirror image of a print about the line of sight: its axes' depths change sign. */
static void mirror(const double place[3], double rotation[9])
{
    double x[3], y[3], z[3], square = dot(place, place);
    for (int i = 0; i < 3; i++) x[i] = rotation[3 * i], y[i] = rotation[3 * i + 1];
    double x_depth = 2 * dot(x, place) / square, y_depth = 2 * dot(y, place) / square;
    for (int i = 0; i < 3; i++) x[i] -= x_depth * place[i], y[i] -= y_depth * place[i];
    cross(x, y, z);
    for (int i = 0; i < 3; i++)
        rotation[3 * i] = x[i], rotation[3 * i + 1] = y[i], rotation[3 * i + 2] = z[i];
}

static void transposed(const double a[9], double out[9])
{
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) out[3 * i + j] = a[3 * j + i];
}

/* Settle both poses that the corners allow without gravity. */
static void settle_free(Settled *pose, Settled *other)
{
    double rotation[9];
    if (!first_rotation(&pose->view, told.focal_px, rotation)) return;
    transposed(rotation, pose->view.level);
    settle(pose);
    if (pose->misfit >= HUGE_MISFIT) return;
    other->view = pose->view;
    transposed(pose->view.level, rotation);
    mirror(pose->place, rotation);
    transposed(rotation, other->view.level);
    settle(other);
}

/* The same with gravity: only rotations that keep up up. */
static void settle_upright(Settled *pose, Settled *other)
{
    double heading, away[3], none[3] = {0, 0, 0};
    if (!heading_found(&pose->view, told.focal_px, &heading)) return;
    absorb(&pose->view, none, heading);
    settle(pose);
    if (pose->misfit >= HUGE_MISFIT) return;
    other->view = pose->view;
    rotated(pose->view.level, pose->place, away);
    absorb(&other->view, none, 2.0 * arctangent((float)-away[0], (float)-away[2]));
    settle(other);
}

/* Give a view the pose that it must have. False where it may have two, where it is seen from
 * the front, which tells nothing, and where no pose fits. */
static bool is_decided(View *view)
{
    static Settled pose, other;
    pose.view = *view;
    pose.misfit = other.misfit = HUGE_MISFIT;
    if (view->tilt_variance < 0)
        settle_free(&pose, &other);
    else
        settle_upright(&pose, &other);
    bool is_mirrored = other.misfit < pose.misfit;
    const Settled *likelier = is_mirrored ? &other : &pose, *less = is_mirrored ? &pose : &other;
    if (likelier->misfit > MISFIT_REFUSED) return false;
    *view = likelier->view;
    bool is_one = less->misfit < HUGE_MISFIT && dot(likelier->normal, less->normal) > ONE_COSINE;
    double facing = -dot(likelier->normal, likelier->place) / length(likelier->place);
    return facing < FRONTAL_COSINE && (is_one || less->misfit - likelier->misfit > DECIDED);
}

const Focal *focal_learn(const Sighting *seen, float width_m, float height_m, float slope_deg)
{
    static View view;
    bool has_up = seen->attitude_kind != NO_ATTITUDE;
    if (!view_read(seen, &view)) return &told;
    view.half[0] = width_m / 2;
    view.half[1] = height_m / 2;
    view.slope = has_up ? slope_deg * DEGREE : 0;
    view.tilt_variance = has_up ? TILT_SD * TILT_SD : -1;
    view.turn_variance = -1;
    Story *story = survey.stories;
    if (!(told.focal_px > 0) || !is_decided(&view)) {
        told.refused++;
        return &told;
    }
    if (survey.count == 0) {
        open_story(&survey, story, &view, 0);
        survey.count = story->is_open;
        survey.views[0] = view;
    } else {
        survey_keep(&survey, &view);
    }
    survey_solve(&survey, survey.count < 4 ? 6 : 2);
    if (!story->is_open) {
        focal_begin((float)survey.focal_px);
        return &told;
    }
    told.views = survey.count;
    told.focal_px = (float)(survey.focal_px * exponential((float)story->shared[FOCAL]));
    told.sd_ratio = (float)__builtin_sqrt(survey_scale(&survey, story) *
                                          story->covariance[FOCAL * SHARED + FOCAL]);
    return &told;
}

EXPORT(focal_see) const Focal *focal_see(float width_m, float height_m, float slope_deg)
{
    return focal_learn(&sighting, width_m, height_m, slope_deg);
}

#pragma clang attribute pop
