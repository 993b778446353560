// Playback state of a model's animation, kept from one level of detail to the next, and its play button.

import type { Words } from "../core/i18n";
import { iconButton } from "../ui/icon_button";

/** A picture that came later than this was not waited for: the page was hidden, or busy. */
const LONGEST_STEP_S = 0.1;

export class Playback {
  /** From the motion's beginning. */
  time_s = 0;
  /** Who asked their device for less motion begins it by hand. */
  #isPlaying = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  #isSeen = true;
  #last_ms: number | undefined;
  #button: HTMLButtonElement | undefined;
  #redraw: (() => void) | undefined;

  /** Go on to a moment, again from the beginning after `seconds`; false while all is still. */
  advance(now_ms: number, seconds: number): boolean {
    const isMoving = this.#isPlaying && this.#isSeen;
    if (isMoving) {
      const step_s = Math.max(0, now_ms - (this.#last_ms ?? now_ms)) / 1000;
      this.time_s = (this.time_s + Math.min(step_s, LONGEST_STEP_S)) % seconds;
    }
    this.#last_ms = isMoving ? now_ms : undefined;
    return isMoving;
  }

  /** Let it stand still while a view that draws only when asked is out of sight. */
  watch(canvas: HTMLCanvasElement, redraw: () => void, signal: AbortSignal): void {
    if (this.#redraw) return;
    this.#redraw = redraw;
    const watching = new IntersectionObserver((changes) => {
      this.#isSeen = changes.at(-1)?.isIntersecting ?? true; // oldest first
      redraw();
    });
    watching.observe(canvas);
    signal.addEventListener("abort", () => watching.disconnect(), { once: true });
  }

  toggle(): void {
    this.#isPlaying = !this.#isPlaying;
    this.#redraw?.();
  }

  /** The button that stops it, and lets it go on. */
  button(words: Words): HTMLButtonElement {
    if (!this.#button) {
      const made = this.#made(words);
      made.addEventListener("click", () => {
        this.toggle();
        const now = this.#made(words);
        made.setAttribute("aria-label", now.title);
        made.title = now.title;
        made.replaceChildren(...now.childNodes);
      });
      this.#button = made;
    }
    return this.#button;
  }

  #made({ say }: Words): HTMLButtonElement {
    const [sign, name, label] = this.#isPlaying
      ? (["pause", say("pause"), say("label_pause")] as const)
      : (["play", say("play"), say("label_play")] as const);
    const made = iconButton(sign, { name, label }, () => undefined);
    made.classList.add("ec-play");
    return made;
  }
}
