// A model on a canvas, seen by an eye that turns about it. Draws only when something
// changed, or moves in sight: a still picture costs no battery, nor does a page that is hidden.

import { PerspectiveCamera, Vector3 } from "three";
import type { GpuMemory } from "../signal";
import {
  FIELD_OF_VIEW_DEG,
  type Orbit,
  type Subject,
  approached,
  eye,
  firstOrbit,
  turned,
  wholeDistance,
} from "./orbit";
import { Stage } from "./stage";
import { type Measured, type Model, measured } from "./subject";

export class Turntable {
  readonly #stage: Stage;
  readonly #camera = new PerspectiveCamera(FIELD_OF_VIEW_DEG);
  readonly #resizing = new ResizeObserver(() => this.#resize());
  #subject: Subject | undefined;
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
    model.motion?.play.watch(this.canvas, () => this.#draw(), this.#listening.signal);
    const center = box.getCenter(new Vector3()).toArray();
    this.#subject = { center, size_m: box.getSize(new Vector3()).toArray() };
    this.#resize();
    this.#orbit ??= firstOrbit(this.#subject, this.#camera.aspect);
    this.#render();
  }

  turn(yaw: number, pitch: number): void {
    if (this.#orbit) this.#orbit = turned(this.#orbit, yaw, pitch);
    this.#draw();
  }

  approach(ratio: number): void {
    if (!this.#orbit || !this.#subject) return;
    const whole = wholeDistance(this.#subject, this.#camera.aspect);
    this.#orbit = approached(this.#orbit, ratio, whole);
    this.#draw();
  }

  reset(): void {
    if (this.#subject) this.#orbit = firstOrbit(this.#subject, this.#camera.aspect);
    this.#draw();
  }

  /** Measure the model as it stands on the table. */
  measured(model: Model): Measured {
    return measured(model, this.#stage.holder);
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
    this.#camera.near = Math.max(this.#orbit.distance_m - radius, this.#orbit.distance_m / 100);
    this.#camera.far = this.#orbit.distance_m + 4 * radius;
    this.#camera.updateProjectionMatrix();
    this.#camera.position.set(...eye(this.#orbit, this.#subject));
    this.#camera.lookAt(...center);
    if (this.#stage.advance()) this.#draw();
    this.#stage.renderer.render(this.#stage.scene, this.#camera);
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#stage.renderer.setSize(clientWidth, clientHeight, false);
    this.#camera.aspect = clientWidth / clientHeight;
    this.#render(); // at once: a canvas is blank from its new size to its next drawing
  }
}
