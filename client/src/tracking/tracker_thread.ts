// The page's end of the tracker's worker: one request at a time.

import wasm from "../../../assets_pipeline/wasm/tracker.wasm";
import { download } from "../core/download";
import { SceneError } from "../core/errors";
import type { Target, TrackingInput, TrackingResult } from "./tracker";
import type { WorkerRequest, WorkerResponse } from "./worker";
import worker from "./worker?worker";

type PendingAnswer = {
  readonly resolve: (answer: WorkerResponse) => void;
  readonly reject: (error: SceneError) => void;
};

/** The smallest module with one SIMD instruction: i8x16.splat. */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26,
  11,
]);

export class TrackerThread {
  readonly #worker = new Worker(new URL(worker, import.meta.url));
  #waiting: PendingAnswer | undefined;
  #spare: ArrayBuffer | undefined;

  private constructor() {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<WorkerResponse>) => {
      if (data.kind === "failed") this.#fail(data.reason);
      else this.#waiting?.resolve(data);
    });
    this.#worker.addEventListener("error", ({ message }) => this.#fail(message));
  }

  /** Start looking for some targets. */
  static async start(targets: readonly Target[]): Promise<TrackerThread> {
    const code = await download(await trackerUrl());
    const searcher = new TrackerThread();
    try {
      await searcher.#ask({ kind: "seek", code, targets }, [code]);
      return searcher;
    } catch (error) {
      searcher.stop();
      throw error;
    }
  }

  /** A buffer that the tracker has done with. */
  takeSpare(): ArrayBuffer | undefined {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare;
  }

  /** What is seen in a picture, whose pixels go to the tracker and come back as a spare. */
  async track(timed: TrackingInput): Promise<TrackingResult> {
    const answer = await this.#ask({ kind: "track", timed }, [timed.grey.pixels.buffer]);
    if (answer.kind !== "tracked") throw new SceneError("unreadable");
    this.#spare = answer.spare;
    return answer.tracked;
  }

  stop(): void {
    this.#worker.terminate();
    this.#fail("stopped");
  }

  #ask(asked: WorkerRequest, transfer: Transferable[]): Promise<WorkerResponse> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.postMessage(asked, transfer);
    });
  }

  #fail(reason: string): void {
    this.#waiting?.reject(new SceneError("unreadable", { cause: reason }));
  }
}

/** The tracker's code, in the form that this processor can run. */
async function trackerUrl(): Promise<string> {
  const name = WebAssembly.validate(SIMD_PROBE) ? wasm : (await import("./tracker_no_simd")).default;
  return new URL(name, import.meta.url).href;
}
