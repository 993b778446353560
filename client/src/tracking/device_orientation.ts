// The phone's attitude from DeviceOrientationEvent and DeviceMotionEvent, in its camera's frame:
//
//   const gravity = await startOrientationSensor();   // called within the tap: iPhones ask the visitor
//   gravity.at(taken_ms)                   // the attitude when a picture was taken, if it is known
//   gravity.stop();
//
// The camera's frame is WebXR's: +x right and +y up on the screen as it is held, looking along -z.
// The level frame has +y against gravity; its heading is arbitrary, and kept where a gyroscope keeps
// it. Times are those of `performance.now()`.

export type Vector3Tuple = readonly [number, number, number];
/** x, y, z, w. */
export type Quaternion = readonly [number, number, number, number];

/** How the camera is held: its turn into the level frame, and whether the heading is kept too. */
export interface DeviceAttitude {
  readonly rotation: Quaternion;
  readonly keepsHeading: boolean;
}

export interface OrientationSensor {
  /** Whether the phone may tell at all: false where the visitor or the browser refused. */
  readonly isAllowed: boolean;
  /** The attitude at a time within the last second, or the nearest known; undefined for none. */
  at(time_ms: number): DeviceAttitude | undefined;
  stop(): void;
}

/** What a phone is felt through: the page's window, or its like in a test. */
export interface SensorHost extends EventTarget {
  readonly DeviceOrientationEvent?: unknown;
  readonly DeviceMotionEvent?: unknown;
  readonly screen?: { readonly orientation?: { readonly angle: number } };
  /** Of iPhones before 2023, whose screens tell nothing. */
  readonly orientation?: number;
}

const NOTHING: OrientationSensor = { isAllowed: false, at: () => undefined, stop: () => undefined };
/** Attitudes older than this are not asked for any more. */
const MEMORY_MS = 1000;
/** A reading older than this says little of how the phone is held now. */
const STALE_MS = 500;
/** The hand's own accelerations are gone after some of these; gravity stays. */
const SETTLING_MS = 300;

/** Feel from now on. iPhones ask the visitor, and refuse what does not follow a tap at once. */
export async function startOrientationSensor(host: SensorHost = globalThis as SensorHost): Promise<OrientationSensor> {
  // Both are asked for before anything is waited for; an iPhone puts one question for the two.
  const answers = [host.DeviceOrientationEvent, host.DeviceMotionEvent].map(requestPermission);
  const allowed = await Promise.all(answers);
  return allowed.some(Boolean) ? new DeviceOrientationSensor(host) : NOTHING;
}

async function requestPermission(event: unknown): Promise<boolean> {
  if (typeof event !== "function") return false;
  const { requestPermission } = event as { requestPermission?: () => Promise<string> };
  if (!requestPermission) return true;
  return requestPermission.call(event).then(
    (answer) => answer === "granted",
    () => false,
  );
}

interface Reading {
  readonly time_ms: number;
  /** From the phone's own frame, which does not turn with what its screen shows. */
  readonly rotation: Quaternion;
  readonly keepsHeading: boolean;
}

class DeviceOrientationSensor implements OrientationSensor {
  readonly isAllowed = true;
  readonly #host: SensorHost;
  readonly #listening = new AbortController();
  #readings: Reading[] = [];
  #acceleration: { readonly time_ms: number; readonly smooth: Vector3Tuple } | undefined;
  #hasOrientation = false;

  constructor(host: SensorHost) {
    this.#host = host;
    const { signal } = this.#listening;
    const listen = (type: string, heard: (event: Event) => void): void =>
      host.addEventListener(type, heard, { signal });
    listen("deviceorientation", (event) => this.#orient(event as DeviceOrientationEvent));
    listen("devicemotion", (event) => this.#accelerate(event as DeviceMotionEvent));
  }

  at(time_ms: number): DeviceAttitude | undefined {
    const reading = interpolateReadings(this.#readings, time_ms);
    if (!reading || Math.abs(time_ms - reading.time_ms) > STALE_MS) return undefined;
    const rotation = multiply(reading.rotation, screenTurn(screenAngle(this.#host)));
    return { rotation, keepsHeading: reading.keepsHeading };
  }

  stop(): void {
    this.#listening.abort();
  }

  #orient({ alpha, beta, gamma, timeStamp }: DeviceOrientationEvent): void {
    if (beta === null || gamma === null) return;
    this.#hasOrientation = true;
    const rotation = rotationFromEuler(alpha ?? 0, beta, gamma);
    this.#keep({ time_ms: timeStamp, rotation, keepsHeading: alpha !== null });
  }

  // A phone that tells its orientation has made it of accelerations and its gyroscope already.
  #accelerate({ accelerationIncludingGravity: felt, timeStamp }: DeviceMotionEvent): void {
    if (this.#hasOrientation || !felt) return;
    const { x, y, z } = felt;
    if (x === null || y === null || z === null) return;
    const before = this.#acceleration;
    const elapsed_ms = before ? timeStamp - before.time_ms : Infinity;
    const share = 1 - Math.exp(-elapsed_ms / SETTLING_MS);
    const smooth = before ? lerp(before.smooth, [x, y, z], share) : ([x, y, z] as const);
    this.#acceleration = { time_ms: timeStamp, smooth };
    const up = upFromAcceleration(smooth, screenAngle(this.#host));
    if (up) this.#keep({ time_ms: timeStamp, rotation: rotationFromUp(up), keepsHeading: false });
  }

  #keep(reading: Reading): void {
    const oldest_ms = reading.time_ms - MEMORY_MS;
    this.#readings = this.#readings.filter(({ time_ms }) => time_ms >= oldest_ms);
    this.#readings.push(reading);
  }
}

/** How far the screen's content is turned against the phone, in degrees, counter-clockwise. */
function screenAngle({ screen, orientation }: SensorHost): number {
  return screen?.orientation?.angle ?? orientation ?? 0;
}

/** From the camera's frame, upright on the screen as it is held, to the phone's own. */
function screenTurn(angle: number): Quaternion {
  return rotationAbout([0, 0, 1], -angle);
}

/**
 * From the phone's own frame to the level frame, from angles in degrees as the Device Orientation
 * specification has them: turns about z, then the turned x, then the turned y, in a world whose z is
 * up; a quarter turn more makes it y.
 */
export function rotationFromEuler(alpha: number, beta: number, gamma: number): Quaternion {
  const level = rotationAbout([1, 0, 0], -90);
  const turns = [rotationAbout([0, 0, 1], alpha), rotationAbout([1, 0, 0], beta), rotationAbout([0, 1, 0], gamma)];
  return turns.reduce(multiply, level);
}

/**
 * Up in the phone's own frame, a unit vector, from what its accelerometer feels at rest; undefined
 * in free fall.
 *
 * By the specification it feels the table's push, upwards, and Android says so; iPhones say the
 * opposite. Nobody reads a label with the screen upside down or facing the ground, and that tells
 * which it is.
 */
export function upFromAcceleration(felt: Vector3Tuple, angle: number): Vector3Tuple | undefined {
  const size = Math.hypot(...felt);
  if (!(size > 1)) return undefined;
  const up = felt.map((value) => value / size) as unknown as Vector3Tuple;
  const [, y, z] = rotateInverse(screenTurn(angle), up);
  return y + z >= 0 ? up : (up.map((value) => -value) as unknown as Vector3Tuple);
}

/** The shortest turn that makes an up point up. */
export function rotationFromUp([x, y, z]: Vector3Tuple): Quaternion {
  // Half way between both: the quaternion of twice the angle (a x b, 1 + a . b), made unit.
  const size = Math.sqrt(2 * (1 + y));
  return size > 1e-6 ? [-z / size, 0, x / size, size / 2] : [1, 0, 0, 0];
}

function interpolateReadings(readings: readonly Reading[], time_ms: number): Reading | undefined {
  const later = readings.findIndex((reading) => reading.time_ms >= time_ms);
  if (later < 0) return readings.at(-1);
  const [before, after] = [readings[later - 1], readings[later]];
  if (!before || !after || before.keepsHeading !== after.keepsHeading) return after;
  const share = (time_ms - before.time_ms) / (after.time_ms - before.time_ms);
  const rotation = nlerp(before.rotation, after.rotation, share);
  return { time_ms, rotation, keepsHeading: after.keepsHeading };
}

/** Part of the way from one turn to another; they are a few degrees apart. */
function nlerp(from: Quaternion, to: Quaternion, share: number): Quaternion {
  const cosine = from.reduce((sum, value, i) => sum + value * (to[i] ?? 0), 0);
  const sign = cosine < 0 ? -1 : 1; // a turn and its opposite quaternion are the same
  const mean = from.map((value, i) => (1 - share) * value + share * sign * (to[i] ?? 0));
  const size = Math.hypot(...mean);
  return mean.map((value) => value / size) as unknown as Quaternion;
}

function lerp(from: Vector3Tuple, to: Vector3Tuple, share: number): Vector3Tuple {
  return from.map((value, i) => value + share * ((to[i] ?? 0) - value)) as unknown as Vector3Tuple;
}

function rotationAbout([x, y, z]: Vector3Tuple, angle_deg: number): Quaternion {
  const half = (angle_deg * Math.PI) / 360;
  const sine = Math.sin(half);
  return [x * sine, y * sine, z * sine, Math.cos(half)];
}

function multiply(a: Quaternion, b: Quaternion): Quaternion {
  const [ax, ay, az, aw] = a;
  const [bx, by, bz, bw] = b;
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

/** A vector of the frame that a turn leads to, in the frame that it comes from. */
export function rotateInverse([x, y, z, w]: Quaternion, vector: Vector3Tuple): Vector3Tuple {
  const back: Quaternion = [-x, -y, -z, w];
  const [vx, vy, vz] = multiply(multiply(back, [...vector, 0]), [x, y, z, w]);
  return [vx, vy, vz];
}
