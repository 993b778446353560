// A finger, a hand or a controller as it points: tells a tap from a turn.

type Triple = readonly [number, number, number];

/** How far a scene turns for a turn of the pointing ray. */
const GAIN = 4;
/** Less than this is a finger that was not quite still: 1.5 degrees. */
const STILL_RADIANS = 0.026;

export class Gesture {
  #last: number | undefined;
  #travelled = 0;

  /** Whether the ray has moved too far for a tap. */
  get isTurn(): boolean {
    return this.#travelled > STILL_RADIANS;
  }

  /**
   * Take where the ray points now, and where the visitor looks; give the turn since the
   * last call that the scene should make about the vertical, in radians.
   */
  follow(ray: Triple, gaze: Triple): number {
    const azimuth = Math.atan2(ray[0], -ray[2]) - Math.atan2(gaze[0], -gaze[2]);
    const step = this.#last === undefined ? 0 : wrapped(azimuth - this.#last);
    this.#last = azimuth;
    this.#travelled += Math.abs(step);
    return this.isTurn ? step * GAIN : 0;
  }
}

function wrapped(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}
