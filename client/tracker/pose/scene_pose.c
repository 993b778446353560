/* Estimation of a scene's pose; see scene_pose.h. */
#include "pose/scene_pose.h"

#include "base/numerics.h"
#include "base/types.h"
#include "geometry/rotation.h"
#include "pose/bundle_adjustment.h"

/* How far a phone's gravity errs: mostly by its accelerometer's bias, the same in all
 * views, and a little by itself. Together half a degree about each level axis. */
#define BIAS_SD (0.45 * DEGREE)
#define TILT_SD (0.22 * DEGREE)
#define LEAN_SD (0.5 * DEGREE)
/* How well labels are mounted: as with a spirit level. */
#define MOUNTING_SD (1.0 * DEGREE)
/* A gyroscope's heading: its noise, its drift of about a degree a minute. */
#define TURN_SD (0.15 * DEGREE)
#define DRIFT_RATE (0.02 * DEGREE)
/* Without one, a visitor may have turned by so much after a second (a random walk). */
#define WANDER_VARIANCE ((10 * DEGREE) * (10 * DEGREE))
/* A picture and the attitude beside it are up to so long apart. */
#define LATENCY_S 0.03
/* Corners that are seen from almost the same direction err almost alike (a static camera's
 * corners move by a fifth of what they err by): a direction is worth one view. */
#define VIEWS_A_CELL 1.0
#define KEPT_A_CELL 4
/* Once the print is out of view, whoever holds the phone sways, then walks. */
#define SWAY_SD_M 0.05
#define WALK_SD_M_S 0.15

/* Known well enough: .25 m at 10 m in more than four placements of five. */
#define UNSURE_SD (0.9 * DEGREE) /* above it, the whole likelihood is looked at */
#define WANTED_HEADING_SD_DEG 1.1
/* Seen from less to the side than this, a step helps: sine of 25 degrees. */
#define OBLIQUE_SINE 0.42
/* Even seen from the side, a print smaller than this tells its heading to a degree only. */
#define LEAST_PRINT_NOISES 100.0
#define HASTE_RAD_S (60 * DEGREE)
/* Misfits in a row, each far beyond noise, after which all is surveyed anew. */
#define MISFIT_REFUSED 80.0
#define MISFITS_A_ROW 10

typedef struct {
    bool is_open;
    double half[2], slope, above_ground_m;
    double object[3]; /* from the print's centre, in the scene's frame */
    int misfits;
    double haste; /* rad/s */
    Survey survey;
    /* When it was last seen: */
    bool is_placed;
    double level[9];        /* camera to level, then or since */
    double time_s;          /* of `level` */
    double heading;         /* of the scene in `level` */
    double heading_variance;
    double place[3];        /* of the print, from the camera, in `level` */
    double object_variance; /* sum over the axes, but for the heading's later drift */
    double range_variance;
    double seen_s;
    Placing told;
} Anchor;

static Anchor anchors[MAX_ANCHORS];
static Sighting sighting;

static Anchor *opened(int anchor)
{
    return anchor >= 0 && anchor < MAX_ANCHORS && anchors[anchor].is_open ? anchors + anchor : 0;
}

EXPORT(placing_sighting) Sighting *placing_sighting(void) { return &sighting; }

static void forget_sightings(Anchor *anchor)
{
    survey_forget(&anchor->survey);
    anchor->misfits = 0;
    anchor->haste = 0;
    anchor->is_placed = false;
    anchor->told = (Placing){0};
}

EXPORT(placing_forget) void placing_forget(int anchor)
{
    if (opened(anchor)) forget_sightings(anchors + anchor);
}

EXPORT(placing_anchor)
int placing_anchor(int number, float width_m, float height_m, float above_ground_m,
                   float slope_deg)
{
    if (number < 0 || number >= MAX_ANCHORS || !(width_m > 0) || !(height_m > 0)) return -1;
    Anchor *anchor = anchors + number;
    anchor->is_open = true;
    anchor->half[0] = width_m / 2;
    anchor->half[1] = height_m / 2;
    anchor->slope = slope_deg * DEGREE;
    anchor->above_ground_m = above_ground_m;
    for (int i = 0; i < 3; i++) anchor->object[i] = 0;
    Survey *survey = &anchor->survey;
    for (int i = 0; i < SHARED; i++) survey->prior_sd[i] = i < BIAS ? 0 : BIAS_SD;
    survey->prior_sd[MOUNTING] = survey->prior_sd[MOUNTING + 1] = MOUNTING_SD;
    survey->views_a_cell = VIEWS_A_CELL;
    survey->kept_a_cell = KEPT_A_CELL;
    forget_sightings(anchor);
    return 0;
}

EXPORT(placing_object)
void placing_object(int number, float right_m, float up_m, float ahead_m)
{
    Anchor *anchor = opened(number);
    if (!anchor) return;
    anchor->object[0] = right_m;
    anchor->object[1] = up_m - anchor->above_ground_m;
    anchor->object[2] = -ahead_m;
}

/* The variance of a weighted sum of the newest view's own unknowns and the shared ones. */
static double variance_of(const Story *story, const double own[OWN], const double shared[SHARED])
{
    double variance = 0, rest[SHARED];
    for (int j = 0; j < SHARED; j++) {
        rest[j] = shared[j];
        for (int i = 0; i < OWN; i++) rest[j] -= story->newest_answer[i * SHARED + j] * own[i];
    }
    for (int i = 0; i < SHARED; i++)
        for (int j = 0; j < SHARED; j++)
            variance += rest[i] * story->covariance[i * SHARED + j] * rest[j];
    for (int i = 0; i < OWN; i++)
        for (int j = 0; j < OWN; j++)
            variance += own[i] * story->newest_inverse[i * OWN + j] * own[j];
    return variance;
}

/* How a rotation that errs displaces the object: the heading by its distance along the
 * ground, a lean about each level axis by its distance from that axis. */
static double turned_variance(const double object[3], double heading_variance)
{
    double level = object[0] * object[0] + object[2] * object[2];
    double lean = LEAN_SD * LEAN_SD * (level + 2 * object[1] * object[1]);
    return level * heading_variance + lean;
}

/* Read the answer off the best story; where another is still possible, its heading weighs in
 * by its likelihood, in the mean and in the variance. */
static void conclude(Anchor *anchor, const Story *best, const Story *other)
{
    const View *view = anchor->survey.views + anchor->survey.count - 1;
    const OwnUnknowns *own = best->own + anchor->survey.count - 1;
    double scale = survey_scale(&anchor->survey, best);
    double turn[OWN] = {view->up[0], view->up[1], view->up[2], 0, 0, 0};
    double heading_only[SHARED] = {[HEADING] = 1}, none[SHARED] = {0};
    double variance = scale * variance_of(best, turn, heading_only);
    anchor->heading = best->shared[HEADING] + dot(view->up, own->turn);
    Placing *told = &anchor->told;
    told->other_heading_deg = told->other_share = 0;
    if (variance > UNSURE_SD * UNSURE_SD) {
        double offset;
        survey_spread(&anchor->survey, best, __builtin_sqrt(variance), &offset, &variance);
        anchor->heading += offset;
    }
    if (other) {
        double odds = exponential((float)((best->cost - other->cost) / scale / 2));
        double share = odds / (1 + odds);
        float turn = (float)(other->shared[HEADING] - best->shared[HEADING]);
        double apart = arctangent(sine(turn), cosine(turn));
        variance += share * (1 - share) * apart * apart;
        anchor->heading += share * apart;
        told->other_heading_deg = (float)(apart / DEGREE);
        told->other_share = (float)share;
    }
    anchor->heading_variance = variance;
    double place_variance = 0;
    for (int i = 0; i < 3; i++) {
        double axis[OWN] = {0};
        axis[3 + i] = 1;
        place_variance += scale * variance_of(best, axis, none);
    }
    anchor->object_variance = place_variance + turned_variance(anchor->object, variance);
    double range = length(own->place);
    double along[OWN] = {0, 0, 0, own->place[0] / range, own->place[1] / range,
                         own->place[2] / range};
    anchor->range_variance = scale * variance_of(best, along, none);
    const double *mounting = best->shared + MOUNTING;
    told->mounting_off_deg = (float)(__builtin_sqrt(mounting[0] * mounting[0] +
                                                    mounting[1] * mounting[1]) / DEGREE);
    told->focal_px = (float)(anchor->survey.focal_px * exponential((float)best->shared[FOCAL]));
    told->focal_sd_ratio = (float)__builtin_sqrt(
        scale * best->covariance[FOCAL * SHARED + FOCAL]);
    for (int i = 0; i < 9; i++) anchor->level[i] = view->level[i];
    rotate(view->level, own->place, anchor->place);
    anchor->seen_s = view->time_s;
}

/* Turn heading and place, known in `level`, into the camera of an attitude. */
static void tell_pose(Anchor *anchor, const double level[9])
{
    double about_up[3] = {0, anchor->heading, 0}, turned[9], scene[9], place[3];
    rotation_about(about_up, turned);
    rotation_from_inverse(level, turned, scene);
    rotate_inverse(level, anchor->place, place);
    for (int i = 0; i < 3; i++)
        anchor->told.pose[i] = (float)(place[i] - scene[3 * i + 1] * anchor->above_ground_m);
    quaternion_of_rotation(scene, anchor->told.pose + 3);
    anchor->told.range_m = (float)length(place);
    anchor->told.lean_sd_deg = LEAN_SD / DEGREE;
}

/* The print's size in the picture, in noises of its corners: the root of its area. */
static double size_in_noises(const View *view)
{
    double area = 0;
    for (int i = 0; i < 4; i++) {
        const double *a = view->corners + 2 * i, *b = view->corners + 2 * ((i + 1) % 4);
        area += a[1] * b[0] - a[0] * b[1];
    }
    return __builtin_sqrt(area > 0 ? area / 2 : 0) / view->noise_px;
}

/* Where the reader stands about the print: the sine to its right, 0 in front of it. */
static double stands_right(const Anchor *anchor)
{
    double x = -anchor->place[0], z = -anchor->place[2];
    double away = __builtin_sqrt(x * x + z * z);
    float heading = (float)anchor->heading;
    return away > 1e-6 ? (cosine(heading) * x - sine(heading) * z) / away : 0;
}

static int32_t hint_for(const Anchor *anchor)
{
    const View *view = anchor->survey.views + anchor->survey.count - 1;
    if (anchor->haste > HASTE_RAD_S || anchor->misfits > 3) return HOLD_STILL;
    if (anchor->told.heading_sd_deg <= WANTED_HEADING_SD_DEG) return NO_HINT;
    if (size_in_noises(view) < LEAST_PRINT_NOISES) return COME_CLOSER;
    double right = stands_right(anchor);
    if (right > OBLIQUE_SINE || right < -OBLIQUE_SINE) return HOLD_STILL;
    return right < 0 ? STEP_LEFT : STEP_RIGHT;
}

/* How fast the camera turned since the last attitude. */
static double haste(const Anchor *anchor, const double level[9], double time_s)
{
    double between[9], elapsed = time_s - anchor->time_s;
    if (!(elapsed > 1e-3) || elapsed > 0.5) return 0;
    rotation_from_inverse(anchor->level, level, between);
    /* |R - R'| = 2 sqrt(2) |sin angle|, Frobenius' norm. */
    double x = between[7] - between[5], y = between[2] - between[6], z = between[3] - between[1];
    return arc_sine(__builtin_sqrt(x * x + y * y + z * z) / 2) / elapsed;
}

/* Fill a view with what was written; false where that is not all numbers. */
static bool view_of(Anchor *anchor, View *view)
{
    bool keeps_heading = sighting.attitude_kind == UP_AND_HEADING;
    if (!read_sighting(&sighting, view)) return false;
    view->half[0] = anchor->half[0];
    view->half[1] = anchor->half[1];
    view->slope = anchor->slope;
    anchor->haste = anchor->is_placed ? haste(anchor, view->level, view->time_s) : 0;
    double late = anchor->haste * LATENCY_S;
    view->tilt_variance = TILT_SD * TILT_SD + late * late;
    view->turn_variance = TURN_SD * TURN_SD + (keeps_heading ? late * late : 0);
    Survey *survey = &anchor->survey;
    survey->turn_drift = keeps_heading ? 0 : WANDER_VARIANCE;
    survey->turn_drift_rate = DRIFT_RATE;
    survey->focal_px = sighting.focal_px;
    survey->prior_sd[FOCAL] = sighting.focal_doubt > 1e-4 ? sighting.focal_doubt : 1e-4;
    return true;
}

/* Tell how sure the heading, the range and the object's place are, from what each varies by
 * beside what it varied by when the print was last seen. */
static void tell_sds(Anchor *anchor, double more_heading, double more_range, double more_object)
{
    double heading = anchor->heading_variance + more_heading;
    anchor->told.heading_sd_deg = (float)(__builtin_sqrt(heading) / DEGREE);
    anchor->told.range_sd_m = (float)__builtin_sqrt(anchor->range_variance + more_range);
    anchor->told.object_sd_m = (float)__builtin_sqrt(anchor->object_variance + more_object);
}

EXPORT(placing_see) Placing *placing_see(int number)
{
    Anchor *anchor = opened(number);
    if (!anchor) return 0;
    anchor->told.state = NOT_PLACED;
    anchor->told.hint = NO_HINT;
    if (sighting.attitude_kind == NO_ATTITUDE || !(sighting.focal_px > 0)) return &anchor->told;
    static View view;
    if (!view_of(anchor, &view)) return &anchor->told;
    Survey *survey = &anchor->survey;
    if (survey_best(survey) && anchor->misfits < MISFITS_A_ROW) {
        survey_keep(survey, &view);
    } else {
        anchor->misfits = 0;
        survey_begin(survey, &view);
    }
    survey_solve(survey, survey->count < 4 ? 8 : 2);
    Story *best = survey_best(survey);
    anchor->told.views = survey->count;
    anchor->is_placed = best != 0;
    if (!best) return &anchor->told;
    bool is_bad = best->misfit[survey->count - 1] >
                  MISFIT_REFUSED * survey_scale(survey, best);
    anchor->misfits = is_bad ? anchor->misfits + 1 : 0;
    Story *other = survey->stories + (best == survey->stories);
    conclude(anchor, best, other->is_open ? other : 0);
    anchor->time_s = view.time_s;
    tell_pose(anchor, view.level);
    tell_sds(anchor, 0, 0, 0);
    anchor->told.state = SEEN;
    anchor->told.hint = hint_for(anchor);
    return &anchor->told;
}

EXPORT(placing_carry) Placing *placing_carry(int number)
{
    Anchor *anchor = opened(number);
    if (!anchor) return 0;
    anchor->told.state = NOT_PLACED;
    anchor->told.hint = NO_HINT;
    if (!anchor->is_placed || sighting.attitude_kind != UP_AND_HEADING) return &anchor->told;
    double age = sighting.time_s - anchor->seen_s, drift = DRIFT_RATE * age;
    double level[9], walked = WALK_SD_M_S * age;
    double strayed = SWAY_SD_M * SWAY_SD_M + walked * walked;
    rotation_of_quaternion(sighting.attitude, level);
    tell_pose(anchor, level);
    /* The heading's drift swings the scene about the camera, not about the print. */
    float c = cosine((float)anchor->heading), s = sine((float)anchor->heading);
    double x = anchor->place[0] + c * anchor->object[0] + s * anchor->object[2];
    double z = anchor->place[2] + c * anchor->object[2] - s * anchor->object[0];
    tell_sds(anchor, drift * drift, strayed,
             2 * strayed + (x * x + z * z) * drift * drift);
    anchor->told.state = CARRIED;
    return &anchor->told;
}
