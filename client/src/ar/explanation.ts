// Our own words before the browser's question: what the camera is for, what to mind, and
// an equal way to do without.

import type { Delivery } from "../delivery";
import { button, element } from "../dom";
import { failure } from "../failure";
import type { ShownStop } from "../manifest";
import type { Page } from "../page";
import style from "../scene.css";
import { sizeText } from "../scene/size_text";
import { applied } from "../style";

type SessionModule = typeof import("./session");

/** Explain, then start what the visitor chooses. */
export function open(page: Page): void {
  const session = import("./session");
  Promise.all([page.stop(), applied(style)]).then(
    ([shown]) => {
      page.say("");
      new Explanation(page, shown).show(session);
    },
    (error: unknown) => page.explain(failure(error, "network"), () => open(page)),
  );
}

class Explanation {
  readonly #page: Page;
  readonly #shown: ShownStop;
  readonly #dialog: HTMLDialogElement;
  readonly #withCamera: HTMLButtonElement;
  #module: SessionModule | undefined;
  #delivery: Delivery | undefined;
  #isStarting = false;

  constructor(page: Page, shown: ShownStop) {
    this.#page = page;
    this.#shown = shown;
    const { say } = page.words;
    this.#withCamera = button(say("ar_with_camera"), "", () => this.#startWithCamera());
    this.#withCamera.disabled = true;
    this.#dialog = this.#make();
    page.markLanguage(this.#dialog);
  }

  /** Open the dialog at once; the camera's button waits for the session's code. */
  show(session: Promise<SessionModule>): void {
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    session.then(
      (module) => {
        this.#module = module;
        this.#withCamera.disabled = false;
        if (!this.#page.capabilities.savesData) this.#order(module);
      },
      (error: unknown) => {
        this.#dialog.close();
        this.#page.explain(failure(error, "network"), () => open(this.#page));
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
      element("p", "", { text: say("ar_how") }),
      element("p", "", { text: `${say("ar_steps")} ${this.#guidance()}` }),
      choices,
      button(say("ar_back"), "ec-back", () => this.#dialog.close()),
    );
  }

  /** Where the museum means the scene to stand. */
  #guidance(): string {
    const { say, length } = this.#page.words;
    const [anchor] = this.#shown.stop.anchors;
    if (anchor?.by === "label") {
      return say("ar_guidance_label", { distance: length(Math.abs(anchor.pose.position[2])) });
    }
    if (anchor?.by === "picture")
      return say("ar_guidance_picture", { width: length(anchor.width_m) });
    return "";
  }

  #safety(): HTMLElement {
    const { safety } = this.#shown;
    const attributes: Record<string, string> = safety ? { lang: safety.language, dir: "auto" } : {};
    const text = safety?.text ?? this.#page.words.say("ar_safety");
    return element("p", "safety", { attributes, text });
  }

  #order(module: SessionModule): Delivery {
    this.#delivery ??= new module.Delivery(this.#shown.scene, this.#page.capabilities.savesData);
    return this.#delivery;
  }

  #startWithCamera(): void {
    if (!this.#module) return;
    this.#isStarting = true;
    void this.#module.start(this.#page, this.#shown, this.#order(this.#module));
    this.#dialog.close();
  }

  #startWithout(): void {
    this.#dialog.close();
    this.#page.press("ec-show-3d");
  }

  #closed(): void {
    if (!this.#isStarting) this.#delivery?.cancel();
    this.#dialog.remove();
    if (!this.#isStarting) this.#page.focusAction("ec-show-ar");
  }
}
