// The street's own light on the scene, where the device estimates it.

import { type Stage, SUN_INTENSITY } from "../scene/stage";

/** The brightest estimate counts as this much of the studio's sun. */
const MOST = 1.5;
const LEAST = 0.25;

export class StreetLight {
  #probe: XRLightProbe | undefined;

  constructor(
    session: XRSession,
    private readonly stage: Stage,
  ) {
    void session.requestLightProbe?.().then(
      (probe) => {
        this.#probe = probe;
      },
      () => undefined, // not granted: the studio's light stays
    );
  }

  /** Dim or brighten the studio's light to what the camera sees. */
  follow(frame: XRFrame): void {
    const estimate = this.#probe && frame.getLightEstimate?.(this.#probe);
    if (!estimate) return;
    const { x, y, z } = estimate.primaryLightIntensity;
    const brightness = Math.min(MOST, Math.max(LEAST, Math.max(x, y, z)));
    this.stage.sun.intensity = SUN_INTENSITY * brightness;
    this.stage.scene.environmentIntensity = Math.min(1.25, 0.4 + 0.85 * brightness);
  }
}
