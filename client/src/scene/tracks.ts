// What a track of an animation gives at a time (glTF 2.0, section 3.11 and appendix C).

import { InterpolateDiscrete, Quaternion } from "three";

/** As the loader leaves it: see three-parts.mjs. */
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
export function widthOf({ times, values, interpolation }: Track): number {
  return values.length / times.length / (interpolation === undefined ? 3 : 1);
}

/** Write what a track gives into a list that is as long; it holds before and after its keys. */
export function sample(track: Track, time_s: number, into: number[], isTurn: boolean): void {
  const { times, values, interpolation } = track;
  const next = keysUntil(times, time_s);
  const before = Math.max(next - 1, 0);
  const after = Math.min(next, times.length - 1);
  const length_s = (times[after] ?? 0) - (times[before] ?? 0);
  const share = length_s > 0 ? (time_s - (times[before] ?? 0)) / length_s : 0;
  const width = into.length;
  if (interpolation === undefined) {
    curve(values, [before * 3 * width, after * 3 * width], { share, length_s }, into);
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
function keysUntil(times: ArrayLike<number>, time_s: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time_s) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Hermite's cubic between two keys: of each the tangent in, the value, the tangent out. */
function curve(
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
