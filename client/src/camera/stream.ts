// A camera's pictures for as long as the view is there: stopped while nobody looks at the page,
// asked for again afterwards, through another lens on demand.

import { CameraFrames } from "./camera";
import type { Frame } from "./frames";
import { type Lens, lensAfter, lenses } from "./lenses";

export interface Receiver {
  /** Awaited before the next picture is asked for. */
  take(frame: Frame): Promise<void>;
  /** The camera, or what is done with its pictures, failed; the stream has stopped. */
  fail(error: unknown): void;
}

export interface LensInUse {
  readonly number: number;
  readonly total: number;
}

export class Stream {
  readonly #video: HTMLVideoElement;
  readonly #receiver: Receiver;
  readonly #listening = new AbortController();
  #source: CameraFrames | undefined;
  #lens: string | undefined;
  #lenses: readonly Lens[] = [];
  #isClosed = false;
  /** Counts openings: one that a later one overtook is stopped when it comes. */
  #turn = 0;

  constructor(video: HTMLVideoElement, receiver: Receiver) {
    this.#video = video;
    this.#receiver = receiver;
  }

  /** Ask for the camera; must follow a tap at once. Rejects with `CameraTrouble`. */
  async open(): Promise<void> {
    await this.#ask();
    this.#lenses = await lenses(); // named only once the camera is allowed
    const { signal } = this.#listening;
    document.addEventListener("visibilitychange", () => this.#wake(), { signal });
  }

  /** How many lenses there are to choose among. */
  get lensCount(): number {
    return this.#lenses.length;
  }

  /** Let pictures come, from the next one on. */
  run(): void {
    if (this.#source) void this.#watch(this.#source);
  }

  /** Go on through the next lens; tells which. */
  async changeLens(): Promise<LensInUse | undefined> {
    const next = lensAfter(this.#lenses, this.#lens);
    if (!next) return undefined;
    this.#lens = next.id;
    await this.#again();
    return { number: this.#lenses.indexOf(next) + 1, total: this.#lenses.length };
  }

  close(): void {
    this.#isClosed = true;
    this.#listening.abort();
    this.#rest();
  }

  async #ask(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const source = await CameraFrames.open(this.#video, this.#lens);
    if (this.#isClosed || turn !== this.#turn) {
      source.stop();
      return;
    }
    this.#source = source;
    this.#lens = source.lens;
  }

  async #again(): Promise<void> {
    this.#rest();
    try {
      await this.#ask();
      this.run();
    } catch (error) {
      if (!this.#isClosed) this.#receiver.fail(error);
    }
  }

  #wake(): void {
    if (document.hidden) {
      this.#turn += 1;
      this.#rest();
    } else {
      void this.#again();
    }
  }

  #rest(): void {
    this.#source?.stop();
    this.#source = undefined;
  }

  async #watch(source: CameraFrames): Promise<void> {
    try {
      for (let frame = await source.next(); frame; frame = await source.next()) {
        await this.#receiver.take(frame);
      }
    } catch (error) {
      if (this.#isClosed || this.#source !== source) return; // stopped on purpose meanwhile
      this.#rest();
      this.#receiver.fail(error);
    }
  }
}
