// A session of the camera view, from the tap to the exit: opens the camera, tracks, renders, and gives
// all back.

import { SceneError, isAbortError, toSceneError } from "../core/errors";
import type { Values } from "../core/i18n";
import {
  type GpuMemory,
  type Page,
  type SceneEventDetail,
  type ShownStop,
  dispatchSceneEvent,
} from "../core/page";
import type { AnchorView } from "../generated/manifest";
import { sizeText } from "../scene/model_size";
import { type TrackedAnchor, firstTrackedAnchor, loadTrackedAnchors } from "../tracking/anchors";
import { type OrientationSensor, startOrientationSensor } from "../tracking/device_orientation";
import type { Frame } from "../tracking/frame";
import { type CameraSay, loadCameraWords } from "../tracking/messages";
import { TrackerThread } from "../tracking/tracker_thread";
import type { ModelPreload } from "../xr/model_preload";
import { SceneFollower } from "./follower";
import { CameraError, CameraStream } from "./media_stream";
import { CompositeRenderer } from "./renderer";
import {
  CameraDialog,
  type Commands,
  PATIENCE_S,
  createVideo,
  searchHint,
  sharePhotograph,
} from "./view";

export { ModelPreload } from "../xr/model_preload";

/** Start from a tap: the browser asks for the camera, then the view stays until it is left. */
export async function start(page: Page, shown: ShownStop, delivery: ModelPreload): Promise<void> {
  page.closeView();
  await new CameraSession(page, shown, delivery).run();
}

const OPENER = "ec-show-camera";
/** A sentence about something done by hand stays this long. */
const NOTICE_S = 4;
/** What the scene is has been read by then, and stands in its way. */
const PLACED_S = 8;

class CameraSession implements Commands {
  readonly #page: Page;
  readonly #shown: ShownStop;
  readonly #delivery: ModelPreload;
  readonly #stream: CameraStream;
  readonly #video = createVideo();
  #say: CameraSay | undefined;
  #view: CameraDialog | undefined;
  #screen: CompositeRenderer | undefined;
  #searcher: TrackerThread | undefined;
  #follower: SceneFollower | undefined;
  #gravity: Promise<OrientationSensor> | undefined;
  #hasModel = false;
  #feelsGravity = true;
  #isFrozen = false;
  #isFreezing = false;
  #isOver = false;
  /** What the scene stood by when the page was last told. */
  #placed: AnchorView | undefined;
  #wasPlaced = false;
  #placed_ms = 0;
  #notice = { text: "", until_ms: 0 };

  constructor(page: Page, shown: ShownStop, delivery: ModelPreload) {
    this.#page = page;
    this.#shown = shown;
    this.#delivery = delivery;
    this.#stream = new CameraStream(this.#video, this);
  }

  async run(): Promise<void> {
    // Both questions are asked within the tap, before anything is waited for.
    this.#gravity = startOrientationSensor();
    const opening = this.#stream.open();
    const targets = loadTrackedAnchors(this.#shown);
    for (const promise of [opening, targets]) promise.catch(() => undefined); // told below
    try {
      this.#say = await loadCameraWords(this.#page.words);
      this.#furnish(this.#say);
      this.#signal({ state: "loading" });
      await opening;
      await this.#begin(await targets, await this.#gravity);
    } catch (error) {
      this.fail(error);
    }
  }

  async take(frame: Frame): Promise<void> {
    if (this.#isFrozen || !this.#follower) return;
    await this.#follower.take(frame);
    if (this.#isFreezing && this.#follower.isFresh) this.#freeze();
    else this.#advise();
  }

  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#tearDown();
    const again = (): void => this.#page.press(OPENER);
    if (error instanceof CameraError && this.#say) {
      this.#page.tell(this.#say(error.kind), error.mayPass && again);
      this.#signal({ state: "failed", failure: error.kind });
    } else {
      const reason = toSceneError(error, "unreadable");
      this.#page.explain(reason, again);
      this.#signal({ state: "failed", failure: reason.kind });
    }
    this.#page.focusAction(OPENER);
  }

  freeze(): void {
    if (this.#isFrozen) {
      this.#isFrozen = false;
      this.#screen?.freeze(false);
      this.#notice.until_ms = 0;
      this.#signal({ state: "resumed" });
    } else {
      // At the next picture that the scene is known to fit: one may be half presented now.
      this.#isFreezing = true;
    }
  }

  photograph(): void {
    const photograph = this.#screen?.photographed();
    if (!photograph) return;
    sharePhotograph(photograph, this.#shown.stop.title.text).then(
      (done) => done === "saved" && this.#notify("photograph_saved"),
      () => this.#notify("photograph_failed"),
    );
  }

  nextLens(): void {
    void this.#stream.changeLens().then((used) => {
      this.#follower?.changeLens();
      if (used) this.#notify("lens_used", { ...used });
    });
  }

  without(): void {
    this.exit();
    this.#page.press("ec-show-3d");
  }

  exit(): void {
    if (this.#isOver) return;
    const memory = this.#tearDown();
    this.#page.say(this.#page.words.say("ar_ended"));
    this.#signal({ state: "closed", ...(memory && { memory }) });
    this.#page.focusAction(OPENER);
  }

  #freeze(): void {
    this.#isFreezing = false;
    this.#isFrozen = true;
    this.#screen?.freeze(true);
    this.#notice.until_ms = 0;
    this.#advise();
    this.#signal({ state: "frozen", ...this.#screen?.measure() });
  }

  #furnish(say: CameraSay): void {
    const { stop, scene } = this.#shown;
    this.#screen = new CompositeRenderer(() => this.fail(new SceneError("lost")));
    this.#screen.scene.setAttribute("aria-label", scene.alt.text);
    this.#screen.scene.lang = scene.alt.language;
    const layers = [this.#video, this.#screen.picture, this.#screen.scene];
    this.#view = new CameraDialog(this.#page, say, { layers, anchor: firstTrackedAnchor(stop) }, this);
    this.#advise();
  }

  async #begin(anchors: readonly TrackedAnchor[], gravity: OrientationSensor): Promise<void> {
    const searcher = await TrackerThread.start(anchors.map(({ target }) => target));
    if (this.#isOver || !this.#screen) {
      searcher.stop();
      return;
    }
    this.#searcher = searcher;
    this.#feelsGravity = gravity.isAllowed;
    const means = { screen: this.#screen, searcher, gravity };
    this.#follower = new SceneFollower(means, anchors, this.#shown.stop.label);
    this.#view?.offerLens(this.#stream.lensCount > 1);
    this.#signal({ state: "aiming" });
    this.#stream.run();
    await this.#receive(this.#screen);
  }

  async #receive(screen: CompositeRenderer): Promise<void> {
    try {
      const model = await this.#delivery.model;
      if (this.#isOver) return;
      screen.show(model);
      if (model.animation) this.#view?.addPlay(model.animation.playback.button(this.#page.words));
      this.#hasModel = true;
    } catch (error) {
      if (!isAbortError(error)) this.fail(error);
    }
  }

  /** Say what there is to do now, and show the buttons that do it. */
  #advise(): void {
    const anchor = this.#follower?.anchor;
    if (this.#isFrozen) this.#view?.show("frozen");
    else if (anchor) this.#view?.show("held");
    else this.#view?.show(this.#follower ? "searching" : "opening");
    this.#view?.offerWithout(!anchor && (this.#isHelpless || (this.#follower?.sought_s ?? 0) > PATIENCE_S));
    this.#view?.say(this.#sentence(anchor));
    if (anchor && this.#hasModel && anchor !== this.#placed) {
      this.#wasPlaced = true;
      this.#placed_ms = performance.now();
      this.#signal({ state: "placed", ...this.#screen?.measure() });
    } else if (!anchor && this.#placed) {
      this.#signal({ state: "aiming" });
    }
    this.#placed = this.#hasModel ? anchor : undefined;
  }

  #sentence(anchor: AnchorView | undefined): string {
    const say = this.#say;
    if (!say) return "";
    if (performance.now() < this.#notice.until_ms) return this.#notice.text;
    if (this.#isFrozen) return say("frozen");
    if (!this.#follower) return say("allow");
    if (anchor && !this.#hasModel) {
      return say("waiting", { percent: Math.round(this.#delivery.ratio * 100) });
    }
    if (anchor) {
      return this.#placedSentence(anchor, say);
    }
    if (this.#isHelpless) return say("unfelt_label");
    const advice = searchHint(this.#follower.sought_s, this.#follower.brightness);
    if (advice !== "whole") return say(advice);
    return say(`${this.#wasPlaced ? "lost" : "whole"}_${this.#firstBy}`);
  }

  /** How surely it stands, and what would make it surer; else what it is, for a while. */
  #placedSentence(anchor: AnchorView, say: CameraSay): string {
    const { placing } = this.#follower ?? {};
    if (placing && placing.state === "seen" && placing.hint !== "none") {
      const { length } = this.#page.words;
      return say(placing.hint, { error: length(placing.objectSd_m), print: say(`print_${anchor.by}`) });
    }
    if (performance.now() - this.#placed_ms > 1000 * PLACED_S) return "";
    const size = sizeText(this.#shown.scene, this.#page.words);
    const placed = say(`placed_${anchor.by}`, { size });
    return this.#feelsGravity ? placed : `${placed} ${say("unfelt_picture")}`;
  }

  get #firstBy(): AnchorView["by"] {
    return firstTrackedAnchor(this.#shown.stop)?.by ?? "picture";
  }

  /** A label's scene stands upright by gravity alone. */
  get #isHelpless(): boolean {
    const isFelt = this.#feelsGravity && !this.#follower?.isUnfelt;
    return !isFelt && this.#firstBy === "label";
  }

  #notify(key: Parameters<CameraSay>[0], values?: Values): void {
    const text = this.#say?.(key, values) ?? "";
    this.#notice = { text, until_ms: performance.now() + 1000 * NOTICE_S };
    this.#view?.say(text);
  }

  #tearDown(): GpuMemory | undefined {
    this.#isOver = true;
    this.#stream.close();
    void this.#gravity?.then((felt) => felt.stop());
    this.#searcher?.stop();
    this.#delivery.cancel();
    this.#view?.remove();
    return this.#screen?.dispose();
  }

  #signal(detail: Omit<SceneEventDetail, "rung">): void {
    dispatchSceneEvent(this.#page.figure, { rung: "camera", ...detail });
  }
}
