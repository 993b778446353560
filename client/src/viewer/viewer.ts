// The inline 3D viewer: loads the model, shows it with its toolbar, and frees all when closed.

import { button, element, loadStylesheet } from "../core/dom";
import { SceneError, isAbortError, toSceneError } from "../core/errors";
import type { Words } from "../core/i18n";
import { type GpuMemory, type Page, type SceneEventDetail, dispatchSceneEvent, offerView } from "../core/page";
import { chooseLod, readDeviceHints } from "../core/lod";
import { dispatchTouch } from "../core/touch";
import type { LodView, ModelView } from "../generated/manifest";
import type { Model } from "../scene/model";
import { loadModel } from "../scene/model_loader";
import { iconButton } from "../ui/icon_button";
import {
  type OrbitCommands,
  STEP_RADIANS,
  STEP_RATIO,
  listenToOrbitInput,
  toldMoves,
} from "../ui/orbit_input";
import { ProgressBar } from "../ui/progress_bar";
import style from "../ui/scene.css";
import { OrbitView } from "./orbit_view";

/** A drag across the whole view turns the object half round. */
const DRAG_RADIANS = Math.PI;

const opened = new WeakMap<Page, Viewer>();

/** Show the model on the page; when it is there already, bring the keyboard to it. */
export function open(page: Page): void {
  const viewer = opened.get(page);
  if (viewer) {
    viewer.focus();
    return;
  }
  const fresh = new Viewer(page, () => opened.delete(page));
  opened.set(page, fresh);
  void fresh.load();
}

class Viewer {
  readonly #page: Page;
  readonly #onClosed: () => void;
  readonly #view = element("div", "ec-view", { attributes: { role: "group", hidden: "" } });
  readonly #canvas = element("canvas", "ec-canvas", { attributes: { role: "img", tabindex: "0" } });
  readonly #tools: HTMLElement;
  readonly #loading = new AbortController();
  #turntable: OrbitView | undefined;

  constructor(page: Page, onClosed: () => void) {
    this.#page = page;
    this.#onClosed = onClosed;
    const moves: OrbitCommands = toldMoves({
      drag: (across, down) => moves.turn(-across * DRAG_RADIANS, down * DRAG_RADIANS),
      turn: (yaw, pitch) => this.#turntable?.turn(yaw, pitch),
      approach: (ratio) => this.#turntable?.approach(ratio),
      reset: () => this.#turntable?.reset(),
      close: () => this.close(),
      touch: (x, y) => this.#touch(x, y),
    });
    const { say } = page.words;
    const keys = element("p", "unseen", { attributes: { id: "ec-keys" }, text: say("view_keys") });
    page.markLanguage(this.#view);
    this.#view.setAttribute("aria-label", say("view_name"));
    this.#canvas.setAttribute("aria-describedby", keys.id);
    this.#tools = createToolbar(page.words, moves);
    this.#view.append(this.#canvas, keys, this.#tools);
    listenToOrbitInput(this.#canvas, this.#view, moves);
    page.figure.prepend(this.#view);
    page.holdView(() => this.close());
  }

  focus(): void {
    this.#canvas.focus();
  }

  /** Show the smallest level of detail as soon as it is there. */
  async load(): Promise<void> {
    const progress = new ProgressBar(this.#page, () => this.#loading.abort());
    this.#signal({ state: "loading" });
    try {
      const { scene } = await this.#page.stop();
      this.#turntable = new OrbitView(this.#canvas, () => this.#fail(new SceneError("lost")));
      const lod = scene.lods[0];
      if (!lod) throw new SceneError("outdated");
      const onBytes = (received: number): void => progress.show(received / lod.bytes);
      const [model] = await Promise.all([this.#fetch(scene, lod, onBytes), loadStylesheet(style)]);
      this.#reveal(scene, model);
      this.#page.whisper(this.#page.words.say("shown"));
      this.#tell("shown", lod, model);
      this.#goOn(scene);
    } catch (error) {
      this.#fail(error);
    } finally {
      progress.end();
    }
  }

  close(): void {
    const hadFocus = this.#view.contains(document.activeElement);
    const memory = this.#tearDown();
    this.#page.say(this.#page.words.say("closed"));
    this.#signal({ state: "closed", ...(memory && { memory }) });
    if (hadFocus) this.#page.focusAction("ec-show-3d");
  }

  #touch(x: number, y: number): void {
    const touch = this.#turntable?.touch(x, y);
    if (touch) dispatchTouch(this.#page.figure, touch);
  }

  #fetch(scene: ModelView, lod: LodView, onBytes?: (received: number) => void): Promise<Model> {
    const { signal } = this.#loading;
    return loadModel(scene, lod, { signal, ...(onBytes && { onBytes }) });
  }

  #reveal(scene: ModelView, model: Model): void {
    const { figure } = this.#page;
    const pictures = [...figure.querySelectorAll("img")];
    const poster = pictures.find(({ clientWidth, clientHeight }) => clientWidth * clientHeight > 0);
    if (poster) this.#canvas.style.aspectRatio = `${poster.clientWidth} / ${poster.clientHeight}`;
    this.#canvas.setAttribute("aria-label", scene.alt.text);
    this.#canvas.lang = scene.alt.language;
    figure.classList.add("ec-open");
    this.#view.hidden = false;
    this.#show(model);
    performance.mark("first-model-frame");
    this.#canvas.focus({ preventScroll: true });
    offerView(() => import("./guided_view").then(({ guidedView }) => this.#turntable && guidedView(this.#turntable)));
  }

  #show(model: Model): void {
    this.#turntable?.show(model);
    const stop = model.animation?.playback.button(this.#page.words);
    if (stop && !stop.isConnected) this.#tools.prepend(stop); // put in again, it would lose the keyboard
  }

  // The finer level comes by itself, unless the visitor asked to save data: then it is
  // offered with its weight. When it does not come, the one that is shown stays.
  #goOn(scene: ModelView): void {
    const finer = chooseLod(scene.lods, readDeviceHints());
    if (!finer || finer === scene.lods[0]) return;
    const { words, capabilities } = this.#page;
    if (!capabilities.savesData) {
      void this.#refine(scene, finer);
      return;
    }
    const offer = button(
      words.say("refine", { size: words.bytes(finer.bytes) }),
      "ec-finer",
      () => {
        offer.remove();
        void this.#refine(scene, finer);
      },
    );
    this.#view.append(offer);
  }

  async #refine(scene: ModelView, lod: LodView): Promise<void> {
    try {
      const model = await this.#fetch(scene, lod);
      this.#show(model);
      this.#page.whisper(this.#page.words.say("refined"));
      this.#tell("refined", lod, model);
    } catch (error) {
      if (!isAbortError(error) && !(error instanceof SceneError)) throw error;
    }
  }

  #fail(error: unknown): void {
    this.#tearDown();
    if (isAbortError(error)) {
      this.#page.say(this.#page.words.say("cancelled"));
      this.#signal({ state: "closed" });
      return;
    }
    const reason = toSceneError(error, "unreadable");
    this.#page.explain(reason, () => open(this.#page));
    this.#signal({ state: "failed", failure: reason.kind });
  }

  #tearDown(): GpuMemory | undefined {
    this.#loading.abort();
    this.#page.figure.classList.remove("ec-open");
    this.#view.remove();
    offerView();
    const memory = this.#turntable?.dispose();
    this.#turntable = undefined;
    this.#page.holdView(undefined);
    this.#onClosed();
    return memory;
  }

  #tell(state: "shown" | "refined", lod: LodView, model: Model): void {
    this.#signal({ state, lod: lod.name, ...this.#turntable?.measure(model) });
  }

  #signal(detail: Omit<SceneEventDetail, "rung">): void {
    dispatchSceneEvent(this.#page.figure, { rung: "inline", ...detail });
  }
}

export function createToolbar({ say }: Words, moves: OrbitCommands): HTMLElement {
  const close = iconButton("close", { name: say("close_3d"), label: say("label_close") }, () =>
    moves.close(),
  );
  close.classList.add("ec-close");
  const attributes = { role: "group", "aria-label": say("tools") };
  return element(
    "div",
    "ec-tools",
    { attributes },
    iconButton("turn_left", { name: say("turn_left"), label: say("label_left") }, () =>
      moves.turn(-STEP_RADIANS, 0),
    ),
    iconButton("turn_right", { name: say("turn_right"), label: say("label_right") }, () =>
      moves.turn(STEP_RADIANS, 0),
    ),
    iconButton("tilt_up", { name: say("tilt_up"), label: say("label_up") }, () =>
      moves.turn(0, STEP_RADIANS),
    ),
    iconButton("tilt_down", { name: say("tilt_down"), label: say("label_down") }, () =>
      moves.turn(0, -STEP_RADIANS),
    ),
    iconButton("zoom_in", { name: say("zoom_in"), label: say("zoom_in") }, () =>
      moves.approach(STEP_RATIO),
    ),
    iconButton("zoom_out", { name: say("zoom_out"), label: say("zoom_out") }, () =>
      moves.approach(1 / STEP_RATIO),
    ),
    iconButton("reset", { name: say("reset"), label: say("label_reset") }, () => moves.reset()),
    close,
  );
}
