// A progress bar of a download, with a cancel button.

import { button, element } from "../core/dom";
import type { Page } from "../core/page";

/** A bar under the buttons while a model loads. */
export class ProgressBar {
  readonly #bar = element("progress", "ec-progress", { attributes: { max: "1" } });
  readonly #row: HTMLElement;

  constructor(page: Page, onCancel: () => void, text = page.words.say("loading")) {
    const { say } = page.words;
    this.#bar.setAttribute("aria-label", text);
    const cancel = button(say("cancel"), "button", onCancel);
    this.#row = element("div", "ec-loading", {}, this.#bar, cancel);
    page.actions.append(this.#row);
    page.say(text);
  }

  show(ratio: number): void {
    this.#bar.value = Math.min(1, ratio);
  }

  end(): void {
    this.#row.remove();
  }
}
