// Preload a model for an XR or camera session, before the session starts.

import { SceneError, isAbortError } from "../core/errors";
import { chooseLod, readDeviceHints } from "../core/lod";
import type { LodView, ModelView } from "../generated/manifest";
import { type Model, disposeObject, placeOnGround } from "../scene/model";
import { loadModel } from "../scene/model_loader";

export class ModelPreload {
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
    this.model.then(disposeObject, () => undefined);
  }

  async #load(scene: ModelView, savesData: boolean): Promise<Model> {
    const [first] = scene.lods;
    const lod = savesData ? first : chooseLod(scene.lods, readDeviceHints());
    if (!lod || !first) throw new SceneError("outdated");
    const model = await this.#fetch(scene, lod).catch((error: unknown) => {
      if (lod === first || isAbortError(error)) throw error;
      return this.#fetch(scene, first); // lighter, and shown without a transcoder
    });
    placeOnGround(model);
    return model;
  }

  #fetch(scene: ModelView, lod: LodView): Promise<Model> {
    const onBytes = (received: number): void => {
      this.#ratio = Math.min(1, received / lod.bytes);
    };
    return loadModel(scene, lod, { signal: this.#abort.signal, onBytes });
  }
}
