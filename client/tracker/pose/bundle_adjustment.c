/* Bundle adjustment over many views of one print; see bundle_adjustment.h. */
#include "pose/bundle_adjustment.h"

#include "base/numerics.h"
#include "geometry/rotation.h"

#define CELL 0.07
/* A view's sum of squares is 5 on average: 8 coordinates, 3 of the attitude, 6 unknowns. */
#define EXPECTED_MISFIT 5.0
#define ROBUST_MISFIT 16.0
/* The sum of squares believed before any view has told, as if so many views had. */
#define SCALE_PRIOR_VIEWS 4.0
#define LEAST_SCALE 0.8
#define REFUTED 25.0
#define FIRST_STEPS 8
#define SAME_HEADING (0.2 * DEGREE)

typedef struct {
    double inverse[OWN * OWN];
    double answer[OWN * SHARED]; /* inverse * (own, shared) */
    double step[OWN];            /* inverse * own slope */
} Eliminated;

static Eliminated eliminated[MAX_VIEWS];

static double focal_of(const Survey *survey, const Story *story)
{
    return survey->focal_px * exponential((float)story->shared[FOCAL]);
}

static double turn_variance(const Survey *survey, const View *view)
{
    double age = survey->views[survey->count - 1].time_s - view->time_s;
    double drift = age * survey->turn_drift_rate;
    return view->turn_variance + age * survey->turn_drift + drift * drift;
}

/* What is believed of a shared unknown beforehand, as a weight; a mounting that the views
 * contradict by far is given up (Cauchy's weight): people do mistake 0 for 90 degrees. */
static double prior_weight(const Survey *survey, const Story *story, int k)
{
    double sd = survey->prior_sd[k];
    if (sd <= 0) return 1e-9;
    double weight = 1 / (sd * sd), ratio = story->shared[k] / (3 * sd);
    return k >= MOUNTING ? weight / (1 + ratio * ratio) : weight;
}

static double robust(double misfit, double scale)
{
    double limit = ROBUST_MISFIT * scale;
    return misfit <= limit ? misfit : 2 * __builtin_sqrt(limit * misfit) - limit;
}

static double robust_weight(double misfit, double scale)
{
    double limit = ROBUST_MISFIT * scale;
    return misfit <= limit ? 1 : __builtin_sqrt(limit / misfit);
}

double survey_scale(const Survey *survey, const Story *story)
{
    double seen = SCALE_PRIOR_VIEWS * EXPECTED_MISFIT, expected = seen;
    for (int k = 0; k < survey->count; k++) {
        double share = survey->views[k].share, most = 4 * ROBUST_MISFIT;
        seen += share * (story->misfit[k] < most ? story->misfit[k] : most);
        expected += share * EXPECTED_MISFIT;
    }
    double scale = seen / expected;
    return scale < LEAST_SCALE ? LEAST_SCALE : scale;
}

/* Eliminate one view's own unknowns, and add what it then tells of the shared ones. */
static bool add_view(const Normal *normal, double weight, Eliminated *own,
                     double matrix[SHARED * SHARED], double slope[SHARED])
{
    for (int i = 0; i < OWN; i++)
        for (int j = 0; j < OWN; j++) own->inverse[i * OWN + j] = normal->matrix[i * ALL + j];
    if (!invert_symmetric(own->inverse, OWN)) return false;
    for (int i = 0; i < OWN; i++) {
        own->step[i] = 0;
        for (int k = 0; k < OWN; k++)
            own->step[i] += own->inverse[i * OWN + k] * normal->slope[k];
        for (int j = 0; j < SHARED; j++) {
            double sum = 0;
            for (int k = 0; k < OWN; k++)
                sum += own->inverse[i * OWN + k] * normal->matrix[k * ALL + OWN + j];
            own->answer[i * SHARED + j] = sum;
        }
    }
    for (int i = 0; i < SHARED; i++) {
        const double *row = normal->matrix + (OWN + i) * ALL;
        double told = normal->slope[OWN + i];
        for (int k = 0; k < OWN; k++) told -= row[k] * own->step[k];
        slope[i] += weight * told;
        for (int j = 0; j < SHARED; j++) {
            double sum = row[OWN + j];
            for (int k = 0; k < OWN; k++) sum -= row[k] * own->answer[k * SHARED + j];
            matrix[i * SHARED + j] += weight * sum;
        }
    }
    return true;
}

/* Fill the equations of the shared unknowns, and every view's misfit, weight and cost. Views
 * are weighed by their misfits for a `scale`, or, where it is 0, as they were before. */
static bool shared_equations(const Survey *survey, Story *story, double scale,
                             double matrix[SHARED * SHARED], double slope[SHARED])
{
    static Normal normal;
    double focal = focal_of(survey, story);
    for (int i = 0; i < SHARED * SHARED; i++) matrix[i] = 0;
    story->cost = story->own_gain = 0;
    for (int i = 0; i < SHARED; i++) {
        double weight = prior_weight(survey, story, i), value = story->shared[i];
        matrix[i * SHARED + i] = weight;
        slope[i] = weight * value;
        story->cost += weight * value * value;
    }
    for (int k = 0; k < survey->count; k++) {
        const View *view = survey->views + k;
        if (!normal_equations(view, story->shared, story->own + k, focal,
                              turn_variance(survey, view), &normal))
            return false;
        double share = survey->views[k].share, *weight = story->weight + k;
        if (scale > 0) *weight = share * robust_weight(normal.misfit, scale);
        story->misfit[k] = normal.misfit;
        story->cost += scale > 0 ? share * robust(normal.misfit, scale) : *weight * normal.misfit;
        if (!add_view(&normal, *weight, eliminated + k, matrix, slope)) return false;
        for (int i = 0; i < OWN; i++)
            story->own_gain += *weight * eliminated[k].step[i] * normal.slope[i];
    }
    return true;
}

static void remember_covariance(const Survey *survey, Story *story, const double *matrix)
{
    double inverse[SHARED * SHARED];
    for (int i = 0; i < SHARED * SHARED; i++) inverse[i] = matrix[i];
    if (!invert_symmetric(inverse, SHARED)) return;
    for (int i = 0; i < SHARED * SHARED; i++) story->covariance[i] = inverse[i];
    const Eliminated *newest = eliminated + survey->count - 1;
    for (int i = 0; i < OWN * OWN; i++) story->newest_inverse[i] = newest->inverse[i];
    for (int i = 0; i < OWN * SHARED; i++) story->newest_answer[i] = newest->answer[i];
}

/* Move by the solution of the equations, damped. */
static bool move(const Survey *survey, Story *story, double *matrix, const double *slope)
{
    for (int i = 0; i < SHARED; i++) matrix[i * SHARED + i] *= 1 + story->damping;
    if (!invert_symmetric(matrix, SHARED)) return false;
    double step[SHARED];
    for (int i = 0; i < SHARED; i++) {
        step[i] = 0;
        for (int j = 0; j < SHARED; j++) step[i] -= matrix[i * SHARED + j] * slope[j];
        if (step[i] > 0.2) step[i] = 0.2;
        if (step[i] < -0.2) step[i] = -0.2;
        story->shared[i] += step[i];
    }
    for (int k = 0; k < survey->count; k++) {
        const Eliminated *own = eliminated + k;
        for (int i = 0; i < OWN; i++) {
            double change = -own->step[i];
            for (int j = 0; j < SHARED; j++) change -= own->answer[i * SHARED + j] * step[j];
            if (i < 3)
                story->own[k].turn[i] += change;
            else
                story->own[k].place[i - 3] += change;
        }
    }
    return true;
}

/* Take one step; where it made things worse, go back and damp the next one more. */
static void step_taken(const Survey *survey, Story *story)
{
    static Story before;
    double matrix[SHARED * SHARED], slope[SHARED], scale = survey_scale(survey, story);
    if (!shared_equations(survey, story, scale, matrix, slope)) {
        story->is_open = false;
        return;
    }
    remember_covariance(survey, story, matrix);
    before = *story;
    double after_matrix[SHARED * SHARED], after_slope[SHARED];
    if (move(survey, story, matrix, slope) &&
        shared_equations(survey, story, scale, after_matrix, after_slope) &&
        story->cost <= before.cost + 1e-9) {
        story->damping *= 0.2;
        remember_covariance(survey, story, after_matrix);
        return;
    }
    *story = before;
    story->damping = story->damping < 1e-4 ? 1e-3 : story->damping * 8;
}

Story *survey_best(Survey *survey)
{
    Story *best = 0;
    for (int i = 0; i < 2; i++) {
        Story *story = survey->stories + i;
        if (story->is_open && (!best || story->cost < best->cost)) best = story;
    }
    return best;
}

/* Close the story that the views refute, or that has become the other one. */
static void compare_stories(Survey *survey)
{
    Story *best = survey_best(survey), *first = survey->stories, *second = survey->stories + 1;
    if (!best || !first->is_open || !second->is_open) return;
    Story *other = best == first ? second : first;
    float apart = (float)(other->shared[HEADING] - best->shared[HEADING]);
    bool is_same = cosine(apart) > 0 && magnitude(sine(apart)) < SAME_HEADING;
    double margin = (other->cost - best->cost) / survey_scale(survey, best);
    if (is_same || margin > REFUTED) other->is_open = false;
}

void survey_solve(Survey *survey, int steps)
{
    for (int i = 0; i < 2; i++)
        for (int n = 0; n < steps && survey->stories[i].is_open; n++)
            step_taken(survey, survey->stories + i);
    compare_stories(survey);
}

void survey_forget(Survey *survey)
{
    survey->count = 0;
    survey->stories[0].is_open = survey->stories[1].is_open = false;
}

/* Whence the print is seen: the line to the camera in the print's frame, in steps. */
static int cell_of(const Survey *survey, int index)
{
    const Story *story = survey->stories[0].is_open ? survey->stories : survey->stories + 1;
    double rotation[9], seen_from[3];
    print_rotation(survey->views + index, story->shared, story->own[index].turn, rotation);
    rotate_inverse(rotation, story->own[index].place, seen_from);
    double scale = 1 / (length(seen_from) * CELL);
    return 64 * (int)(32 - seen_from[0] * scale) + (int)(32 - seen_from[1] * scale);
}

static int neighbours(const Survey *survey, int index)
{
    int count = 0;
    for (int k = 0; k < survey->count; k++)
        count += survey->views[k].cell == survey->views[index].cell;
    return count;
}

static void share_cells(Survey *survey)
{
    for (int k = 0; k < survey->count; k++) {
        double share = survey->views_a_cell / neighbours(survey, k);
        survey->views[k].share = share < 1 ? share : 1;
    }
}

static void drop(Survey *survey, int dropped)
{
    survey->count--;
    for (int k = dropped; k < survey->count; k++) {
        survey->views[k] = survey->views[k + 1];
        for (int i = 0; i < 2; i++) {
            survey->stories[i].own[k] = survey->stories[i].own[k + 1];
            survey->stories[i].misfit[k] = survey->stories[i].misfit[k + 1];
            survey->stories[i].weight[k] = survey->stories[i].weight[k + 1];
        }
    }
}

/* Drop the oldest view of the newest one's direction, or of the direction seen most often. */
static void make_room(Survey *survey)
{
    int dropped = 0, most = 0, newest = survey->count - 1;
    if (newest >= 0 && neighbours(survey, newest) > survey->kept_a_cell) {
        while (survey->views[dropped].cell != survey->views[newest].cell) dropped++;
        drop(survey, dropped);
    } else if (survey->count == MAX_VIEWS) {
        for (int k = 0; k < survey->count; k++) {
            int count = neighbours(survey, k);
            if (count > most) most = count, dropped = k;
        }
        drop(survey, dropped);
    }
}

void survey_keep(Survey *survey, const View *view)
{
    make_room(survey);
    int index = survey->count++;
    survey->views[index] = *view;
    for (int i = 0; i < 2; i++) {
        Story *story = survey->stories + i;
        if (!story->is_open) continue;
        double rotation[9], focal = focal_of(survey, story);
        for (int j = 0; j < 3; j++) story->own[index].turn[j] = 0;
        print_rotation(view, story->shared, story->own[index].turn, rotation);
        /* A print that the told attitude turns away is refuted by its misfit, later. */
        double *place = story->own[index].place;
        story->misfit[index] = locate_print(view, rotation, focal, place);
        if (!(place[2] < -1e-3)) story->is_open = false;
    }
    if (!survey_best(survey)) return;
    survey->views[index].cell = cell_of(survey, index);
    share_cells(survey);
}

/* The least cost under a heading, everything else being free: one step of Gauss and
 * Newton from where the print then is. */
static double cost_under(const Survey *survey, Story *story, double heading)
{
    double matrix[SHARED * SHARED], slope[SHARED], rotation[9];
    double focal = focal_of(survey, story);
    story->shared[HEADING] = heading;
    for (int k = 0; k < survey->count; k++) {
        print_rotation(survey->views + k, story->shared, story->own[k].turn, rotation);
        locate_print(survey->views + k, rotation, focal, story->own[k].place);
    }
    if (!shared_equations(survey, story, 0, matrix, slope)) return HUGE_MISFIT;
    slope[HEADING] = 0;
    for (int i = 0; i < SHARED; i++)
        matrix[HEADING * SHARED + i] = matrix[i * SHARED + HEADING] = i == HEADING;
    if (!invert_symmetric(matrix, SHARED)) return HUGE_MISFIT;
    double gain = story->own_gain;
    for (int i = 0; i < SHARED; i++)
        for (int j = 0; j < SHARED; j++) gain += slope[i] * matrix[i * SHARED + j] * slope[j];
    return story->cost - gain;
}

void survey_spread(const Survey *survey, const Story *story, double sd, double *mean,
                   double *variance)
{
    enum { AROUND = 16 };
    static Story tried;
    double cost[2 * AROUND + 1], least = HUGE_MISFIT, scale = survey_scale(survey, story);
    double step = 5 * sd / AROUND, sum = 0, first = 0, second = 0;
    for (int i = 0; i <= 2 * AROUND; i++) {
        tried = *story;
        cost[i] = cost_under(survey, &tried, story->shared[HEADING] + (i - AROUND) * step);
        if (cost[i] < least) least = cost[i];
    }
    for (int i = 0; i <= 2 * AROUND; i++) {
        double weight = exponential((float)((least - cost[i]) / scale / 2));
        double offset = (i - AROUND) * step;
        sum += weight, first += weight * offset, second += weight * offset * offset;
    }
    *mean = first / sum;
    *variance = second / sum - *mean * *mean;
}

void open_story(const Survey *survey, Story *story, const View *view, double heading)
{
    double rotation[9];
    for (int i = 0; i < SHARED; i++) story->shared[i] = 0;
    story->shared[HEADING] = heading;
    story->damping = 1e-3;
    story->is_open = true;
    for (int i = 0; i < 3; i++) story->own[0].turn[i] = 0;
    print_rotation(view, story->shared, story->own[0].turn, rotation);
    story->misfit[0] = locate_print(view, rotation, survey->focal_px, story->own[0].place);
    if (story->misfit[0] >= HUGE_MISFIT) story->is_open = false;
}

bool search_heading(const View *view, double focal_px, double *heading)
{
    enum { HEADINGS = 90 };
    static Story tried;
    double least = HUGE_MISFIT, place[3], rotation[9];
    for (int i = 0; i < HEADINGS; i++) {
        tried.shared[HEADING] = 2.0 * PI / HEADINGS * i;
        print_rotation(view, tried.shared, tried.own[0].turn, rotation);
        double misfit = locate_print(view, rotation, focal_px, place);
        if (misfit < least) least = misfit, *heading = tried.shared[HEADING];
    }
    return least < HUGE_MISFIT;
}

/* The heading of a scene whose print, in its story's first view, showed the other side of
 * its normal, as in a mirror across the line of sight. */
static double mirrored_heading(const View *view, const Story *story)
{
    double place[3];
    rotate(view->level, story->own[0].place, place);
    return 2.0 * arctangent((float)-place[0], (float)-place[2]) - story->shared[HEADING];
}

void survey_begin(Survey *survey, const View *view)
{
    double heading;
    survey_forget(survey);
    if (!search_heading(view, survey->focal_px, &heading)) return;
    survey->count = 1;
    survey->views[0] = *view;
    survey->views[0].share = 1;
    open_story(survey, survey->stories, view, heading);
    survey_solve(survey, FIRST_STEPS);
    if (!survey->stories[0].is_open) {
        survey->count = 0;
        return;
    }
    survey->views[0].cell = cell_of(survey, 0);
    open_story(survey, survey->stories + 1, view, mirrored_heading(view, survey->stories));
    survey_solve(survey, FIRST_STEPS);
}
