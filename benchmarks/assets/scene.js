// Draws models as a visitor's phone does, for benchmarks/assets/ranking.py: the client's own
// loader, renderer, studio and tone mapping, seen from given sides.

import { PerspectiveCamera, Sphere, Vector3 } from "three";
import { Stage } from "../../client/src/scene/stage";
import { computeWorldBox } from "../../client/src/scene/model";
import { loadModel } from "../../client/src/scene/model_loader";

const EDGE_PX = 448;
const FIELD_OF_VIEW_DEG = 30;
const FILLS = 1.02;

const stage = new Stage();
const { renderer, scene } = stage;
renderer.setPixelRatio(1);
renderer.setSize(EDGE_PX, EDGE_PX, false);
const camera = new PerspectiveCamera(FIELD_OF_VIEW_DEG, 1, 0.5, 20);
let sphere;
let shown;

/** Show a file; the first is the source, whose size and middle all others are seen by. */
window.show = async (url) => {
  const next = await loadModel({ scale: 1 }, { url }, {});
  stage.show(next, shown);
  shown = next;
  sphere ??= computeWorldBox(next).getBoundingSphere(new Sphere());
  camera.near = sphere.radius / 2;
  camera.far = sphere.radius * 20;
  camera.updateProjectionMatrix();
};

/** Give the pixels seen when looking that way: RGBA rows from below, in base64. */
window.pixels = (towards) => {
  const away = new Vector3(...towards).normalize().negate();
  const distance = (FILLS * sphere.radius) / Math.sin((FIELD_OF_VIEW_DEG * Math.PI) / 360);
  camera.position.copy(sphere.center).addScaledVector(away, distance);
  camera.lookAt(sphere.center);
  renderer.render(scene, camera);
  const context = renderer.getContext();
  const rows = new Uint8Array(EDGE_PX * EDGE_PX * 4);
  context.readPixels(0, 0, EDGE_PX, EDGE_PX, context.RGBA, context.UNSIGNED_BYTE, rows);
  let text = "";
  for (let i = 0; i < rows.length; i += 32768) {
    text += String.fromCharCode(...rows.subarray(i, i + 32768));
  }
  return btoa(text);
};

/** Begin with another source. */
window.forget = () => {
  sphere = undefined;
};

window.isReady = true;
