// The worker that runs the transcoder.

import { type TargetFormats, type Transcoded, Transcoder } from "./transcoder";

export type WorkerRequest =
  | { readonly code: ArrayBuffer }
  | { readonly number: number; readonly content: ArrayBuffer; readonly targets: TargetFormats };

export interface WorkerResponse {
  readonly number: number;
  readonly transcoded?: Transcoded;
  readonly reason?: string;
}

let begin: (code: ArrayBuffer) => void;
const started = new Promise<ArrayBuffer>((resolve) => (begin = resolve)).then(Transcoder.start);
started.catch(() => undefined); // told to whoever asks for a texture

function respond(message: WorkerResponse, transfer: Transferable[] = []): void {
  // This file is read with the page's types; in a worker, a message has no target.
  (postMessage as (message: WorkerResponse, transfer: Transferable[]) => void)(message, transfer);
}

addEventListener("message", ({ data }: MessageEvent<WorkerRequest>) => {
  if ("code" in data) {
    begin(data.code);
  } else {
    const { number } = data;
    handleRequest(data).catch((error: unknown) => respond({ number, reason: String(error) }));
  }
});

async function handleRequest({ number, content, targets }: Extract<WorkerRequest, { number: number }>) {
  const transcoded = (await started).transcoded(content, targets);
  const buffers = transcoded.levels.map(({ data }) => data.buffer);
  respond({ number, transcoded }, buffers);
}
