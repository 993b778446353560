// Play a glTF animation on a model, as Quick Look does (assets_pipeline/usdz/sampled_animation.py): the first one
// that moves anything, in a loop. Fetched for models that have animations.

import { type Box3, InterpolateDiscrete, type Mesh, type Object3D, Quaternion } from "three";
import { type ModelAnimation, computeWorldBox, countVertices, findDrawables } from "./model";
import { Playback } from "./playback";

/** As the loader leaves it: see three-parts.mjs. */
export interface Clip {
  readonly tracks: readonly Track[];
}

/** Longer is no motion that a visitor sees, but keys in another unit. */
const MOST_S = 833;
const SAME = 1e-6;
/** Of the greatest number at rest: what compression takes off turns and off all others. */
const SAME_TURN = 1e-3;
const SAME_RATIO = 2 ** -13;
/** Poses and points that tell how far a motion reaches, in less than a tenth of a second. */
const POSES = 17;
const POINTS = 4000;

const PROPERTIES = ["position", "quaternion", "scale", "morphTargetInfluences"] as const;

interface AnimatedProperty {
  readonly track: Track;
  readonly target: Object3D;
  readonly property: (typeof PROPERTIES)[number];
  readonly rest: readonly number[];
  readonly now: number[];
}

export class ClipAnimation implements ModelAnimation {
  playback = new Playback();
  readonly #root: Object3D;
  readonly #moves: readonly AnimatedProperty[];
  readonly #seconds: number;

  private constructor(root: Object3D, moves: readonly AnimatedProperty[], seconds: number) {
    this.#root = root;
    this.#moves = moves;
    this.#seconds = seconds;
  }

  /** What the first animation that moves anything does; undefined where all stands still. */
  static of(root: Object3D, clips: readonly Clip[]): ClipAnimation | undefined {
    const named = new Map<string, Object3D>();
    root.traverse((object) => named.set(object.uuid, object).set(object.name, object));
    for (const { tracks } of clips) {
      const seconds = Math.max(...tracks.map(({ times }) => times[times.length - 1] ?? 0));
      const moves = tracks.flatMap((track) => bindTrack(track, named)).filter(isMoving);
      if (moves.length && seconds > 0 && seconds <= MOST_S) return new ClipAnimation(root, moves, seconds);
    }
    return undefined;
  }

  /**
   * Take over from the level of detail before, where there was one.
   *
   * @param rest what the model takes up at rest, as it stands now
   * @returns what it takes up at any time, in the same frame
   */
  begin(rest: Box3, before?: ModelAnimation): Box3 {
    const reach = rest.clone();
    const drawn = findDrawables(this.#root);
    const points = drawn.reduce((sum, item) => sum + countVertices(item), 0);
    const step = Math.ceil(points / POINTS) | 1; // an even one meets the same corners of all repeats
    for (let i = 0; i < POSES; i += 1) {
      this.#pose((i / (POSES - 1)) * this.#seconds);
      reach.union(computeWorldBox(this.#root, step));
    }
    for (const move of this.#moves) writeProperty(move, Object.assign(move.now, move.rest));
    this.#root.updateMatrixWorld(true);
    for (const item of drawn) item.frustumCulled = false; // it would be by its box at rest
    if (before) this.playback = before.playback;
    if (this.playback.time_s) this.#pose(this.playback.time_s);
    return reach;
  }

  /** Stand as at a moment; false where that changes nothing. */
  advance(now_ms: number): boolean {
    const isMoving = this.playback.advance(now_ms, this.#seconds);
    if (isMoving) this.#pose(this.playback.time_s);
    return isMoving;
  }

  /** Stand as where nothing plays; what is returned takes the pose up again. */
  rest(): () => void {
    for (const move of this.#moves) writeProperty(move, move.rest);
    return () => this.#moves.forEach((move) => writeProperty(move, move.now));
  }

  #pose(time_s: number): void {
    for (const move of this.#moves) {
      sampleTrack(move.track, time_s, move.now, move.property === "quaternion");
      writeProperty(move, move.now);
    }
  }
}

function bindTrack(track: Track, named: ReadonlyMap<string, Object3D>): AnimatedProperty[] {
  const point = track.name.lastIndexOf(".");
  const target = named.get(track.name.slice(0, point));
  const property = PROPERTIES.find((name) => name === track.name.slice(point + 1));
  if (!target || !property) return [];
  const rest = readProperty(target, property);
  return rest.length === trackWidth(track) ? [{ track, target, property, rest, now: [...rest] }] : [];
}

function readProperty(target: Object3D, property: AnimatedProperty["property"]): number[] {
  if (property === "morphTargetInfluences") return [...((target as Mesh)[property] ?? [])];
  return target[property].toArray().slice(0, property === "quaternion" ? 4 : 3) as number[];
}

function writeProperty({ target, property }: AnimatedProperty, values: readonly number[]): void {
  if (property === "morphTargetInfluences") {
    (target as Mesh)[property]?.splice(0, Infinity, ...values);
  } else target[property].fromArray(values as [number, number, number, number]);
}

function isMoving({ track, property, rest }: AnimatedProperty): boolean {
  const isCurve = track.interpolation === undefined;
  const width = rest.length;
  const ratio = property === "quaternion" ? SAME_TURN : SAME_RATIO;
  const slack = Math.max(SAME, ratio * Math.max(...rest.map(Math.abs)));
  const strays = (way: 1 | -1): boolean =>
    Array.from(track.values).some((value, i) => {
      const isTangent = isCurve && Math.floor(i / width) % 3 !== 1;
      return Math.abs(value - (isTangent ? 0 : way * (rest[i % width] ?? 0))) > slack;
    });
  return strays(1) && (property !== "quaternion" || strays(-1));
}

/** An animation's track (glTF 2.0, section 3.11 and appendix C), as the loader leaves it: see three-parts.mjs. */
export interface Track {
  /** Of what moves and of its property, parted by the last point. */
  readonly name: string;
  /** Seconds, growing. */
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  /** Undefined of curves, each of whose values stands between two tangents. */
  readonly interpolation?: number | undefined;
}

/** How many numbers a track gives. */
export function trackWidth({ times, values, interpolation }: Track): number {
  return values.length / times.length / (interpolation === undefined ? 3 : 1);
}

/** Write what a track gives into a list that is as long; it holds before and after its keys. */
export function sampleTrack(track: Track, time_s: number, into: number[], isTurn: boolean): void {
  const { times, values, interpolation } = track;
  const next = countKeysUntil(times, time_s);
  const before = Math.max(next - 1, 0);
  const after = Math.min(next, times.length - 1);
  const length_s = (times[after] ?? 0) - (times[before] ?? 0);
  const share = length_s > 0 ? (time_s - (times[before] ?? 0)) / length_s : 0;
  const width = into.length;
  if (interpolation === undefined) {
    sampleCubicSpline(values, [before * 3 * width, after * 3 * width], { share, length_s }, into);
    if (isTurn) normalize(into);
  } else if (isTurn && interpolation !== InterpolateDiscrete) {
    const [from, to] = [before * width, after * width];
    Quaternion.slerpFlat(into, 0, values as number[], from, values as number[], to, share);
  } else {
    const way = interpolation === InterpolateDiscrete ? 0 : share;
    for (let i = 0; i < width; i += 1) {
      const [start, end] = [values[before * width + i] ?? 0, values[after * width + i] ?? 0];
      into[i] = start + (end - start) * way;
    }
  }
}

/** How many keys lie at a time or before it. */
function countKeysUntil(times: ArrayLike<number>, time_s: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time_s) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Hermite's cubic between two keys: of each the tangent in, the value, the tangent out. */
function sampleCubicSpline(
  values: ArrayLike<number>,
  [before, after]: readonly [number, number],
  { share: t, length_s }: { readonly share: number; readonly length_s: number },
  into: number[],
): void {
  const width = into.length;
  const rise = (3 - 2 * t) * t * t;
  for (let i = 0; i < width; i += 1) {
    const start = values[before + width + i] ?? 0;
    const end = values[after + width + i] ?? 0;
    const out = (values[before + 2 * width + i] ?? 0) * length_s;
    const back = (values[after + i] ?? 0) * length_s;
    into[i] = start + (end - start) * rise + (t - 1) * t * ((t - 1) * out + t * back);
  }
}

function normalize(turn: number[]): void {
  const length = Math.hypot(...turn) || 1;
  for (let i = 0; i < turn.length; i += 1) turn[i] = (turn[i] ?? 0) / length;
}
