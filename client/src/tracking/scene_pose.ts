// Estimate the pose of a stop's scene in the camera, by the tracker's WebAssembly, in the worker or in
// the page:
//
//   const placer = new ScenePoseEstimator(instance.exports);
//   placer.addAnchor(0, printMounting(anchor, label, size), scenePosition(anchor));   // for each anchor of the stop
//   placer.observe(0, { corners_px, time_s, lens, attitude })               // the print is in this picture
//   placer.predict(0, time_s, attitude)                                   // it is not, but it was
//
// `attitude` is gravity.ts's at the time of the picture; without one nothing is placed, since up is the
// phone's own and never the print's. Frames and rules are those of client/tracker/pose/scene_pose.h. What is
// given back holds numbers alone, so that a worker can post it.

import type { AnchorView, LabelView } from "../generated/manifest";
import type { DeviceAttitude, Quaternion, Vector3Tuple } from "./device_orientation";

/** A print, and how it is fixed: its slope is 0 against a wall, 90 flat on a table. */
export interface PrintMounting {
  readonly width_m: number;
  readonly height_m: number;
  /** Of its centre; 0 for a picture, whose scene is placed relative to its centre. */
  readonly aboveGround_m: number;
  readonly slope_deg: number;
}

/** What a picture shows of a print. */
export interface PrintSighting {
  /** x and y of each corner, from the print's top left, clockwise. */
  readonly corners_px: readonly number[];
  readonly time_s: number;
  readonly lens: {
    readonly focal_px: number;
    readonly centre_px: readonly [number, number];
    /** One standard deviation of the focal length, of 1; 0 where it is known. */
    readonly doubt?: number;
  };
  readonly attitude: DeviceAttitude | undefined;
  /** One standard deviation of a corner. */
  readonly noise_px?: number;
}

/** What would help the most. */
export type ScenePoseHint = "none" | "step_left" | "step_right" | "closer" | "still";

/** How a scene stands, and how surely: each `sd` is one standard deviation. */
export interface ScenePose {
  /** Seen: by the print in the picture. Carried: by how the phone was turned since. */
  readonly state: "none" | "seen" | "carried";
  readonly hint: ScenePoseHint;
  /** Of the scene's frame in the camera: +y up, +x to the reader's right, +z to the reader. */
  readonly position: Vector3Tuple;
  readonly rotation: Quaternion;
  readonly headingSd_deg: number;
  readonly range_m: number;
  readonly rangeSd_m: number;
  /** Of the scene's own place, as the museum gave it: all three axes together. */
  readonly objectSd_m: number;
  readonly focal_px: number;
  /** How far the print is from standing as the museum says that it does. */
  readonly mountingOff_deg: number;
  readonly views: number;
}

/** The tracker's exports that place scenes. */
export interface ScenePoseExports {
  readonly memory: WebAssembly.Memory;
  placing_sighting(): number;
  placing_anchor(
    anchor: number,
    width_m: number,
    height_m: number,
    above_ground_m: number,
    slope_deg: number,
  ): number;
  placing_object(anchor: number, right_m: number, up_m: number, ahead_m: number): void;
  placing_see(anchor: number): number;
  placing_carry(anchor: number): number;
  placing_forget(anchor: number): void;
}

/** Anchors that one placer holds. */
export const MAX_ANCHORS = 4;
/** What a corner errs by where the tracker does not say. */
export const NOISE_PX = 0.2;
const STATES = ["none", "seen", "carried"] as const;
const HINTS = ["none", "step_left", "step_right", "closer", "still"] as const;
const NO_ATTITUDE = 0;
const UP_ONLY = 1;
const UP_AND_HEADING = 2;
// Fields of four bytes, in the order of client/tracker/pose/print_observation.h.
const CORNERS = 8;
const KIND = 12;
const SIGHTING_FIELDS = 19;
// And of client/tracker/pose/scene_pose.h.
const PLACING_FIELDS = 20;

export class ScenePoseEstimator {
  readonly #exports: ScenePoseExports;
  readonly #sighting: number;

  constructor(exports: ScenePoseExports) {
    this.#exports = exports;
    this.#sighting = exports.placing_sighting();
  }

  /** Place a scene by a print from now on, `anchor` being 0 to 3; what was seen of it is forgotten. */
  addAnchor(anchor: number, print: PrintMounting, [right_m, up_m, back_m]: Vector3Tuple): void {
    const { width_m, height_m, aboveGround_m, slope_deg } = print;
    const { placing_anchor, placing_object } = this.#exports;
    if (placing_anchor(anchor, width_m, height_m, aboveGround_m, slope_deg) < 0) {
      throw new RangeError(`anchor ${anchor}, ${width_m} x ${height_m} m`);
    }
    placing_object(anchor, right_m, up_m, -back_m);
  }

  observe(anchor: number, sighting: PrintSighting): ScenePose {
    writeSighting(this.#exports.memory, this.#sighting, sighting);
    return this.#told(this.#exports.placing_see(anchor));
  }

  predict(anchor: number, time_s: number, attitude: DeviceAttitude | undefined): ScenePose {
    const lens = { focal_px: 0, centre_px: [0, 0] } as const;
    const unseen = { corners_px: [], time_s, lens, attitude, noise_px: 0 };
    writeSighting(this.#exports.memory, this.#sighting, unseen);
    return this.#told(this.#exports.placing_carry(anchor));
  }

  /** After another lens was chosen, or the phone's heading has jumped. */
  forget(anchor: number): void {
    this.#exports.placing_forget(anchor);
  }

  #told(address: number): ScenePose {
    if (address === 0) throw new RangeError("no such anchor is held");
    const { buffer } = this.#exports.memory;
    const whole = new Int32Array(buffer, address, PLACING_FIELDS);
    const [, , x = 0, y = 0, z = 0, qx = 0, qy = 0, qz = 0, qw = 1, ...sure] = new Float32Array(
      buffer,
      address,
      PLACING_FIELDS,
    );
    const [heading = 0, , range = 0, rangeSd = 0, object = 0, focal = 0, , off = 0] = sure;
    return {
      state: STATES[whole[0] ?? 0] ?? "none",
      hint: HINTS[whole[1] ?? 0] ?? "none",
      position: [x, y, z],
      rotation: [qx, qy, qz, qw],
      headingSd_deg: heading,
      range_m: range,
      rangeSd_m: rangeSd,
      objectSd_m: object,
      focal_px: focal,
      mountingOff_deg: off,
      views: whole[PLACING_FIELDS - 1] ?? 0,
    };
  }
}

/** Write a view of a print where the tracker reads one. */
export function writeSighting(
  { buffer }: WebAssembly.Memory,
  address: number,
  { corners_px, time_s, lens, attitude, noise_px = NOISE_PX }: PrintSighting,
): void {
  const { focal_px, doubt = 0, centre_px } = lens;
  const floats = new Float32Array(buffer, address, SIGHTING_FIELDS);
  floats.fill(0);
  floats.set(corners_px);
  floats.set(attitude?.rotation ?? [0, 0, 0, 1], CORNERS);
  floats.set([time_s, noise_px, focal_px, doubt, ...centre_px], KIND + 1);
  new Int32Array(buffer, address, SIGHTING_FIELDS)[KIND] = attitudeKind(attitude);
}

function attitudeKind(attitude: DeviceAttitude | undefined): number {
  if (!attitude) return NO_ATTITUDE;
  return attitude.keepsHeading ? UP_AND_HEADING : UP_ONLY;
}

/** How the print of an anchor is fixed; a picture hangs on a wall, as a label does that says nothing. */
export function printMounting(
  anchor: AnchorView,
  label: LabelView | undefined,
  { width_m, height_m }: { readonly width_m: number; readonly height_m: number },
): PrintMounting {
  const isLabel = anchor.by === "label";
  return {
    width_m,
    height_m,
    aboveGround_m: isLabel ? (label?.height_m ?? 0) : 0,
    slope_deg: isLabel ? (label?.slope_deg ?? 0) : 0,
  };
}

/** Where the museum placed the scene, in the frame that `ScenePose` gives. */
export function scenePosition(anchor: AnchorView): Vector3Tuple {
  const [x, y, z] = anchor.pose.position;
  return [x, y, z];
}
