// A WebXR immersive-vr session: the model at its true size, a safe way in front of the visitor.

import { Color, GridHelper, PerspectiveCamera } from "three";
import { type SceneError, isAbortError, toSceneError } from "../core/errors";
import { type Page, type SceneEventDetail, dispatchSceneEvent } from "../core/page";
import type { ModelView } from "../generated/manifest";
import { measureModel } from "../scene/model";
import { trueSize } from "../scene/model_size";
import type { Playback } from "../scene/playback";
import { Stage } from "../scene/stage";
import { STEP_RADIANS } from "../ui/orbit_input";
import { ModelPreload } from "../xr/model_preload";
import { bindSession, requestSession } from "../xr/session";

const NEAR_M = 0.05;
const FAR_M = 1000;
const CLEARANCE_M = 2;
/** As far as a whole height can be seen without craning: its height, this many times. */
const STEP_BACK = 0.8;
const SKY = new Color(0xd9dde0);
const FLOOR_LINES = 0x9aa0a4;
const FLOOR_EDGE_M = 60;

/** Start from a tap: the headset opens the scene. */
export function open(page: Page): void {
  page.closeView();
  page.say(page.words.say("vr_how")); // the last that is read before the headset shows the scene
  void new VirtualReality(page).run();
}

/** How far away the model's middle stands, so that it is seen whole and nobody is in it. */
export function distanceInVr(scene: ModelView): number {
  const [width, height, depth] = trueSize(scene);
  return Math.max(Math.hypot(width, depth) / 2 + CLEARANCE_M, height * STEP_BACK);
}

class VirtualReality {
  readonly #page: Page;
  readonly #camera = new PerspectiveCamera(60, 1, NEAR_M, FAR_M);
  #delivery: ModelPreload | undefined;
  #stage: Stage | undefined;
  #session: XRSession | undefined;
  #play: Playback | undefined;
  #problem: SceneError | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  async run(): Promise<void> {
    try {
      const asked = requestSession("immersive-vr", { optionalFeatures: ["local-floor"] });
      const stop = this.#page.stop();
      stop.catch(() => undefined); // told below, after the session's own answer
      this.#session = await asked;
      this.#session.addEventListener("end", () => this.#end(), { once: true });
      const { scene } = await stop;
      this.#delivery = new ModelPreload(scene, this.#page.capabilities.savesData);
      this.#stage = await this.#furnish(this.#session, scene);
      await this.#receive(this.#stage, this.#delivery);
    } catch (error) {
      if (!isAbortError(error)) this.#problem = toSceneError(error, "vr");
      if (this.#session) void this.#session.end().catch(() => undefined);
      else this.#end();
    }
  }

  async #furnish(session: XRSession, scene: ModelView): Promise<Stage> {
    const stage = new Stage();
    const floor = await bindSession(stage.renderer, session);
    stage.scene.background = SKY;
    const lines = new GridHelper(FLOOR_EDGE_M, FLOOR_EDGE_M, FLOOR_LINES, FLOOR_LINES);
    lines.position.y = floor;
    stage.scene.add(lines);
    stage.holder.position.set(0, floor, -distanceInVr(scene));
    const turn = (): unknown => stage.holder.rotateY(STEP_RADIANS);
    const toggle = (): unknown => (this.#play ? this.#play.toggle() : turn());
    listenToPresses(session, { short: turn, long: toggle });
    stage.renderer.setAnimationLoop(() => {
      stage.advance();
      stage.renderer.render(stage.scene, this.#camera);
    });
    return stage;
  }

  async #receive(stage: Stage, delivery: ModelPreload): Promise<void> {
    const model = await delivery.model;
    stage.show(model);
    this.#play = model.animation?.playback;
    this.#signal({ state: "placed", ...measureModel(model, stage.holder) });
  }

  #end(): void {
    this.#delivery?.cancel();
    this.#stage?.renderer.setAnimationLoop(null);
    const memory = this.#stage?.dispose();
    this.#stage = undefined;
    const { words } = this.#page;
    if (this.#problem) {
      this.#page.explain(this.#problem, () => this.#page.press("ec-show-vr"));
      this.#signal({ state: "failed", failure: this.#problem.kind });
    } else {
      // Some headsets open before the line can be read: whoever could not stop it finds it here.
      const how = this.#play ? ` ${words.say("vr_how")}` : "";
      this.#page.say(words.say("ar_ended") + how);
      this.#signal({ state: "closed", ...(memory && { memory }) });
    }
    this.#page.focusAction("ec-show-vr");
  }

  #signal(detail: Omit<SceneEventDetail, "rung">): void {
    dispatchSceneEvent(this.#page.figure, { rung: "vr", ...detail });
  }
}

/** As long as phones wait. */
const LONG_MS = 500;

export interface Presses {
  short(): void;
  long(): void;
}

/** Listen to the presses of a session, each told when it ends. */
export function listenToPresses(session: EventTarget, { short, long }: Presses): void {
  let began_ms = 0;
  session.addEventListener("selectstart", ({ timeStamp }) => (began_ms = timeStamp));
  session.addEventListener("select", ({ timeStamp }) => {
    if (timeStamp - began_ms < LONG_MS) short();
    else long();
  });
}
