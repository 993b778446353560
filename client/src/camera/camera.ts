// The phone's camera as a source of pictures: asked for, stopped and asked for again.

import type { Frame, FrameSource } from "./frames";
import { CameraTrouble, troubleOf } from "./trouble";

/** As fine as phones give without growing hot; each gives the nearest that it has, uncut. */
const WANTED: MediaTrackConstraints & { resizeMode: string } = {
  resizeMode: "none",
  width: { ideal: 1920 },
  height: { ideal: 1080 },
  frameRate: { ideal: 30, max: 30 },
};

export class CameraFrames implements FrameSource {
  readonly #video: HTMLVideoElement;
  readonly #stream: MediaStream;
  readonly #over: Promise<undefined>;
  #end: () => void = () => undefined;
  #isStopped = false;
  #lastShown_s = -1;

  private constructor(video: HTMLVideoElement, stream: MediaStream) {
    this.#video = video;
    this.#stream = stream;
    this.#over = new Promise((resolve) => {
      this.#end = () => resolve(undefined);
    });
    for (const track of stream.getTracks()) track.addEventListener("ended", this.#end);
  }

  /**
   * Ask for a camera and show it in `video`: the one on the phone's back, or the lens named. The
   * first time must follow a tap at once, or some browsers refuse.
   *
   * Throws `CameraTrouble`.
   */
  static async open(video: HTMLVideoElement, lens?: string): Promise<CameraFrames> {
    const which: MediaTrackConstraints = lens
      ? { deviceId: { exact: lens } }
      : { facingMode: { ideal: "environment" } };
    let stream: MediaStream | undefined;
    try {
      const constraints = { audio: false, video: { ...WANTED, ...which } };
      stream = await navigator.mediaDevices.getUserMedia(constraints);
      video.srcObject = stream;
      await video.play();
      return new CameraFrames(video, stream);
    } catch (error) {
      stop(stream);
      throw troubleOf(error);
    }
  }

  /** The lens in use, as `lenses` names it. */
  get lens(): string | undefined {
    return this.#stream.getVideoTracks()[0]?.getSettings().deviceId;
  }

  /** The next picture; undefined once the source was stopped. Throws when the camera stopped. */
  async next(): Promise<Frame | undefined> {
    const time_s = await Promise.race([this.#shown(), this.#over]);
    if (this.#isStopped) return undefined;
    if (time_s === undefined) throw new CameraTrouble("ended");
    const { videoWidth: width_px, videoHeight: height_px } = this.#video;
    return { picture: this.#video, width_px, height_px, time_s };
  }

  stop(): void {
    this.#isStopped = true;
    this.#end();
    stop(this.#stream);
    this.#video.srcObject = null;
  }

  /** Resolves with the time of the next picture on the screen. */
  #shown(): Promise<number> {
    const video = this.#video;
    if (Object.hasOwn(HTMLVideoElement.prototype, "requestVideoFrameCallback")) {
      return new Promise((resolve) => {
        video.requestVideoFrameCallback((now, { captureTime }) => {
          resolve((captureTime ?? now) / 1000);
        });
      });
    }
    return new Promise((resolve) => {
      const look = (now: number): void => {
        // Older browsers tell of no picture, but the video's own clock moves with each.
        if (video.currentTime === this.#lastShown_s && !this.#isStopped) {
          requestAnimationFrame(look);
          return;
        }
        this.#lastShown_s = video.currentTime;
        resolve(now / 1000);
      };
      requestAnimationFrame(look);
    });
  }
}

function stop(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
