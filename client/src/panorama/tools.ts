// The panorama's buttons: all that a finger, a mouse or the phone's turning can do.

import { button, element } from "../dom";
import { iconButton } from "../icons";
import { type Moves, STEP_RADIANS, STEP_RATIO } from "../controls";
import { mayFollow } from "./motion";
import type { PanoramaSay } from "./words";

/** `onFollow` starts to follow the phone, or stops; gives whether it follows now. */
export function toolbar(
  frame: HTMLElement,
  say: PanoramaSay,
  moves: Moves,
  onFollow: () => Promise<boolean>,
): HTMLElement {
  const close = iconButton("close", { name: say("close"), label: say("label_close") }, () =>
    moves.close(),
  );
  close.classList.add("ec-close");
  const attributes = { role: "group", "aria-label": say("tools") };
  const tools = element(
    "div",
    "ec-tools",
    { attributes },
    iconButton("turn_left", { name: say("left"), label: say("label_left") }, () =>
      moves.turn(-STEP_RADIANS, 0),
    ),
    iconButton("turn_right", { name: say("right"), label: say("label_right") }, () =>
      moves.turn(STEP_RADIANS, 0),
    ),
    iconButton("tilt_up", { name: say("up"), label: say("label_up") }, () =>
      moves.turn(0, STEP_RADIANS),
    ),
    iconButton("tilt_down", { name: say("down"), label: say("label_down") }, () =>
      moves.turn(0, -STEP_RADIANS),
    ),
    iconButton("zoom_in", { name: say("nearer"), label: say("nearer") }, () =>
      moves.approach(STEP_RATIO),
    ),
    iconButton("zoom_out", { name: say("farther"), label: say("farther") }, () =>
      moves.approach(1 / STEP_RATIO),
    ),
    iconButton("reset", { name: say("reset"), label: say("reset") }, () => moves.reset()),
  );
  if (mayFollow()) tools.append(follower(say("follow"), onFollow));
  if (document.fullscreenEnabled) tools.append(filler(frame, say("fill")));
  tools.append(close);
  return tools;
}

function follower(text: string, onFollow: () => Promise<boolean>): HTMLButtonElement {
  const made = button(text, "ec-follow", () => {
    void onFollow().then((follows) => made.setAttribute("aria-pressed", String(follows)));
  });
  made.setAttribute("aria-pressed", "false");
  return made;
}

function filler(frame: HTMLElement, text: string): HTMLButtonElement {
  const fill = (): void => void frame.requestFullscreen().catch(() => undefined);
  return button(text, "ec-fill", fill);
}
