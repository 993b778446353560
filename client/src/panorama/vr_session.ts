// A WebXR immersive-vr session of a panorama.

import { SceneError, isAbortError, toSceneError } from "../core/errors";
import { type Page, type SceneEventDetail, dispatchSceneEvent, readScene } from "../core/page";
import type { PanoramaView } from "../generated/manifest";
import { requestSession } from "../xr/session";
import { PanoramaRenderer, type RayProjection, chooseLevels, loadLevel } from "./renderer";
import { type RotationMatrix, radians } from "./spherical";

/** Start from a tap: the headset opens the scene. */
export function open(page: Page): void {
  void new PanoramaVrSession(page).run();
}

/** The lens of a headset's eye, from its projection matrix, which is column-major. */
export function projectionOfEye(projection: Float32Array): RayProjection {
  const at = (i: number): number => projection[i] ?? 0;
  return [1 / at(0), 1 / at(5), at(8) / at(0), at(9) / at(5)];
}

/** The turn of a headset's eye, from its matrix, with `azimuth` in front at first. */
export function rotationOfEye(matrix: Float32Array, azimuth: number): RotationMatrix {
  const [cosine, sine] = [Math.cos(azimuth), Math.sin(azimuth)];
  const column = (i: number): [number, number, number] => {
    const [x, y, z] = [matrix[4 * i] ?? 0, matrix[4 * i + 1] ?? 0, matrix[4 * i + 2] ?? 0];
    return [x * cosine - z * sine, y, z * cosine + x * sine];
  };
  return [...column(0), ...column(1), ...column(2)];
}

class PanoramaVrSession {
  readonly #page: Page;
  readonly #loading = new AbortController();
  #painter: PanoramaRenderer | undefined;
  #problem: SceneError | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  async run(): Promise<void> {
    let session: XRSession | undefined;
    try {
      const asked = requestSession("immersive-vr", {});
      const { manifest = "", stop = "" } = document.body.dataset;
      const reading = readScene(manifest, stop, "panorama");
      reading.catch(() => undefined); // told below, after the session's own answer
      session = await asked;
      session.addEventListener("end", () => this.#end(), { once: true });
      this.#signal({ state: "loading" });
      await this.#furnish(session, await reading);
      this.#signal({ state: "placed" });
    } catch (error) {
      if (!isAbortError(error)) this.#problem = toSceneError(error, "vr");
      if (session) void session.end().catch(() => undefined);
      else this.#end();
    }
  }

  async #furnish(session: XRSession, scene: PanoramaView): Promise<void> {
    const painter = new PanoramaRenderer(document.createElement("canvas"));
    this.#painter = painter;
    const { savesData } = this.#page.capabilities;
    const { most_px } = painter;
    const level = chooseLevels(scene.levels, { turn_px: most_px, most_px, savesData }).at(-1);
    if (!level) throw new SceneError("outdated");
    await painter.context.makeXRCompatible();
    const layer = new XRWebGLLayer(session, painter.context, { depth: false });
    await session.updateRenderState({ baseLayer: layer });
    const space = await session.requestReferenceSpace("local");
    painter.show(await loadLevel(level, { most_px, signal: this.#loading.signal }));
    const azimuth = radians(scene.starts_deg);
    const draw: XRFrameRequestCallback = (_time, frame) => {
      session.requestAnimationFrame(draw);
      const pose = frame.getViewerPose(space);
      if (!pose) return;
      painter.context.bindFramebuffer(painter.context.FRAMEBUFFER, layer.framebuffer);
      for (const view of pose.views) {
        const { x, y, width, height } = layer.getViewport(view) ?? new DOMRect();
        painter.context.viewport(x, y, width, height);
        painter.draw(rotationOfEye(view.transform.matrix, azimuth), projectionOfEye(view.projectionMatrix));
      }
    };
    session.requestAnimationFrame(draw);
  }

  #end(): void {
    this.#loading.abort();
    this.#painter?.dispose();
    if (this.#problem) {
      this.#page.explain(this.#problem, () => this.#page.press("ec-show-vr"));
      this.#signal({ state: "failed", failure: this.#problem.kind });
    } else {
      this.#page.say(this.#page.words.say("ar_ended"));
      this.#signal({ state: "closed" });
    }
    this.#page.focusAction("ec-show-vr");
  }

  #signal(detail: Omit<SceneEventDetail, "rung">): void {
    dispatchSceneEvent(this.#page.figure, { rung: "vr", ...detail });
  }
}
