// The image tracker's WebAssembly, with typed inputs and results. Its conventions are those of
// client/tracker/base/types.h: metres, +x right, +y up, a camera looking along -z.

import type { DeviceAttitude, Quaternion, Vector3Tuple } from "./device_orientation";
import {
  type PrintSighting,
  type ScenePose,
  ScenePoseEstimator,
  type ScenePoseExports,
  writeSighting,
} from "./scene_pose";

export type { Vector3Tuple } from "./device_orientation";

/** A picture as the tracker reads it: small, grey, a byte a pixel. */
export interface GrayImage {
  /** Luma of sRGB, row after row. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly width_px: number;
  readonly height_px: number;
}

export interface Pose {
  readonly position: Vector3Tuple;
  readonly rotation: Quaternion;
}

/** What is looked for: a print's own pixels, or what they are made from. */
export type Target =
  | { readonly kind: "pack"; readonly bytes: ArrayBuffer; readonly size_m: Extent }
  | { readonly kind: "label"; readonly text: string; readonly width_m: number; readonly fixed: LabelMounting }
  | { readonly kind: "template"; readonly grey: GrayImage; readonly width_m: number };

/** Width and height of a print. */
export type Extent = readonly [number, number];

/** How a label is fixed, and where its scene is about the ground under it. */
export interface LabelMounting {
  readonly aboveGround_m: number;
  readonly slope_deg: number;
  readonly place: Vector3Tuple;
}

/** A picture and when it was taken, on a clock that never goes back. */
export interface TrackingInput {
  readonly grey: GrayImage;
  readonly time_s: number;
  /** Whether it came through another lens than the one before. */
  readonly isNewLens?: boolean;
  /** What it came through, where that is known. */
  readonly lens?: CameraIntrinsics;
  /** How the phone was held. */
  readonly attitude?: DeviceAttitude | undefined;
}

export interface TrackingResult {
  readonly lens: CameraIntrinsics;
  readonly seen: readonly Detection[];
  /** Scenes by labels, in the picture or out of it, as surely as the phone's gravity allows. */
  readonly placed: readonly PlacedScene[];
}

export interface PlacedScene {
  readonly target: number;
  readonly placing: ScenePose;
}

export interface Detection {
  /** Of the target in the list that the tracker was given. */
  readonly target: number;
  /** Of the print in the camera's frame. */
  readonly pose: Pose;
  /** x and y of each corner of the print in the picture, from its top left, clockwise. */
  readonly corners_px: readonly number[];
  /** Agreement with the print, from 0 to 1. */
  readonly score: number;
}

/** What a camera does with a picture of a given size. */
export interface CameraIntrinsics {
  readonly focal_px: number;
  readonly centre_px: readonly [number, number];
  /** One standard deviation of the focal length, of 1. */
  readonly doubt: number;
}

/** Along a picture's longer side, where nothing tells the true angle: a phone's main camera. */
const ASSUMED_FIELD_RAD = Math.PI / 3;

export function assumeIntrinsics(width_px: number, height_px: number): CameraIntrinsics {
  const focal_px = Math.max(width_px, height_px) / 2 / Math.tan(ASSUMED_FIELD_RAD / 2);
  return { focal_px, centre_px: [(width_px - 1) / 2, (height_px - 1) / 2], doubt: GUESS_DOUBT };
}

const ABI_VERSION = 1;
const CORNERS = 3; // fields of a Result, four bytes each, before its corners
const POSE = CORNERS + 8 + 9;

/** What views have told of a focal length is believed from this doubt on. */
const BELIEVED = 0.05;
/** Neighbouring frames tell the same: one in so many is learned from. */
const LEARNED_EVERY = 4;
/** Blank around a QR code, in its modules, and part of what is tracked. */
const QUIET_MODULES = 4;

interface Exports extends ScenePoseExports, FocalExports {
  abi_version(): number;
  frame(width: number, height: number): number;
  template_room(width: number, height: number): number;
  target_add(width_m: number): number;
  pack_room(bytes: number): number;
  pack_add(bytes: number): number;
  label_room(bytes: number): number;
  label_add(bytes: number, width_m: number): number;
  label_modules(): number;
  camera(focal_px: number, x: number, y: number): void;
  track(time_s: number): number;
  result(slot: number): number;
  forget(): void;
}

/** Thrown when the tracker can't be used: another version, or a target it does not take. */
export class TrackerError extends Error {
  override readonly name = "TrackerError";
}

interface Known {
  readonly slot: number;
  readonly size_m: Extent;
  /** Labels are placed by gravity; of pictures, what is seen is enough. */
  readonly fixed: LabelMounting | undefined;
  wasSeen: boolean;
}

export class Tracker {
  readonly #exports: Exports;
  readonly #placer: ScenePoseEstimator;
  readonly #learner: FocalLengthEstimator;
  #known: readonly Known[] = [];
  #size: Extent = [0, 0];
  #frame = 0;
  #lens: CameraIntrinsics | undefined;
  #sightings = 0;

  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module, {});
    this.#exports = exports as unknown as Exports;
    if (this.#exports.abi_version() !== ABI_VERSION) throw new TrackerError("another version");
    this.#placer = new ScenePoseEstimator(this.#exports);
    this.#learner = new FocalLengthEstimator(this.#exports);
  }

  /** Look for these from now on, and nothing else. */
  seek(targets: readonly Target[]): void {
    this.#exports.forget();
    this.#known = targets.map((target, i) => {
      const slot = this.#add(target);
      if (slot < 0) throw new TrackerError(`a ${target.kind} is not taken: ${slot}`);
      const [fixed, size_m] = [labelMounting(target), this.#sizeOf(target)];
      if (fixed) this.#placer.addAnchor(i, { ...fixed, width_m: size_m[0], height_m: size_m[1] }, fixed.place);
      return { slot, size_m, fixed, wasSeen: false };
    });
  }

  /** What the tracker holds in a picture. */
  track({ grey, time_s, isNewLens, lens: told, attitude }: TrackingInput): TrackingResult {
    if (isNewLens) this.#forgetLens();
    const lens = this.#put(grey, told);
    const found = this.#exports.track(time_s);
    const seen: Detection[] = [];
    const placed: PlacedScene[] = [];
    this.#known.forEach((known, target) => {
      const sighting = found & (1 << known.slot) ? this.#sighting(known.slot, target) : undefined;
      if (sighting) seen.push(sighting);
      if (sighting && !told) this.#learn(sighting, known, { time_s, lens });
      const placing = this.#place(known, target, { sighting, time_s, lens, attitude });
      if (placing) placed.push({ target, placing });
    });
    return { lens, seen, placed };
  }

  #place(
    known: Known,
    target: number,
    { sighting, time_s, lens, attitude }: DetectionContext,
  ): ScenePose | undefined {
    if (!known.fixed || !(sighting || known.wasSeen)) return undefined;
    known.wasSeen = true;
    if (!sighting) return this.#placer.predict(target, time_s, attitude);
    return this.#placer.observe(target, { ...sighting, time_s, lens, attitude });
  }

  // What is learned counts from the next picture on: this one was read with the lens as it was.
  #learn({ corners_px }: Detection, { size_m }: Known, { time_s, lens }: DetectionContext): void {
    this.#sightings += 1;
    if (this.#sightings % LEARNED_EVERY !== 1) return;
    const sighting = { corners_px, time_s, lens, attitude: undefined };
    const learned = this.#learner.see(sighting, size_m);
    if (learned.doubt < BELIEVED) this.#use({ ...lens, ...learned });
  }

  #put({ pixels, width_px, height_px }: GrayImage, told: CameraIntrinsics | undefined): CameraIntrinsics {
    const [width, height] = this.#size;
    const isOther = width !== width_px || height !== height_px;
    if (isOther) {
      this.#frame = this.#exports.frame(width_px, height_px);
      if (this.#frame === 0) throw new TrackerError("the picture is too large");
      this.#size = [width_px, height_px];
    }
    if (told) {
      this.#use(told);
    } else if (isOther || !this.#lens) {
      this.#use(assumeIntrinsics(width_px, height_px));
      this.#learner.begin(this.#lens?.focal_px ?? 0);
    }
    this.#write(this.#frame, pixels);
    if (!this.#lens) throw new TrackerError("no lens");
    return this.#lens;
  }

  #use(lens: CameraIntrinsics): void {
    this.#lens = lens;
    this.#exports.camera(lens.focal_px, ...lens.centre_px);
  }

  #forgetLens(): void {
    this.#lens = undefined;
    this.#known.forEach(({ fixed }, i) => fixed && this.#placer.forget(i));
  }

  #add(target: Target): number {
    const { kind } = target;
    if (kind === "pack") {
      const bytes = new Uint8Array(target.bytes);
      this.#write(this.#exports.pack_room(bytes.length), bytes);
      return this.#exports.pack_add(bytes.length);
    }
    if (kind === "label") {
      const bytes = new TextEncoder().encode(target.text);
      this.#write(this.#exports.label_room(bytes.length), bytes);
      return this.#exports.label_add(bytes.length, target.width_m);
    }
    const { width_px, height_px, pixels } = target.grey;
    this.#write(this.#exports.template_room(width_px, height_px), pixels);
    return this.#exports.target_add(target.width_m);
  }

  // Of a label just added: its quiet zone is tracked too.
  #sizeOf(target: Target): Extent {
    if (target.kind === "pack") return target.size_m;
    if (target.kind === "template") {
      const { width_px, height_px } = target.grey;
      return [target.width_m, (target.width_m * height_px) / width_px];
    }
    const modules = this.#exports.label_modules();
    const edge_m = (target.width_m * (modules + 2 * QUIET_MODULES)) / modules;
    return [edge_m, edge_m];
  }

  #write(address: number, bytes: Uint8Array): void {
    if (address === 0) throw new TrackerError("no room for it");
    new Uint8Array(this.#exports.memory.buffer).set(bytes, address);
  }

  #sighting(slot: number, target: number): Detection {
    const address = this.#exports.result(slot);
    const floats = new Float32Array(this.#exports.memory.buffer, address, POSE + 7);
    const [x = 0, y = 0, z = 0, ...turn] = floats.slice(POSE);
    const rotation = turn as unknown as Quaternion;
    return {
      target,
      score: floats[2] ?? 0,
      corners_px: [...floats.slice(CORNERS, CORNERS + 8)],
      pose: { position: [x, y, z], rotation },
    };
  }
}

interface DetectionContext {
  readonly sighting?: Detection | undefined;
  readonly time_s: number;
  readonly lens: CameraIntrinsics;
  readonly attitude?: DeviceAttitude | undefined;
}

function labelMounting(target: Target): LabelMounting | undefined {
  return target.kind === "label" ? target.fixed : undefined;
}

// How long a camera's focal length is: no browser tells, but prints seen obliquely do. The page's end
// of client/tracker/pose/focal_length.h.

export interface FocalExports {
  readonly memory: WebAssembly.Memory;
  focal_sighting(): number;
  focal_forget(guess_px: number): void;
  focal_see(width_m: number, height_m: number, slope_deg: number): number;
}

export interface FocalLength {
  readonly focal_px: number;
  /** One standard deviation, of 1. */
  readonly doubt: number;
}

/** Of what is assumed of phones: one standard deviation, as focal_length.h has it. */
export const GUESS_DOUBT = 0.2;

export class FocalLengthEstimator {
  readonly #exports: FocalExports;
  readonly #sighting: number;

  constructor(exports: FocalExports) {
    this.#exports = exports;
    this.#sighting = exports.focal_sighting();
  }

  /** Begin again, from a guess. */
  begin(guess_px: number): void {
    this.#exports.focal_forget(guess_px);
  }

  /**
   * What is known once a print of this size has been seen so. How steep the print is does not count
   * where the sighting has no attitude.
   */
  see(sighting: PrintSighting, [width_m, height_m]: readonly [number, number]): FocalLength {
    const { memory, focal_see } = this.#exports;
    writeSighting(memory, this.#sighting, { ...sighting, attitude: undefined });
    const [focal_px = 0, doubt = 0] = new Float32Array(
      memory.buffer,
      focal_see(width_m, height_m, 0),
      2,
    );
    return { focal_px, doubt };
  }
}
