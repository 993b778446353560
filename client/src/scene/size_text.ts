// A model's size in words.

import type { ModelView } from "../generated/manifest";
import type { Words } from "../i18n";

/** Above this, a model is shown as a scale model: 1:200 is 0.005. */
const TRUE_SIZE = 0.99;

export function isScaleModel({ scale }: ModelView): boolean {
  return scale < TRUE_SIZE;
}

export function sizeText(scene: ModelView, words: Words): string {
  const [width, height, depth] = trueSize(scene);
  if (isScaleModel(scene)) {
    const ratio = Math.round(1 / scene.scale);
    return words.say("size_scale", { ratio, height: words.length(height) });
  }
  const widest = Math.max(width, depth);
  return words.say("size", { height: words.length(height), width: words.length(widest) });
}

/** Width, height and depth in metres, as the manifest gives them. */
export function trueSize({ extents, scale }: ModelView): [number, number, number] {
  const { least, greatest } = extents;
  return [
    (greatest[0] - least[0]) * scale,
    (greatest[1] - least[1]) * scale,
    (greatest[2] - least[2]) * scale,
  ];
}
