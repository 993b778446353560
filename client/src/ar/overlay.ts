// Words and buttons over the camera's picture, where the browser shows any.

import { button, element } from "../dom";
import type { Words } from "../i18n";
import { iconButton } from "../icons";
import { STEP_RADIANS } from "../controls";

export interface Commands {
  turn(radians: number): void;
  /** Less than 1 is nearer. */
  move(ratio: number): void;
  again(): void;
  exit(): void;
}

const STEP_RATIO = 0.85;

export class Overlay {
  readonly root = element("div", "ec-overlay");
  readonly #hint = element("p", "ec-hint", { attributes: { role: "status" } });
  readonly #placedOnly: HTMLElement[];

  constructor({ say }: Words, commands: Commands) {
    this.#placedOnly = [
      iconButton("turn_left", { name: say("turn_left"), label: say("label_left") }, () => commands.turn(-STEP_RADIANS)),
      iconButton("turn_right", { name: say("turn_right"), label: say("label_right") }, () => commands.turn(STEP_RADIANS)),
      button(say("ar_nearer"), "", () => commands.move(STEP_RATIO)),
      button(say("ar_farther"), "", () => commands.move(1 / STEP_RATIO)),
      button(say("ar_again"), "", () => commands.again()),
    ];
    const tools = element(
      "div",
      "ec-xr-tools",
      { attributes: { role: "group", "aria-label": say("ar_tools") } },
      ...this.#placedOnly,
      button(say("ar_exit"), "ec-exit", () => commands.exit()),
    );
    // A tap on a button is not also a tap on the ground behind it.
    tools.addEventListener("beforexrselect", (event) => event.preventDefault());
    this.root.append(this.#hint, tools);
    this.showPlaced(false);
    document.body.append(this.root);
  }

  say(sentence: string): void {
    if (this.#hint.textContent !== sentence) this.#hint.textContent = sentence;
  }

  /** Add a button that makes sense once the scene stands somewhere. */
  add(made: HTMLButtonElement): void {
    const [first] = this.#placedOnly;
    if (!first) return;
    made.hidden = first.hidden;
    first.before(made);
    this.#placedOnly.push(made);
  }

  /** Show the buttons that make sense once the scene stands somewhere. */
  showPlaced(isPlaced: boolean): void {
    for (const item of this.#placedOnly) item.hidden = !isPlaced;
  }

  /** Take it off the page where the browser does not lay it over the camera. */
  hide(): void {
    this.root.hidden = true;
  }

  remove(): void {
    this.root.remove();
  }
}
