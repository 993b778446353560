// Directions around one point, and where they lie on the screen.
//
// The frame: +x right, +y up, -z ahead, where the picture's middle is. Azimuths grow to
// the right from there, elevations upwards. Angles are radians.

export type Direction = readonly [number, number, number];
/** Three columns: right, up, and back. */
export type Turn = readonly [...Direction, ...Direction, ...Direction];

/** Where one looks: the middle of the view, the head's lean to the right, the field's height. */
export interface Look {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly field: number;
}

/** A point of the screen: from -1 to 1, growing to the right and upwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const DEGREE = Math.PI / 180;
/** As wide as the poster's, so that the scene opens as the page showed it. */
const FIRST_WIDTH = 80 * DEGREE;
const LEAST_FIELD = 15 * DEGREE;
const MOST_FIELD = 95 * DEGREE;
const STEEPEST = Math.PI / 2;

export function radians(degrees: number): number {
  return degrees * DEGREE;
}

export function direction(azimuth: number, elevation: number): Direction {
  const level = Math.cos(elevation);
  return [Math.sin(azimuth) * level, Math.sin(elevation), -Math.cos(azimuth) * level];
}

export function azimuthOf([x, , z]: Direction): number {
  return Math.atan2(x, -z);
}

export function elevationOf([x, y, z]: Direction): number {
  return Math.atan2(y, Math.hypot(x, z));
}

/** The first look: level with the horizon. `aspect` is width over height. */
export function firstLook(azimuth: number, aspect: number): Look {
  const field = 2 * Math.atan(Math.tan(FIRST_WIDTH / 2) / aspect);
  return { yaw: azimuth, pitch: 0, roll: 0, field: between(LEAST_FIELD, field, MOST_FIELD) };
}

export function turned(look: Look, yaw: number, pitch: number): Look {
  const steep = between(-STEEPEST, look.pitch + pitch, STEEPEST);
  return { ...look, yaw: (look.yaw + yaw) % (2 * Math.PI), pitch: steep };
}

/** A ratio below 1 brings nearer. */
export function approached(look: Look, ratio: number): Look {
  return { ...look, field: between(LEAST_FIELD, look.field * ratio, MOST_FIELD) };
}

export function fieldWidth({ field }: Look, aspect: number): number {
  return 2 * Math.atan(Math.tan(field / 2) * aspect);
}

export function turnOf({ yaw, pitch, roll }: Look): Turn {
  const ahead = direction(yaw, pitch);
  const level: Direction = [Math.cos(yaw), 0, Math.sin(yaw)];
  const crown = direction(yaw, pitch + Math.PI / 2);
  const right = mixed(Math.cos(roll), level, -Math.sin(roll), crown);
  const up = mixed(Math.cos(roll), crown, Math.sin(roll), level);
  return [...right, ...up, ...mixed(-1, ahead, 0, ahead)];
}

/** Where a direction lies on the screen; undefined behind one's back. */
export function onScreen(look: Look, aspect: number, seen: Direction): Point | undefined {
  const turn = turnOf(look);
  const depth = -dot(columnOf(turn, 2), seen);
  if (depth <= 0) return undefined;
  const half = Math.tan(look.field / 2) * depth;
  return {
    x: dot(columnOf(turn, 0), seen) / (half * aspect),
    y: dot(columnOf(turn, 1), seen) / half,
  };
}

/** The direction seen at a point of the screen, of length 1. */
export function seenAt(look: Look, aspect: number, { x, y }: Point): Direction {
  const turn = turnOf(look);
  const half = Math.tan(look.field / 2);
  const across = mixed(x * half * aspect, columnOf(turn, 0), y * half, columnOf(turn, 1));
  const ray = mixed(1, across, -1, columnOf(turn, 2));
  const length = Math.hypot(...ray);
  return [ray[0] / length, ray[1] / length, ray[2] / length];
}

/**
 * How a phone is held, as one looks through it.
 *
 * `alpha`, `beta` and `gamma` are degrees, intrinsic Z-X'-Y'' in a frame of east, north
 * and up, and `screen` the screen's own turn in degrees: Device Orientation and Motion,
 * and Screen Orientation.
 */
export function attitude(
  { alpha, beta, gamma }: Readonly<Record<"alpha" | "beta" | "gamma", number>>,
  screen: number,
): Omit<Look, "field"> {
  const toEarth = (device: Direction): Direction => {
    const [x, y, z] = spun(alpha, 2, spun(beta, 0, spun(gamma, 1, device)));
    return [x, z, -y];
  };
  const ahead = toEarth([0, 0, -1]);
  const up = toEarth(spun(-screen, 2, [0, 1, 0]));
  const yaw = azimuthOf(ahead);
  const pitch = elevationOf(ahead);
  const level: Direction = [Math.cos(yaw), 0, Math.sin(yaw)];
  const crown = direction(yaw, pitch + Math.PI / 2);
  return { yaw, pitch, roll: Math.atan2(dot(up, level), dot(up, crown)) };
}

/** Turned about one axis, counter-clockwise as seen from its tip. */
function spun(degrees: number, axis: 0 | 1 | 2, vector: Direction): Direction {
  const cosine = Math.cos(degrees * DEGREE);
  const sine = Math.sin(degrees * DEGREE);
  const [x, y, z] = vector;
  if (axis === 0) return [x, y * cosine - z * sine, y * sine + z * cosine];
  if (axis === 1) return [x * cosine + z * sine, y, z * cosine - x * sine];
  return [x * cosine - y * sine, x * sine + y * cosine, z];
}

function columnOf(turn: Turn, column: 0 | 1 | 2): Direction {
  if (column === 0) return [turn[0], turn[1], turn[2]];
  return column === 1 ? [turn[3], turn[4], turn[5]] : [turn[6], turn[7], turn[8]];
}

function mixed(a: number, u: Direction, b: number, v: Direction): Direction {
  return [a * u[0] + b * v[0], a * u[1] + b * v[1], a * u[2] + b * v[2]];
}

function dot(u: Direction, v: Direction): number {
  return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
