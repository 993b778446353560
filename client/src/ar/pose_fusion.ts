// Fuse the poses of a print seen in a WebXR session: where the scene stands by it in the device's
// own world, whose up is gravity's, how surely, and what would make it surer. Metres and radians; no
// drawing, no WebXR here.

import { Matrix4, Quaternion, Vector3 } from "three";
import type { LabelAnchorView, PictureAnchorView } from "../generated/manifest";
import { type TrackedAnchor, sceneBasePose } from "../tracking/anchors";
import { NOISE_PX, type ScenePose, type ScenePoseHint } from "../tracking/scene_pose";
import type { CameraIntrinsics, Pose } from "../tracking/tracker";
import { type GroundPose, yawOf } from "./placement";

/** Where a scene stands by a print. */
export interface FusedPose {
  readonly standing: GroundPose;
  /** Of the scene's own place: one standard deviation. */
  readonly objectSd_m: number;
  readonly hint: ScenePoseHint;
}

/** What one picture of the session shows of a print. */
export interface PrintObservation {
  /** Of the print in the camera. */
  readonly pose: Pose;
  readonly lens: CameraIntrinsics;
  /** Where the camera stood in the world. */
  readonly camera: Matrix4;
  /** Of a label: as all its views place the scene. */
  readonly placing?: ScenePose | undefined;
}

/** A print's place in the world, surer with each sighting. */
export interface PoseFusion {
  /** Undefined until enough sightings agree. */
  readonly found: FusedPose | undefined;
  /** Whether more sightings would tell nothing more. */
  readonly isKnown: boolean;
  see(seen: PrintObservation): void;
}

/** Sightings that must agree before the scene is set down. */
const FEWEST = 4;
/** The device knows its way from then on better than more sightings would. */
const ENOUGH = 40;

export function createPoseFusion({ anchor, target }: TrackedAnchor): PoseFusion {
  if (anchor.by === "label") return new LabelFusion(anchor);
  return new PictureFusion(anchor, target.kind === "pack" ? target.size_m : [anchor.width_m, anchor.width_m]);
}

/**
 * A label, for a scene that may stand far behind it. Its heading is the tracker's, from all views
 * (client/tracker/pose/scene_pose.h); where its foot is, is the mean of them all in the world, the surer ones
 * counting more.
 */
class LabelFusion implements PoseFusion {
  readonly #anchor: LabelAnchorView;
  readonly #foot = new Vector3();
  #weight = 0;
  #seen = 0;
  #found: FusedPose | undefined;

  constructor(anchor: LabelAnchorView) {
    this.#anchor = anchor;
  }

  get isKnown(): boolean {
    return this.#seen >= ENOUGH && this.#found?.hint === "none";
  }

  get found(): FusedPose | undefined {
    return this.#found;
  }

  see({ camera, placing }: PrintObservation): void {
    if (placing?.state !== "seen") return;
    // The tracker begins anew where its views stopped to fit: so does the mean.
    if (placing.views === 1) this.#weight = this.#seen = 0;
    const turn = new Quaternion().setFromRotationMatrix(camera).multiply(new Quaternion(...placing.rotation));
    const weight = 1 / Math.max(placing.rangeSd_m, 1e-4) ** 2;
    this.#weight = Math.min(this.#weight + weight, ENOUGH * weight);
    const foot = new Vector3(...placing.position).applyMatrix4(camera);
    this.#foot.lerp(foot, weight / this.#weight);
    this.#seen += 1;
    if (this.#seen < FEWEST) return;
    const yaw = yawOf([turn.x, turn.y, turn.z, turn.w]);
    const { objectSd_m, hint } = placing;
    this.#found = { standing: placeAbout(this.#foot, yaw, this.#anchor.pose), objectSd_m, hint };
  }
}

/** What sightings may differ by, as one standard deviation: of the print's place and of its turn. */
const AGREED_M = 0.02;
const AGREED_RADIANS = 0.035;
/** Sightings from directions less apart than this err alike, and count as one: 4 degrees. */
const CELL_RADIANS = 0.07;
/** A step to the side is worth asking for where the scene may be so far off... */
const WORTH_A_STEP_M = 0.05;
/** ...by somebody who stands no more to the side than this: the sine of 25 degrees. */
const OBLIQUE_SINE = 0.42;
const STEEP_COSINE = 0.966;

interface KeptObservation {
  readonly centre: Vector3;
  readonly yaw: number;
  /** Of the yaw: radians squared. */
  readonly variance: number;
  /** Whence it was seen. */
  readonly cell: string;
}

/**
 * A picture, on a wall, a table or an easel, that is faced as it hangs: how it is fixed is told by
 * nobody. Each sighting weighs by how surely it tells which way the print faces.
 */
class PictureFusion implements PoseFusion {
  readonly #place: Pose;
  readonly #half_m: number;
  readonly #kept: KeptObservation[] = [];
  #found: FusedPose | undefined;

  constructor(anchor: PictureAnchorView, [width_m, height_m]: readonly [number, number]) {
    this.#place = sceneBasePose(anchor, undefined);
    this.#half_m = Math.sqrt(width_m * height_m) / 2;
  }

  get isKnown(): boolean {
    return this.#kept.length >= ENOUGH && this.#found?.hint === "none";
  }

  get found(): FusedPose | undefined {
    return this.#found;
  }

  see({ pose, lens, camera }: PrintObservation): void {
    const { position, rotation } = pose;
    const centre = new Vector3(...position).applyMatrix4(camera);
    const turn = new Quaternion().setFromRotationMatrix(camera).multiply(new Quaternion(...rotation));
    const eye = new Vector3().setFromMatrixPosition(camera).sub(centre);
    const whence = eye.clone().applyQuaternion(turn.clone().invert());
    const cell = [whence.x, whence.y].map((side) => Math.round(Math.atan2(side, whence.z) / CELL_RADIANS));
    const yaw = readerYaw(turn);
    const sine = sideSine(eye, yaw);
    const variance = headingVariance(sine, eye.length(), this.#half_m, NOISE_PX / lens.focal_px);
    this.#keep({ centre, yaw, variance, cell: String(cell) });
    this.#conclude(sine);
  }

  /** Where there are plenty, the oldest of the direction that has most gives way. */
  #keep(fresh: KeptObservation): void {
    this.#kept.push(fresh);
    if (this.#kept.length <= ENOUGH) return;
    const counts = this.#counts();
    const most = Math.max(...counts.values());
    this.#kept.splice(this.#kept.findIndex(({ cell }) => counts.get(cell) === most), 1);
  }

  #counts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { cell } of this.#kept) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    return counts;
  }

  #conclude(sine: number): void {
    if (this.#kept.length < FEWEST) return;
    const counts = this.#counts();
    const weights = this.#kept.map(({ variance, cell }) => 1 / (variance * (counts.get(cell) ?? 1)));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const centre = new Vector3();
    let [x, y] = [0, 0];
    this.#kept.forEach((seen, i) => {
      const share = (weights[i] ?? 0) / whole;
      centre.addScaledVector(seen.centre, share);
      x += share * Math.cos(seen.yaw);
      y += share * Math.sin(seen.yaw);
    });
    const spread = this.#kept.reduce(
      (sum, seen, i) => sum + ((weights[i] ?? 0) / whole) * seen.centre.distanceToSquared(centre),
      0,
    );
    const turns = Math.sqrt(-2 * Math.log(Math.min(1, Math.hypot(x, y))));
    if (Math.sqrt(spread) > AGREED_M || turns > AGREED_RADIANS) {
      this.#kept.shift();
      return;
    }
    const [right, , back] = this.#place.position;
    const objectSd_m = Math.hypot(Math.sqrt(spread / counts.size), Math.hypot(right, back) / Math.sqrt(whole));
    const hint = objectSd_m > WORTH_A_STEP_M ? hintFrom(sine) : "none";
    this.#found = { standing: placeAbout(centre, Math.atan2(y, x), this.#place), objectSd_m, hint };
  }
}

/**
 * How much one sighting's heading varies, for a square of half an edge seen from a distance, its
 * corners erring by so many radians: from the front only perspective tells it, from aside the
 * foreshortening does. Both are first order, and add up as what they tell.
 */
function headingVariance(sine: number, distance_m: number, half_m: number, noise: number): number {
  const ratio = distance_m / half_m;
  const front = 2 / (noise * ratio * ratio);
  const aside = (2 * sine) / (noise * ratio * Math.sqrt(2 - sine * sine));
  return 1 / (front * front + aside * aside);
}

/** How far to the right of a print the eye stands: the sine, along the ground. */
function sideSine({ x, z }: Vector3, yaw: number): number {
  const away = Math.hypot(x, z);
  return away > 1e-6 ? (Math.cos(yaw) * x - Math.sin(yaw) * z) / away : 0;
}

function hintFrom(sine: number): ScenePoseHint {
  if (Math.abs(sine) > OBLIQUE_SINE) return "still";
  return sine < 0 ? "step_left" : "step_right";
}

/** How the reader of a print stands about the vertical: 0 where they look down the world's -z. */
export function readerYaw(rotation: Quaternion): number {
  const x = new Vector3(1, 0, 0).applyQuaternion(rotation);
  const isSteep = Math.abs(x.y) > STEEP_COSINE;
  const z = isSteep
    ? new Vector3(0, 0, 1).applyQuaternion(rotation)
    : x.cross(new Vector3(0, 1, 0));
  return Math.atan2(z.x, z.z);
}

/** What is placed about an origin that is turned so about the vertical. */
function placeAbout(origin: Vector3, yaw: number, { position, rotation }: Pose): GroundPose {
  const turn = new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), yaw);
  const there = new Vector3(...position).applyQuaternion(turn).add(origin);
  return { position: there.toArray(), yaw: yaw + yawOf(rotation) };
}
