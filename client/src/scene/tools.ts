// The view's buttons: all that a finger or a mouse can do, without dragging.

import { type Moves, STEP_RADIANS, STEP_RATIO } from "../controls";
import { element } from "../dom";
import type { Words } from "../i18n";
import { iconButton } from "../icons";

export function toolbar({ say }: Words, moves: Moves): HTMLElement {
  const close = iconButton("close", { name: say("close_3d"), label: say("label_close") }, () =>
    moves.close(),
  );
  close.classList.add("ec-close");
  const attributes = { role: "group", "aria-label": say("tools") };
  return element(
    "div",
    "ec-tools",
    { attributes },
    iconButton("turn_left", { name: say("turn_left"), label: say("label_left") }, () =>
      moves.turn(-STEP_RADIANS, 0),
    ),
    iconButton("turn_right", { name: say("turn_right"), label: say("label_right") }, () =>
      moves.turn(STEP_RADIANS, 0),
    ),
    iconButton("tilt_up", { name: say("tilt_up"), label: say("label_up") }, () =>
      moves.turn(0, STEP_RADIANS),
    ),
    iconButton("tilt_down", { name: say("tilt_down"), label: say("label_down") }, () =>
      moves.turn(0, -STEP_RADIANS),
    ),
    iconButton("zoom_in", { name: say("zoom_in"), label: say("zoom_in") }, () =>
      moves.approach(STEP_RATIO),
    ),
    iconButton("zoom_out", { name: say("zoom_out"), label: say("zoom_out") }, () =>
      moves.approach(1 / STEP_RATIO),
    ),
    iconButton("reset", { name: say("reset"), label: say("label_reset") }, () => moves.reset()),
    close,
  );
}
