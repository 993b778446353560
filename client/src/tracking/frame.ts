// Camera frames, and their conversion to the small grayscale image that the tracker reads.

import type { GrayImage } from "./tracker";

/** One picture, good until the next is asked for. */
export interface Frame {
  readonly picture: CanvasImageSource;
  readonly width_px: number;
  readonly height_px: number;
  /** When it was taken, on a clock of the source's own. */
  readonly time_s: number;
}

export interface FrameSource {
  /** The next picture not given yet; undefined once there will be no more. */
  next(): Promise<Frame | undefined>;
  stop(): void;
}

/** As many pixels as the tracker was made for: a picture of 640 by 480, of any shape. */
const WORK_AREA_PX = 640 * 480;

/** The size to track a picture at: its own shape, never enlarged. */
export function trackingSize(width_px: number, height_px: number): [number, number] {
  const ratio = Math.min(1, Math.sqrt(WORK_AREA_PX / (width_px * height_px)));
  return [Math.round(width_px * ratio), Math.round(height_px * ratio)];
}

/** Luma as ITU-R BT.601 weighs it, in 256ths. */
export function convertToLuma(rgba: Uint8ClampedArray, into: Uint8Array): void {
  for (let i = 0, j = 0; i < into.length; i += 1, j += 4) {
    into[i] = (77 * rgba[j]! + 150 * rgba[j + 1]! + 29 * rgba[j + 2]! + 128) >> 8;
  }
}

/** How light a picture is, from 0 to 1: the mean of one pixel in many. */
export function meanBrightness({ pixels }: GrayImage): number {
  const STEP = 97; // a prime, so that no column of the picture is read alone
  let sum = 0;
  let count = 0;
  for (let i = 0; i < pixels.length; i += STEP, count += 1) sum += pixels[i]!;
  return sum / (255 * Math.max(1, count));
}

/**
 * Turns pictures grey on one small canvas. A picture comes from a canvas that the graphics card
 * holds: it is made small there, so that a phone waits for a megabyte and not for eight.
 */
export class GrayscaleConverter {
  readonly #canvas = document.createElement("canvas");
  readonly #context = this.#canvas.getContext("2d", {
    willReadFrequently: false,
    alpha: false,
  })!;

  /** Buffers given back are used again: a phone would spend its time freeing them. */
  read(frame: Frame, spare?: ArrayBuffer): GrayImage {
    const [width_px, height_px] = trackingSize(frame.width_px, frame.height_px);
    if (this.#canvas.width !== width_px || this.#canvas.height !== height_px) {
      this.#canvas.width = width_px;
      this.#canvas.height = height_px;
    }
    this.#context.drawImage(frame.picture, 0, 0, width_px, height_px);
    const { data } = this.#context.getImageData(0, 0, width_px, height_px);
    const size = width_px * height_px;
    const pixels = new Uint8Array(spare?.byteLength === size ? spare : new ArrayBuffer(size));
    convertToLuma(data, pixels);
    return { pixels, width_px, height_px };
  }
}
