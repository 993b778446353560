// Where the middle of the screen meets level ground.

import { isLevel } from "./placement";

export interface Aim {
  readonly position: [number, number, number];
  readonly hit: XRHitTestResult;
}

export class Ground {
  #source: XRHitTestSource | undefined;

  constructor(session: XRSession) {
    this.#start(session).catch(() => undefined); // the session ended first
  }

  /** The first level surface under the aim in this frame, if any. */
  aim(frame: XRFrame, space: XRReferenceSpace): Aim | undefined {
    if (!this.#source) return undefined;
    for (const hit of frame.getHitTestResults(this.#source)) {
      const transform = hit.getPose(space)?.transform;
      // A hit's +Y is the surface's normal; its upward part is the matrix's sixth value.
      if (!transform || !isLevel(transform.matrix[5] ?? 0)) continue;
      const { x, y, z } = transform.position;
      return { position: [x, y, z], hit };
    }
    return undefined;
  }

  async #start(session: XRSession): Promise<void> {
    const space = await session.requestReferenceSpace("viewer");
    this.#source = await session.requestHitTestSource?.({ space });
  }
}
