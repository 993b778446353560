// The page of a stop: its manifest, its buttons and status line, and the events it sends.

import type { Manifest, ModelView, StopView } from "../generated/manifest";
import type { Capabilities } from "./capabilities";
import { button, element } from "./dom";
import { download, prefetch } from "./download";
import { SceneError } from "./errors";
import type { Words } from "./i18n";

export class Page {
  /** Where the client's buttons go. */
  readonly actions: HTMLElement;
  readonly #status = element("p", "ec-status", { attributes: { role: "status" } });
  readonly #remedies = element("div", "ec-remedies");
  #stop: Promise<ShownStop> | undefined;
  #closeView: (() => void) | undefined;

  constructor(
    readonly figure: HTMLElement,
    readonly words: Words,
    readonly capabilities: Capabilities,
  ) {
    this.actions = figure.querySelector<HTMLElement>("#scene-actions") ?? figure;
    this.markLanguage(this.actions);
    // A page that is left may be kept for the way back: not what it drew with.
    addEventListener("pagehide", () => this.closeView());
  }

  /** Mark what holds our words with their language, where it is not the page's. */
  markLanguage(holder: HTMLElement): void {
    if (document.documentElement.lang.split("-")[0] === this.words.language) return;
    holder.lang = this.words.language;
    holder.dir = "ltr"; // as all languages that we have words in
  }

  /** Add the buttons, and the line where the page speaks. */
  addActions(...buttons: readonly HTMLElement[]): void {
    this.actions.append(...buttons, this.#status, this.#remedies);
  }

  /** Read the stop, once; a failed reading is tried again at the next call. */
  stop(): Promise<ShownStop> {
    const { manifest = "", stop = "" } = document.body.dataset;
    this.#stop ??= readStop(manifest, stop).catch((error: unknown) => {
      this.#stop = undefined;
      throw error;
    });
    return this.#stop;
  }

  /** Fetch the model's first level of detail while the code to show it is still coming. */
  hurryPreview(): void {
    this.stop().then(
      ({ scene }) => scene.lods[0] && prefetch(scene.lods[0].url),
      () => undefined, // told when it is opened
    );
  }

  /** Remember how to close the view that is open now; undefined when none is. */
  holdView(close: (() => void) | undefined): void {
    this.#closeView = close;
  }

  /** Close the open view, so that two never share the graphics memory. */
  closeView(): void {
    this.#closeView?.();
  }

  /** Show a sentence under the buttons, and have it read out. */
  say(sentence: string): void {
    this.#status.className = "ec-status";
    this.#status.textContent = sentence;
    this.#remedies.replaceChildren();
  }

  /** Have read out what those who see the view see for themselves. */
  whisper(sentence: string): void {
    this.say(sentence);
    this.#status.className = "ec-status unseen";
  }

  /** Bring the keyboard back to one of the buttons. */
  focusAction(className: string): void {
    this.actions.querySelector<HTMLElement>(`.${className}`)?.focus();
  }

  /** Do what one of the buttons does. */
  press(className: string): void {
    this.actions.querySelector<HTMLElement>(`.${className}`)?.click();
  }

  /** Say what went wrong and offer what may help. */
  explain({ kind, mayPass }: SceneError, retry: () => void): void {
    this.tell(this.words.say(`error_${kind}`), mayPass && retry);
  }

  /** Say a sentence, and offer to try again where that may help. */
  tell(sentence: string, retry: (() => void) | false): void {
    this.say(sentence);
    if (retry) this.#remedies.append(button(this.words.say("retry"), "", retry));
  }
}

/** How a view is turned: degrees, and the distance or the field in shares of the first. */
export interface Look {
  readonly azimuth_deg: number;
  readonly elevation_deg: number;
  readonly zoom: number;
}

/** A view on the page, as guide mode reads and turns it. */
export interface GuidedView {
  readonly canvas: HTMLCanvasElement;
  look(): Look | undefined;
  turnTo(look: Look): void;
  /** The place under a point of the canvas, from -1 to 1, upwards: three numbers on a model, two on a panorama. */
  pick(x: number, y: number): readonly number[] | undefined;
  /** Show where a guide points; undefined takes the mark away. */
  mark(place: readonly number[] | undefined): void;
}

/** What guide mode wants to know of views; nothing where no group is joined. */
export const guided: {
  /** Set before any view opens, where this tab is in a group. */
  isGrouped?: boolean;
  view?: GuidedView | undefined;
  /** A view was opened, or closed. */
  onView?: () => void;
  /** The visitor turned the view, or came nearer. */
  onMove?: () => void;
} = {};

/** Offer the view that is open now to guide mode, or tell it that none is. */
export function offerView(load?: () => Promise<GuidedView | undefined>): void {
  if (!guided.isGrouped) return;
  const tell = (view?: GuidedView): void => {
    guided.view = view;
    guided.onView?.();
  };
  if (load) void load().then(tell);
  else tell();
}

/** The wire version this client reads; see tours/manifest.py. */
const WIRE_VERSION = 1;

export interface ShownStop {
  readonly stop: StopView;
  readonly scene: ModelView;
  /** What the museum asks visitors to mind, when it says something. */
  readonly safety: { readonly text: string; readonly language: string } | undefined;
}

export async function readStop(manifestUrl: string, stopId: string): Promise<ShownStop> {
  const manifest = parseManifest(await download(manifestUrl));
  if (manifest.wire_version !== WIRE_VERSION) throw new SceneError("outdated");
  const stop = manifest.tour.stops.find(({ id }) => id === stopId);
  const scene = stop?.scene;
  if (!stop || scene?.kind !== "model") throw new SceneError("outdated");
  return { stop, scene, safety: stop.safety ?? manifest.tour.safety };
}

type Scene = NonNullable<StopView["scene"]>;

/** The scene of a stop, where it is of the kind that its page was made for. */
export async function readScene<K extends Scene["kind"]>(
  manifestUrl: string,
  stopId: string,
  kind: K,
): Promise<Extract<Scene, { kind: K }>> {
  const manifest = parseManifest(await download(manifestUrl));
  if (manifest.wire_version !== WIRE_VERSION) throw new SceneError("outdated");
  const scene = manifest.tour.stops.find(({ id }) => id === stopId)?.scene;
  if (scene?.kind !== kind) throw new SceneError("outdated");
  return scene as Extract<Scene, { kind: K }>;
}

function parseManifest(bytes: ArrayBuffer): Manifest {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Manifest;
  } catch (error) {
    throw new SceneError("unreadable", { cause: error });
  }
}

export type Rung = "inline" | "ar" | "vr" | "camera";

export interface GpuMemory {
  readonly geometries: number;
  readonly textures: number;
}

/**
 * Of the event `ecomusee:scene`, which a museum's own script, or a test, may listen to. Lengths are
 * metres, measured on what is drawn.
 */
export interface SceneEventDetail {
  readonly rung: Rung;
  readonly state:
    | "loading"
    | "shown"
    | "refined"
    | "aiming"
    | "placed"
    | "settled" // by a print: as surely as it will be
    | "frozen"
    | "resumed"
    | "failed"
    | "closed";
  /** Width, height and depth in the world of what is drawn, along its own turn. */
  readonly size_m?: readonly [number, number, number];
  /** The model's own up direction, in the world. */
  readonly up?: readonly [number, number, number];
  /** Where the middle of its base stands in the world. */
  readonly position_m?: readonly [number, number, number];
  /** x and y on the screen, in CSS px, of the eight corners of its box: x turns fastest, then y. */
  readonly corners_px?: readonly number[];
  readonly lod?: string;
  readonly failure?: string;
  /** What the graphics card still holds once the scene is closed. */
  readonly memory?: GpuMemory;
}

export function dispatchSceneEvent(figure: HTMLElement, detail: SceneEventDetail): void {
  figure.dispatchEvent(new CustomEvent("ecomusee:scene", { detail, bubbles: true }));
}
