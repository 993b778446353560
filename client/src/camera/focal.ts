// How long a camera's focal length is: no browser tells, but prints seen obliquely do. The page's end
// of client/tracker/focal.h.

import { type PrintSighting, writeSighting } from "./placing";

export interface FocalExports {
  readonly memory: WebAssembly.Memory;
  focal_sighting(): number;
  focal_forget(guess_px: number): void;
  focal_see(width_m: number, height_m: number, slope_deg: number): number;
}

export interface Focal {
  readonly focal_px: number;
  /** One standard deviation, of 1. */
  readonly doubt: number;
}

/** Of what is assumed of phones: one standard deviation, as focal.h has it. */
export const GUESS_DOUBT = 0.2;

export class FocalLearner {
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
  see(sighting: PrintSighting, [width_m, height_m]: readonly [number, number]): Focal {
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
