// The dialog before the browser's permission prompt: what the camera is for, what to mind, and an equal
// way to do without.

import { button, element } from "../core/dom";
import { toSceneError } from "../core/errors";
import type { Page, ShownStop } from "../core/page";
import { sizeText } from "../scene/model_size";
import type { ModelPreload } from "./model_preload";

/** The code that runs once the visitor has chosen the camera. */
export interface SessionModule {
  readonly ModelPreload: typeof ModelPreload;
  /** Called within the tap, as browsers want it. */
  start(page: Page, shown: ShownStop, delivery: ModelPreload): Promise<void>;
}

export interface PermissionRequest {
  /** The class of the button that opened the explanation. */
  readonly opener: string;
  /** What the camera is for, and what to do once it is open: a paragraph each. */
  readonly paragraphs: readonly string[];
  readonly code: Promise<SessionModule>;
}

export class PermissionDialog {
  readonly #page: Page;
  readonly #shown: ShownStop;
  readonly #explained: PermissionRequest;
  readonly #dialog: HTMLDialogElement;
  readonly #withCamera: HTMLButtonElement;
  #code: SessionModule | undefined;
  #delivery: ModelPreload | undefined;
  #isStarting = false;

  constructor(page: Page, shown: ShownStop, explained: PermissionRequest) {
    this.#page = page;
    this.#shown = shown;
    this.#explained = explained;
    const { say } = page.words;
    this.#withCamera = button(say("ar_with_camera"), "", () => this.#startWithCamera());
    this.#withCamera.disabled = true;
    this.#dialog = this.#make();
    page.markLanguage(this.#dialog);
  }

  /** Open the dialog at once; the camera's button waits for the code that it starts. */
  show(): void {
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#explained.code.then(
      (code) => {
        this.#code = code;
        this.#withCamera.disabled = false;
        if (!this.#page.capabilities.savesData) this.#order(code);
      },
      (error: unknown) => {
        this.#dialog.close();
        this.#page.explain(toSceneError(error, "network"), () =>
          this.#page.press(this.#explained.opener),
        );
      },
    );
  }

  #make(): HTMLDialogElement {
    const { say } = this.#page.words;
    const title = element("h2", "", {
      attributes: { id: "ec-ar-title", tabindex: "-1", autofocus: "" },
      text: say("ar_title"),
    });
    const choices = element(
      "div",
      "ec-choices",
      {},
      this.#withCamera,
      button(say("ar_without_camera"), "", () => this.#startWithout()),
    );
    return element(
      "dialog",
      "ec-dialog",
      { attributes: { "aria-labelledby": title.id }, on: { close: () => this.#closed() } },
      title,
      element("p", "ec-size", { text: sizeText(this.#shown.scene, this.#page.words) }),
      this.#safety(),
      ...this.#explained.paragraphs.map((text) => element("p", "", { text })),
      choices,
      button(say("ar_back"), "ec-back", () => this.#dialog.close()),
    );
  }

  #safety(): HTMLElement {
    // The page has it typeset and in its own language already.
    const written = document.querySelector<HTMLElement>(".caution > div");
    if (written) {
      const copy = element("div", "safety");
      copy.append(written.cloneNode(true));
      return copy;
    }
    const { safety } = this.#shown;
    const attributes: Record<string, string> = safety ? { lang: safety.language, dir: "auto" } : {};
    const text = safety?.text ?? this.#page.words.say("ar_safety");
    return element("p", "safety", { attributes, text });
  }

  #order(code: SessionModule): ModelPreload {
    this.#delivery ??= new code.ModelPreload(this.#shown.scene, this.#page.capabilities.savesData);
    return this.#delivery;
  }

  #startWithCamera(): void {
    if (!this.#code) return;
    this.#isStarting = true;
    void this.#code.start(this.#page, this.#shown, this.#order(this.#code));
    this.#dialog.close();
  }

  #startWithout(): void {
    this.#dialog.close();
    this.#page.press("ec-show-3d");
  }

  #closed(): void {
    if (!this.#isStarting) this.#delivery?.cancel();
    this.#dialog.remove();
    if (!this.#isStarting) this.#page.focusAction(this.#explained.opener);
  }
}
