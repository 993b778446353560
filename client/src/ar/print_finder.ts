// Looks for the stop's prints in the camera's picture of an augmented-reality session. Loaded only
// where a browser gives that picture.

import { Matrix4, type WebGLRenderer } from "three";
import { cameraWords } from "../camera/words";
import { Searcher } from "../camera/searcher";
import { type Held, held } from "../camera/targets";
import type { Words } from "../i18n";
import type { ShownStop } from "../manifest";
import { CameraImage, type ViewWithCamera, type XRCamera, lensOf } from "./camera_image";
import type { Standing } from "./placement";
import { Print } from "./prints";

export class PrintFinder {
  readonly #searcher: Searcher;
  readonly #held: readonly Held[];
  readonly #prints: readonly Print[];
  readonly #label: ShownStop["stop"]["label"];
  readonly #image = new CameraImage();
  /** What to say to somebody who may frame the print or aim at the ground. */
  readonly hint: string;
  #isBusy = false;
  #isOver = false;
  #found: Standing | undefined;

  private constructor(searcher: Searcher, anchors: readonly Held[], shown: ShownStop, hint: string) {
    this.#searcher = searcher;
    this.#held = anchors;
    this.#prints = anchors.map(() => new Print());
    this.#label = shown.stop.label;
    this.hint = hint;
  }

  static async start(shown: ShownStop, words: Words): Promise<PrintFinder> {
    const [anchors, say] = await Promise.all([held(shown), cameraWords(words)]);
    const searcher = await Searcher.start(anchors.map(({ target }) => target));
    const by = anchors[0]?.anchor.by ?? "picture";
    return new PrintFinder(searcher, anchors, shown, say(`or_ground_${by}`));
  }

  /** Where the scene stands by a print, after what was seen so far. */
  get found(): Standing | undefined {
    return this.#found;
  }

  /** Look at a frame, if the last one has been read. */
  look(renderer: WebGLRenderer, view: ViewWithCamera, time_ms: number): void {
    const { camera } = view;
    if (!camera || this.#isBusy || this.#isOver || this.#prints.some((print) => print.isKnown)) return;
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
    const projection = new Float32Array(projectionMatrix);
    const grey = await this.#image.read(renderer, camera);
    if (!grey || this.#isOver) return;
    const lens = lensOf(projection, grey.width_px, grey.height_px);
    const { seen } = await this.#searcher.track({ grey, time_s, lens });
    const [sighting] = seen;
    const anchor = sighting && this.#held[sighting.target]?.anchor;
    const print = sighting && this.#prints[sighting.target];
    if (!anchor || !print) return;
    print.see(sighting.pose, stood);
    this.#found = print.standing(anchor, this.#label) ?? this.#found;
  }
}
