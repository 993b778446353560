// Test what this phone can do, and write the results as one line of codes. Nothing of it is sent.

/** A verdict on one ability: "no" and "yes" are said; a number is a quantity. */
export type Verdict = "yes" | "no" | "refused" | "untried" | "unknown";

export interface Decoder {
  readonly name: string;
  readonly reads: boolean;
}

export interface Graphics {
  readonly edge_px: number;
  readonly renderer: string;
}

/** The smallest module that holds a vector operation: i8x16.splat, of one dropped number. */
const SIMD = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, // magic, version
  1, 4, 1, 96, 0, 0, // one type: () -> ()
  3, 2, 1, 0, // one function of it
  10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11, // i32.const 0, i8x16.splat, drop, end
);
const EMPTY_MODULE = SIMD.slice(0, 8);

/** 0 without WebAssembly, 1 with it, 2 with its vectors. */
export function wasmLevel(): 0 | 1 | 2 {
  if (typeof WebAssembly !== "object" || !WebAssembly.validate(EMPTY_MODULE)) return 0;
  return WebAssembly.validate(SIMD) ? 2 : 1;
}

/** What draws in 3D, or undefined where nothing does. */
export function readGraphics(): Graphics | undefined {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) return undefined;
  const named = gl.getExtension("WEBGL_debug_renderer_info");
  const renderer: unknown = gl.getParameter(named ? named.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  const edge_px = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return { edge_px, renderer: String(renderer) };
}

/** One pixel each, made with libwebp and libavif: a picture format is read, or it is not. */
const PICTURES = {
  WebP: "data:image/webp;base64,UklGRi4AAABXRUJQVlA4ICIAAABwAQCdASoBAAEAB0CWJaACdAFAAAD+5AFjCaSdDZr7C5AA",
  AVIF: "data:image/avif;base64,AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAIgAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAAAQAAAAEAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAAKm1kYXQSAAoIGAAGiAhoNCAyFB7Hh4VZ3///4sAAAJA1jjxnR0yC",
} as const;

const RECORDINGS = {
  AV1: 'video/mp4; codecs="av01.0.04M.08"',
  "H.264": 'video/mp4; codecs="avc1.42E01E"',
  Opus: 'audio/ogg; codecs="opus"',
  AAC: 'audio/mp4; codecs="mp4a.40.2"',
} as const;

export async function testDecoders(): Promise<readonly Decoder[]> {
  const pictures = Object.entries(PICTURES).map(async ([name, url]) => {
    return { name, reads: await canDecode(url) };
  });
  const player = document.createElement("video");
  const recordings = Object.entries(RECORDINGS).map(([name, type]) => {
    return { name, reads: player.canPlayType(type) !== "" };
  });
  return [...(await Promise.all(pictures)), ...recordings];
}

async function canDecode(url: string): Promise<boolean> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return image.naturalWidth > 0;
  } catch {
    return false;
  }
}

/** Gigabytes that this site may keep, or undefined where the browser does not say. */
export async function storageQuota_gb(): Promise<number | undefined> {
  try {
    const { quota } = await navigator.storage.estimate();
    return quota === undefined ? undefined : quota / 1e9;
  } catch {
    return undefined;
  }
}

/** Gigabytes of memory, as far as the browser tells: it rounds. */
export function memory_gb(): number | undefined {
  return (navigator as Navigator & { deviceMemory?: number }).deviceMemory;
}

export interface CapabilityReport {
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
export function reportCodes(found: CapabilityReport): Readonly<Record<string, string>> {
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

export function reportLine(found: CapabilityReport): string {
  return Object.values(reportCodes(found)).join(" ");
}

function quantity(gigabytes: number | undefined): string {
  return gigabytes === undefined ? "?" : String(Math.round(gigabytes));
}
