// A picture of what is on the screen, given to the visitor and to nobody else.

import { element } from "../dom";
import { isAbort } from "../failure";

const TYPE = "image/jpeg";
const QUALITY = 0.9;

export type Shared = "shared" | "saved" | "cancelled";

/** Offer a picture through the phone's own sheet, or save it where there is none. */
export async function share(canvas: HTMLCanvasElement, name: string): Promise<Shared> {
  const file = new File([await encoded(canvas)], `${name}.jpg`, { type: TYPE });
  const offer = { files: [file] };
  if (!navigator.canShare?.(offer)) return saved(file);
  try {
    await navigator.share(offer);
    return "shared";
  } catch (error) {
    // Some browsers say that they can share, and then may not.
    return isAbort(error) ? "cancelled" : saved(file);
  }
}

function saved(file: File): Shared {
  const href = URL.createObjectURL(file);
  element("a", "", { attributes: { href, download: file.name } }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // once the browser has surely read it
  return "saved";
}

function encoded(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const done = (blob: Blob | null): void =>
      blob ? resolve(blob) : reject(new Error("no picture was made"));
    canvas.toBlob(done, TYPE, QUALITY);
  });
}
