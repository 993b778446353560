// The surroundings that a model reflects: an overcast sky, a pale ground and two
// windows, drawn into a small cube. Metal is black without something to mirror.

import {
  BackSide,
  BoxGeometry,
  Color,
  Float32BufferAttribute,
  Mesh,
  MeshBasicMaterial,
  PMREMGenerator,
  Scene,
  SphereGeometry,
  type WebGLRenderer,
  type WebGLRenderTarget,
} from "three";
import { free } from "./subject";

const SKY = new Color(0.92, 0.96, 1.05);
const HORIZON = new Color(0.75, 0.75, 0.74);
const GROUND = new Color(0.3, 0.28, 0.26);
/** Brightness, azimuth and height in degrees of each window. */
const WINDOWS = [
  [14, 40, 35],
  [6, 215, 20],
] as const;
/** Of each face of the cube: soft windows need no more. three.js would make it larger, and
 * phones wait while it is filtered: see three-parts.mjs. */
const EDGE_PX = 64;

export function studio(renderer: WebGLRenderer): WebGLRenderTarget {
  const scene = new Scene();
  scene.add(dome(), ...WINDOWS.map(windowPane));
  const generator = new PMREMGenerator(renderer);
  const target = generator.fromScene(scene, 0, 0.1, 100, { size: EDGE_PX });
  generator.dispose();
  free(scene);
  return target;
}

function dome(): Mesh {
  const geometry = new SphereGeometry(10, 24, 24);
  const positions = geometry.getAttribute("position");
  const colors: number[] = [];
  for (let i = 0; i < positions.count; i += 1) {
    const height = positions.getY(i) / 10;
    const end = height > 0 ? SKY : GROUND;
    colors.push(
      ...HORIZON.clone()
        .lerp(end, Math.abs(height) ** 0.6)
        .toArray(),
    );
  }
  geometry.setAttribute("color", new Float32BufferAttribute(colors, 3));
  return new Mesh(geometry, new MeshBasicMaterial({ vertexColors: true, side: BackSide }));
}

function windowPane([brightness, azimuth_deg, height_deg]: (typeof WINDOWS)[number]): Mesh {
  const material = new MeshBasicMaterial({ color: new Color().setScalar(brightness) });
  const pane = new Mesh(new BoxGeometry(4, 3, 0.1), material);
  const [azimuth, height] = [(azimuth_deg * Math.PI) / 180, (height_deg * Math.PI) / 180];
  pane.position.setFromSphericalCoords(8, Math.PI / 2 - height, azimuth);
  pane.lookAt(0, 0, 0);
  return pane;
}
