// Find the place of a model that lies under a point of the screen.

import { type Camera, type Object3D, Raycaster, Vector2 } from "three";
import { Model, type Triple } from "./model";

/** The nearest place of the model in its holder's frame, in metres; x and y run from -1 to 1, upwards. */
export function pickPoint(holder: Object3D, camera: Camera, x: number, y: number): Triple | undefined {
  const model = holder.children.find((child) => child instanceof Model);
  if (!model) return undefined;
  const ray = new Raycaster();
  ray.setFromCamera(new Vector2(x, y), camera);
  const hit = ray.intersectObject(model)[0];
  return hit && holder.worldToLocal(hit.point).toArray();
}
