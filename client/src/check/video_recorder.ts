// Record a few seconds of the camera with MediaRecorder, to a file on this phone.

const SECONDS = 5;
/** The first that the browser writes; MP4 before WebM, which iPhones do not play. */
const TYPES = ["video/mp4;codecs=avc1.42E01E", "video/webm;codecs=vp9", "video/webm", "video/mp4"];
const WANTED: MediaTrackConstraints = {
  facingMode: "environment",
  width: { ideal: 1280 },
  height: { ideal: 720 },
};

export interface Recording {
  readonly file: Blob;
  /** As it should be called: ecomusee-camera-20261124-1530.webm. */
  readonly name: string;
}

/** Open the camera that looks away from the visitor, who is asked first. */
export function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) {
    return Promise.reject(new DOMException("no camera", "NotFoundError"));
  }
  return navigator.mediaDevices.getUserMedia({ video: WANTED, audio: false });
}

export function closeCamera(camera: MediaStream): void {
  for (const track of camera.getTracks()) track.stop();
}

export function canRecord(): boolean {
  return typeof MediaRecorder === "function";
}

/** Record for five seconds; `onSecond` is told how many are left. */
export async function recordVideo(
  camera: MediaStream,
  onSecond: (left: number) => void,
): Promise<Recording> {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(camera, mimeType ? { mimeType } : {});
  const pieces: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  const ended = new Promise<void>((resolve, reject) => {
    recorder.addEventListener("stop", () => resolve(), { once: true });
    recorder.addEventListener("error", () => reject(new DOMException("stopped")), { once: true });
  });
  recorder.start();
  for (let left = SECONDS; left > 0; left -= 1) {
    onSecond(left);
    await Promise.race([aSecond(), ended]);
  }
  if (recorder.state !== "inactive") recorder.stop();
  await ended;
  const type = recorder.mimeType.split(";")[0] ?? "video/webm";
  return { file: new Blob(pieces, { type }), name: fileName(new Date(), type) };
}

export function fileName(now: Date, type: string): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const extension = type === "video/mp4" ? "mp4" : "webm";
  return `ecomusee-camera-${day}-${two(now.getHours())}${two(now.getMinutes())}.${extension}`;
}

function aSecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000));
}
