// Bundled as the client is, and run by Node: where a model's vertices are, moment by moment.
//
//   node poses.mjs MODEL.glb SECONDS...
//
// Prints a list for each moment: of each mesh in the order of the scene, x, y and z of its vertices.

import { readFileSync } from "node:fs";
import { Group, Vector3 } from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
import { ClipAnimation } from "../../client/src/scene/animation.ts";
import { findDrawables, loadMeshoptDecoder } from "../../client/src/scene/model.ts";

globalThis.matchMedia = () => ({ matches: false });
const STEP_MS = 100;

function* vertices(mesh) {
  const point = new Vector3();
  for (let i = 0; i < mesh.geometry.getAttribute("position").count; i += 1) {
    yield* mesh.getVertexPosition(i, point).applyMatrix4(mesh.matrixWorld).toArray();
  }
}

async function poseAt(glb, time_s) {
  const { scene, animations } = await new GLTFLoader().setMeshoptDecoder(await loadMeshoptDecoder()).parseAsync(glb, "");
  const root = new Group().add(scene);
  const motion = ClipAnimation.of(root, animations);
  for (let now_ms = 0; now_ms < 1000 * time_s; now_ms += STEP_MS) motion.advance(now_ms);
  motion.advance(1000 * time_s);
  root.updateMatrixWorld(true);
  return findDrawables(root).map((mesh) => [...vertices(mesh)]);
}

const [path, ...moments] = process.argv.slice(2);
const { buffer } = new Uint8Array(readFileSync(path));
const poses = [];
for (const moment of moments) poses.push(await poseAt(buffer, Number(moment)));
console.log(JSON.stringify(poses));
