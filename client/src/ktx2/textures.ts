// Load KTX2 textures, which stay compressed in graphics memory: fetched with a model that has them.

import type { CompressedTexture, PixelFormat } from "three";
import wasm from "three/examples/jsm/libs/basis/basis_transcoder.wasm";
import { download } from "../core/download";
import type { TargetFormats, Transcoded } from "./transcoder";
import type { WorkerRequest, WorkerResponse } from "./worker";
import worker from "./worker?worker";

/** The transcoder's numbers of what it makes. */
const ETC1 = 0;
const ETC2 = 1;
const BC1 = 2;
const BC3 = 3;
const BC7 = 7;
const ASTC = 10;
const RGBA = 13;
/** WebGL's and three.js's numbers of the same; those of three.js would bring it along. */
const FORMATS = new Map<number, number>([
  [ETC1, 37492],
  [ETC2, 37496],
  [BC1, 33777],
  [BC3, 33779],
  [BC7, 36492],
  [ASTC, 37808],
  [RGBA, 1023],
]);

/** What a texture that stays compressed holds. */
export type CompressedImage = Pick<CompressedTexture, "format" | "mipmaps"> & {
  readonly image: { readonly width: number; readonly height: number };
};

type Waiting = {
  readonly resolve: (transcoded: Transcoded) => void;
  readonly reject: (reason: unknown) => void;
};

let thread: { readonly worker: Worker; readonly waiting: Map<number, Waiting> } | undefined;
let asked = 0;
let known: TargetFormats | undefined;

/** A texture with all its mips. */
export async function transcodeTexture(content: ArrayBuffer): Promise<CompressedImage> {
  known ??= supportedFormats();
  const { levels, isUastc, hasAlpha } = await transcodeInWorker(content, known);
  const target = (isUastc ? known.uastc : known.etc1s)[hasAlpha ? "clear" : "opaque"];
  const [finest] = levels;
  if (!finest) throw new Error("no level");
  return {
    format: FORMATS.get(target) as PixelFormat as CompressedTexture["format"],
    image: { width: finest.width, height: finest.height },
    mipmaps: levels,
  };
}

/** What this browser's graphics take. Desktops may feign ETC and ASTC: they have BC7. */
function supportedFormats(): TargetFormats {
  const context = document.createElement("canvas").getContext("webgl2");
  const names = context?.getSupportedExtensions() ?? [];
  const has = (name: string): boolean => names.includes(name);
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  const bc7 = has("EXT_texture_compression_bptc") && { opaque: BC7, clear: BC7 };
  const etc = has("WEBGL_compressed_texture_etc") && { opaque: ETC1, clear: ETC2 };
  const astc = has("WEBGL_compressed_texture_astc") && { opaque: ASTC, clear: ASTC };
  // sRGB blocks are an extension of their own, and without it colours would be too light.
  const hasS3tc = has("WEBGL_compressed_texture_s3tc") && has("WEBGL_compressed_texture_s3tc_srgb");
  const s3tc = hasS3tc && { opaque: BC1, clear: BC3 };
  const plain = { opaque: RGBA, clear: RGBA };
  return { etc1s: bc7 || etc || s3tc || plain, uastc: bc7 || astc || etc || s3tc || plain };
}

// The thread ends with its last texture: what it holds is wanted for the drawing.
async function transcodeInWorker(content: ArrayBuffer, targets: TargetFormats): Promise<Transcoded> {
  const { worker, waiting } = (thread ??= startWorker());
  const number = ++asked;
  try {
    return await new Promise<Transcoded>((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      worker.postMessage({ number, content, targets } satisfies WorkerRequest, [content]);
    });
  } finally {
    waiting.delete(number);
    if (waiting.size === 0) {
      worker.terminate();
      if (thread?.worker === worker) thread = undefined;
    }
  }
}

function startWorker(): NonNullable<typeof thread> {
  const made = new Worker(new URL(worker, import.meta.url));
  const waiting = new Map<number, Waiting>();
  const fail = (reason: unknown): void => waiting.forEach(({ reject }) => reject(reason));
  made.addEventListener("message", ({ data }: MessageEvent<WorkerResponse>) => {
    const { resolve, reject } = waiting.get(data.number) ?? {};
    if (data.transcoded) resolve?.(data.transcoded);
    else reject?.(data.reason);
  });
  made.addEventListener("error", ({ message }) => fail(message));
  download(new URL(wasm, import.meta.url).href).then(
    (code) => made.postMessage({ code } satisfies WorkerRequest, [code]),
    fail,
  );
  return { worker: made, waiting };
}
