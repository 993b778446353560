// A model on its way to an XR session, started before the session is.

import type { Group } from "three";
import { SceneFailure } from "./failure";
import type { ModelView } from "./generated/manifest";
import { finest, means } from "./lods";
import { free, loadSubject, standOnGround } from "./scene/subject";

export class Delivery {
  /** Standing on the ground, its middle at the origin. */
  readonly model: Promise<Group>;
  readonly #abort = new AbortController();
  #ratio = 0;

  /** Fetch the finest level of detail, or the smallest to save data. */
  constructor(scene: ModelView, savesData: boolean) {
    this.model = this.#load(scene, savesData);
    this.model.catch(() => undefined); // told by whoever waits for it
  }

  /** How much has come, from 0 to 1. */
  get ratio(): number {
    return this.#ratio;
  }

  /** Stop, and give back what came too late. */
  cancel(): void {
    this.#abort.abort();
    this.model.then(free, () => undefined);
  }

  async #load(scene: ModelView, savesData: boolean): Promise<Group> {
    const lod = savesData ? scene.lods[0] : finest(scene.lods, means());
    if (!lod) throw new SceneFailure("outdated");
    const onBytes = (received: number): void => {
      this.#ratio = Math.min(1, received / lod.bytes);
    };
    const model = await loadSubject(scene, lod, { signal: this.#abort.signal, onBytes });
    standOnGround(model);
    return model;
  }
}
