// A stop's anchors, and the tracker's targets made from them.

import { download } from "../core/download";
import { SceneError } from "../core/errors";
import type { ShownStop } from "../core/page";
import type { AnchorView, LabelAnchorView, StopView } from "../generated/manifest";
import type { Pose, Target } from "./tracker";

export interface TrackedAnchor {
  readonly anchor: AnchorView;
  readonly target: Target;
}

/** What a camera looks for first at a stop. */
export function firstTrackedAnchor({ anchors }: StopView): AnchorView | undefined {
  return anchors.find((anchor) => (anchor.by === "label" ? anchor.code_text : anchor.target));
}

/** The anchors that a camera can find, in the museum's order. */
export async function loadTrackedAnchors({ stop }: ShownStop): Promise<readonly TrackedAnchor[]> {
  const found = await Promise.all(
    stop.anchors.map(async (anchor) => {
      const target = await loadTarget(anchor, stop.label);
      return target && { anchor, target };
    }),
  );
  const known = found.filter((item) => item !== undefined);
  if (known.length === 0) throw new SceneError("outdated");
  return known;
}

async function loadTarget(
  anchor: AnchorView,
  label: StopView["label"],
): Promise<Target | undefined> {
  if (anchor.by === "label") return labelTarget(anchor, label);
  const [first] = anchor.picture;
  if (!anchor.target || !first) return undefined;
  const height_m = (anchor.width_m * first.height_px) / first.width_px;
  const bytes = await download(anchor.target.url);
  return { kind: "pack", bytes, size_m: [anchor.width_m, height_m] };
}

function labelTarget(
  { code_text, code_width_m, pose }: LabelAnchorView,
  label: StopView["label"],
): Target | undefined {
  if (code_text === undefined || code_width_m === undefined) return undefined;
  const fixed = {
    aboveGround_m: label?.height_m ?? 0,
    slope_deg: label?.slope_deg ?? 0,
    place: pose.position,
  };
  return { kind: "label", text: code_text, width_m: code_width_m, fixed };
}

/** Where the middle of the scene's base stands in the level frame of what holds it. */
export function sceneBasePose(anchor: AnchorView, label: StopView["label"]): Pose {
  const [x, y, z] = anchor.pose.position;
  // A label's place is told from its foot, on the ground under its centre.
  const foot_m = anchor.by === "label" ? -(label?.height_m ?? 0) : 0;
  return { position: [x, y + foot_m, z], rotation: anchor.pose.rotation };
}
