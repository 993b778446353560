// The permission dialog of the camera view: what the phone will ask, and what to frame.

import { loadStylesheet } from "../core/dom";
import { toSceneError } from "../core/errors";
import type { Words } from "../core/i18n";
import type { Page, ShownStop } from "../core/page";
import { firstTrackedAnchor } from "../tracking/anchors";
import { type CameraSay, loadCameraWords } from "../tracking/messages";
import sceneStyle from "../ui/scene.css";
import { PermissionDialog } from "../xr/permission_dialog";
import style from "./camera.css";

/** Explain, then start what the visitor chooses. */
export function open(page: Page): void {
  const code = import("./session");
  const styles = [loadStylesheet(sceneStyle), loadStylesheet(style)];
  Promise.all([page.stop(), loadCameraWords(page.words), ...styles]).then(
    ([shown, say]) => {
      page.say("");
      const paragraphs = [say("how"), steps(shown, say, page.words)];
      new PermissionDialog(page, shown, { opener: "ec-show-camera", paragraphs, code }).show();
    },
    (error: unknown) => page.explain(toSceneError(error, "network"), () => open(page)),
  );
}

function steps({ stop }: ShownStop, say: CameraSay, words: Words): string {
  const anchor = firstTrackedAnchor(stop);
  if (anchor?.by === "picture") return say("steps_picture", { width: words.length(anchor.width_m) });
  const distance = words.length(Math.abs(anchor?.pose.position[2] ?? 0));
  return `${say("steps_label")} ${words.say("ar_guidance_label", { distance })}`;
}
