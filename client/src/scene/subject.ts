// A stop's 3D model as three.js objects, at the size it truly has.

import { Box3, Group, Material, Mesh, type Object3D, Texture, Vector3 } from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
import { type DownloadOptions, download } from "../download";
import { SceneFailure } from "../failure";
import type { LodView, ModelView } from "../generated/manifest";
import { decoder } from "./decoder";

export type Triple = [number, number, number];

/** Fetch one level of detail and give it, in metres, its front looking down +Z. */
export async function loadSubject(
  { scale }: ModelView,
  lod: LodView,
  options: DownloadOptions,
): Promise<Group> {
  const [bytes, meshopt] = await Promise.all([download(lod.url, options), decoder()]);
  const loader = new GLTFLoader().setMeshoptDecoder(meshopt);
  const gltf = await loader.parseAsync(bytes, "").catch((cause: unknown) => {
    throw new SceneFailure("unreadable", { cause });
  });
  const subject = new Group();
  subject.scale.setScalar(scale);
  subject.add(gltf.scene);
  subject.traverse((object) => {
    object.castShadow = object.receiveShadow = object instanceof Mesh;
  });
  if (options.signal?.aborted) free(subject);
  options.signal?.throwIfAborted();
  return subject;
}

export interface Measured {
  readonly size_m: Triple;
  readonly up: Triple;
  readonly position_m: Triple;
}

/** Measure what is drawn: the world box, vertex by vertex, and where up points. */
export function measured(subject: Object3D): Measured {
  subject.updateWorldMatrix(true, true);
  const size = worldBox(subject).getSize(new Vector3());
  const up = new Vector3(0, 1, 0).transformDirection(subject.matrixWorld);
  return {
    size_m: size.toArray(),
    up: up.toArray(),
    position_m: subject.getWorldPosition(new Vector3()).toArray(),
  };
}

export function worldBox(subject: Object3D): Box3 {
  return new Box3().setFromObject(subject, true);
}

/** Give back all graphics memory that an object and its descendants hold. */
export function free(object: Object3D): void {
  object.traverse((item) => {
    if (!(item instanceof Mesh)) return;
    item.geometry.dispose();
    if ("skeleton" in item) (item.skeleton as { dispose(): void }).dispose();
    for (const material of [item.material].flat() as Material[]) freeMaterial(material);
  });
}

function freeMaterial(material: Material): void {
  for (const value of Object.values(material)) {
    if (!(value instanceof Texture)) continue;
    value.dispose();
    if (value.image instanceof ImageBitmap) value.image.close();
  }
  material.dispose();
}
