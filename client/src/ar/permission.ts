// The permission dialog of WebXR AR: what the phone will ask, and where the scene is meant to stand.

import { loadStylesheet } from "../core/dom";
import { toSceneError } from "../core/errors";
import type { Words } from "../core/i18n";
import type { Page, ShownStop } from "../core/page";
import style from "../ui/scene.css";
import { PermissionDialog } from "../xr/permission_dialog";

/** Explain, then start what the visitor chooses. */
export function open(page: Page): void {
  const code = import("./session");
  const { say } = page.words;
  Promise.all([page.stop(), loadStylesheet(style)]).then(
    ([shown]) => {
      page.say("");
      const steps = `${say("ar_steps")} ${placementGuidance(shown, page.words)}`;
      const paragraphs = [say("ar_how"), steps];
      new PermissionDialog(page, shown, { opener: "ec-show-ar", paragraphs, code }).show();
    },
    (error: unknown) => page.explain(toSceneError(error, "network"), () => open(page)),
  );
}

/** Where the museum means the scene to stand. */
function placementGuidance({ stop }: ShownStop, { say, length }: Words): string {
  const [anchor] = stop.anchors;
  if (anchor?.by === "label") {
    return say("ar_guidance_label", { distance: length(Math.abs(anchor.pose.position[2])) });
  }
  if (anchor?.by === "picture") return say("ar_guidance_picture", { width: length(anchor.width_m) });
  return "";
}
