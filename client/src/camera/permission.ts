// Before the camera's view: what the phone will ask, and what to frame.

import { applied } from "../core/dom";
import { failure } from "../core/errors";
import type { Words } from "../core/i18n";
import type { Page, ShownStop } from "../core/page";
import { firstTracked } from "../tracking/anchors";
import { type CameraSay, cameraWords } from "../tracking/messages";
import sceneStyle from "../ui/scene.css";
import { Explanation } from "../xr/permission_dialog";
import style from "./camera.css";

/** Explain, then start what the visitor chooses. */
export function open(page: Page): void {
  const code = import("./session");
  const styles = [applied(sceneStyle), applied(style)];
  Promise.all([page.stop(), cameraWords(page.words), ...styles]).then(
    ([shown, say]) => {
      page.say("");
      const paragraphs = [say("how"), steps(shown, say, page.words)];
      new Explanation(page, shown, { opener: "ec-show-camera", paragraphs, code }).show();
    },
    (error: unknown) => page.explain(failure(error, "network"), () => open(page)),
  );
}

function steps({ stop }: ShownStop, say: CameraSay, words: Words): string {
  const anchor = firstTracked(stop);
  if (anchor?.by === "picture") return say("steps_picture", { width: words.length(anchor.width_m) });
  const distance = words.length(Math.abs(anchor?.pose.position[2] ?? 0));
  return `${say("steps_label")} ${words.say("ar_guidance_label", { distance })}`;
}
