// WebXR modules that a session uses where the device has them: hit test, anchors, light estimation.

import { STUDIO_INTENSITY, SUN_INTENSITY, type Stage } from "../scene/stage";
import { type GroundPose, followAnchor, isLevel, yawOf } from "./placement";

type Place = readonly [number, number, number];

/** A hit test from the middle of the screen against level ground. */
export class GroundHitTest {
  #source: XRHitTestSource | undefined;

  constructor(session: XRSession) {
    this.#start(session).catch(() => undefined); // the session ended first
  }

  /** The first level surface under the aim in this frame, if any. */
  aim(frame: XRFrame, space: XRReferenceSpace): Place | undefined {
    if (!this.#source) return undefined;
    for (const hit of frame.getHitTestResults(this.#source)) {
      const transform = hit.getPose(space)?.transform;
      // A hit's +Y is the surface's normal; its upward part is the matrix's sixth value.
      if (!transform || !isLevel(transform.matrix[5] ?? 0)) continue;
      const { x, y, z } = transform.position;
      return [x, y, z];
    }
    return undefined;
  }

  async #start(session: XRSession): Promise<void> {
    const space = await session.requestReferenceSpace("viewer");
    this.#source = await session.requestHitTestSource?.({ space });
  }
}

type Triple = readonly [number, number, number];

/** An XRAnchor that keeps a scene with the ground while the device corrects its tracking. */
export class SceneAnchor {
  #wanted: Triple | undefined;
  #anchor: XRAnchor | undefined;
  #before: GroundPose | undefined;

  /** Anchor a place from the next frame on: a device takes anchors only within one. */
  hold(place: Triple): void {
    this.release();
    this.#wanted = place;
  }

  release(): void {
    this.#anchor?.delete();
    this.#wanted = this.#anchor = this.#before = undefined;
  }

  /** The scene's place after what the device learned since the last frame. */
  follow(standing: GroundPose, frame: XRFrame, space: XRReferenceSpace): GroundPose {
    if (this.#wanted) this.#ask(this.#wanted, frame, space);
    const pose = this.#anchor && frame.getPose(this.#anchor.anchorSpace, space);
    if (!pose) return standing;
    const { position, orientation } = pose.transform;
    const now: GroundPose = {
      position: [position.x, position.y, position.z],
      yaw: yawOf([orientation.x, orientation.y, orientation.z, orientation.w]),
    };
    const before = this.#before ?? now;
    this.#before = now;
    return followAnchor(standing, before, now);
  }

  #ask(place: Triple, frame: XRFrame, space: XRReferenceSpace): void {
    this.#wanted = undefined;
    const [x, y, z] = place;
    frame.createAnchor?.(new XRRigidTransform({ x, y, z }), space).then(
      (anchor) => {
        this.#anchor?.delete();
        this.#anchor = anchor;
      },
      () => undefined, // none offered: the scene stays where the device thinks it is
    );
  }
}

/** The brightest estimate counts as this much of the studio's sun. */
const MOST = 1.5;
const LEAST = 0.25;

/** Light estimation: the surroundings' own light on the scene. */
export class LightEstimation {
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
    this.stage.scene.environmentIntensity = STUDIO_INTENSITY * Math.min(1, 0.4 + 0.6 * brightness);
  }
}
