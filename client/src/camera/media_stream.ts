// The phone's camera (getUserMedia): open it, choose the lens, read its frames, name its errors.

import type { Frame, FrameSource } from "../tracking/frame";

export interface FrameReceiver {
  /** Awaited before the next picture is asked for. */
  take(frame: Frame): Promise<void>;
  /** The camera, or what is done with its pictures, failed; the stream has stopped. */
  fail(error: unknown): void;
}

export interface CameraInUse {
  readonly number: number;
  readonly total: number;
}

export class CameraStream {
  readonly #video: HTMLVideoElement;
  readonly #receiver: FrameReceiver;
  readonly #listening = new AbortController();
  #source: VideoFrames | undefined;
  #lens: string | undefined;
  #lenses: readonly CameraDevice[] = [];
  #isClosed = false;
  /** Counts openings: one that a later one overtook is stopped when it comes. */
  #turn = 0;

  constructor(video: HTMLVideoElement, receiver: FrameReceiver) {
    this.#video = video;
    this.#receiver = receiver;
  }

  /** Ask for the camera; must follow a tap at once. Rejects with `CameraError`. */
  async open(): Promise<void> {
    await this.#ask();
    this.#lenses = await listCameras(); // named only once the camera is allowed
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
  async changeLens(): Promise<CameraInUse | undefined> {
    const next = nextCamera(this.#lenses, this.#lens);
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
    const source = await VideoFrames.open(this.#video, this.#lens);
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

  async #watch(source: VideoFrames): Promise<void> {
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

/** As fine as phones give without growing hot; each gives the nearest that it has, uncut. */
const WANTED: MediaTrackConstraints & { resizeMode: string } = {
  resizeMode: "none",
  width: { ideal: 1920 },
  height: { ideal: 1080 },
  frameRate: { ideal: 30, max: 30 },
};

export class VideoFrames implements FrameSource {
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
   * Throws `CameraError`.
   */
  static async open(video: HTMLVideoElement, lens?: string): Promise<VideoFrames> {
    const which: MediaTrackConstraints = lens
      ? { deviceId: { exact: lens } }
      : { facingMode: { ideal: "environment" } };
    let stream: MediaStream | undefined;
    try {
      const constraints = { audio: false, video: { ...WANTED, ...which } };
      stream = await navigator.mediaDevices.getUserMedia(constraints);
      video.srcObject = stream;
      await video.play();
      return new VideoFrames(video, stream);
    } catch (error) {
      stop(stream);
      throw toCameraError(error);
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
    if (time_s === undefined) throw new CameraError("ended");
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

export interface CameraDevice {
  readonly id: string;
}

/** What a browser tells of a camera, apart from the browser so that it can be tested. */
export interface DeviceInfo {
  readonly deviceId: string;
  readonly kind: string;
  readonly label: string;
  readonly facing?: readonly string[] | undefined;
}

/** How systems name a camera on the screen's side, in the languages that they are met in. */
const FRONT = /front|avant|face ?time|user|vorder|frontal|anterior|selfie/i;

/** The cameras to choose among, in the system's own order: those that do not face the visitor. */
export function rearCameras(devices: readonly DeviceInfo[]): readonly CameraDevice[] {
  return devices
    .filter(({ kind, deviceId }) => kind === "videoinput" && deviceId !== "")
    .filter(({ facing, label }) => (facing?.length ? !facing.includes("user") : !FRONT.test(label)))
    .map(({ deviceId }) => ({ id: deviceId }));
}

/** The lenses of this phone; none before the visitor has allowed the camera. */
export async function listCameras(): Promise<readonly CameraDevice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return rearCameras(
    devices.map((device) => {
      const { deviceId, kind, label } = device;
      return { deviceId, kind, label, facing: facingModes(device) };
    }),
  );
}

/** The one after the lens in use; the first where that one is not listed. */
export function nextCamera(known: readonly CameraDevice[], id: string | undefined): CameraDevice | undefined {
  return known[(known.findIndex((lens) => lens.id === id) + 1) % known.length];
}

function facingModes(device: MediaDeviceInfo): readonly string[] | undefined {
  const telling = device as MediaDeviceInfo & {
    getCapabilities?: () => MediaTrackCapabilities;
  };
  return telling.getCapabilities?.().facingMode;
}

export type CameraErrorKind =
  | "refused" // the visitor, or a setting, said no
  | "absent" // no camera here
  | "busy" // another app holds it
  | "ended" // it stopped by itself
  | "slow"; // this phone does not keep up

export class CameraError extends Error {
  constructor(
    readonly kind: CameraErrorKind,
    options?: ErrorOptions,
  ) {
    super(kind, options);
    this.name = "CameraTrouble";
  }

  /** Whether trying again may succeed without anything else being done. */
  get mayPass(): boolean {
    return this.kind === "busy" || this.kind === "ended";
  }
}

const BY_NAME: Readonly<Record<string, CameraErrorKind>> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "absent",
  OverconstrainedError: "absent",
  TypeError: "absent", // no such ability: a page without HTTPS
};

/** What a browser's refusal of the camera means; most other errors are another app's doing. */
export function toCameraError(error: unknown): CameraError {
  if (error instanceof CameraError) return error;
  const name = error instanceof Error ? error.name : "";
  return new CameraError(BY_NAME[name] ?? "busy", { cause: error });
}
