// What a model's animation does to it: the first that moves anything, again and again, as the
// iPhone's own viewer plays it (assets_pipeline/usdz/sampled_animation.py). Fetched for models that move.

import type { Box3, Mesh, Object3D } from "three";
import { Play } from "./play";
import { drawnIn, pointsOf, worldBox } from "./subject";
import { type Track, sample, widthOf } from "./tracks";

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

interface Move {
  readonly track: Track;
  readonly target: Object3D;
  readonly property: (typeof PROPERTIES)[number];
  readonly rest: readonly number[];
  readonly now: number[];
}

export class Motion {
  play = new Play();
  readonly #root: Object3D;
  readonly #moves: readonly Move[];
  readonly #seconds: number;

  private constructor(root: Object3D, moves: readonly Move[], seconds: number) {
    this.#root = root;
    this.#moves = moves;
    this.#seconds = seconds;
  }

  /** What the first animation that moves anything does; undefined where all stands still. */
  static of(root: Object3D, clips: readonly Clip[]): Motion | undefined {
    const named = new Map<string, Object3D>();
    root.traverse((object) => named.set(object.uuid, object).set(object.name, object));
    for (const { tracks } of clips) {
      const seconds = Math.max(...tracks.map(({ times }) => times[times.length - 1] ?? 0));
      const moves = tracks.flatMap((track) => moveOf(track, named)).filter(isMoving);
      if (moves.length && seconds > 0 && seconds <= MOST_S) return new Motion(root, moves, seconds);
    }
    return undefined;
  }

  /**
   * Take over from the level of detail before, where there was one.
   *
   * @param rest what the model takes up at rest, as it stands now
   * @returns what it takes up at any time, in the same frame
   */
  begin(rest: Box3, before?: Motion): Box3 {
    const reach = rest.clone();
    const drawn = drawnIn(this.#root);
    const points = drawn.reduce((sum, item) => sum + pointsOf(item), 0);
    const step = Math.ceil(points / POINTS) | 1; // an even one meets the same corners of all repeats
    for (let i = 0; i < POSES; i += 1) {
      this.#pose((i / (POSES - 1)) * this.#seconds);
      reach.union(worldBox(this.#root, step));
    }
    for (const move of this.#moves) put(move, Object.assign(move.now, move.rest));
    this.#root.updateMatrixWorld(true);
    for (const item of drawn) item.frustumCulled = false; // it would be by its box at rest
    if (before) this.play = before.play;
    if (this.play.time_s) this.#pose(this.play.time_s);
    return reach;
  }

  /** Stand as at a moment; false where that changes nothing. */
  advance(now_ms: number): boolean {
    const isMoving = this.play.advance(now_ms, this.#seconds);
    if (isMoving) this.#pose(this.play.time_s);
    return isMoving;
  }

  /** Stand as where nothing plays; what is returned takes the pose up again. */
  rest(): () => void {
    for (const move of this.#moves) put(move, move.rest);
    return () => this.#moves.forEach((move) => put(move, move.now));
  }

  #pose(time_s: number): void {
    for (const move of this.#moves) {
      sample(move.track, time_s, move.now, move.property === "quaternion");
      put(move, move.now);
    }
  }
}

function moveOf(track: Track, named: ReadonlyMap<string, Object3D>): Move[] {
  const point = track.name.lastIndexOf(".");
  const target = named.get(track.name.slice(0, point));
  const property = PROPERTIES.find((name) => name === track.name.slice(point + 1));
  if (!target || !property) return [];
  const rest = held(target, property);
  return rest.length === widthOf(track) ? [{ track, target, property, rest, now: [...rest] }] : [];
}

function held(target: Object3D, property: Move["property"]): number[] {
  if (property === "morphTargetInfluences") return [...((target as Mesh)[property] ?? [])];
  return target[property].toArray().slice(0, property === "quaternion" ? 4 : 3) as number[];
}

function put({ target, property }: Move, values: readonly number[]): void {
  if (property === "morphTargetInfluences") {
    (target as Mesh)[property]?.splice(0, Infinity, ...values);
  } else target[property].fromArray(values as [number, number, number, number]);
}

function isMoving({ track, property, rest }: Move): boolean {
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
