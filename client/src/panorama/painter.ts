// Draws a panorama: one triangle over the whole screen, and each pixel looked up in the
// picture. It takes 2 kB where a sphere in a 3D library takes 130.

import { SceneFailure } from "../failure";
import type { Turn } from "./sphere";

/** From a point of the screen to a ray's slope: widths and heights at depth 1, then shifts. */
export type Lens = readonly [number, number, number, number];

const VERTEX = `#version 300 es
uniform mat3 turn;
uniform vec4 lens;
out vec3 ray;
void main() {
  vec2 at = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  ray = turn * vec3(at * lens.xy + lens.zw, -1.0);
  gl_Position = vec4(at, 0.0, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform sampler2D picture;
in vec3 ray;
out vec4 color;
void main() {
  vec3 seen = normalize(ray);
  float across = atan(seen.x, -seen.z) / 6.283185307 + 0.5;
  float down = acos(clamp(seen.y, -1.0, 1.0)) / 3.141592654;
  color = texture(picture, vec2(across, down));
}`;

export class Painter {
  readonly #gl: WebGL2RenderingContext;
  readonly #turn: WebGLUniformLocation | null;
  readonly #lens: WebGLUniformLocation | null;

  constructor(canvas: HTMLCanvasElement) {
    const gl = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false });
    if (!gl) throw new SceneFailure("no_webgl");
    this.#gl = gl;
    const program = linked(gl);
    gl.useProgram(program);
    this.#turn = gl.getUniformLocation(program, "turn");
    this.#lens = gl.getUniformLocation(program, "lens");
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    // No mipmaps: they would show the seam, and levels are chosen to the screen already.
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  get context(): WebGL2RenderingContext {
    return this.#gl;
  }

  /** The widest picture that the graphics card holds, pixels. */
  get most_px(): number {
    return this.#gl.getParameter(this.#gl.MAX_TEXTURE_SIZE) as number;
  }

  /** Take a picture over, in place of the one before. */
  show(picture: ImageBitmap): void {
    const gl = this.#gl;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, picture);
    picture.close();
  }

  draw(turn: Turn, lens: Lens): void {
    this.#gl.uniformMatrix3fv(this.#turn, false, turn);
    this.#gl.uniform4fv(this.#lens, lens);
    this.#gl.drawArrays(this.#gl.TRIANGLES, 0, 3);
  }

  /** Give the graphics memory back. */
  dispose(): void {
    this.#gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new SceneFailure("lost");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    throw new SceneFailure(gl.isContextLost() ? "lost" : "no_webgl");
  }
  return program;
}
