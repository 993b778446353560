// What the visitor sees and touches in AR: DOM overlay, reticle, tap and drag.

import { Mesh, MeshBasicMaterial, RingGeometry } from "three";
import { button, element } from "../core/dom";
import type { Words } from "../core/i18n";
import { iconButton } from "../ui/icon_button";
import { STEP_RADIANS } from "../ui/orbit_input";

export interface Commands {
  turn(radians: number): void;
  /** Less than 1 is nearer. */
  move(ratio: number): void;
  again(): void;
  exit(): void;
}

const STEP_RATIO = 0.85;

export class DomOverlay {
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

const INNER_M = 0.11;
const OUTER_M = 0.14;

/** A white ring with a dark edge, seen on snow and on asphalt alike. */
export function createReticle(): Mesh {
  const ring = flatRing(INNER_M, OUTER_M, 0xffffff, 1);
  ring.add(flatRing(OUTER_M, OUTER_M + 0.012, 0x000000, 0.6));
  ring.visible = false;
  return ring;
}

function flatRing(inner: number, outer: number, color: number, opacity: number): Mesh {
  const geometry = new RingGeometry(inner, outer, 48).rotateX(-Math.PI / 2);
  return new Mesh(
    geometry,
    new MeshBasicMaterial({ color, opacity, transparent: true, toneMapped: false }),
  );
}

type Triple = readonly [number, number, number];

/** How far a scene turns for a turn of the pointing ray. */
const GAIN = 4;
/** Less than this is a finger that was not quite still: 1.5 degrees. */
const STILL_RADIANS = 0.026;

/** A finger, a hand or a controller as it points: tells a tap from a drag. */
export class DragGesture {
  #last: number | undefined;
  #travelled = 0;

  /** Whether the ray has moved too far for a tap. */
  get isTurn(): boolean {
    return this.#travelled > STILL_RADIANS;
  }

  /**
   * Take where the ray points now, and where the visitor looks; give the turn since the
   * last call that the scene should make about the vertical, in radians.
   */
  follow(ray: Triple, gaze: Triple): number {
    const azimuth = Math.atan2(ray[0], -ray[2]) - Math.atan2(gaze[0], -gaze[2]);
    const step = this.#last === undefined ? 0 : wrapAngle(azimuth - this.#last);
    this.#last = azimuth;
    this.#travelled += Math.abs(step);
    return this.isTurn ? step * GAIN : 0;
  }
}

function wrapAngle(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}
