// Placement of a scene on the ground: metres, +Y up, yaw in radians, counter-clockwise from above. No
// three.js, no WebXR here.

import type { ModelView, StopView } from "../generated/manifest";
import { trueSize } from "../scene/model_size";

type Triple = readonly [number, number, number];

export interface GroundPose {
  readonly position: [number, number, number];
  /** 0 when the scene's front (+Z) looks down the world's +Z. */
  readonly yaw: number;
}

/** Between the visitor and the scene's nearest edge, so that nobody stands inside it. */
const CLEARANCE_M = 1.5;
/** Hits nearer than this to the visitor's feet give no direction. */
const UNDERFOOT_M = 0.05;
/** The ground is level to within this: cos 20 degrees. */
const LEVEL_COSINE = 0.94;

/** Whether a surface, given its normal's upward part, is one to stand on. */
export function isLevel(normalUp: number): boolean {
  return normalUp >= LEVEL_COSINE;
}

/**
 * The least distance from the visitor to the scene's middle: half its footprint and a
 * clearance, or as far behind the label as the museum placed it.
 */
export function minDistance(scene: ModelView, anchors: StopView["anchors"]): number {
  const [width, , depth] = trueSize(scene);
  const label = anchors.find(({ by }) => by === "label");
  const ahead = label ? -label.pose.position[2] : 0;
  const small = Math.hypot(width, depth) / 2;
  return Math.max(ahead, small + Math.min(CLEARANCE_M, 2 * small));
}

/** How far the museum turned the scene away from facing its reader. */
export function authoredYaw(anchors: StopView["anchors"]): number {
  const rotation = anchors.find(({ by }) => by === "label")?.pose.rotation;
  return rotation ? 2 * Math.atan2(rotation[1], rotation[3]) : 0;
}

/**
 * Stand the scene where the visitor aims, facing them, no nearer than `least_m`.
 *
 * `forward` is where the visitor looks, for an aim at their own feet.
 */
export function placeAtAim(
  viewer: Triple,
  aimed: Triple,
  { least_m, forward }: { readonly least_m: number; readonly forward: Triple },
): GroundPose {
  const [x, z] = [aimed[0] - viewer[0], aimed[2] - viewer[2]];
  const reach = Math.hypot(x, z);
  const azimuth = reach > UNDERFOOT_M ? Math.atan2(x, z) : Math.atan2(forward[0], forward[2]);
  return faceViewer(viewer, aimed[1], azimuth, Math.max(reach, least_m));
}

/** The same, moved along the line from the visitor; never nearer than `least_m`. */
export function moveAlongView(
  { position, yaw }: GroundPose,
  viewer: Triple,
  { ratio, least_m }: { readonly ratio: number; readonly least_m: number },
): GroundPose {
  const [x, z] = [position[0] - viewer[0], position[2] - viewer[2]];
  const distance = Math.max(Math.hypot(x, z) * ratio, least_m);
  const { position: there } = faceViewer(viewer, position[1], Math.atan2(x, z), distance);
  return { position: there, yaw };
}

/** Farther than this from the middle of the screen, the scene may be out of sight: 35 degrees. */
const IN_SIGHT_COSINE = 0.82;

/** Whether the visitor looks towards a scene of some height, or would have to look for it. */
export function isInSight(
  { position }: GroundPose,
  {
    eye,
    gaze,
    height_m,
  }: { readonly eye: Triple; readonly gaze: Triple; readonly height_m: number },
): boolean {
  // Its nearest part to the gaze's own height: a tower is in sight when its foot is.
  const [x, z] = [position[0] - eye[0], position[2] - eye[2]];
  const reach = Math.hypot(x, z);
  const seen = eye[1] + (reach * gaze[1]) / Math.max(Math.hypot(gaze[0], gaze[2]), 1e-6);
  const y = Math.min(position[1] + height_m, Math.max(position[1], seen)) - eye[1];
  const along = x * gaze[0] + y * gaze[1] + z * gaze[2];
  return along / Math.hypot(x, y, z) >= IN_SIGHT_COSINE;
}

/** How far away a scene stands, along the ground. */
export function distance_m({ position }: GroundPose, eye: Triple): number {
  return Math.hypot(position[0] - eye[0], position[2] - eye[2]);
}

/** Where a scene goes with an anchor that the device corrects, from one pose to another. */
export function followAnchor({ position, yaw }: GroundPose, from: GroundPose, to: GroundPose): GroundPose {
  const turn = to.yaw - from.yaw;
  const [x, y, z] = position.map((value, i) => value - (from.position[i] ?? 0)) as [
    number,
    number,
    number,
  ];
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  return {
    position: [
      to.position[0] + cosine * x + sine * z,
      to.position[1] + y,
      to.position[2] - sine * x + cosine * z,
    ],
    yaw: yaw + turn,
  };
}

/** A pose's turn about the vertical: its lean, if any, is left out. Gravity decides up. */
export function yawOf([x, y, z, w]: readonly [number, number, number, number]): number {
  return Math.atan2(2 * (x * z + w * y), 1 - 2 * (x * x + y * y));
}

function faceViewer(viewer: Triple, ground: number, azimuth: number, distance: number): GroundPose {
  const position: [number, number, number] = [
    viewer[0] + Math.sin(azimuth) * distance,
    ground,
    viewer[2] + Math.cos(azimuth) * distance,
  ];
  return { position, yaw: azimuth + Math.PI };
}
