// The result as one line to read out on the telephone: a letter and a number each.

import type { Decoder, Verdict } from "./abilities";

export interface Findings {
  readonly secure: boolean;
  readonly camera: Verdict;
  readonly motion: Verdict;
  readonly augmented: boolean;
  readonly virtual: boolean;
  /** The widest texture, pixels; 0 without WebGL 2. */
  readonly texture_px: number;
  readonly wasm: 0 | 1 | 2;
  readonly decoders: readonly Decoder[];
  readonly memory_gb: number | undefined;
  readonly room_gb: number | undefined;
  readonly savesData: boolean;
}

const SIGNS: Readonly<Record<Verdict, string>> = {
  yes: "1",
  no: "0",
  refused: "2",
  untried: "9",
  unknown: "8",
};

/**
 * The codes of each thing tried, in the order they are read out.
 *
 * Yes is 1, no 0, refused 2, not tried 9, not told 8. G is the widest texture in thousands of
 * pixels, W is 0 without WebAssembly, 1 with it and 2 with its vectors, D has a digit for each
 * format, Q and K are gigabytes of memory and of room.
 */
export function codes(found: Findings): Readonly<Record<string, string>> {
  const flag = (is: boolean): string => (is ? "1" : "0");
  return {
    secure: `S${flag(found.secure)}`,
    camera: `C${SIGNS[found.camera]}`,
    motion: `M${SIGNS[found.motion]}`,
    ar: `A${flag(found.augmented)}`,
    vr: `V${flag(found.virtual)}`,
    webgl: `G${Math.floor(found.texture_px / 1000)}`,
    simd: `W${found.wasm}`,
    decoders: `D${found.decoders.map(({ reads }) => flag(reads)).join("")}`,
    memory: `Q${quantity(found.memory_gb)}`,
    storage: `K${quantity(found.room_gb)}`,
    saving: `E${flag(found.savesData)}`,
  };
}

export function summary(found: Findings): string {
  return Object.values(codes(found)).join(" ");
}

function quantity(gigabytes: number | undefined): string {
  return gigabytes === undefined ? "?" : String(Math.round(gigabytes));
}
