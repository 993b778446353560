// The ring around the place that a guide points at, over a view's canvas.

import { element } from "../core/dom";

export class PointMark {
  readonly #ring = element("div", "ec-pointed", { attributes: { "aria-hidden": "true", hidden: "" } });
  readonly #canvas: HTMLElement;

  constructor(canvas: HTMLElement) {
    this.#canvas = canvas;
    canvas.after(this.#ring);
  }

  /** Lay it at a point from -1 to 1, growing to the right and upwards; undefined, or a point out of sight, hides it. */
  place(at: { readonly x: number; readonly y: number } | undefined): void {
    const isSeen = at !== undefined && Math.abs(at.x) <= 1 && Math.abs(at.y) <= 1;
    this.#ring.hidden = !isSeen;
    if (!isSeen) return;
    const x = ((at.x + 1) * this.#canvas.clientWidth) / 2;
    const y = ((1 - at.y) * this.#canvas.clientHeight) / 2;
    this.#ring.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  }
}
