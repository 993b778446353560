// Bytes from the museum's own server, with progress, and cancelled on demand.

import { SceneFailure, isAbort } from "./failure";

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  /** Told the bytes received so far, decoded. */
  readonly onBytes?: (received: number) => void;
}

export async function download(url: string, options: DownloadOptions = {}): Promise<ArrayBuffer> {
  try {
    const response = await fetch(url, { ...(options.signal && { signal: options.signal }) });
    if (!response.ok) throw new SceneFailure(response.status < 500 ? "missing" : "network");
    return await allBytes(response, options.onBytes);
  } catch (error) {
    if (error instanceof SceneFailure || isAbort(error)) throw error;
    throw new SceneFailure("network", { cause: error });
  }
}

async function allBytes(
  response: Response,
  onBytes: DownloadOptions["onBytes"],
): Promise<ArrayBuffer> {
  if (!response.body || !onBytes) return response.arrayBuffer();
  const reader = response.body.getReader();
  const pieces: Uint8Array[] = [];
  let received = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    pieces.push(step.value);
    received += step.value.length;
    onBytes(received);
  }
  const whole = new Uint8Array(received);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole.buffer;
}
