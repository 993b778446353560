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

export interface DeviceHints {
  /** As the browser tells it, in steps; undefined where it does not. */
  readonly memory_gb?: number | undefined;
  readonly downlink_mbps?: number | undefined;
}

// The level named `high` is for phones that tell both: unknown means the phone's own.
const HIGH = { memory_gb: 6, downlink_mbps: 8 };

/** What this browser says of its phone and of its network. */
export function readDeviceHints(): DeviceHints {
  const { deviceMemory, connection } = navigator as Navigator & {
    deviceMemory?: number;
    connection?: { downlink?: number };
  };
  return { memory_gb: deviceMemory, downlink_mbps: connection?.downlink };
}

/** The finest level that is worth its weight here. */
export function chooseLod(lods: readonly LodView[], { memory_gb, downlink_mbps }: DeviceHints) {
  const holdsHigh = (memory_gb ?? 0) >= HIGH.memory_gb;
  const soon = (downlink_mbps ?? 0) >= HIGH.downlink_mbps;
  return lods.filter(({ name }) => name !== "high" || (holdsHigh && soon)).at(-1);
}
