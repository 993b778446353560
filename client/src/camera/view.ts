// The camera view's dialog: layers, buttons, search hints, and sharing a photograph.

import { button, element } from "../core/dom";
import { isAbortError } from "../core/errors";
import type { Page } from "../core/page";
import type { AnchorView } from "../generated/manifest";
import type { CameraSay } from "../tracking/messages";

export interface Commands {
  freeze(): void;
  photograph(): void;
  nextLens(): void;
  without(): void;
  exit(): void;
}

export interface DialogContent {
  /** From the farthest to the nearest. */
  readonly layers: readonly HTMLElement[];
  /** What is looked for first. */
  readonly anchor: AnchorView | undefined;
}

export type Phase = "opening" | "searching" | "held" | "frozen";

const SVG = "http://www.w3.org/2000/svg";
/** The three corner signs of a QR code, on a square of 21. */
const CODE_CORNERS = "M1 1h5v5h-5zM15 1h5v5h-5zM1 15h5v5h-5zM3 3h1v1h-1zM17 3h1v1h-1zM3 17h1v1h-1z";

export class CameraDialog {
  readonly #dialog: HTMLDialogElement;
  readonly #hint = element("p", "ec-hint", { attributes: { role: "status" } });
  readonly #outline: HTMLElement;
  readonly #freeze: HTMLButtonElement;
  readonly #photograph: HTMLButtonElement;
  readonly #lens: HTMLButtonElement;
  readonly #without: HTMLButtonElement;
  #play: HTMLButtonElement | undefined;
  readonly #say: CameraSay;

  constructor(page: Page, say: CameraSay, { layers, anchor }: DialogContent, commands: Commands) {
    this.#say = say;
    this.#outline = createOutline(anchor);
    this.#freeze = button(say("freeze"), "ec-freeze", () => commands.freeze());
    this.#photograph = button(say("photograph"), "ec-photograph", () => commands.photograph());
    this.#lens = button(say("lens"), "ec-lens", () => commands.nextLens());
    this.#without = button(say("without"), "ec-without", () => commands.without());
    const tools = element(
      "div",
      "ec-xr-tools",
      { attributes: { role: "group", "aria-label": say("tools") } },
      this.#freeze,
      this.#photograph,
      this.#lens,
      this.#without,
      button(page.words.say("ar_exit"), "ec-exit", () => commands.exit()),
    );
    const over = element("div", "ec-overlay", {}, this.#hint, tools);
    this.#dialog = element(
      "dialog",
      "ec-camera",
      { attributes: { "aria-label": say("view") }, on: { close: () => commands.exit() } },
      ...layers,
      this.#outline,
      over,
    );
    page.markLanguage(this.#dialog);
    this.offerWithout(false);
    this.offerLens(false);
    this.show("opening");
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  say(sentence: string): void {
    if (this.#hint.textContent !== sentence) this.#hint.textContent = sentence;
  }

  show(phase: Phase): void {
    if (this.#dialog.dataset["phase"] === phase) return;
    this.#dialog.dataset["phase"] = phase;
    this.#outline.hidden = phase !== "searching";
    const isFrozen = phase === "frozen";
    const wasFocused = document.activeElement;
    this.#freeze.textContent = this.#say(isFrozen ? "resume" : "freeze");
    this.#freeze.hidden = this.#photograph.hidden = phase !== "held" && !isFrozen;
    // A button that goes must not take the keyboard with it.
    if (this.#play) this.#play.hidden = phase !== "held";
    if (wasFocused instanceof HTMLElement && wasFocused.hidden) this.focus();
  }

  /** Bring the keyboard to the way out, which is always there. */
  focus(): void {
    this.#dialog.querySelector<HTMLElement>(".ec-exit")?.focus();
  }

  /** Offer to stop what moves, while it is seen to move. */
  addPlay(play: HTMLButtonElement): void {
    this.#play = play;
    play.hidden = this.#freeze.hidden;
    this.#freeze.before(play);
  }

  offerLens(isOffered: boolean): void {
    this.#lens.hidden = !isOffered;
  }

  offerWithout(isOffered: boolean): void {
    this.#without.hidden = !isOffered;
  }

  remove(): void {
    this.#dialog.remove();
  }
}

/** What the camera is shown in; not seen itself: its pictures are drawn once they are read. */
export function createVideo(): HTMLVideoElement {
  const attributes = { playsinline: "", "aria-hidden": "true", tabindex: "-1" };
  const video = element("video", "", { attributes });
  video.muted = true; // the attribute alone mutes no video made by a script
  return video;
}

/** The print, drawn as a ghost where the visitor should bring it. */
function createOutline(anchor: AnchorView | undefined): HTMLElement {
  const made = element("div", "ec-outline", { attributes: { "aria-hidden": "true" } });
  if (anchor?.by === "picture") {
    const [first] = anchor.picture;
    const image = element("img", "", { attributes: { alt: "", src: smallestPicture(anchor.picture) } });
    made.append(image);
    if (first) made.style.setProperty("--shape", `${first.width_px / first.height_px}`);
  } else {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 21 21");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", CODE_CORNERS);
    svg.append(path);
    made.append(svg);
  }
  return made;
}

/** A ghost needs no detail: the lightest picture that phones of today read. */
function smallestPicture(pictures: readonly { readonly url: string; readonly bytes: number }[]): string {
  return [...pictures].sort((a, b) => a.bytes - b.bytes)[0]?.url ?? "";
}

export type SearchHint = "whole" | "light" | "closer" | "glare" | "steady" | "front";

/** Time to try by oneself before each advice. */
const FIRST_S = 5;
const EACH_S = 6;
/** A picture darker than this, of 1, has little to track: a room with the lights off. */
const DARK = 0.2;
const ADVICE: readonly SearchHint[] = ["closer", "glare", "steady", "front"];

/** Who has looked for so long without success is offered the view without a camera. */
export const PATIENCE_S = 25;

/**
 * The advice for somebody who has searched for a time, in front of a picture so light.
 *
 * What is first asked, the whole print in the frame, comes back after each round.
 */
export function searchHint(searched_s: number, brightness: number): SearchHint {
  if (searched_s < FIRST_S) return "whole";
  if (brightness < DARK) return "light";
  const turn = Math.floor((searched_s - FIRST_S) / EACH_S) % (ADVICE.length + 1);
  return ADVICE[turn] ?? "whole";
}

const TYPE = "image/jpeg";
const QUALITY = 0.9;

export type ShareResult = "shared" | "saved" | "cancelled";

/** Offer a picture through the phone's own sheet, or save it where there is none. */
export async function sharePhotograph(canvas: HTMLCanvasElement, name: string): Promise<ShareResult> {
  const file = new File([await encodeJpeg(canvas)], `${name}.jpg`, { type: TYPE });
  const offer = { files: [file] };
  if (!navigator.canShare?.(offer)) return saveFile(file);
  try {
    await navigator.share(offer);
    return "shared";
  } catch (error) {
    // Some browsers say that they can share, and then may not.
    return isAbortError(error) ? "cancelled" : saveFile(file);
  }
}

function saveFile(file: File): ShareResult {
  const href = URL.createObjectURL(file);
  element("a", "", { attributes: { href, download: file.name } }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // once the browser has surely read it
  return "saved";
}

function encodeJpeg(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const done = (blob: Blob | null): void =>
      blob ? resolve(blob) : reject(new Error("no picture was made"));
    canvas.toBlob(done, TYPE, QUALITY);
  });
}
