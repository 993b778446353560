// Keeps a scene with the ground while the device corrects its idea of the world.

import { type Standing, carried, yawOf } from "./placement";

type Triple = readonly [number, number, number];

export class Pin {
  #wanted: Triple | undefined;
  #anchor: XRAnchor | undefined;
  #before: Standing | undefined;

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
  follow(standing: Standing, frame: XRFrame, space: XRReferenceSpace): Standing {
    if (this.#wanted) this.#ask(this.#wanted, frame, space);
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
