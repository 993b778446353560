// A WebXR immersive-ar session: hit test, placement on the ground or by a print, gestures, rendering.

import { PerspectiveCamera, Vector3 } from "three";
import { type SceneError, isAbortError, toSceneError } from "../core/errors";
import { type Page, type SceneEventDetail, type ShownStop, dispatchSceneEvent } from "../core/page";
import { type Model, measureModel } from "../scene/model";
import { sizeText, trueSize } from "../scene/model_size";
import { Stage } from "../scene/stage";
import type { ModelPreload } from "../xr/model_preload";
import { bindSession, requestSession } from "../xr/session";
import { type Commands, DomOverlay, DragGesture, createReticle } from "./controls";
import type { ImageTracking } from "./image_tracking";
import {
  type GroundPose,
  authoredYaw,
  distance_m,
  isInSight,
  minDistance,
  moveAlongView,
  placeAtAim,
} from "./placement";
import { GroundHitTest, LightEstimation, SceneAnchor } from "./webxr_modules";

export { ModelPreload } from "../xr/model_preload";

const EXTRAS = ["local-floor", "anchors", "dom-overlay", "light-estimation"];
const NEAR_M = 0.05;
const FAR_M = 500;

/** Start from a tap: the browser asks for the camera, then the session runs to its end. */
export async function start(page: Page, shown: ShownStop, delivery: ModelPreload): Promise<void> {
  page.closeView();
  const augmented = new AugmentedReality(page, shown, delivery);
  await augmented.run();
}

class AugmentedReality implements Commands {
  readonly #page: Page;
  readonly #shown: ShownStop;
  readonly #delivery: ModelPreload;
  readonly #overlay: DomOverlay;
  readonly #pin = new SceneAnchor();
  readonly #ring = createReticle();
  readonly #camera = new PerspectiveCamera(60, 1, NEAR_M, FAR_M);
  #stage: Stage | undefined;
  #session: XRSession | undefined;
  #ground: GroundHitTest | undefined;
  #light: LightEstimation | undefined;
  #model: Model | undefined;
  #finder: ImageTracking | undefined;
  #found: GroundPose | undefined;
  /** Whether the print has more to tell, from aside or from nearer by. */
  #isUnsure = false;
  /** Whether a hand has set the scene, or moved it: nothing else does from then on. */
  #isByHand = false;
  #aim: readonly [number, number, number] | undefined;
  #standing: GroundPose | undefined;
  #gesture: { readonly source: XRInputSource; readonly moves: DragGesture } | undefined;
  #problem: SceneError | undefined;

  constructor(page: Page, shown: ShownStop, delivery: ModelPreload) {
    this.#page = page;
    this.#shown = shown;
    this.#delivery = delivery;
    this.#overlay = new DomOverlay(page.words, this);
    page.markLanguage(this.#overlay.root);
  }

  async run(): Promise<void> {
    try {
      this.#session = await requestSession("immersive-ar", {
        requiredFeatures: ["hit-test"],
        optionalFeatures: [...EXTRAS, ...(isTracked(this.#page) ? ["camera-access"] : [])],
        domOverlay: { root: this.#overlay.root },
      });
      this.#session.addEventListener("end", () => this.#end(), { once: true });
      await this.#begin(this.#session);
    } catch (error) {
      this.#problem = toSceneError(error, "unsupported");
      if (this.#session) this.exit();
      else this.#end();
    }
  }

  turn(radians: number): void {
    this.#isByHand ||= radians !== 0;
    if (this.#standing) this.#standing = { ...this.#standing, yaw: this.#standing.yaw + radians };
  }

  move(ratio: number): void {
    if (!this.#standing) return;
    this.#isByHand = true;
    const least_m = minDistance(this.#shown.scene, []);
    this.#standing = moveAlongView(this.#standing, this.#eye(), { ratio, least_m });
  }

  again(): void {
    this.#standing = undefined;
    this.#pin.release();
    this.#isByHand = true;
    this.#overlay.showPlaced(false);
    this.#signal({ state: "aiming" });
  }

  exit(): void {
    this.#session?.end().catch(() => undefined); // ended already, by the system's own button
  }

  async #begin(session: XRSession): Promise<void> {
    if (!session.domOverlayState) this.#overlay.hide();
    const stage = new Stage();
    this.#stage = stage;
    stage.scene.add(this.#ring);
    stage.holder.visible = false;
    await bindSession(stage.renderer, session);
    this.#ground = new GroundHitTest(session);
    this.#light = new LightEstimation(session, stage);
    this.#listen(session);
    if (session.enabledFeatures?.includes("camera-access")) void this.#findPrints(stage);
    stage.renderer.setAnimationLoop((_time, frame) => {
      if (frame) this.#draw(stage, frame);
    });
    this.#signal({ state: "aiming" });
    void this.#receive(stage);
  }

  // By hand, on the ground, is always there: a finder that does not come is not missed.
  async #findPrints(stage: Stage): Promise<void> {
    const { ImageTracking } = await import("./image_tracking");
    const finder = await ImageTracking.start(this.#shown, this.#page.words).catch(() => undefined);
    if (this.#stage === stage) this.#finder = finder;
    else finder?.stop();
  }

  async #receive(stage: Stage): Promise<void> {
    try {
      const model = await this.#delivery.model;
      if (this.#stage !== stage) return;
      stage.show(model);
      this.#model = model;
      if (model.animation) this.#overlay.add(model.animation.playback.button(this.#page.words));
      if (this.#standing) this.#announce();
    } catch (error) {
      if (isAbortError(error)) return;
      this.#problem = toSceneError(error, "unreadable");
      this.exit();
    }
  }

  #listen(session: XRSession): void {
    session.addEventListener("selectstart", ({ inputSource }) => {
      this.#gesture = { source: inputSource, moves: new DragGesture() };
    });
    session.addEventListener("select", () => {
      if (!this.#gesture?.moves.isTurn) this.#tap(session);
    });
    session.addEventListener("selectend", () => {
      this.#gesture = undefined;
    });
  }

  #tap(session: XRSession): void {
    if (this.#standing) {
      // With no buttons on the screen, a second tap is the way to choose another place.
      if (!session.domOverlayState) this.again();
      return;
    }
    if (!this.#aim) return;
    this.#isByHand = true;
    const { scene, stop } = this.#shown;
    const least_m = minDistance(scene, stop.anchors);
    const facing = placeAtAim(this.#eye(), this.#aim, { least_m, forward: this.#gaze() });
    this.#standing = { ...facing, yaw: facing.yaw + authoredYaw(stop.anchors) };
    this.#settle(this.#aim);
  }

  #settle(pinned: readonly [number, number, number]): void {
    this.#pin.hold(pinned);
    this.#overlay.showPlaced(true);
    if (this.#model) this.#announce();
  }

  #draw(stage: Stage, frame: XRFrame): void {
    const space = stage.renderer.xr.getReferenceSpace();
    const viewer = space && frame.getViewerPose(space);
    if (!viewer) return;
    const { position, orientation } = viewer.transform;
    this.#camera.position.set(position.x, position.y, position.z);
    this.#camera.quaternion.set(orientation.x, orientation.y, orientation.z, orientation.w);
    this.#light?.follow(frame);
    this.#findPrint(stage, viewer);
    if (this.#standing) this.#keep(this.#standing, frame, space);
    else this.#aim = this.#ground?.aim(frame, space);
    this.#arrange(stage);
    this.#advise();
    if (this.#standing) stage.advance();
    stage.renderer.render(stage.scene, this.#camera);
  }

  // A print that is found sets the scene, and surer so while it is looked at; then the device's own
  // tracking carries on. What a hand has set stays.
  #findPrint(stage: Stage, { views }: XRViewerPose): void {
    const [view] = views;
    if (!this.#finder || !view || this.#isByHand) return;
    this.#finder.look(stage.renderer, view, performance.now());
    const { found } = this.#finder;
    if (!found || found.standing === this.#found) return;
    const isFirst = this.#standing === undefined;
    this.#standing = this.#found = found.standing;
    if (isFirst) this.#settle(found.standing.position);
    const isUnsure = found.hint !== "none";
    if (this.#isUnsure && !isUnsure) this.#announce("settled");
    this.#isUnsure = isUnsure;
  }

  #keep(place: GroundPose, frame: XRFrame, space: XRReferenceSpace): void {
    this.#standing = this.#pin.follow(place, frame, space);
    const ray = this.#gesture && frame.getPose(this.#gesture.source.targetRaySpace, space);
    if (!this.#gesture || !ray) return;
    // A pose's third column points backwards along its ray.
    const [x = 0, y = 0, z = 0] = ray.transform.matrix.slice(8, 11);
    this.turn(this.#gesture.moves.follow([-x, -y, -z], this.#gaze()));
  }

  #arrange({ holder }: Stage): void {
    holder.visible = this.#standing !== undefined && this.#model !== undefined;
    this.#ring.visible = this.#standing === undefined && this.#aim !== undefined;
    if (this.#standing) {
      holder.position.set(...this.#standing.position);
      holder.rotation.set(0, this.#standing.yaw, 0);
    } else if (this.#aim) {
      this.#ring.position.set(...this.#aim);
    }
  }

  #advise(): void {
    const { say, length } = this.#page.words;
    const percent = Math.round(this.#delivery.ratio * 100);
    const surer = this.#isByHand ? undefined : this.#finder?.advice;
    if (surer && this.#standing) {
      this.#overlay.say(surer);
    } else if (this.#standing && !this.#sees(this.#standing)) {
      const distance = length(distance_m(this.#standing, this.#eye()));
      this.#overlay.say(say("ar_look", { distance }));
    } else if (this.#standing && this.#model) {
      const size = sizeText(this.#shown.scene, this.#page.words);
      this.#overlay.say(say("ar_placed", { size }));
    } else if (this.#standing) {
      this.#overlay.say(say("ar_waiting", { percent }));
    } else if (this.#finder && !this.#isByHand) {
      this.#overlay.say(this.#finder.hint);
    } else {
      this.#overlay.say(say(this.#aim ? "ar_aim" : "ar_scan"));
    }
  }

  #sees(place: GroundPose): boolean {
    const [, height_m] = trueSize(this.#shown.scene);
    return isInSight(place, { eye: this.#eye(), gaze: this.#gaze(), height_m });
  }

  #end(): void {
    this.#delivery.cancel();
    this.#finder?.stop();
    this.#overlay.remove();
    this.#stage?.renderer.setAnimationLoop(null);
    const memory = this.#stage?.dispose();
    this.#stage = undefined;
    if (this.#problem) {
      this.#page.explain(this.#problem, () => this.#page.press("ec-show-ar"));
      this.#signal({ state: "failed", failure: this.#problem.kind });
    } else {
      this.#page.say(this.#page.words.say("ar_ended"));
      this.#signal({ state: "closed", ...(memory && { memory }) });
    }
    this.#page.focusAction("ec-show-ar");
  }

  #eye(): [number, number, number] {
    return this.#camera.position.toArray();
  }

  #gaze(): [number, number, number] {
    return this.#camera.getWorldDirection(new Vector3()).toArray();
  }

  // Told once the scene has been put in its place, and so can be measured there.
  #announce(state: "placed" | "settled" = "placed"): void {
    const { holder } = this.#stage ?? {};
    if (!this.#stage || !holder || !this.#model) return;
    this.#arrange(this.#stage);
    this.#signal({ state, ...measureModel(this.#model, holder) });
  }

  #signal(detail: Omit<SceneEventDetail, "rung">): void {
    dispatchSceneEvent(this.#page.figure, { rung: "ar", ...detail });
  }
}

/** Whether the stop has a print that a camera can find. */
function isTracked({ figure }: Page): boolean {
  return "tracked" in figure.dataset;
}
