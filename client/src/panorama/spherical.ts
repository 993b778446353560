// Spherical coordinates of a panorama, and their projection to the screen.
//
// The frame: +x right, +y up, -z ahead, where the picture's middle is. Azimuths grow to
// the right from there, elevations upwards. Angles are radians.

export type Direction = readonly [number, number, number];
/** Three columns: right, up, and back. */
export type RotationMatrix = readonly [...Direction, ...Direction, ...Direction];

/** Where one looks: the middle of the view, the head's lean to the right, the field's height. */
export interface ViewAngles {
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

export function degrees(angle: number): number {
  return angle / DEGREE;
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
export function initialView(azimuth: number, aspect: number): ViewAngles {
  const field = 2 * Math.atan(Math.tan(FIRST_WIDTH / 2) / aspect);
  return { yaw: azimuth, pitch: 0, roll: 0, field: clamp(LEAST_FIELD, field, MOST_FIELD) };
}

export function rotateView(look: ViewAngles, yaw: number, pitch: number): ViewAngles {
  const steep = clamp(-STEEPEST, look.pitch + pitch, STEEPEST);
  return { ...look, yaw: (look.yaw + yaw) % (2 * Math.PI), pitch: steep };
}

/** A ratio below 1 brings nearer. */
export function zoomView(look: ViewAngles, ratio: number): ViewAngles {
  return { ...look, field: clamp(LEAST_FIELD, look.field * ratio, MOST_FIELD) };
}

export function horizontalField({ field }: ViewAngles, aspect: number): number {
  return 2 * Math.atan(Math.tan(field / 2) * aspect);
}

export function rotationMatrix({ yaw, pitch, roll }: ViewAngles): RotationMatrix {
  const ahead = direction(yaw, pitch);
  const level: Direction = [Math.cos(yaw), 0, Math.sin(yaw)];
  const crown = direction(yaw, pitch + Math.PI / 2);
  const right = combine(Math.cos(roll), level, -Math.sin(roll), crown);
  const up = combine(Math.cos(roll), crown, Math.sin(roll), level);
  return [...right, ...up, ...combine(-1, ahead, 0, ahead)];
}

/** Where a direction lies on the screen; undefined behind one's back. */
export function projectToScreen(look: ViewAngles, aspect: number, seen: Direction): Point | undefined {
  const turn = rotationMatrix(look);
  const depth = -dot(columnOf(turn, 2), seen);
  if (depth <= 0) return undefined;
  const half = Math.tan(look.field / 2) * depth;
  return {
    x: dot(columnOf(turn, 0), seen) / (half * aspect),
    y: dot(columnOf(turn, 1), seen) / half,
  };
}

/** The direction seen at a point of the screen, of length 1. */
export function directionAt(look: ViewAngles, aspect: number, { x, y }: Point): Direction {
  const turn = rotationMatrix(look);
  const half = Math.tan(look.field / 2);
  const across = combine(x * half * aspect, columnOf(turn, 0), y * half, columnOf(turn, 1));
  const ray = combine(1, across, -1, columnOf(turn, 2));
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
export function anglesFromOrientation(
  { alpha, beta, gamma }: Readonly<Record<"alpha" | "beta" | "gamma", number>>,
  screen: number,
): Omit<ViewAngles, "field"> {
  const toEarth = (device: Direction): Direction => {
    const [x, y, z] = rotateAxis(alpha, 2, rotateAxis(beta, 0, rotateAxis(gamma, 1, device)));
    return [x, z, -y];
  };
  const ahead = toEarth([0, 0, -1]);
  const up = toEarth(rotateAxis(-screen, 2, [0, 1, 0]));
  const yaw = azimuthOf(ahead);
  const pitch = elevationOf(ahead);
  const level: Direction = [Math.cos(yaw), 0, Math.sin(yaw)];
  const crown = direction(yaw, pitch + Math.PI / 2);
  return { yaw, pitch, roll: Math.atan2(dot(up, level), dot(up, crown)) };
}

/** Turned about one axis, counter-clockwise as seen from its tip. */
function rotateAxis(degrees: number, axis: 0 | 1 | 2, vector: Direction): Direction {
  const cosine = Math.cos(degrees * DEGREE);
  const sine = Math.sin(degrees * DEGREE);
  const [x, y, z] = vector;
  if (axis === 0) return [x, y * cosine - z * sine, y * sine + z * cosine];
  if (axis === 1) return [x * cosine + z * sine, y, z * cosine - x * sine];
  return [x * cosine - y * sine, x * sine + y * cosine, z];
}

function columnOf(turn: RotationMatrix, column: 0 | 1 | 2): Direction {
  if (column === 0) return [turn[0], turn[1], turn[2]];
  return column === 1 ? [turn[3], turn[4], turn[5]] : [turn[6], turn[7], turn[8]];
}

function combine(a: number, u: Direction, b: number, v: Direction): Direction {
  return [a * u[0] + b * v[0], a * u[1] + b * v[1], a * u[2] + b * v[2]];
}

function dot(u: Direction, v: Direction): number {
  return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}

function clamp(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
