// Before augmented reality: what the phone will ask, and where the scene is meant to stand.

import { applied } from "../core/dom";
import { failure } from "../core/errors";
import type { Words } from "../core/i18n";
import type { Page, ShownStop } from "../core/page";
import style from "../ui/scene.css";
import { Explanation } from "../xr/permission_dialog";

/** Explain, then start what the visitor chooses. */
export function open(page: Page): void {
  const code = import("./session");
  const { say } = page.words;
  Promise.all([page.stop(), applied(style)]).then(
    ([shown]) => {
      page.say("");
      const steps = `${say("ar_steps")} ${guidance(shown, page.words)}`;
      const paragraphs = [say("ar_how"), steps];
      new Explanation(page, shown, { opener: "ec-show-ar", paragraphs, code }).show();
    },
    (error: unknown) => page.explain(failure(error, "network"), () => open(page)),
  );
}

/** Where the museum means the scene to stand. */
function guidance({ stop }: ShownStop, { say, length }: Words): string {
  const [anchor] = stop.anchors;
  if (anchor?.by === "label") {
    return say("ar_guidance_label", { distance: length(Math.abs(anchor.pose.position[2])) });
  }
  if (anchor?.by === "picture") return say("ar_guidance_picture", { width: length(anchor.width_m) });
  return "";
}
