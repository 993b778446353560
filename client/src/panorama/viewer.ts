// The panorama viewer: loads the picture, shows it with its toolbar, and frees all when closed.

import type { Say } from "../core/catalogue";
import { button, element } from "../core/dom";
import { SceneError, isAbortError, toSceneError } from "../core/errors";
import { type Page, type SceneEventDetail, dispatchSceneEvent, guided, offerView, readScene } from "../core/page";
import { dispatchTouch } from "../core/touch";
import type { HotspotView, PanoramaView } from "../generated/manifest";
import type messages from "../i18n/panorama.json";
import { iconButton } from "../ui/icon_button";
import {
  type OrbitCommands,
  STEP_RADIANS,
  STEP_RATIO,
  listenToOrbitInput,
  toldMoves,
} from "../ui/orbit_input";
import { ProgressBar } from "../ui/progress_bar";
import { followOrientation, hasOrientationSensor } from "./device_orientation";
import type { ShownPanorama } from "./guided_view";
import { Hotspots } from "./hotspots";
import { type Level, PanoramaRenderer, chooseLevels, loadLevel } from "./renderer";
import {
  type ViewAngles,
  azimuthOf,
  degrees,
  directionAt,
  elevationOf,
  horizontalField,
  initialView,
  radians,
  rotateView,
  rotationMatrix,
  zoomView,
} from "./spherical";

export type PanoramaKey = keyof typeof messages;
export type PanoramaSay = Say<PanoramaKey>;

/** More pixels than this cost a phone's battery and show nothing more. */
const MOST_PIXEL_RATIO = 2;

const opened = new WeakMap<Page, Viewer>();

/** Show the panorama on the page; when it is there already, bring the keyboard to it. */
export function open(page: Page, say: PanoramaSay): void {
  const viewer = opened.get(page);
  if (viewer) {
    viewer.focus();
    return;
  }
  const fresh = new Viewer(page, say, () => opened.delete(page));
  opened.set(page, fresh);
  void fresh.load();
}

class Viewer {
  readonly #page: Page;
  readonly #say: PanoramaSay;
  readonly #onClosed: () => void;
  readonly #view = element("div", "ec-panorama", { attributes: { role: "group", hidden: "" } });
  readonly #frame = element("div", "ec-frame");
  readonly #canvas = element("canvas", "", { attributes: { role: "img", tabindex: "0" } });
  readonly #loading = new AbortController();
  readonly #resizing = new ResizeObserver(() => this.#resize());
  #painter: PanoramaRenderer | undefined;
  #spots: Hotspots | undefined;
  #first: ViewAngles = initialView(0, 1);
  #look: ViewAngles = this.#first;
  #frameAsked = 0;
  #unfollow: (() => void) | undefined;
  /** What guide mode reads and turns. */
  readonly #shown: ShownPanorama = {
    canvas: this.#canvas,
    look: () => this.#look,
    show: (look) => this.#show(look),
    onDrawn: undefined,
  };

  constructor(page: Page, say: PanoramaSay, onClosed: () => void) {
    this.#page = page;
    this.#say = say;
    this.#onClosed = onClosed;
    const keys = element("p", "unseen", { attributes: { id: "ec-keys" }, text: say("keys") });
    this.#view.setAttribute("aria-label", say("name"));
    this.#view.lang = page.words.language;
    this.#canvas.setAttribute("aria-describedby", keys.id);
    this.#frame.append(this.#canvas);
    const tools = createToolbar(this.#frame, say, this.#moves, () => this.#followOrStop());
    this.#view.append(this.#frame, keys, tools);
    listenToOrbitInput(this.#canvas, this.#view, this.#moves);
    page.figure.prepend(this.#view);
    page.holdView(() => this.close());
  }

  readonly #moves: OrbitCommands = toldMoves({
    drag: (across, down) => {
      const width = horizontalField(this.#look, this.#aspect);
      this.#turn(-across * width, down * width);
    },
    turn: (yaw, pitch) => this.#turn(yaw, pitch),
    approach: (ratio) => this.#show(zoomView(this.#look, ratio)),
    reset: () => this.#show(this.#first),
    close: () => this.#spots?.closeWords() || this.close(),
    touch: (x, y) => {
      const seen = directionAt(this.#look, this.#aspect, { x, y });
      this.#tellTouch(azimuthOf(seen), elevationOf(seen));
    },
  });

  #tellTouch(azimuth: number, elevation: number): void {
    const [azimuth_deg, elevation_deg] = [degrees(azimuth), degrees(elevation)];
    dispatchTouch(this.#page.figure, { kind: "place", azimuth_deg, elevation_deg });
  }

  focus(): void {
    this.#canvas.focus();
  }

  /** Show the smallest level as soon as it is there, then the one that suits the screen. */
  async load(): Promise<void> {
    const onCancel = (): void => this.#loading.abort();
    const progress = new ProgressBar(this.#page, onCancel, this.#say("loading"));
    this.#signal({ state: "loading" });
    try {
      const { manifest = "", stop = "" } = document.body.dataset;
      const scene = await readScene(manifest, stop, "panorama");
      this.#painter = new PanoramaRenderer(this.#canvas);
      this.#canvas.addEventListener("webglcontextlost", this.#onLost);
      const [preview, ...finer] = this.#levels(scene);
      if (!preview) throw new SceneError("outdated");
      await this.#fetch(preview, (ratio) => progress.show(ratio));
      this.#reveal(scene);
      for (const level of finer) void this.#refine(level);
    } catch (error) {
      this.#fail(error);
    } finally {
      progress.end();
    }
  }

  close(): void {
    const hadFocus = this.#view.contains(document.activeElement);
    this.#tearDown();
    this.#page.say(this.#say("closed"));
    this.#signal({ state: "closed" });
    if (hadFocus) this.#page.focusAction("ec-show-panorama");
  }

  get #aspect(): number {
    return this.#canvas.clientWidth / Math.max(1, this.#canvas.clientHeight);
  }

  #levels(scene: PanoramaView): readonly Level[] {
    const { figure, capabilities } = this.#page;
    const width_px = figure.clientWidth * Math.min(devicePixelRatio, MOST_PIXEL_RATIO);
    const turn_px = (width_px * 2 * Math.PI) / horizontalField(initialView(0, 1), 1);
    const most_px = this.#painter?.most_px ?? 0;
    return chooseLevels(scene.levels, { turn_px, most_px, savesData: capabilities.savesData });
  }

  async #fetch(level: Level, onBytes?: (ratio: number) => void): Promise<void> {
    const picture = await loadLevel(level, {
      most_px: this.#painter?.most_px ?? 0,
      signal: this.#loading.signal,
      ...(onBytes && { onBytes }),
    });
    if (this.#loading.signal.aborted) picture.close();
    else this.#painter?.show(picture);
  }

  // The level that is shown stays where a finer one does not come.
  async #refine(level: Level): Promise<void> {
    try {
      await this.#fetch(level);
      if (!this.#painter) return;
      this.#ask();
      this.#signal({ state: "refined" });
    } catch (error) {
      if (!isAbortError(error) && !(error instanceof SceneError)) throw error;
    }
  }

  #reveal(scene: PanoramaView): void {
    this.#canvas.setAttribute("aria-label", scene.alt.text);
    this.#canvas.lang = scene.alt.language;
    const close = { name: this.#say("close_words"), label: this.#say("label_close") };
    this.#spots = new Hotspots(scene.hotspots, { close }, {
      onLook: (view) => this.#lookAt(view),
      onOpen: ({ azimuth_deg, elevation_deg }) =>
        this.#tellTouch(radians(azimuth_deg), radians(elevation_deg)),
    });
    this.#canvas.after(this.#spots.layer);
    this.#page.figure.classList.add("ec-open");
    this.#view.hidden = false;
    this.#first = initialView(radians(scene.starts_deg), this.#aspect);
    this.#look = this.#first;
    this.#resizing.observe(this.#frame);
    this.#page.say(this.#say("shown"));
    this.#signal({ state: "shown" });
    this.#canvas.focus({ preventScroll: true });
    this.#view.scrollIntoView({ block: "nearest" });
    offerView(() => import("./guided_view").then(({ guidedView }) => guidedView(this.#shown)));
  }

  #lookAt({ azimuth_deg, elevation_deg }: HotspotView): void {
    this.#turn(radians(azimuth_deg) - this.#look.yaw, radians(elevation_deg) - this.#look.pitch);
  }

  #turn(yaw: number, pitch: number): void {
    this.#show(rotateView(this.#look, yaw, pitch));
  }

  #show(look: ViewAngles): void {
    this.#look = look;
    this.#ask();
  }

  #resize(): void {
    const ratio = Math.min(devicePixelRatio, MOST_PIXEL_RATIO);
    this.#canvas.width = Math.max(1, Math.round(this.#canvas.clientWidth * ratio));
    this.#canvas.height = Math.max(1, Math.round(this.#canvas.clientHeight * ratio));
    this.#painter?.context.viewport(0, 0, this.#canvas.width, this.#canvas.height);
    this.#draw();
  }

  /** Draw at the next frame, once: a still picture costs nothing. */
  #ask(): void {
    this.#frameAsked ||= requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    cancelAnimationFrame(this.#frameAsked);
    this.#frameAsked = 0;
    const half = Math.tan(this.#look.field / 2);
    this.#painter?.draw(rotationMatrix(this.#look), [half * this.#aspect, half, 0, 0]);
    this.#spots?.place(this.#look, this.#canvas.clientWidth, this.#canvas.clientHeight);
    this.#shown.onDrawn?.();
  }

  // The view stays where it is when the phone takes over, and turns with it from there.
  async #followOrStop(): Promise<boolean> {
    if (this.#unfollow) {
      this.#unfollow();
      this.#unfollow = undefined;
      this.#show({ ...this.#look, roll: 0 });
      return false;
    }
    let before: number | undefined;
    const stop = await followOrientation((held) => {
      const yaw = this.#look.yaw + held.yaw - (before ?? held.yaw);
      before = held.yaw;
      this.#show({ ...this.#look, yaw, pitch: held.pitch, roll: held.roll });
      guided.onMove?.();
    });
    if (!stop) this.#page.say(this.#say("no_motion"));
    else if (this.#painter) this.#unfollow = stop;
    else stop(); // closed in the meantime
    return this.#unfollow !== undefined;
  }

  readonly #onLost = (event: Event): void => {
    event.preventDefault();
    this.#fail(new SceneError("lost"));
  };

  #fail(error: unknown): void {
    this.#tearDown();
    if (isAbortError(error)) {
      this.#page.say(this.#page.words.say("cancelled"));
      this.#signal({ state: "closed" });
      return;
    }
    const reason = toSceneError(error, "unreadable");
    this.#page.explain(reason, () => open(this.#page, this.#say));
    this.#signal({ state: "failed", failure: reason.kind });
  }

  #tearDown(): void {
    offerView();
    this.#loading.abort();
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#resizing.disconnect();
    cancelAnimationFrame(this.#frameAsked);
    if (document.fullscreenElement === this.#frame) void document.exitFullscreen();
    this.#page.figure.classList.remove("ec-open");
    this.#view.remove();
    this.#canvas.removeEventListener("webglcontextlost", this.#onLost);
    this.#painter?.dispose();
    this.#painter = undefined;
    this.#page.holdView(undefined);
    this.#onClosed();
  }

  #signal(detail: Omit<SceneEventDetail, "rung">): void {
    dispatchSceneEvent(this.#page.figure, { rung: "inline", ...detail });
  }
}

/** `onFollow` starts to follow the phone, or stops; gives whether it follows now. */
export function createToolbar(
  frame: HTMLElement,
  say: PanoramaSay,
  moves: OrbitCommands,
  onFollow: () => Promise<boolean>,
): HTMLElement {
  const close = iconButton("close", { name: say("close"), label: say("label_close") }, () =>
    moves.close(),
  );
  close.classList.add("ec-close");
  const attributes = { role: "group", "aria-label": say("tools") };
  const tools = element(
    "div",
    "ec-tools",
    { attributes },
    iconButton("turn_left", { name: say("left"), label: say("label_left") }, () =>
      moves.turn(-STEP_RADIANS, 0),
    ),
    iconButton("turn_right", { name: say("right"), label: say("label_right") }, () =>
      moves.turn(STEP_RADIANS, 0),
    ),
    iconButton("tilt_up", { name: say("up"), label: say("label_up") }, () =>
      moves.turn(0, STEP_RADIANS),
    ),
    iconButton("tilt_down", { name: say("down"), label: say("label_down") }, () =>
      moves.turn(0, -STEP_RADIANS),
    ),
    iconButton("zoom_in", { name: say("nearer"), label: say("nearer") }, () =>
      moves.approach(STEP_RATIO),
    ),
    iconButton("zoom_out", { name: say("farther"), label: say("farther") }, () =>
      moves.approach(1 / STEP_RATIO),
    ),
    iconButton("reset", { name: say("reset"), label: say("reset") }, () => moves.reset()),
  );
  if (hasOrientationSensor()) tools.append(followButton(say("follow"), onFollow));
  if (document.fullscreenEnabled) tools.append(fullscreenButton(frame, say("fill")));
  tools.append(close);
  return tools;
}

function followButton(text: string, onFollow: () => Promise<boolean>): HTMLButtonElement {
  const made = button(text, "ec-follow", () => {
    void onFollow().then((follows) => made.setAttribute("aria-pressed", String(follows)));
  });
  made.setAttribute("aria-pressed", "false");
  return made;
}

function fullscreenButton(frame: HTMLElement, text: string): HTMLButtonElement {
  const fill = (): void => void frame.requestFullscreen().catch(() => undefined);
  return button(text, "ec-fill", fill);
}
