// The view's buttons: all that a finger or a mouse can do, without dragging.

import { element } from "../dom";
import type { Words } from "../i18n";
import { iconButton } from "../icons";
import { type Moves, STEP_RADIANS, STEP_RATIO } from "./controls";

export function toolbar({ say }: Words, moves: Moves): HTMLElement {
  const close = iconButton("close", say("close_3d"), () => moves.close());
  close.classList.add("ec-close");
  const attributes = { role: "group", "aria-label": say("tools") };
  return element(
    "div",
    "ec-tools",
    { attributes },
    iconButton("turn_left", say("turn_left"), () => moves.turn(-STEP_RADIANS, 0)),
    iconButton("turn_right", say("turn_right"), () => moves.turn(STEP_RADIANS, 0)),
    iconButton("tilt_up", say("tilt_up"), () => moves.turn(0, STEP_RADIANS)),
    iconButton("tilt_down", say("tilt_down"), () => moves.turn(0, -STEP_RADIANS)),
    iconButton("zoom_in", say("zoom_in"), () => moves.approach(STEP_RATIO)),
    iconButton("zoom_out", say("zoom_out"), () => moves.approach(1 / STEP_RATIO)),
    iconButton("reset", say("reset"), () => moves.reset()),
    close,
  );
}
