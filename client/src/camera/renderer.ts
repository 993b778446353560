// Draw the camera's frame and the scene over it together: what is shown is the very frame that the
// tracker read, so that the scene never swims on it.

import { Box3, type Matrix4, PerspectiveCamera, Vector3 } from "three";
import { element } from "../core/dom";
import { SceneError } from "../core/errors";
import type { GpuMemory } from "../core/page";
import { type Model, type ModelMeasures, computeWorldBox, measureModel } from "../scene/model";
import { type ShadowReceiver, Stage } from "../scene/stage";
import type { Frame } from "../tracking/frame";
import type { CameraIntrinsics, Pose } from "../tracking/tracker";

const NEAR_M = 0.02;
const FAR_M = 500;

/** What the scene is seen from. */
export interface SceneView {
  /** The camera's frame in that of the place. */
  readonly eye: Matrix4;
  readonly place: Pose;
  /** Of a picture so high, of the same shape as the one that is held. */
  readonly lens: CameraIntrinsics;
  readonly lensHeight_px: number;
  /** What the model's shadow falls on. */
  readonly backing: ShadowReceiver;
}

export class CompositeRenderer {
  readonly picture = element("canvas", "ec-camera-picture", {
    attributes: { "aria-hidden": "true" },
  });
  readonly scene = element("canvas", "ec-camera-scene", { attributes: { role: "img" } });
  readonly #stage: Stage;
  readonly #camera = new PerspectiveCamera(50, 1, NEAR_M, FAR_M);
  readonly #shown: CanvasRenderingContext2D;
  readonly #held = document.createElement("canvas");
  readonly #holding: CanvasRenderingContext2D;
  #model: Model | undefined;
  #box = new Box3();
  #isHolding = false;
  /** The part of the picture that was seen when it was frozen; undefined while it moves. */
  #frozen: Size | undefined;
  #view: SceneView | undefined;
  readonly #listening = new AbortController();
  readonly #resizing = new ResizeObserver(() => this.#presentAgain());

  /** `onLost` is called when the phone takes the graphics memory back. */
  constructor(onLost: () => void) {
    this.#shown = opaqueContext(this.picture);
    this.#holding = opaqueContext(this.#held);
    this.#stage = new Stage(this.scene);
    this.#stage.holder.visible = false;
    this.#camera.matrixAutoUpdate = false;
    this.scene.addEventListener("webglcontextlost", onLost, { signal: this.#listening.signal });
    this.#resizing.observe(this.picture);
  }

  /** The model, standing on its holder's ground. */
  show(model: Model): void {
    this.#box = computeWorldBox(model); // outside the holder still: in the holder's frame
    this.#stage.show(model);
    this.#model = model;
  }

  /**
   * Keep a picture until it is presented: the camera's own moves on meanwhile, even from one line
   * of a script to the next. Gives the frame as it is kept.
   */
  hold(frame: Frame): Frame {
    const { picture, width_px, height_px } = frame;
    this.#isHolding = true;
    resizeCanvas(this.#held, width_px, height_px);
    this.#holding.drawImage(picture, 0, 0, width_px, height_px);
    return { ...frame, picture: this.#held };
  }

  /** Present the picture that is held, and the scene over it if there is something to see. */
  present(view?: SceneView): void {
    const hadView = this.#view !== undefined;
    this.#view = view;
    this.#presentPicture();
    if (view) this.#presentScene(view);
    else if (hadView) this.#stage.renderer.clear();
  }

  /** From now on what is seen stays seen, however the phone is turned; or fills the screen again. */
  freeze(isFrozen: boolean): void {
    this.#frozen = isFrozen ? visiblePart(this.#held, this.picture) : undefined;
  }

  /** How the model stands about the print; undefined before it has come. */
  measure(): (ModelMeasures & { readonly corners_px: readonly number[] }) | undefined {
    if (!this.#model) return undefined;
    const { holder } = this.#stage;
    return { ...measureModel(this.#model, holder), corners_px: this.#corners() };
  }

  /** What is on the screen now, as one picture. */
  photographed(): HTMLCanvasElement {
    const { width, height } = this.picture;
    const photograph = document.createElement("canvas");
    resizeCanvas(photograph, width, height);
    const context = opaqueContext(photograph);
    context.drawImage(this.picture, 0, 0);
    if (this.#view) {
      // Drawn again at once: a browser forgets what it has put on the screen.
      this.#stage.renderer.render(this.#stage.scene, this.#camera);
      context.drawImage(this.scene, 0, 0, width, height);
    }
    return photograph;
  }

  dispose(): GpuMemory {
    this.#listening.abort();
    this.#resizing.disconnect();
    return this.#stage.dispose();
  }

  // The phone was turned: what is frozen is drawn for the screen's new shape.
  #presentAgain(): void {
    if (this.#isHolding) this.present(this.#view);
  }

  #presentPicture(): void {
    const { clientWidth, clientHeight } = this.picture;
    const ratio = this.#stage.renderer.getPixelRatio();
    resizeCanvas(this.picture, Math.round(clientWidth * ratio), Math.round(clientHeight * ratio));
    const { scale, left, top } = this.#cover(this.picture);
    const { width, height } = this.#held;
    if (left > 0 || top > 0) this.#shown.clearRect(0, 0, this.picture.width, this.picture.height);
    this.#shown.drawImage(this.#held, left, top, width * scale, height * scale);
  }

  #presentScene({ eye, place, lens, lensHeight_px, backing }: SceneView): void {
    const { holder, renderer, scene } = this.#stage;
    holder.visible = this.#model !== undefined;
    this.#stage.back(backing);
    holder.position.set(...place.position);
    holder.quaternion.set(...place.rotation);
    this.#camera.matrix.copy(eye);
    this.#camera.matrixWorldNeedsUpdate = true;
    this.#camera.fov = verticalFieldOfViewDeg(lensHeight_px, lens.focal_px);
    this.#window();
    if (!this.#frozen) this.#stage.advance();
    renderer.render(scene, this.#camera);
  }

  #cover(screen: Size): ObjectFit {
    return this.#frozen ? fitContain(this.#held, this.#frozen, screen) : fitCover(this.#held, screen);
  }

  // The camera's whole picture reaches beyond the screen: what is drawn is a window of it.
  #window(): void {
    const { clientWidth: width, clientHeight: height } = this.picture;
    const { renderer } = this.#stage;
    const pixelRatio = renderer.getPixelRatio();
    const isNew = this.scene.width !== Math.floor(width * pixelRatio);
    if (isNew || this.scene.height !== Math.floor(height * pixelRatio)) {
      renderer.setSize(width, height, false);
    }
    const { scale, left, top } = this.#cover({ width, height });
    const [whole, tall] = [this.#held.width * scale, this.#held.height * scale];
    // Beside a picture that leaves room, the scene is cut where the picture ends.
    renderer.setScissorTest(left > 0 || top > 0);
    renderer.setScissor(Math.max(left, 0), Math.max(top, 0), Math.min(whole, width), Math.min(tall, height));
    this.#camera.aspect = whole / tall;
    this.#camera.setViewOffset(whole, tall, -left, -top, width, height);
  }

  /** x and y on the screen, in CSS px, of each corner of the model's box: x turns fastest. */
  #corners(): readonly number[] {
    const { min, max } = this.#box;
    const { clientWidth, clientHeight } = this.picture;
    const corners: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      const corner = new Vector3(
        i & 1 ? max.x : min.x,
        i & 2 ? max.y : min.y,
        i & 4 ? max.z : min.z,
      );
      corner.applyMatrix4(this.#stage.holder.matrixWorld).project(this.#camera);
      corners.push(((corner.x + 1) / 2) * clientWidth, ((1 - corner.y) / 2) * clientHeight);
    }
    return corners;
  }
}

/** Give a canvas a size; one that has it already keeps what is drawn on it. */
function resizeCanvas(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

function opaqueContext(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new SceneError("no_webgl"); // no memory for any canvas
  return context;
}

// How a picture fills a screen of another shape, as object-fit does it: cover, or contain where it is
// frozen and the screen was turned since.

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface ObjectFit {
  /** Screen px a picture px. */
  readonly scale: number;
  /** Of the picture's top left corner on the screen. */
  readonly left: number;
  readonly top: number;
}

export function fitCover(picture: Size, screen: Size): ObjectFit {
  return centre(picture, screen, Math.max(...scaleRatios(picture, screen)));
}

/** The part in the middle of a picture that a screen shows of it, in picture px. */
export function visiblePart(picture: Size, screen: Size): Size {
  const { scale } = fitCover(picture, screen);
  return { width: screen.width / scale, height: screen.height / scale };
}

/** So that the whole of that part is seen on a screen of any shape, and more where there is room. */
export function fitContain(picture: Size, part: Size, screen: Size): ObjectFit {
  return centre(picture, screen, Math.min(...scaleRatios(part, screen)));
}

function scaleRatios(picture: Size, screen: Size): [number, number] {
  return [screen.width / picture.width, screen.height / picture.height];
}

function centre(picture: Size, screen: Size, scale: number): ObjectFit {
  return {
    scale,
    left: (screen.width - picture.width * scale) / 2,
    top: (screen.height - picture.height * scale) / 2,
  };
}

/** The angle over a whole picture's height, in degrees, for a lens whose focal length is in px. */
export function verticalFieldOfViewDeg(height_px: number, focal_px: number): number {
  return (2 * Math.atan(height_px / 2 / focal_px) * 180) / Math.PI;
}
