// The worker that runs the tracker.

import { type Target, Tracker, type TrackingInput, type TrackingResult } from "./tracker";

export type WorkerRequest =
  | { readonly kind: "seek"; readonly code: ArrayBuffer; readonly targets: readonly Target[] }
  | { readonly kind: "track"; readonly timed: TrackingInput };

export type WorkerResponse =
  | { readonly kind: "ready" }
  | { readonly kind: "failed"; readonly reason: string }
  | {
      readonly kind: "tracked";
      readonly tracked: TrackingResult;
      /** The frame's buffer, given back to be used again. */
      readonly spare: ArrayBuffer;
    };

let tracker: Tracker | undefined;

function respond(message: WorkerResponse, transfer: Transferable[] = []): void {
  // This file is read with the page's types; in a worker, a message has no target.
  (postMessage as (message: WorkerResponse, transfer: Transferable[]) => void)(message, transfer);
}

addEventListener("message", ({ data }: MessageEvent<WorkerRequest>) => {
  void handleRequest(data).catch((error: unknown) => respond({ kind: "failed", reason: String(error) }));
});

async function handleRequest(asked: WorkerRequest): Promise<void> {
  if (asked.kind === "seek") {
    tracker = new Tracker(await WebAssembly.compile(asked.code));
    tracker.seek(asked.targets);
    respond({ kind: "ready" });
  } else if (tracker) {
    const tracked = tracker.track(asked.timed);
    const { buffer } = asked.timed.grey.pixels;
    respond({ kind: "tracked", tracked, spare: buffer }, [buffer]);
  }
}
