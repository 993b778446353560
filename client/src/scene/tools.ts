// The view's buttons: all that a finger or a mouse can do, without dragging.

import { element, signButton } from "../dom";
import type { Words } from "../i18n";
import { type Moves, STEP_RADIANS, STEP_RATIO } from "./controls";

export function toolbar({ say }: Words, moves: Moves): HTMLElement {
  const attributes = { role: "group", "aria-label": say("tools") };
  return element(
    "div",
    "ec-tools",
    { attributes },
    signButton("↺", say("turn_left"), () => moves.turn(-STEP_RADIANS, 0)),
    signButton("↻", say("turn_right"), () => moves.turn(STEP_RADIANS, 0)),
    signButton("↑", say("tilt_up"), () => moves.turn(0, STEP_RADIANS)),
    signButton("↓", say("tilt_down"), () => moves.turn(0, -STEP_RADIANS)),
    signButton("+", say("zoom_in"), () => moves.approach(STEP_RATIO)),
    signButton("−", say("zoom_out"), () => moves.approach(1 / STEP_RATIO)),
    signButton("⌂", say("reset"), () => moves.reset()),
    signButton("×", say("close_3d"), () => moves.close()),
  );
}
