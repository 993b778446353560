// The tracker in a thread of its own: the page stays quick to the touch.

import { type Target, type TimedGrey, type Tracked, Tracker } from "./tracker";

export type Asked =
  | { readonly kind: "seek"; readonly code: ArrayBuffer; readonly targets: readonly Target[] }
  | { readonly kind: "track"; readonly timed: TimedGrey };

export type Answer =
  | { readonly kind: "ready" }
  | { readonly kind: "failed"; readonly reason: string }
  | {
      readonly kind: "tracked";
      readonly tracked: Tracked;
      /** The frame's buffer, given back to be used again. */
      readonly spare: ArrayBuffer;
    };

let tracker: Tracker | undefined;

function answer(message: Answer, transfer: Transferable[] = []): void {
  // This file is read with the page's types; in a worker, a message has no target.
  (postMessage as (message: Answer, transfer: Transferable[]) => void)(message, transfer);
}

addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  void obey(data).catch((error: unknown) => answer({ kind: "failed", reason: String(error) }));
});

async function obey(asked: Asked): Promise<void> {
  if (asked.kind === "seek") {
    tracker = new Tracker(await WebAssembly.compile(asked.code));
    tracker.seek(asked.targets);
    answer({ kind: "ready" });
  } else if (tracker) {
    const tracked = tracker.track(asked.timed);
    const { buffer } = asked.timed.grey.pixels;
    answer({ kind: "tracked", tracked, spare: buffer }, [buffer]);
  }
}
