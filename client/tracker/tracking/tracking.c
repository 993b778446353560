/* Tracking (see tracking.h). */
#include "tracking/tracking.h"

#include "alignment/verification.h"
#include "base/numerics.h"
#include "geometry/homography.h"
#include "geometry/planar_pose.h"
#include "pose/camera.h"
#include "recognition/detection.h"
#include "recognition/recognition.h"
#include "recognition/targets.h"

#define PREDICTED_S 0.25f  /* how long a velocity is believed */
#define FOUND_AGAIN_S 0.1f /* the same where a print was lost meanwhile */
#define REMEMBERED_S 1.0f  /* how long a lost target is looked for where it was */
#define REST_HZ 1.5f       /* the filter's cutoff at rest */
#define OPENING 4.0f       /* Hz of cutoff for each px/s */
#define SPEED_HZ 8.0f      /* the cutoff of the speed's own estimate */
#define LEARNT 0.5f        /* the weight of how corners turn now, against how they did */
#define TURNS_A_FRAME 2    /* targets looked for in the whole frame */

/* What is known of one target between frames. */
typedef struct {
    bool is_held;         /* seen, and for less than REMEMBERED_S not seen again */
    bool is_steady;       /* seen in the last two frames: its velocity is known */
    bool is_foretold;     /* in the last three: how it turns is known too */
    float seen_s;         /* when it was last seen */
    float corners[8];     /* then, measured */
    float velocity[8];    /* px/s */
    float smooth[8];      /* filtered corners */
    float speed[8];       /* filtered px/s, as the filter wants it */
    float orientation[4]; /* of the last pose given */
    Blur blur;
} Track;

static Track tracks[MAX_TARGETS];
static float last_s;
static int turn;       /* the slot that is looked for next */
static bool is_closer; /* the last look was a closer one */

/* Forget what is held; targets stay open. */
static void drop_tracks(void)
{
    for (int slot = 0; slot < MAX_TARGETS; slot++)
        tracks[slot] = (Track){0};
}

/* The homography that puts a print's corners there. */
static bool homography_to(const Target *target, const float corners[8], float h[9])
{
    float right = (float)target->template_image.width - 0.5f,
          bottom = (float)target->template_image.height - 0.5f;
    const float plane[8] = {-0.5f, -0.5f, right, -0.5f, right, bottom, -0.5f, bottom};
    Pair pairs[4];
    for (int i = 0; i < 4; i++)
        pairs[i] = (Pair){plane[2 * i], plane[2 * i + 1], corners[2 * i], corners[2 * i + 1], 1};
    return fit_homography(pairs, 0, 4, h);
}

/* The weight of a new value in a first-order low pass: 1 / (1 + tau / dt). */
static float newer(float cutoff_hz, float dt_s)
{
    float r = 2 * PI * cutoff_hz * dt_s;
    return r / (r + 1);
}

/* Filter the measured corners. */
static void corners_smoothed(Track *track, const float measured[8], float dt_s)
{
    for (int i = 0; i < 8; i++) {
        float speed = (measured[i] - track->smooth[i]) / dt_s;
        track->speed[i] += newer(SPEED_HZ, dt_s) * (speed - track->speed[i]);
        float cutoff = REST_HZ + OPENING * magnitude(track->speed[i]);
        float next = track->smooth[i] + newer(cutoff, dt_s) * (measured[i] - track->smooth[i]);
        float off = next - measured[i];
        off = off > MOST_LAG_PX ? MOST_LAG_PX : off < -MOST_LAG_PX ? -MOST_LAG_PX : off;
        track->smooth[i] = measured[i] + off;
    }
}

/* How alike two orientations are: 1 the same, 0 half a turn apart. */
static float alike(const float a[4], const float b[4])
{
    return magnitude(a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]);
}

/* Pose the filtered corners; of the two poses that show the print nearly alike, give the
 * one that goes on as before. */
static void result_posed(int slot, Track *track, Result *result)
{
    float h[9];
    Camera camera = current_camera();
    if (!homography_to(targets + slot, track->smooth, h) ||
        !planar_pose(h, targets + slot, camera.focal_px, camera.centre_px, result))
        return;
    for (int i = 0; i < 8; i++)
        result->corners[i] = track->smooth[i];
    for (int i = 0; i < 9; i++)
        result->homography[i] = h[i] / h[8];
    bool goes_on = alike(result->other_pose + 3, track->orientation) >
                   alike(result->pose + 3, track->orientation);
    if (track->is_steady && goes_on && result->other_error_px < 1.5f * result->error_px + 0.15f) {
        for (int i = 0; i < 7; i++) {
            float swapped = result->pose[i];
            result->pose[i] = result->other_pose[i];
            result->other_pose[i] = swapped;
        }
        float error = result->error_px;
        result->error_px = result->other_error_px;
        result->other_error_px = error;
    }
    for (int i = 0; i < 4; i++)
        track->orientation[i] = result->pose[3 + i];
}

/* Is what was recognised near what was predicted? Half the print's size off, or turned, it
 * is another find and must convince as one. */
static bool is_near(const float corners[8], const Result *result)
{
    float reach = 0.25f * (magnitude(corners[0] - corners[4]) + magnitude(corners[1] - corners[5]));
    for (int i = 0; i < 8; i++)
        if (!(magnitude(corners[i] - result->corners[i]) < reach))
            return false;
    return true;
}

/* Learn how the corners move, from where they now are; `dt_s` 0 where the last place tells
 * nothing. All move by what the hand does, at once; what one does beside is turn and tilt,
 * which are slow, or a corner that no px hold well, which had better not swing. */
static void velocity_learnt(Track *track, const float corners[8], float dt_s)
{
    float middle[2] = {0}, before[2] = {0}, rate = dt_s > 0 ? 1 / dt_s : 0;
    for (int i = 0; i < 8; i++) {
        middle[i & 1] += 0.25f * rate * (corners[i] - track->corners[i]);
        before[i & 1] += 0.25f * track->velocity[i];
    }
    for (int i = 0; i < 8; i++) {
        float beside = rate * (corners[i] - track->corners[i]) - middle[i & 1];
        float was = track->is_foretold ? track->velocity[i] - before[i & 1] : beside;
        track->velocity[i] = middle[i & 1] + was + LEARNT * (beside - was);
    }
}

/* Take note of a target just seen. */
static void track_updated(int slot, float time_s)
{
    Track *track = tracks + slot;
    Result *result = results + slot;
    float dt = time_s - track->seen_s;
    float most_s = result->state == TRACKED ? PREDICTED_S : FOUND_AGAIN_S;
    bool goes_on = track->is_held && dt > 1e-3f && dt < most_s && is_near(track->corners, result);
    if (!goes_on)
        track->is_steady = track->is_foretold = false;
    velocity_learnt(track, result->corners, goes_on ? dt : 0);
    for (int i = 0; i < 8; i++)
        track->corners[i] = result->corners[i];
    if (goes_on && result->state == TRACKED)
        corners_smoothed(track, track->corners, dt);
    else
        for (int i = 0; i < 8; i++) {
            track->smooth[i] = track->corners[i];
            track->speed[i] = 0;
        }
    learn_camera(targets + slot, track->corners);
    result_posed(slot, track, result);
    track->is_foretold = track->is_steady;
    track->is_steady = goes_on;
    track->is_held = true;
    track->seen_s = time_s;
}

/* Try to see a held target from corners where it may be. */
static bool seen_from(int slot, const float corners[8], Distance off)
{
    Result result = {0};
    Clue clue = {off, 0}; /* half a print shown a period off would do, were it repetitive */
    float h[9];
    if (!homography_to(targets + slot, corners, h) ||
        recognise(slot, h, clue, &tracks[slot].blur, &result) != SEEN || !is_near(corners, &result))
        return false;
    result.state = TRACKED;
    result.inliers = results[slot].inliers;
    results[slot] = result;
    return true;
}

/* Guess the blur of a moving print from its velocity, with the shutter open for half of
 * the time between frames, as indoors; slower, the last frame's blur is the better guess. */
static void blur_foretold(Track *track, float dt_s)
{
    float x = 0, y = 0;
    for (int i = 0; i < 4; i++) {
        x += 0.125f * dt_s * track->velocity[2 * i];
        y += 0.125f * dt_s * track->velocity[2 * i + 1];
    }
    if (x * x + y * y > 16)
        track->blur = (Blur){0.5f, x, y};
}

/* Follow one held target: from where it should be, then from where it was. */
static bool followed(int slot, float time_s)
{
    Track *track = tracks + slot;
    float dt = time_s - track->seen_s, predicted[8];
    if (track->is_steady && dt < PREDICTED_S) {
        for (int i = 0; i < 8; i++)
            predicted[i] = track->corners[i] + track->velocity[i] * dt;
        blur_foretold(track, dt);
        if (seen_from(slot, predicted, track->is_foretold ? FORETOLD : NEAR))
            return true;
    }
    return seen_from(slot, track->corners, FAR);
}

/* Look for some of the `wanted` in the whole frame: first those lost of late. The closer
 * look, which costs most, is taken in every other frame. */
static int looked_for(int wanted)
{
    int order[MAX_TARGETS], count = 0, found = 0;
    for (int slot = 0; slot < MAX_TARGETS; slot++)
        if (wanted >> slot & 1 && tracks[slot].is_held)
            order[count++] = slot;
    for (int i = 0; i < MAX_TARGETS; i++) {
        int slot = (turn + i) % MAX_TARGETS;
        if (wanted >> slot & 1 && !tracks[slot].is_held)
            order[count++] = slot;
    }
    count = smaller(count, TURNS_A_FRAME);
    detect_frame_features();
    for (int i = 0; i < count; i++) {
        if (detect_target(order[i]))
            found |= 1 << order[i];
        if (!tracks[order[i]].is_held)
            turn = order[i] + 1;
    }
    is_closer = !is_closer && count > 0;
    if (!is_closer)
        return found;
    detect_finer_frame_features();
    for (int i = 0; i < count; i++)
        if (!(found >> order[i] & 1) && detect_target(order[i]))
            found |= 1 << order[i];
    return found;
}

/* See the targets in the frame just written, taken at `time_s` (seconds, rising): follow
 * what is held, look for the rest. Return the slots seen, a bit each. A time that falls,
 * or leaps by more than a second, starts anew. */
EXPORT(track) int track(float time_s)
{
    int seen = 0, wanted = 0;
    if (!(time_s > last_s && time_s < last_s + REMEMBERED_S))
        drop_tracks();
    last_s = time_s;
    for (int slot = 0; slot < MAX_TARGETS; slot++) {
        Track *held = tracks + slot;
        if (!targets[slot].is_open) {
            *held = (Track){0};
            continue;
        }
        if (held->is_held && time_s - held->seen_s > REMEMBERED_S)
            *held = (Track){0};
        if (held->is_held && followed(slot, time_s))
            seen |= 1 << slot;
        else {
            results[slot] = (Result){0};
            wanted |= 1 << slot;
        }
    }
    if (wanted)
        seen |= looked_for(wanted);
    seen = keep_distinct(seen);
    for (int slot = 0; slot < MAX_TARGETS; slot++)
        if (seen >> slot & 1)
            track_updated(slot, time_s);
        else if (results[slot].state == ABSENT && !(wanted >> slot & 1))
            tracks[slot] = (Track){0}; /* another took its place */
    return seen;
}

/* Close all targets, and forget where they were. */
EXPORT(forget) void forget(void)
{
    for (int slot = 0; slot < MAX_TARGETS; slot++)
        targets[slot].is_open = false;
    drop_tracks();
}
