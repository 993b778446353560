// Whether an answer is right: numbers as people type them, directions, and points of a model.

import type { SceneTouch } from "../core/touch";

/** Every number that a typed text may stand for: 1,300 is 1.3 or 1300. */
export function readNumbers(typed: string): readonly number[] {
  const text = typed.replace(/[\s\u00a0\u202f'’]/g, "").replace("−", "-");
  const match = /^([+-]?\d+(?:[.,]\d+)*)/.exec(text);
  if (!match?.[1]) return [];
  const written = match[1];
  const found = [written.replace(",", ".")];
  if (/^[+-]?\d{1,3}([.,]\d{3})+$/.test(written)) found.push(written.replace(/[.,]/g, ""));
  return found.map(Number).filter(Number.isFinite);
}

export interface Target {
  readonly value: number;
  readonly tolerance: number;
}

/** 0 where one of the numbers is right; else by how much the nearest is too large. */
export function missBy(numbers: readonly number[], { value, tolerance }: Target): number {
  const misses = numbers.map((number) => number - value).sort((a, b) => Math.abs(a) - Math.abs(b));
  const least = misses[0] ?? NaN;
  // Decimals are not exact: 0.3 is within 0.1 of 0.2.
  return Math.abs(least) <= tolerance + 1e-9 ? 0 : least;
}

type Answered = "right" | "near" | "wrong";
/** Within so many tolerances one is told to be near. */
const NEAR = 2.5;

export interface Direction {
  readonly azimuth_deg: number;
  readonly elevation_deg: number;
}

/** The angle between two directions, in degrees. */
export function angleBetween(one: Direction, other: Direction): number {
  const [a, b] = [one.elevation_deg, other.elevation_deg].map(radians) as [number, number];
  const turn = radians(one.azimuth_deg - other.azimuth_deg);
  const cosine = Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(turn);
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

export function judgePlace(touch: SceneTouch, target: Direction, tolerance_deg: number): Answered {
  if (touch.kind !== "place") return "wrong";
  return judge(angleBetween(touch, target), tolerance_deg);
}

/** A finger touches a detail where it points past it by no more than the radius. */
export function judgeDetail(touch: SceneTouch, position: readonly number[], radius_m: number): Answered {
  if (touch.kind !== "detail") return "wrong";
  const { eye, ray, finger_rad } = touch;
  const to = eye.map((from, i) => (position[i] ?? 0) - from);
  const ahead = to.reduce((sum, value, i) => sum + value * (ray[i] ?? 0), 0);
  if (ahead <= 0) return "wrong";
  const beside = Math.hypot(...to.map((value, i) => value - ahead * (ray[i] ?? 0)));
  return judge(beside, Math.max(radius_m, ahead * finger_rad));
}

function judge(miss: number, tolerance: number): Answered {
  if (miss <= tolerance) return "right";
  return miss <= tolerance * NEAR ? "near" : "wrong";
}

/** A code as it is compared: without spaces, dashes and small letters. */
export function plainCode(typed: string): string {
  return typed.replace(/[\s-]/g, "").toUpperCase();
}
