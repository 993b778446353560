// Which size of a panorama suits a screen, and how it comes.

import { download } from "../download";
import { SceneFailure, isAbort } from "../failure";
import type { ImageVariant } from "../generated/manifest";

export interface Need {
  /** Pixels that a whole turn would take at the screen's own fineness. */
  readonly turn_px: number;
  /** The widest picture that the graphics card holds. */
  readonly most_px: number;
  readonly savesData: boolean;
}

/** The same picture in several encodings, the lightest first. */
export type Level = readonly ImageVariant[];

/** The levels to show one after the other: first the smallest, then the one that suits. */
export function chosenLevels(variants: readonly ImageVariant[], need: Need): readonly Level[] {
  const widths = [...new Set(variants.map(({ width_px }) => width_px))].sort((a, b) => a - b);
  const held = widths.filter((width) => width <= need.most_px);
  // A graphics card that holds none of them gets the smallest, made smaller.
  const possible = held.length > 0 ? held : widths.slice(0, 1);
  const suiting = possible.find((width) => width >= need.turn_px) ?? possible.at(-1);
  const wanted = need.savesData ? possible.slice(0, 1) : [possible[0], suiting];
  return [...new Set(wanted)].map((width) =>
    variants
      .filter(({ width_px }) => width_px === width)
      .sort((a, b) => a.bytes - b.bytes),
  );
}

export interface LoadOptions {
  readonly most_px: number;
  readonly signal: AbortSignal;
  readonly onBytes?: (ratio: number) => void;
}

/** Fetch a level in the first encoding that this browser reads. */
export async function loadLevel(level: Level, options: LoadOptions): Promise<ImageBitmap> {
  let problem: unknown = new SceneFailure("outdated");
  for (const variant of level) {
    try {
      return await loadVariant(variant, options);
    } catch (error) {
      if (isAbort(error) || (error instanceof SceneFailure && error.kind !== "missing")) throw error;
      problem = error;
    }
  }
  if (problem instanceof SceneFailure) throw problem;
  throw new SceneFailure("unreadable", { cause: problem });
}

async function loadVariant(variant: ImageVariant, options: LoadOptions): Promise<ImageBitmap> {
  const { signal, onBytes, most_px } = options;
  const bytes = await download(variant.url, {
    signal,
    ...(onBytes && { onBytes: (received: number) => onBytes(received / variant.bytes) }),
  });
  const file = new Blob([bytes], { type: variant.type });
  return createImageBitmap(file, {
    colorSpaceConversion: "none",
    premultiplyAlpha: "none",
    ...(variant.width_px > most_px && { resizeWidth: most_px, resizeHeight: most_px / 2 }),
  });
}
