// Track the stop's prints in the camera image of a WebXR session. Loaded only where a browser gives that
// image.

import { Matrix4, type WebGLRenderer } from "three";
import type { Words } from "../core/i18n";
import type { ShownStop } from "../core/page";
import { type TrackedAnchor, loadTrackedAnchors } from "../tracking/anchors";
import { type CameraSay, loadCameraWords } from "../tracking/messages";
import { TrackerThread } from "../tracking/tracker_thread";
import {
  CameraImageReader,
  type ViewWithCamera,
  type XRCamera,
  intrinsicsFromProjection,
} from "./camera_access";
import { type FusedPose, type PoseFusion, createPoseFusion } from "./pose_fusion";

/** A print that was seen is looked for less often once it is out of view: a phone grows hot. */
const UNSEEN_EACH_MS = 500;

export class ImageTracking {
  readonly #searcher: TrackerThread;
  readonly #held: readonly TrackedAnchor[];
  readonly #prints: readonly PoseFusion[];
  readonly #say: CameraSay;
  readonly #length: Words["length"];
  readonly #image = new CameraImageReader();
  /** What to say to somebody who may frame the print or aim at the ground. */
  readonly hint: string;
  #isBusy = false;
  #isOver = false;
  /** The print that holds the scene. */
  #holding: number | undefined;
  #looked_ms = -Infinity;
  /** Whether the last picture that was read shows a print. */
  #isSeen = false;

  private constructor(searcher: TrackerThread, anchors: readonly TrackedAnchor[], say: CameraSay, words: Words) {
    this.#searcher = searcher;
    this.#held = anchors;
    this.#prints = anchors.map(createPoseFusion);
    this.#say = say;
    this.#length = words.length;
    this.hint = say(`or_ground_${anchors[0]?.anchor.by ?? "picture"}`);
  }

  static async start(shown: ShownStop, words: Words): Promise<ImageTracking> {
    const [anchors, say] = await Promise.all([loadTrackedAnchors(shown), loadCameraWords(words)]);
    const searcher = await TrackerThread.start(anchors.map(({ target }) => target));
    return new ImageTracking(searcher, anchors, say, words);
  }

  /** Where the scene stands by a print, after what was seen so far. */
  get found(): FusedPose | undefined {
    return this.#holding === undefined ? undefined : this.#prints[this.#holding]?.found;
  }

  /** How sure that is, and what would make it surer; undefined where nothing is to be done. */
  get advice(): string | undefined {
    const by = this.#holding === undefined ? undefined : this.#held[this.#holding]?.anchor.by;
    const { found } = this;
    if (!by || !found || found.hint === "none" || !this.#isSeen) return undefined;
    const [error, print] = [this.#length(found.objectSd_m), this.#say(`print_${by}`)];
    return this.#say(found.hint, { error, print });
  }

  /** Look at a frame, if the last one has been read. */
  look(renderer: WebGLRenderer, view: ViewWithCamera, time_ms: number): void {
    const { camera } = view;
    if (!camera || this.#isBusy || this.#isOver || this.#prints.some((print) => print.isKnown)) return;
    const isAway = this.#holding !== undefined && !this.#isSeen;
    if (isAway && time_ms - this.#looked_ms < UNSEEN_EACH_MS) return;
    this.#looked_ms = time_ms;
    this.#isBusy = true;
    this.#read(renderer, camera, view, time_ms / 1000).then(
      () => (this.#isBusy = false),
      () => this.stop(), // the scene is set down by hand, as on other phones
    );
  }

  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#searcher.stop();
    this.#image.dispose();
  }

  async #read(
    renderer: WebGLRenderer,
    camera: XRCamera,
    { transform, projectionMatrix }: XRView,
    time_s: number,
  ): Promise<void> {
    const stood = new Matrix4().fromArray(transform.matrix);
    // The session's own attitude is what gravity and gyroscope tell elsewhere.
    const { x, y, z, w } = transform.orientation;
    const attitude = { rotation: [x, y, z, w], keepsHeading: true } as const;
    const projection = new Float32Array(projectionMatrix);
    const grey = await this.#image.read(renderer, camera);
    if (!grey || this.#isOver) return;
    const lens = intrinsicsFromProjection(projection, grey.width_px, grey.height_px);
    const { seen, placed } = await this.#searcher.track({ grey, time_s, lens, attitude });
    const sighting = seen.find(({ target }) => target === this.#holding) ?? seen[0];
    const print = sighting && this.#prints[sighting.target];
    this.#isSeen = print !== undefined;
    if (!print) return;
    const placing = placed.find(({ target }) => target === sighting.target)?.placing;
    print.see({ pose: sighting.pose, lens, camera: stood, placing });
    // Of several prints, the one holds that places the scene most surely.
    const surest = this.found?.objectSd_m ?? Infinity;
    if (print.found && print.found.objectSd_m < surest) this.#holding = sighting.target;
  }
}
