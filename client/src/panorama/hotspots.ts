// Hotspots: buttons laid over the panorama, and the text that each of them opens.

import { element } from "../core/dom";
import type { HotspotView } from "../generated/manifest";
import { iconButton } from "../ui/icon_button";
import { type Direction, type ViewAngles, direction, projectToScreen, radians } from "./spherical";

interface Hotspot {
  readonly view: HotspotView;
  readonly seen: Direction;
  readonly button: HTMLButtonElement;
}

interface Texts {
  /** Of the button that closes a spot's words: its whole name, and what it shows. */
  readonly close: { readonly name: string; readonly label: string };
}

interface Listeners {
  /** Turns the view to a spot that the keyboard has reached. */
  onLook(view: HotspotView): void;
  onOpen(view: HotspotView): void;
}

/** Past the edge by this share of the half view, a button is out of sight. */
const EDGE = 1;

export class Hotspots {
  readonly layer = element("div", "ec-spots");
  readonly #spots: readonly Hotspot[];
  readonly #texts: Texts;
  #panel: HTMLElement | undefined;
  #opener: HTMLButtonElement | undefined;

  constructor(views: readonly HotspotView[], texts: Texts, listeners: Listeners) {
    this.#texts = texts;
    this.#spots = views.map((view, i) => this.#spot(view, i + 1, listeners));
    this.layer.append(...this.#spots.map(({ button }) => button));
  }

  /** Lay the buttons where their directions are on the screen. */
  place(look: ViewAngles, width: number, height: number): void {
    for (const { seen, button } of this.#spots) {
      const at = projectToScreen(look, width / height, seen);
      const isSeen = at !== undefined && Math.abs(at.x) <= EDGE && Math.abs(at.y) <= EDGE;
      button.classList.toggle("ec-away", !isSeen);
      const x = isSeen ? ((at.x + 1) * width) / 2 : width / 2;
      const y = isSeen ? ((1 - at.y) * height) / 2 : height / 2;
      // A title that would leave the picture is written on the other side of its spot.
      button.classList.toggle("ec-leftward", x > width / 2);
      button.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
  }

  /** Close the open words, if any, and bring the keyboard back; says whether there were any. */
  closeWords(): boolean {
    if (!this.#panel) return false;
    this.#panel.remove();
    this.#panel = undefined;
    this.#opener?.setAttribute("aria-expanded", "false");
    this.#opener?.focus({ preventScroll: true });
    return true;
  }

  #spot(view: HotspotView, number: number, { onLook, onOpen }: Listeners): Hotspot {
    const button = element(
      "button",
      "ec-spot",
      {
        attributes: { type: "button", "aria-expanded": "false", lang: view.title.language },
        on: {
          click: () => {
            this.#open(button, view, number);
            onOpen(view);
          },
          focus: () => button.classList.contains("ec-away") && onLook(view),
        },
      },
      element("span", "ec-number", { text: String(number) }),
      element("span", "ec-title", { text: hotspotTitle(view, number) }),
    );
    const seen = direction(radians(view.azimuth_deg), radians(view.elevation_deg));
    return { view, seen, button };
  }

  #open(opener: HTMLButtonElement, view: HotspotView, number: number): void {
    const wasOpen = this.#opener === opener && this.#panel !== undefined;
    this.closeWords();
    if (wasOpen) return;
    this.#opener = opener;
    opener.setAttribute("aria-expanded", "true");
    const title = element("h2", "", {
      attributes: { id: "ec-spot-title", tabindex: "-1", lang: view.title.language },
      text: hotspotTitle(view, number),
    });
    const close = iconButton("close", this.#texts.close, () => this.closeWords());
    close.classList.add("ec-close");
    const attributes = { role: "group", "aria-labelledby": title.id };
    this.#panel = element("div", "ec-words", { attributes }, close, title, hotspotText(view, number));
    this.layer.after(this.#panel);
    title.focus({ preventScroll: true });
  }
}

/** A spot's title as the page has typeset it; else as it was written. */
function hotspotTitle({ title }: HotspotView, number: number): string {
  const written = document.querySelector(`#hotspot-${number} .spot-title`);
  return written?.textContent ?? title.text;
}

/** What the page itself says of a spot, already typeset; else the text as it was written. */
function hotspotText(view: HotspotView, number: number): HTMLElement {
  const written = document.querySelector<HTMLElement>(`#hotspot-${number} > div`);
  if (written) return written.cloneNode(true) as HTMLElement;
  return element("p", "", { attributes: { lang: view.text.language }, text: view.text.text });
}
