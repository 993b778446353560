// Keeps a scene with the ground while the device corrects its idea of the world.

import type { Aim } from "./ground";
import { type Standing, carried, yawOf } from "./placement";

export class Pin {
  #anchor: XRAnchor | undefined;
  #before: Standing | undefined;

  /** Anchor what was aimed at, where the device offers anchors. */
  hold({ hit }: Aim): void {
    this.release();
    hit.createAnchor?.().then(
      (anchor) => {
        this.release();
        this.#anchor = anchor;
      },
      () => undefined, // no anchor: the scene stays where the device thinks it is
    );
  }

  release(): void {
    this.#anchor?.delete();
    this.#anchor = undefined;
    this.#before = undefined;
  }

  /** The scene's place after what the device learned since the last frame. */
  follow(standing: Standing, frame: XRFrame, space: XRReferenceSpace): Standing {
    const pose = this.#anchor && frame.getPose(this.#anchor.anchorSpace, space);
    if (!pose) return standing;
    const { position, orientation } = pose.transform;
    const now: Standing = {
      position: [position.x, position.y, position.z],
      yaw: yawOf([orientation.x, orientation.y, orientation.z, orientation.w]),
    };
    const before = this.#before ?? now;
    this.#before = now;
    return carried(standing, before, now);
  }
}
