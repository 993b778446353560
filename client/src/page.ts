// The stop's page as the client finds it, and the few things it adds to it.

import type { Capabilities } from "./capabilities";
import { button, element } from "./dom";
import { hurry } from "./download";
import type { SceneFailure } from "./failure";
import type { Words } from "./i18n";
import { type ShownStop, readStop } from "./manifest";

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
      ({ scene }) => scene.lods[0] && hurry(scene.lods[0].url),
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
  explain({ kind, mayPass }: SceneFailure, retry: () => void): void {
    this.tell(this.words.say(`error_${kind}`), mayPass && retry);
  }

  /** Say a sentence, and offer to try again where that may help. */
  tell(sentence: string, retry: (() => void) | false): void {
    this.say(sentence);
    if (retry) this.#remedies.append(button(this.words.say("retry"), "", retry));
  }
}
