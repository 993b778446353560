// WebXR Raw Camera Access: read the camera image of an XRView as the tracker's grayscale image. It never
// leaves the phone.

import {
  GLSL3,
  Mesh,
  OrthographicCamera,
  PlaneGeometry,
  RawShaderMaterial,
  Scene,
  Vector2,
  WebGLRenderTarget,
  type WebGLRenderer,
} from "three";
import { disposeObject } from "../scene/model";
import { trackingSize } from "../tracking/frame";
import type { CameraIntrinsics, GrayImage } from "../tracking/tracker";

/** A view with a camera's picture behind it; @types/webxr names no such camera. */
export type ViewWithCamera = XRView & { readonly camera?: XRCamera | null };
export interface XRCamera {
  readonly width: number;
  readonly height: number;
}

const CORNER = `in vec3 position;
void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }`;
// Four grey pixels go into each of the target's: a quarter to wait for. The first row read back is
// the picture's top. A pixel is the mean of four places in it: pictures are about twice as fine.
const GREY = `precision highp float;
uniform sampler2D picture;
uniform vec2 size;
out vec4 grey;
const vec3 LUMA = vec3(0.299, 0.587, 0.114);
float at(vec2 px) { return dot(texture(picture, vec2(px.x, size.y - px.y) / size).rgb, LUMA); }
float mean(vec2 px) {
  vec2 d = vec2(0.25, -0.25);
  return 0.25 * (at(px + d.xx) + at(px + d.xy) + at(px + d.yx) + at(px + d.yy));
}
void main() {
  vec2 first = vec2(4.0 * floor(gl_FragCoord.x) + 0.5, gl_FragCoord.y);
  vec4 four;
  for (int i = 0; i < 4; i += 1) four[i] = mean(first + vec2(float(i), 0.0));
  grey = four;
}`;

export class CameraImageReader {
  readonly #uniforms = { picture: { value: null as unknown }, size: { value: new Vector2() } };
  readonly #scene = new Scene();
  readonly #eye = new OrthographicCamera(-1, 1, 1, -1, 0, 1);
  #target: WebGLRenderTarget | undefined;

  constructor() {
    const material = new RawShaderMaterial({
      vertexShader: CORNER,
      fragmentShader: GREY,
      glslVersion: GLSL3,
      uniforms: this.#uniforms,
      depthTest: false,
      depthWrite: false,
    });
    const quad = new Mesh(new PlaneGeometry(2, 2), material);
    quad.frustumCulled = false;
    this.#scene.add(quad);
  }

  /** Read the picture behind a view; must be asked within its frame. */
  async read(renderer: WebGLRenderer, camera: XRCamera): Promise<GrayImage | undefined> {
    const picture = renderer.xr.getCameraTexture(camera as never);
    if (!picture) return undefined;
    const [wide, height_px] = trackingSize(camera.width, camera.height);
    const width_px = wide - (wide % 4);
    const target = this.#sized(width_px / 4, height_px);
    this.#uniforms.picture.value = picture;
    this.#uniforms.size.value.set(width_px, height_px);
    renderToTarget(renderer, target, this.#scene, this.#eye);
    const pixels = new Uint8Array(width_px * height_px);
    await renderer.readRenderTargetPixelsAsync(target, 0, 0, width_px / 4, height_px, pixels);
    return { pixels, width_px, height_px };
  }

  dispose(): void {
    disposeObject(this.#scene);
    this.#target?.dispose();
  }

  #sized(width: number, height: number): WebGLRenderTarget {
    if (this.#target?.width !== width || this.#target.height !== height) {
      this.#target?.dispose();
      this.#target = new WebGLRenderTarget(width, height, { depthBuffer: false });
    }
    return this.#target;
  }
}

/** What the camera behind a view does with a picture of a size, read off how the view is drawn. */
export function intrinsicsFromProjection(projection: Float32Array, width_px: number, height_px: number): CameraIntrinsics {
  const [x = 1, , , , , , , , right = 0, up = 0] = projection;
  return {
    focal_px: (x * width_px) / 2,
    centre_px: [((1 - right) * width_px - 1) / 2, ((1 + up) * height_px - 1) / 2],
    doubt: 0,
  };
}

// Into a target of its own, as if no session was on.
function renderToTarget(
  renderer: WebGLRenderer,
  target: WebGLRenderTarget,
  scene: Scene,
  eye: OrthographicCamera,
): void {
  const { xr } = renderer;
  const before = renderer.getRenderTarget();
  xr.enabled = false;
  renderer.setRenderTarget(target);
  renderer.render(scene, eye);
  renderer.setRenderTarget(before);
  xr.enabled = true;
}
