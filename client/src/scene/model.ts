// A stop's 3D model as three.js objects: parse it with GLTFLoader, measure it, dispose of it.

import { MeshoptDecoder } from "meshoptimizer/decoder?simd";
import {
  Box3,
  Group,
  InstancedMesh,
  Line,
  Material,
  Matrix4,
  Mesh,
  type Object3D,
  Points,
  SkinnedMesh,
  Texture,
  Vector3,
} from "three";
import { type GLTF, GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
import { SceneError } from "../core/errors";
import type { Playback } from "./playback";

export type Triple = [number, number, number];

export class Model extends Group {
  /** Undefined of one that stands still. */
  animation: ModelAnimation | undefined;
}

/** An animation of a model, as animation.ts plays it. */
export interface ModelAnimation {
  readonly playback: Playback;
  begin(rest: Box3, before?: ModelAnimation): Box3;
  advance(now_ms: number): boolean;
  rest(): () => void;
}

/** Parse a GLB. `onAnimations` is called as soon as its JSON is known to have some. */
export async function parseModel(
  bytes: ArrayBuffer,
  meshopt: typeof MeshoptDecoder,
  onAnimations: () => void,
): Promise<GLTF> {
  const basis = new BasisLoader();
  const loader = new GLTFLoader().setMeshoptDecoder(meshopt).setKTX2Loader(basis as never);
  loader.register(({ json }) => {
    if (json.animations) onAnimations();
    return { name: "motion" };
  });
  const gltf = await loader.parseAsync(bytes, "").catch((cause: unknown) => {
    throw new SceneError("unreadable", { cause });
  });
  if (basis.failure) throw new SceneError("unreadable", { cause: basis.failure });
  return gltf;
}

/** As three.js's own, which would cost two kilobytes; clones stay what they are. */
class Compressed extends Texture {
  readonly isCompressedTexture = true;
}

/** What GLTFLoader asks for KTX2 textures; their chunk comes with the first of them. */
class BasisLoader {
  readonly isKTX2Loader = true;
  /** Why a texture is lost: the loader would show the model without it. */
  failure: unknown;

  parse(content: ArrayBuffer, done: (made: Texture) => void, fail: (reason: unknown) => void) {
    import("../ktx2/textures")
      .then(({ transcodeTexture }) => transcodeTexture(content))
      .then((made) => done(Object.assign(new Compressed(), made, { needsUpdate: true })))
      .catch((reason: unknown) => fail((this.failure = reason)));
  }
}

/** Move a model so that the middle of its base is its holder's origin. */
export function placeOnGround(subject: Group): void {
  const { min, max } = computeWorldBox(subject);
  subject.position.sub(new Vector3((min.x + max.x) / 2, min.y, (min.z + max.z) / 2));
}

export interface ModelMeasures {
  /** Width, height and depth in the world, along the model's own turn. */
  readonly size_m: Triple;
  /** Where the model's own up points, in the world. */
  readonly up: Triple;
  /** The middle of its base, in the world. */
  readonly position_m: Triple;
}

/** Measure a model as it is drawn at rest, vertex by vertex, in its holder. */
export function measureModel(subject: Model, holder: Object3D): ModelMeasures {
  const resume = subject.animation?.rest();
  holder.updateWorldMatrix(true, true);
  const up = new Vector3(0, 1, 0).transformDirection(subject.matrixWorld);
  const { min, max } = computeWorldBox(subject);
  const base = [(min.x + max.x) / 2, min.y, (min.z + max.z) / 2] as Triple;
  const turn = holder.quaternion.clone();
  holder.quaternion.identity(); // a box's sides would grow with the turn
  const size = computeWorldBox(subject).getSize(new Vector3());
  holder.quaternion.copy(turn);
  resume?.();
  holder.updateWorldMatrix(true, true);
  return { size_m: size.toArray(), up: up.toArray(), position_m: base };
}

/** The smallest module with one SIMD instruction. */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
]);

export async function loadMeshoptDecoder(): Promise<typeof MeshoptDecoder> {
  if (WebAssembly.validate(SIMD_PROBE)) return MeshoptDecoder;
  return (await import("meshoptimizer/decoder")).MeshoptDecoder;
}

/** What an object takes up in the world, told by one point in so many. */
export function computeWorldBox(subject: Object3D, step = 1): Box3 {
  subject.updateWorldMatrix(true, false);
  subject.updateMatrixWorld(true); // of all below: a skin's own share of it is done here alone
  const box = new Box3();
  let first = 0; // of the next repeat, so that each tells its share
  for (const item of findDrawables(subject)) {
    // Box3 would take the box of each repeat's box, which is larger where it is turned.
    const world = new Matrix4();
    for (let i = 0; i < countInstances(item); i++) {
      world.identity();
      if (item instanceof InstancedMesh) item.getMatrixAt(i, world);
      first = expandBox(box, item, world.premultiply(item.matrixWorld), { first, step });
    }
  }
  return box;
}

interface Told {
  readonly first: number;
  readonly step: number;
}

/** Gives how far beyond the last point the next one to tell lies. */
function expandBox(box: Box3, item: Drawable, world: Matrix4, { first, step }: Told): number {
  const positions = item.geometry.getAttribute("position");
  const point = new Vector3();
  let i = first;
  for (; i < positions.count; i += step) {
    if (item instanceof Mesh) item.getVertexPosition(i, point);
    else point.fromBufferAttribute(positions, i);
    box.expandByPoint(point.applyMatrix4(world));
  }
  return i - positions.count;
}

/** How many points are drawn of an item, over all its repeats. */
export function countVertices(item: Drawable): number {
  return item.geometry.getAttribute("position").count * countInstances(item);
}

function countInstances(item: Drawable): number {
  return item instanceof InstancedMesh ? item.count : 1;
}

type Drawable = Mesh | Line | Points;

/** All that is drawn of an object and its descendants. */
export function findDrawables(object: Object3D): Drawable[] {
  const found: Drawable[] = [];
  object.traverse((item) => isDrawable(item) && found.push(item));
  return found;
}

function isDrawable(item: Object3D): item is Drawable {
  return item instanceof Mesh || item instanceof Line || item instanceof Points;
}

/** Give back all graphics memory that an object and its descendants hold. */
export function disposeObject(object: Object3D): void {
  for (const item of findDrawables(object)) {
    item.geometry.dispose();
    if (item instanceof InstancedMesh) item.dispose();
    if (item instanceof SkinnedMesh) item.skeleton.dispose();
    for (const material of [item.material].flat() as Material[]) disposeMaterial(material);
  }
}

function disposeMaterial(material: Material): void {
  for (const value of Object.values(material)) {
    if (!(value instanceof Texture)) continue;
    value.dispose();
    if (value.image instanceof ImageBitmap) value.image.close();
  }
  material.dispose();
}
