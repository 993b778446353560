// Hold a scene in place from frame to frame: track each frame and render the scene from its pose.

import { Matrix4, Quaternion, Vector3 } from "three";
import type { StopView } from "../generated/manifest";
import { type TrackedAnchor, sceneBasePose } from "../tracking/anchors";
import {
  type DeviceAttitude,
  type OrientationSensor,
  type Vector3Tuple,
  rotateInverse,
} from "../tracking/device_orientation";
import { type Frame, GrayscaleConverter, meanBrightness } from "../tracking/frame";
import type { ScenePose } from "../tracking/scene_pose";
import type { Detection, Pose, TrackingResult } from "../tracking/tracker";
import type { TrackerThread } from "../tracking/tracker_thread";
import { CameraError } from "./media_stream";
import type { CompositeRenderer, SceneView } from "./renderer";

/** A print that a hand covers for a moment is waited for this long, the scene where it was. */
const LINGER_S = 0.4;
/** How long a phone's own sense of turning holds a scene near a picture that has left the view... */
const PICTURE_CARRIED_S = 2;
/** ...and one by a label, for which one looks up from it: far scenes forgive a step. */
const LABEL_CARRIED_S = 60;
/** So many pictures of a label without a word on how the phone is held: it tells nothing. */
const UNFELT = 15;

export interface FollowerParts {
  readonly screen: CompositeRenderer;
  readonly searcher: TrackerThread;
  readonly gravity: OrientationSensor;
  readonly pace?: FrameBudget;
  /** Milliseconds that only grow. */
  readonly now?: () => number;
}

/** What a picture was read with. */
interface FrameContext {
  readonly height_px: number;
  readonly attitude: DeviceAttitude | undefined;
}

interface LastDetection {
  readonly pose: Pose;
  readonly attitude: DeviceAttitude | undefined;
}

export class SceneFollower {
  readonly #means: FollowerParts;
  readonly #held: readonly TrackedAnchor[];
  readonly #label: StopView["label"];
  readonly #mountings: readonly GravityAlignment[];
  readonly #grey = new GrayscaleConverter();
  readonly #pace: FrameBudget;
  readonly #now: () => number;
  #reading: Promise<void> | undefined;
  #problem: unknown;
  #view: SceneView | undefined;
  #anchor: number | undefined;
  #last: LastDetection | undefined;
  #placing: ScenePose | undefined;
  #unfelt = 0;
  #seen_ms = -Infinity;
  #sought_ms: number;
  #brightness = 1;
  #isNewLens = false;
  #isFresh = false;

  constructor(means: FollowerParts, held: readonly TrackedAnchor[], label: StopView["label"]) {
    this.#means = means;
    this.#held = held;
    this.#label = label;
    this.#mountings = held.map(() => new GravityAlignment());
    this.#pace = means.pace ?? new FrameBudget();
    this.#now = means.now ?? (() => performance.now());
    this.#sought_ms = this.#now();
  }

  /** The anchor that holds the scene now, if one does. */
  get anchor(): TrackedAnchor["anchor"] | undefined {
    return this.#anchor === undefined ? undefined : this.#held[this.#anchor]?.anchor;
  }

  /** How surely the scene stands by a label; undefined where a picture holds it. */
  get placing(): ScenePose | undefined {
    return this.#placing;
  }

  /** Whether the scene on the screen is that of the very picture under it. */
  get isFresh(): boolean {
    return this.#isFresh;
  }

  /** Whether a label is there and the phone, asked or not, does not tell what is up. */
  get isUnfelt(): boolean {
    return this.#unfelt >= UNFELT;
  }

  /** How long the print has been sought. */
  get sought_s(): number {
    return (this.#now() - this.#sought_ms) / 1000;
  }

  /** How light the last picture was, from 0 to 1. */
  get brightness(): number {
    return this.#brightness;
  }

  /** The next picture comes through another lens: forget what was learned of the last one. */
  changeLens(): void {
    this.#isNewLens = true;
  }

  /**
   * Read a picture and present it.
   *
   * While the scene is held, the picture waits for what the tracker says of it; before, pictures
   * come at the camera's own rate and the tracker reads those that it has time for.
   */
  async take(frame: Frame): Promise<void> {
    const { screen } = this.#means;
    const kept = screen.hold(frame);
    if (this.#reading === undefined) {
      this.#reading = this.#read(kept).finally(() => (this.#reading = undefined));
      this.#reading.catch((error: unknown) => (this.#problem = error));
    }
    if (this.#anchor !== undefined) await this.#reading;
    if (this.#problem) throw this.#problem;
    screen.present(this.#view);
  }

  async #read(frame: Frame): Promise<void> {
    const { searcher, gravity } = this.#means;
    const started = this.#now();
    const attitude = gravity.at(frame.time_s * 1000);
    const grey = this.#grey.read(frame, searcher.takeSpare());
    const { height_px } = grey;
    this.#brightness = meanBrightness(grey);
    const isNewLens = this.#isNewLens;
    this.#isNewLens = false;
    const tracked = await searcher.track({ grey, time_s: frame.time_s, isNewLens, attitude });
    this.#pace.add(this.#now() - started);
    if (this.#pace.isTooSlow) throw new CameraError("slow");
    this.#follow(tracked, { height_px, attitude });
  }

  #follow(tracked: TrackingResult, taken: FrameContext): void {
    const wasHeld = this.#anchor !== undefined;
    const sighting = this.#chosen(tracked);
    this.#isFresh = wasHeld && sighting !== undefined;
    if (sighting) this.#see(sighting, taken);
    this.#placing = this.#placingOf(tracked);
    // A picture that was read while it was not waited for is no longer the one on the screen.
    if (sighting && wasHeld) this.#view = this.#viewOf(sighting.pose, tracked, taken);
    else if (!sighting && wasHeld) this.#miss(tracked, taken);
  }

  /** The print that holds the scene already, or else the first in the museum's order. */
  #chosen({ seen, placed }: TrackingResult): Detection | undefined {
    const isPlaced = (target: number): boolean =>
      placed.some((one) => one.target === target && one.placing.state !== "none");
    // A label alone does not hold a scene: it would lean, twelve metres away.
    const holding = seen.filter(
      ({ target }) => this.#held[target]?.anchor.by === "picture" || isPlaced(target),
    );
    if (holding.length > 0) this.#unfelt = 0;
    else if (seen.length > 0) this.#unfelt += 1;
    return holding.find(({ target }) => target === this.#anchor) ?? holding[0];
  }

  #see({ target, pose }: Detection, { attitude }: FrameContext): void {
    this.#anchor = target;
    this.#seen_ms = this.#now();
    this.#last = { pose, attitude };
    if (attitude) this.#mountings[target]?.see(pose, attitude);
  }

  #placingOf({ placed }: TrackingResult): ScenePose | undefined {
    const placing = placed.find(({ target }) => target === this.#anchor)?.placing;
    return placing?.state === "none" ? undefined : placing;
  }

  // By a label, as gravity and all its views place it; by a picture, or where no gravity is felt, as
  // nailed to the print.
  #viewOf(pose: Pose, { lens }: TrackingResult, { height_px }: FrameContext): SceneView | undefined {
    const { anchor, placing } = this;
    const mounting = this.#anchor === undefined ? undefined : this.#mountings[this.#anchor];
    if (!anchor || !mounting) return undefined;
    const backing = anchor.by === "picture" && mounting.hangs ? "wall" : "ground";
    const common = { lens: { ...lens, ...focalLengthOf(placing) }, lensHeight_px: height_px, backing } as const;
    if (placing) return { ...common, eye: cameraMatrix(placing), place: anchor.pose };
    const place = sceneBasePose(anchor, this.#label);
    return { ...common, eye: cameraMatrix(pose, mounting.level), place };
  }

  #miss(tracked: TrackingResult, taken: FrameContext): void {
    const unseen_s = (this.#now() - this.#seen_ms) / 1000;
    const pose = this.#carried(unseen_s, taken);
    if (pose) {
      this.#isFresh = true;
      this.#view = this.#viewOf(pose, tracked, taken);
    } else if (unseen_s >= LINGER_S) {
      this.#anchor = this.#view = this.#placing = undefined;
      this.#sought_ms = this.#now();
    }
  }

  /** Where the print is out of the view, as far as the phone's own turning tells. */
  #carried(unseen_s: number, { attitude: now }: FrameContext): Pose | undefined {
    const { pose, attitude: then } = this.#last ?? {};
    if (!pose || !then?.keepsHeading || !now?.keepsHeading) return undefined;
    const longest_s = this.anchor?.by === "label" ? LABEL_CARRIED_S : PICTURE_CARRIED_S;
    return unseen_s < longest_s ? rotateInPlace(pose, then, now) : undefined;
  }
}

function focalLengthOf(placing: ScenePose | undefined): { readonly focal_px?: number } {
  return placing && placing.focal_px > 0 ? { focal_px: placing.focal_px } : {};
}

// A print's own frame: its centre, +x right, +y up along the paper, +z out of it. Its level frame,
// in which a museum places scenes: the same centre, +y against gravity, +x along the print's own
// as far as it is level, +z to the reader. A print that hangs upright has one frame; of one that
// lies on a table, the reader stands at its lower edge.

/** A print whose rows run closer to the vertical than this has no right side: 15 degrees. */
const STEEP_COSINE = 0.966;
/** A print that leans back by less than this hangs, on a wall or an easel: 40 degrees. */
const HANGING_COSINE = 0.766;
/** Sightings after which the older ones begin to fade, at thirty a second. */
const MEMORY = 90;

/** Learns how a print is mounted: what is up, in the print's own frame. */
export class GravityAlignment {
  readonly #up = new Vector3();
  #seen = 0;

  /** Take one sighting of the print, and how the phone was held. */
  see({ rotation }: Pose, attitude: DeviceAttitude): void {
    const up: Vector3Tuple = rotateInverse(attitude.rotation, [0, 1, 0]);
    const fresh = new Vector3(...up).applyQuaternion(new Quaternion(...rotation).invert());
    this.#seen = Math.min(this.#seen + 1, MEMORY);
    this.#up.lerp(fresh.normalize(), 1 / this.#seen);
  }

  /** Whether the print hangs, rather than lies; taken to where no gravity was felt. */
  get hangs(): boolean {
    return this.#seen === 0 || this.#up.y > HANGING_COSINE * this.#up.length();
  }

  /** The turn from the level frame to the print's own; none where no gravity was felt. */
  get level(): Quaternion {
    if (this.#seen === 0) return new Quaternion();
    const y = this.#up.clone().normalize();
    const isSteep = Math.abs(y.x) > STEEP_COSINE;
    const z = isSteep ? new Vector3(0, 0, 1) : new Vector3(1, 0, 0).cross(y);
    z.addScaledVector(y, -z.dot(y)).normalize();
    const x = new Vector3().crossVectors(y, z);
    return new Quaternion().setFromRotationMatrix(new Matrix4().makeBasis(x, y, z));
  }
}

/** The camera's own frame in the level frame of a print, or in the frame posed, where it is level. */
export function cameraMatrix({ position, rotation }: Pose, level = new Quaternion()): Matrix4 {
  const turn = new Quaternion(...rotation).multiply(level);
  return new Matrix4()
    .compose(new Vector3(...position), turn, new Vector3(1, 1, 1))
    .invert();
}

/** Where a print would be seen after the camera was turned on the spot, from one attitude to another. */
export function rotateInPlace({ position, rotation }: Pose, then: DeviceAttitude, now: DeviceAttitude): Pose {
  const turn = new Quaternion(...now.rotation).invert().multiply(new Quaternion(...then.rotation));
  return {
    position: new Vector3(...position).applyQuaternion(turn).toArray(),
    rotation: turn.clone().multiply(new Quaternion(...rotation)).toArray(),
  };
}

/** A picture that takes longer than this to be read, at the median, holds nothing in place. */
export const BUDGET_MS = 350;
/** The first frames compile and warm up; these many after them give the verdict. */
const WARM_UP = 3;
const MEASURED = 9;

/** Whether a phone keeps up: measured on its own frames, never guessed from its name. */
export class FrameBudget {
  readonly #budget_ms: number;
  readonly #taken_ms: number[] = [];
  #skipped = 0;

  constructor(budget_ms = BUDGET_MS) {
    this.#budget_ms = budget_ms;
  }

  /** Take the time that one frame took. */
  add(taken_ms: number): void {
    if (this.#skipped < WARM_UP) {
      this.#skipped += 1;
      return;
    }
    this.#taken_ms.push(taken_ms);
    if (this.#taken_ms.length > MEASURED) this.#taken_ms.shift();
  }

  get isTooSlow(): boolean {
    if (this.#taken_ms.length < MEASURED) return false;
    const sorted = [...this.#taken_ms].sort((a, b) => a - b);
    return (sorted[(MEASURED - 1) / 2] ?? 0) > this.#budget_ms;
  }
}
