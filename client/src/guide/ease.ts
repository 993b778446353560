// Steps by which a follower's view comes to the guide's: ten turns a second would jerk.

import type { Look } from "../core/page";

/** Of what is left of a turn, shown at each frame. */
const EASE = 0.25;
const NEAR_DEG = 0.05;
const NEAR_RATIO = 1e-3;

/** A step from one look to another, by the shorter way round; the other itself once it is near. */
export function easeLook(from: Look, to: Look): Look {
  const around = ((((to.azimuth_deg - from.azimuth_deg) % 360) + 540) % 360) - 180;
  const up = to.elevation_deg - from.elevation_deg;
  const nearer = to.zoom / from.zoom;
  if (Math.hypot(around, up) < NEAR_DEG && Math.abs(nearer - 1) < NEAR_RATIO) return to;
  return {
    azimuth_deg: from.azimuth_deg + around * EASE,
    elevation_deg: from.elevation_deg + up * EASE,
    zoom: from.zoom * nearer ** EASE,
  };
}
