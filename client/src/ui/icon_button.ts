// Buttons with SVG icons.

import { button, element } from "../core/dom";

const SVG = "http://www.w3.org/2000/svg";

/** Outlines on a square of 24 units, drawn with a round pen of 2. */
const PATHS = {
  turn_left: "M4 4v6h6M5 10a8 8 0 1 1-1 5",
  turn_right: "M20 4v6h-6M19 10a8 8 0 1 0 1 5",
  tilt_up: "M12 20V5M6 11l6-6 6 6",
  tilt_down: "M12 4v15M6 13l6 6 6-6",
  zoom_in: "M5 12h14M12 5v14",
  zoom_out: "M5 12h14",
  reset: "M12 3v5M12 16v5M3 12h5M16 12h5M12 11v2M11 12h2",
  play: "M8 5v14l11-7z",
  pause: "M9 5v14M15 5v14",
  close: "M6 6l12 12M18 6L6 18",
} as const;

type Icon = keyof typeof PATHS;

/** What a button with a sign says. */
interface IconText {
  /** To those who don't see the sign, and where the mouse rests. */
  readonly name: string;
  /** Under the sign, where there is room: words out of the name. */
  readonly label: string;
}

/** A button that shows a sign. */
export function iconButton(
  sign: Icon,
  { name, label }: IconText,
  onClick: () => void,
): HTMLButtonElement {
  const made = button("", "ec-sign", onClick);
  made.setAttribute("aria-label", name);
  made.title = name;
  made.append(icon(sign), element("span", "ec-label", { text: label }));
  return made;
}

function icon(name: Icon): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "ec-icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
