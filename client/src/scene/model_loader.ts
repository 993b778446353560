// Load a stop's 3D model, at the level of detail that suits the device.

import { Mesh } from "three";
import { type DownloadOptions, download } from "../core/download";
import type { LodView, ModelView } from "../generated/manifest";
import { Model, disposeObject, loadMeshoptDecoder, parseModel } from "./model";

/** Fetch one level of detail and give it, in metres, its front looking down +Z. */
export async function loadModel(
  { scale }: ModelView,
  lod: LodView,
  options: DownloadOptions,
): Promise<Model> {
  const [bytes, meshopt] = await Promise.all([download(lod.url, options), loadMeshoptDecoder()]);
  let moving: Promise<typeof import("./animation") | undefined> | undefined;
  const gltf = await parseModel(bytes, meshopt, () => {
    // A model whose motion does not come is shown at rest.
    moving = import("./animation").catch(() => undefined);
  });
  const subject = new Model();
  subject.scale.setScalar(scale);
  subject.add(gltf.scene);
  subject.traverse((object) => {
    object.castShadow = object.receiveShadow = object instanceof Mesh;
  });
  subject.animation = (await moving)?.ClipAnimation.of(subject, gltf.animations);
  if (options.signal?.aborted) disposeObject(subject);
  options.signal?.throwIfAborted();
  return subject;
}
