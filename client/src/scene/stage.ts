// The three.js scene around a model: renderer, lights, environment map, and the plane that receives
// its shadow.

import {
  BackSide,
  Box3,
  BoxGeometry,
  Color,
  DirectionalLight,
  Float32BufferAttribute,
  Group,
  Mesh,
  MeshBasicMaterial,
  NeutralToneMapping,
  PMREMGenerator,
  PlaneGeometry,
  Scene,
  ShadowMaterial,
  Sphere,
  SphereGeometry,
  type WebGLRenderTarget,
  WebGLRenderer,
} from "three";
import { SceneError } from "../core/errors";
import type { GpuMemory } from "../core/page";
import { type Model, computeWorldBox, disposeObject } from "./model";

/** More pixels than this cost a phone's battery and show nothing more. */
const MOST_PIXEL_RATIO = 2;
const SHADOW_EDGE_PX = 1024;
const SHADOW_BLUR_PX = 4;
/** Of the sun, where the phone does not estimate the street's light. */
export const SUN_INTENSITY = 2.1;
export const STUDIO_INTENSITY = 0.75;
const SHADOW_OPACITY = 0.28;
/** As in the poster's studio; before a wall, more from the front, or shadows fall far below. */
const SUN_DIRECTION: Readonly<Record<ShadowReceiver, readonly [number, number, number]>> = {
  ground: [-0.55, 1, 0.42],
  wall: [-0.5, 0.75, 1],
};

/** What a model's shadow falls on. */
export type ShadowReceiver = "ground" | "wall";

export class Stage {
  readonly renderer: WebGLRenderer;
  readonly scene = new Scene();
  readonly sun = new DirectionalLight(0xffffff, SUN_INTENSITY);
  /** Holds the model; moved and turned as one. */
  readonly holder = new Group();
  readonly #ground = new Mesh(
    new PlaneGeometry(1, 1).rotateX(-Math.PI / 2),
    new ShadowMaterial({ opacity: SHADOW_OPACITY, depthWrite: false }),
  );
  readonly #wall = new Mesh(new PlaneGeometry(1, 1), this.#ground.material);
  readonly #studio: WebGLRenderTarget;
  #backing: ShadowReceiver = "ground";
  #model: Model | undefined;
  /** What the model takes up in its holder: at rest, and at any time. */
  #box = new Box3();
  #reach = this.#box;

  constructor(canvas?: HTMLCanvasElement) {
    try {
      this.renderer = new WebGLRenderer({
        antialias: true,
        alpha: true,
        powerPreference: "default",
        ...(canvas && { canvas }),
      });
    } catch (cause) {
      throw new SceneError("no_webgl", { cause });
    }
    const { renderer, scene, holder, sun } = this;
    renderer.setPixelRatio(Math.min(devicePixelRatio, MOST_PIXEL_RATIO));
    renderer.toneMapping = NeutralToneMapping;
    renderer.shadowMap.enabled = true;
    renderer.shadowMap.autoUpdate = false;
    sun.castShadow = true;
    sun.shadow.mapSize.setScalar(SHADOW_EDGE_PX);
    this.#ground.receiveShadow = this.#wall.receiveShadow = true;
    this.#wall.visible = false;
    holder.add(sun, sun.target, this.#ground, this.#wall);
    scene.add(holder);
    this.#studio = createEnvironment(renderer);
    scene.environment = this.#studio.texture;
    scene.environmentIntensity = STUDIO_INTENSITY;
  }

  /**
   * Put a model in, in place of the one before, whose memory is given back and whose motion goes on.
   *
   * @returns what it takes up in its holder, at any time
   */
  show(model: Model): Box3 {
    const before = this.#model;
    if (before) {
      this.holder.remove(before);
      disposeObject(before);
    }
    this.#box = computeWorldBox(model); // outside the holder still: in the holder's frame
    this.#reach = model.animation?.begin(this.#box, before?.animation) ?? this.#box;
    this.#model = model;
    this.#fitSun();
    this.holder.add(model);
    return this.#reach;
  }

  /** Move what moves, before it is drawn; false where all stands still. */
  advance(): boolean {
    const isMoving = this.#model?.animation?.advance(performance.now()) ?? false;
    this.renderer.shadowMap.needsUpdate ||= isMoving;
    return isMoving;
  }

  /** Let the shadow fall on what is under the model, or on what hangs behind it. */
  back(backing: ShadowReceiver): void {
    if (this.#backing === backing) return;
    this.#backing = backing;
    this.#wall.visible = backing === "wall";
    this.#ground.visible = !this.#wall.visible;
    this.#fitSun();
  }

  /** Give everything back; the memory still held afterwards is zero. */
  dispose(): GpuMemory {
    disposeObject(this.scene);
    this.sun.dispose();
    this.#studio.dispose();
    const { geometries, textures } = this.renderer.info.memory;
    this.renderer.dispose();
    if (!this.renderer.getContext().isContextLost()) this.renderer.forceContextLoss();
    return { geometries, textures };
  }

  // The sun's own picture of the model, from which shadows are cast, holds it tightly.
  #fitSun(): void {
    const { sun } = this;
    const box = this.#box;
    if (box.isEmpty()) return;
    const { center, radius } = this.#reach.getBoundingSphere(new Sphere());
    sun.target.position.copy(center);
    sun.position
      .set(...SUN_DIRECTION[this.#backing])
      .setLength(2 * radius)
      .add(center);
    const { camera } = sun.shadow;
    camera.left = camera.bottom = -radius;
    camera.right = camera.top = radius;
    camera.near = radius / 2;
    camera.far = 4 * radius;
    camera.updateProjectionMatrix();
    sun.shadow.normalBias = radius / 200;
    sun.shadow.radius = SHADOW_BLUR_PX;
    this.#ground.position.set(center.x, box.min.y, center.z);
    this.#ground.scale.setScalar(6 * radius);
    this.#wall.position.set(center.x, center.y, box.min.z);
    this.#wall.scale.setScalar(6 * radius);
    this.renderer.shadowMap.needsUpdate = true;
  }
}

// The surroundings that a model reflects: an overcast sky, a pale ground and two
// windows, drawn into a small cube. Metal is black without something to mirror.

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

export function createEnvironment(renderer: WebGLRenderer): WebGLRenderTarget {
  const scene = new Scene();
  scene.add(createSky(), ...WINDOWS.map(createWindow));
  const generator = new PMREMGenerator(renderer);
  const target = generator.fromScene(scene, 0, 0.1, 100, { size: EDGE_PX });
  generator.dispose();
  disposeObject(scene);
  return target;
}

function createSky(): Mesh {
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

function createWindow([brightness, azimuth_deg, height_deg]: (typeof WINDOWS)[number]): Mesh {
  const material = new MeshBasicMaterial({ color: new Color().setScalar(brightness) });
  const pane = new Mesh(new BoxGeometry(4, 3, 0.1), material);
  const [azimuth, height] = [(azimuth_deg * Math.PI) / 180, (height_deg * Math.PI) / 180];
  pane.position.setFromSphericalCoords(8, Math.PI / 2 - height, azimuth);
  pane.lookAt(0, 0, 0);
  return pane;
}
