// A model on a canvas, seen by a camera that orbits it. Renders only when something changed, or moves
// in sight: a still picture costs no battery, nor does a page that is hidden.

import { type Object3D, PerspectiveCamera, Vector3 } from "three";
import type { GpuMemory } from "../core/page";
import type { SceneTouch } from "../core/touch";
import { type Model, type ModelMeasures, measureModel } from "../scene/model";
import { Stage } from "../scene/stage";

export class OrbitView {
  readonly #stage: Stage;
  readonly camera = new PerspectiveCamera(FIELD_OF_VIEW_DEG);
  /** Called after each drawing. */
  onDrawn: (() => void) | undefined;
  readonly #resizing = new ResizeObserver(() => this.#resize());
  #subject: OrbitTarget | undefined;
  #model: Model | undefined;
  #orbit: Orbit | undefined;
  #frame = 0;
  readonly #listening = new AbortController();

  /** `onLost` is called when the phone takes the graphics memory back. */
  constructor(
    readonly canvas: HTMLCanvasElement,
    onLost: () => void,
  ) {
    this.#stage = new Stage(canvas);
    canvas.addEventListener("webglcontextlost", onLost, { signal: this.#listening.signal });
    this.#resizing.observe(canvas);
  }

  /** Show a model; the eye stays where it is when one was shown before. */
  show(model: Model): void {
    const box = this.#stage.show(model);
    model.animation?.playback.watch(this.canvas, () => this.#draw(), this.#listening.signal);
    const center = box.getCenter(new Vector3()).toArray();
    this.#subject = { center, size_m: box.getSize(new Vector3()).toArray() };
    this.#model = model;
    this.#resize();
    this.#orbit ??= initialOrbit(this.#subject, this.camera.aspect);
    this.#render();
  }

  turn(yaw: number, pitch: number): void {
    if (this.#orbit) this.#orbit = rotateOrbit(this.#orbit, yaw, pitch);
    this.#draw();
  }

  approach(ratio: number): void {
    if (!this.#orbit || !this.#subject) return;
    const whole = fitDistance(this.#subject, this.camera.aspect);
    this.#orbit = dollyOrbit(this.#orbit, ratio, whole);
    this.#draw();
  }

  /** What a finger points at: -1 to 1 across the view. */
  touch(x: number, y: number): SceneTouch | undefined {
    if (!this.#subject || !this.#model) return undefined;
    const { center, size_m } = this.#subject;
    const scale = this.#model.scale.x;
    const foot = new Vector3(center[0], center[1] - size_m[1] / 2, center[2]);
    const { position } = this.camera;
    const ray = new Vector3(x, y, 0.5).unproject(this.camera).sub(position).normalize();
    const eye = position.clone().sub(foot).divideScalar(scale);
    const finger_rad = (FINGER_PX * FIELD_OF_VIEW_DEG * Math.PI) / 180 / this.canvas.clientHeight;
    return { kind: "detail", eye: eye.toArray(), ray: ray.toArray(), finger_rad };
  }

  reset(): void {
    if (this.#subject) this.#orbit = initialOrbit(this.#subject, this.camera.aspect);
    this.#draw();
  }

  /** Where the eye stands, and about what; undefined before anything is shown. */
  get seen(): { readonly orbit: Orbit; readonly whole_m: number } | undefined {
    if (!this.#orbit || !this.#subject) return undefined;
    return { orbit: this.#orbit, whole_m: fitDistance(this.#subject, this.camera.aspect) };
  }

  /** Put the eye somewhere else. */
  turnTo(orbit: Orbit): void {
    this.#orbit = orbit;
    this.#draw();
  }

  get holder(): Object3D {
    return this.#stage.holder;
  }

  /** Measure the model as it stands on the table. */
  measure(model: Model): ModelMeasures {
    return measureModel(model, this.#stage.holder);
  }

  dispose(): GpuMemory {
    this.#listening.abort();
    this.#resizing.disconnect();
    cancelAnimationFrame(this.#frame);
    return this.#stage.dispose();
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#render());
  }

  #render(): void {
    if (!this.#orbit || !this.#subject) return;
    const { center, size_m } = this.#subject;
    const radius = Math.hypot(...size_m);
    this.camera.near = Math.max(this.#orbit.distance_m - radius, this.#orbit.distance_m / 100);
    this.camera.far = this.#orbit.distance_m + 4 * radius;
    this.camera.updateProjectionMatrix();
    this.camera.position.set(...orbitPosition(this.#orbit, this.#subject));
    this.camera.lookAt(...center);
    if (this.#stage.advance()) this.#draw();
    this.#stage.renderer.render(this.#stage.scene, this.camera);
    this.onDrawn?.();
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#stage.renderer.setSize(clientWidth, clientHeight, false);
    this.camera.aspect = clientWidth / clientHeight;
    this.#render(); // at once: a canvas is blank from its new size to its next drawing
  }
}

/** Where the camera stands about its target: radians and metres, +Y up. */
export interface Orbit {
  /** About the vertical; 0 faces the object's front (+Z), counter-clockwise from above. */
  readonly yaw: number;
  /** Above the horizon. */
  readonly pitch: number;
  readonly distance_m: number;
}

export interface OrbitTarget {
  readonly center: readonly [number, number, number];
  readonly size_m: readonly [number, number, number];
}

/** Half a target's width: what is smaller is touched so near to it. */
const FINGER_PX = 22;
/** A short telephoto, as the poster was taken: upright things stay upright. */
export const FIELD_OF_VIEW_DEG = 24;
const DEGREE = Math.PI / 180;
const FIRST_YAW = 35 * DEGREE;
const LOWEST_PITCH = -45 * DEGREE;
const HIGHEST_PITCH = 85 * DEGREE;
/** The space left around the object, as a share of its size. */
const MARGIN = 1.08;
/** Nearest and farthest eye, as shares of the distance that shows the whole. */
const NEAREST = 0.25;
const FARTHEST = 2.5;

/** The distance that shows the whole object from every side, for a given picture. */
export function fitDistance({ size_m: [width, height, depth] }: OrbitTarget, aspect: number): number {
  const tangent = Math.tan((FIELD_OF_VIEW_DEG * Math.PI) / 360);
  const reach = Math.hypot(width, depth) / 2;
  const needed = Math.max(height / 2 / tangent, reach / (tangent * aspect));
  return reach + needed * MARGIN;
}

/** Where the poster was taken from: upright things seen from low, flat ones from high. */
export function initialOrbit(subject: OrbitTarget, aspect: number): Orbit {
  const [width, height, depth] = subject.size_m;
  const flatness = 1 - Math.min(1, height / Math.max(width, depth, Number.EPSILON));
  const pitch = ((6 + 24 * flatness) * Math.PI) / 180;
  return { yaw: FIRST_YAW, pitch, distance_m: fitDistance(subject, aspect) };
}

export function rotateOrbit(orbit: Orbit, yaw: number, pitch: number): Orbit {
  const higher = Math.min(HIGHEST_PITCH, Math.max(LOWEST_PITCH, orbit.pitch + pitch));
  return { ...orbit, yaw: orbit.yaw + yaw, pitch: higher };
}

/** Nearer when `ratio` is less than 1; kept within what shows something. */
export function dollyOrbit(orbit: Orbit, ratio: number, whole_m: number): Orbit {
  const distance = orbit.distance_m * ratio;
  const kept = Math.min(whole_m * FARTHEST, Math.max(whole_m * NEAREST, distance));
  return { ...orbit, distance_m: kept };
}

export function orbitPosition(
  { yaw, pitch, distance_m }: Orbit,
  { center }: OrbitTarget,
): [number, number, number] {
  const level = Math.cos(pitch) * distance_m;
  return [
    center[0] + Math.sin(yaw) * level,
    center[1] + Math.sin(pitch) * distance_m,
    center[2] + Math.cos(yaw) * level,
  ];
}
