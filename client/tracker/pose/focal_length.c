/* Estimation of the focal length; see focal_length.h. */
#include "pose/focal_length.h"

#include "base/numerics.h"
#include "base/types.h"
#include "geometry/homography.h"
#include "geometry/planar_pose.h"
#include "geometry/rotation.h"

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

/* The two rotations of a flat print that show its corners so, for the focal length as known
 * so far; false for none. */
static bool first_rotations(const View *view, double rotation[9], double mirrored[9])
{
    enum { ACROSS_PX = 256 }; /* of a template that stands for the print */
    Target print = {.width_m = (float)(2 * view->half[0])};
    int down_px = (int)(ACROSS_PX * view->half[1] / view->half[0] + 0.5);
    print.template_image.width = ACROSS_PX;
    print.template_image.height = down_px;
    float h[9], centre[2] = {0, 0};
    Pair pairs[4];
    for (int i = 0; i < 4; i++) {
        float x = i == 1 || i == 2 ? ACROSS_PX - 0.5f : -0.5f;
        float y = i > 1 ? (float)down_px - 0.5f : -0.5f;
        pairs[i] = (Pair){x, y, (float)view->corners[2 * i], (float)-view->corners[2 * i + 1], 1};
    }
    Result found;
    if (!fit_homography(pairs, 0, 4, h) ||
        !planar_pose(h, &print, told.focal_px, centre, &found))
        return false;
    rotation_of_quaternion(found.pose + 3, rotation);
    rotation_of_quaternion(found.other_pose + 3, mirrored);
    return true;
}

static void transposed(const double a[9], double out[9])
{
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) out[3 * i + j] = a[3 * j + i];
}

/* Settle both poses that the corners allow without gravity. */
static void settle_free(Settled *pose, Settled *other)
{
    double rotation[9], mirrored[9];
    if (!first_rotations(&pose->view, rotation, mirrored)) return;
    other->view = pose->view;
    transposed(rotation, pose->view.level);
    transposed(mirrored, other->view.level);
    settle(pose);
    settle(other);
}

/* The same with gravity: only rotations that keep up up. */
static void settle_upright(Settled *pose, Settled *other)
{
    double heading, away[3], none[3] = {0, 0, 0};
    if (!search_heading(&pose->view, told.focal_px, &heading)) return;
    absorb(&pose->view, none, heading);
    settle(pose);
    if (pose->misfit >= HUGE_MISFIT) return;
    other->view = pose->view;
    rotate(pose->view.level, pose->place, away);
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
    if (!read_sighting(seen, &view)) return &told;
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
