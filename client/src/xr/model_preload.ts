// A model on its way to an XR session, started before the session is.

import { SceneFailure, isAbort } from "../core/errors";
import type { LodView, ModelView } from "../generated/manifest";
import { type Model, free, standOnGround } from "../scene/model";
import { finest, loadSubject, means } from "../scene/model_loader";

export class Delivery {
  /** Standing on the ground, its middle at the origin. */
  readonly model: Promise<Model>;
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

  async #load(scene: ModelView, savesData: boolean): Promise<Model> {
    const [first] = scene.lods;
    const lod = savesData ? first : finest(scene.lods, means());
    if (!lod || !first) throw new SceneFailure("outdated");
    const model = await this.#fetch(scene, lod).catch((error: unknown) => {
      if (lod === first || isAbort(error)) throw error;
      return this.#fetch(scene, first); // lighter, and shown without a transcoder
    });
    standOnGround(model);
    return model;
  }

  #fetch(scene: ModelView, lod: LodView): Promise<Model> {
    const onBytes = (received: number): void => {
      this.#ratio = Math.min(1, received / lod.bytes);
    };
    return loadSubject(scene, lod, { signal: this.#abort.signal, onBytes });
  }
}
