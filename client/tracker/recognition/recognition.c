/* Recognition (see recognition.h). */
#include "recognition/recognition.h"

#include "alignment/verification.h"
#include "base/numerics.h"
#include "geometry/homography.h"
#include "geometry/planar_pose.h"
#include "pose/camera.h"
#include "recognition/qr_code.h"
#include "recognition/targets.h"

#define LEAST_IN_FRAME 0.4f /* of a print; what is less is extrapolated too far */
#define LEAST_TO_BEND 0.95f /* the same, to tell how the paper is bent */

static float area(const float *polygon, int count)
{
    float twice = 0;
    for (int i = 0; i < count; i++) {
        const float *p = polygon + 2 * i, *q = polygon + 2 * ((i + 1) % count);
        twice += p[0] * q[1] - p[1] * q[0];
    }
    return 0.5f * twice;
}

/* The area of the polygon, px^2, that is left of a print's corners within the frame
 * (Sutherland and Hodgman, CACM 17, 1974), over its whole area. */
static float share_in_frame(const float corners[8])
{
    float a[32], b[32];
    int count = 4;
    for (int i = 0; i < 8; i++)
        a[i] = corners[i];
    for (int side = 0; side < 4; side++) {
        int axis = side & 1, kept = 0;
        float limit =
            side < 2 ? -0.5f : (float)(axis ? frame_image.height : frame_image.width) - 0.5f;
        float sign = side < 2 ? 1 : -1;
        for (int i = 0; i < count; i++) {
            const float *p = a + 2 * i, *q = a + 2 * ((i + 1) % count);
            float dp = sign * (p[axis] - limit), dq = sign * (q[axis] - limit);
            if (dp >= 0) {
                b[2 * kept] = p[0];
                b[2 * kept++ + 1] = p[1];
            }
            if ((dp >= 0) != (dq >= 0)) {
                float t = dp / (dp - dq);
                b[2 * kept] = p[0] + t * (q[0] - p[0]);
                b[2 * kept++ + 1] = p[1] + t * (q[1] - p[1]);
            }
        }
        count = kept;
        for (int i = 0; i < 2 * kept; i++)
            a[i] = b[i];
    }
    return area(a, count) / area(corners, 4);
}

/* Could a camera see the print so? A homography has eight numbers and a pose six, so a
 * wrong one hardly ever is a pose's; a right one is, but for a focal length that is not
 * quite known: 30 % off, at a tilt of 65 degrees, misplaces corners by 0.05 of the size.
 * What agrees less must fit better, and show more of itself where it was found from nothing:
 * half a print that repeats itself looks much like another half. */
static bool is_plausible(const Result *result, Distance off)
{
    float share = share_in_frame(result->corners), size = square_root(area(result->corners, 4));
    float sure = (result->score - 0.62f) * 6;
    sure = sure > 1 ? 1 : sure < 0 ? 0 : sure;
    return share > LEAST_IN_FRAME * (off == FAR ? 2 - sure : 1.5f - 0.5f * sure) &&
           result->error_px < (0.008f + 0.042f * sure) * size + 0.7f;
}

/* Whether a label's code is read in the frame; true for pictures. One that was read before
 * need not be read as well again: a blurred frame may hide its modules. */
static bool is_read(const Target *target, const float h[9], bool was_read)
{
    const float wanted = was_read ? READS_AS / 2 : READS_AS;
    return !target->code || score_qr(&frame_image, target->code, h) >= wanted;
}

/* Is it the print, though most of it is covered? Then its better tiles agree, of the others
 * few look like it, many matches led there, and it stands as only a flat print can. */
static bool is_covered(const Agreement *agrees, const Result *result, int places)
{
    return agrees->score >= 0.36f && agrees->core >= 0.55f && agrees->odd_share < 0.2f &&
           places >= 14 &&
           result->error_px < 0.002f * square_root(area(result->corners, 4)) + 0.3f;
}

static bool is_bent[MAX_TARGETS]; /* when last found */

/* Pose a print in `result`; false where no camera sees it so. */
static bool is_posed(const Target *target, const float h[9], Result *result)
{
    Camera camera = current_camera();
    return project_corners(target, h, result->corners) &&
           planar_pose(h, target, camera.focal_px, camera.centre_px, result);
}

/* Where the paper is bent, correct H and the pose. Its corners lie in a plane as a flat
 * print's do; where they fit a pose less well than before, it was no bend. */
static void unbent(int slot, float h[9], Distance off, const Blur *blur, Result *result)
{
    float tried[9];
    Result posed = *result;
    if (off != FAR && !is_bent[slot])
        return;
    for (int i = 0; i < 9; i++)
        tried[i] = h[i];
    is_bent[slot] = share_in_frame(result->corners) > LEAST_TO_BEND &&
                    refine_bent(&frame_image, targets + slot, tried, blur) &&
                    is_posed(targets + slot, tried, &posed) &&
                    posed.error_px < result->error_px + 0.4f;
    if (!is_bent[slot])
        return;
    *result = posed;
    for (int i = 0; i < 9; i++)
        h[i] = tried[i];
}

/* Refine H, and tell how well the print agrees. What was found blurred was aligned without
 * knowing so at first; from where that led it is aligned anew, as blurred as it is. */
static Agreement refined_agreement(const Target *target, float h[9], Distance off, Blur *blur)
{
    float again[9];
    if (!refine_homography(&frame_image, target, h, off, blur))
        return (Agreement){0};
    Agreement agrees = measure_agreement(&frame_image, target, h, blur);
    bool is_blurred = blur->spread_px > 0 || blur->streak_x != 0 || blur->streak_y != 0;
    if (off != FAR || agrees.is_twin || !is_blurred)
        return agrees;
    Blur better = *blur;
    for (int i = 0; i < 9; i++)
        again[i] = h[i];
    if (!refine_homography(&frame_image, target, again, NEAR, &better))
        return agrees;
    Agreement then = measure_agreement(&frame_image, target, again, &better);
    if (then.is_twin || then.score <= agrees.score)
        return agrees;
    *blur = better;
    for (int i = 0; i < 9; i++)
        h[i] = again[i];
    return then;
}

Recognition recognise(int slot, float h[9], Clue clue, Blur *blur, Result *out)
{
    const Target *target = targets + slot;
    Result result = *out;
    Agreement agrees = refined_agreement(target, h, clue.off, blur);
    if (agrees.is_twin)
        return A_TWIN;
    result.score = agrees.score;
    if (!is_read(target, h, out->state != ABSENT) ||
        !is_posed(target, h, &result) ||
        !(agrees.score >= ACCEPTED ? is_plausible(&result, clue.off)
                                   : is_covered(&agrees, &result, clue.places)))
        return UNSEEN;
    unbent(slot, h, clue.off, blur, &result);
    for (int i = 0; i < 9; i++)
        result.homography[i] = h[i] / h[8];
    *out = result;
    return SEEN;
}

/* Do two results cover one another's middles? */
static bool is_one_place(const Result *a, const Result *b)
{
    float dx = 0, dy = 0;
    for (int i = 0; i < 8; i += 2) {
        dx += 0.25f * (a->corners[i] - b->corners[i]);
        dy += 0.25f * (a->corners[i + 1] - b->corners[i + 1]);
    }
    float first = area(a->corners, 4), second = area(b->corners, 4);
    float smaller_area = first < second ? first : second,
          larger_area = first + second - smaller_area;
    return dx * dx + dy * dy < 0.1f * smaller_area || dx * dx + dy * dy < 0.02f * larger_area;
}

int keep_distinct(int mask)
{
    for (int a = 0; a < MAX_TARGETS; a++)
        for (int b = a + 1; b < MAX_TARGETS; b++) {
            if (!(mask >> a & 1 && mask >> b & 1) || !is_one_place(results + a, results + b))
                continue;
            int loser = results[a].score < results[b].score ? a : b;
            results[loser] = (Result){0};
            mask &= ~(1 << loser);
        }
    return mask;
}
