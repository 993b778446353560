// A model's true size, in metres and in words.

import type { Words } from "../core/i18n";
import type { ModelView } from "../generated/manifest";

/** Whether a model is shown smaller or larger than the thing it stands for. */
export function isScaleModel({ scale }: ModelView): boolean {
  return scale !== 1;
}

export function sizeText(scene: ModelView, words: Words): string {
  const [width, height, depth] = trueSize(scene);
  if (isScaleModel(scene)) {
    return words.say("size_scale", { scale: ratio(scene.scale), height: words.length(height) });
  }
  const widest = Math.max(width, depth);
  const key = scene.has_estimated_size ? "size_estimated" : "size";
  const told = scene.estimated_height_m ?? height;
  return words.say(key, { height: words.length(told), width: words.length(widest) });
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

/** A scale as maps write it: 1:200 for 0.005, 3:1 for 3. */
function ratio(scale: number): string {
  const written = (value: number): string => String(Number(value.toPrecision(4)));
  return scale < 1 ? `1:${written(1 / scale)}` : `${written(scale)}:1`;
}
