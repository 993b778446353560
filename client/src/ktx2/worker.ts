// The transcoder in a thread of its own: the page stays quick to the touch.

import { type Targets, type Transcoded, Transcoder } from "./transcoder";

export type Asked =
  | { readonly code: ArrayBuffer }
  | { readonly number: number; readonly content: ArrayBuffer; readonly targets: Targets };

export interface Answer {
  readonly number: number;
  readonly transcoded?: Transcoded;
  readonly reason?: string;
}

let begin: (code: ArrayBuffer) => void;
const started = new Promise<ArrayBuffer>((resolve) => (begin = resolve)).then(Transcoder.start);
started.catch(() => undefined); // told to whoever asks for a texture

function answer(message: Answer, transfer: Transferable[] = []): void {
  // This file is read with the page's types; in a worker, a message has no target.
  (postMessage as (message: Answer, transfer: Transferable[]) => void)(message, transfer);
}

addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  if ("code" in data) {
    begin(data.code);
  } else {
    const { number } = data;
    obey(data).catch((error: unknown) => answer({ number, reason: String(error) }));
  }
});

async function obey({ number, content, targets }: Extract<Asked, { number: number }>) {
  const transcoded = (await started).transcoded(content, targets);
  const buffers = transcoded.levels.map(({ data }) => data.buffer);
  answer({ number, transcoded }, buffers);
}
