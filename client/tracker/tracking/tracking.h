/* Tracking: from frame to frame, lost and found again.
 *
 * Each frame, a held target is predicted (constant velocity of its corners), refined from
 * there against its own template, and verified; so nothing drifts, and what is not seen
 * is ABSENT in that very frame. What a cover hides of it turns and tilts as it did before.
 * A target that fails is looked for where it was and around it; one that was not held is
 * looked for in the whole frame, by turns, so that no frame takes much longer than a
 * detection.
 *
 * Corners pass a One Euro filter (Casiez, Roussel and Vogel, CHI 2012). At rest its cutoff
 * is 1.5 Hz, a lag of 106 ms where nothing is to be followed; it opens by 4 Hz for each
 * px/s, and a filtered corner is never more than MOST_LAG_PX from the measured one: at v
 * px/s the lag is at most 1000 MOST_LAG_PX / v ms, 5 ms at 30 px/s.
 */
#ifndef TRACKING_H
#define TRACKING_H

#include "base/types.h"

#define MOST_LAG_PX 0.15f

#endif
