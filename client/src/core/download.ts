// Download bytes from the museum's own server, with progress and cancellation; prefetch.

import { SceneError, isAbortError } from "./errors";

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  /** Told the bytes received so far, decoded. */
  readonly onBytes?: (received: number) => void;
}

interface Asked {
  readonly answer: Promise<Response>;
  readonly abort: AbortController;
}

const early = new Map<string, Asked>();

/** Ask for a file before it is needed: the next download of it takes the answer over. */
export function prefetch(url: string): void {
  if (early.has(url)) return;
  const asked = startFetch(url);
  asked.answer.catch(() => early.delete(url)); // told by the download, if there is one
  early.set(url, asked);
}

export async function download(url: string, options: DownloadOptions = {}): Promise<ArrayBuffer> {
  const { answer, abort } = early.get(url) ?? startFetch(url);
  early.delete(url);
  const stop = (): void => abort.abort();
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener("abort", stop, { once: true });
  try {
    const response = await answer;
    if (!response.ok) throw new SceneError(response.status < 500 ? "missing" : "network");
    return await readBody(response, options.onBytes);
  } catch (error) {
    if (error instanceof SceneError || isAbortError(error)) throw error;
    throw new SceneError("network", { cause: error });
  }
}

function startFetch(url: string): Asked {
  const abort = new AbortController();
  return { answer: fetch(url, { signal: abort.signal }), abort };
}

async function readBody(
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
