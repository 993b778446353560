// The bar of guide mode at the foot of a page: what happens, and what one can do.

import { element } from "../core/dom";
import type { GuideWords } from "./words";

export class GroupBar {
  readonly #status = element("p", "ec-group-status", { attributes: { role: "status" } });
  readonly #actions = element("div", "ec-group-actions");
  readonly #bar: HTMLElement;

  constructor({ say, language }: GuideWords) {
    const attributes = { "aria-label": say("name"), lang: language, dir: "ltr" };
    this.#bar = element("section", "ec-group", { attributes }, this.#status, this.#actions);
    document.querySelector(".ec-group")?.remove(); // of a room that was left
    document.body.append(this.#bar);
    document.documentElement.classList.add("ec-grouped"); // keeps what has the keyboard above the bar
  }

  /** Say a sentence, once, and have it read out. */
  say(sentence: string): void {
    if (this.#status.textContent !== sentence) this.#status.textContent = sentence;
  }

  /** Offer these buttons; the keyboard stays on one that is offered again. */
  offer(...buttons: readonly HTMLElement[]): void {
    const shown = [...this.#actions.children];
    if (shown.length === buttons.length && buttons.every((made, i) => made === shown[i])) return;
    const hadFocus = this.#actions.contains(document.activeElement);
    this.#actions.replaceChildren(...buttons);
    if (hadFocus) (buttons.find((made) => made === document.activeElement) ?? buttons[0])?.focus();
  }
}
