// The street's own light on the scene, where the device estimates it.

import type { DirectionalLight, Scene } from "three";

/** The brightest estimate counts as this much of the studio's sun. */
const MOST = 1.5;
const LEAST = 0.25;

export class StreetLight {
  #probe: XRLightProbe | undefined;

  constructor(
    session: XRSession,
    private readonly sun: DirectionalLight,
    private readonly scene: Scene,
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
    this.sun.intensity = 2 * brightness;
    this.scene.environmentIntensity = Math.min(1, 0.4 + 0.6 * brightness);
  }
}
