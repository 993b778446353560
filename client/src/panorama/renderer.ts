// Render an equirectangular picture with WebGL: one triangle over the screen, each pixel looked up in
// the texture. It takes 2 kB where a sphere in three.js takes 130.

import { download } from "../core/download";
import { SceneError, isAbortError } from "../core/errors";
import type { ImageVariant } from "../generated/manifest";
import type { RotationMatrix } from "./spherical";

/** From a point of the screen to a ray's slope: widths and heights at depth 1, then shifts. */
export type RayProjection = readonly [number, number, number, number];

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

export class PanoramaRenderer {
  readonly #gl: WebGL2RenderingContext;
  readonly #turn: WebGLUniformLocation | null;
  readonly #lens: WebGLUniformLocation | null;

  constructor(canvas: HTMLCanvasElement) {
    const gl = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false });
    if (!gl) throw new SceneError("no_webgl");
    this.#gl = gl;
    const program = linkProgram(gl);
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

  draw(turn: RotationMatrix, lens: RayProjection): void {
    this.#gl.uniformMatrix3fv(this.#turn, false, turn);
    this.#gl.uniform4fv(this.#lens, lens);
    this.#gl.drawArrays(this.#gl.TRIANGLES, 0, 3);
  }

  /** Give the graphics memory back. */
  dispose(): void {
    this.#gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

function linkProgram(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new SceneError("lost");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    throw new SceneError(gl.isContextLost() ? "lost" : "no_webgl");
  }
  return program;
}

export interface LevelRequirements {
  /** Pixels that a whole turn would take at the screen's own fineness. */
  readonly turn_px: number;
  /** The widest picture that the graphics card holds. */
  readonly most_px: number;
  readonly savesData: boolean;
}

/** The same picture in several encodings, the lightest first. */
export type Level = readonly ImageVariant[];

/** The levels to show one after the other: first the smallest, then the one that suits. */
export function chooseLevels(variants: readonly ImageVariant[], need: LevelRequirements): readonly Level[] {
  const widths = [...new Set(variants.map(({ width_px }) => width_px))].sort((a, b) => a - b);
  const held = widths.filter((width) => width <= need.most_px);
  // A graphics card that holds none of them gets the smallest, made smaller.
  const possible = held.length > 0 ? held : widths.slice(0, 1);
  const suiting = possible.find((width) => width >= need.turn_px) ?? possible.at(-1);
  const wanted = need.savesData ? possible.slice(0, 1) : [possible[0], suiting];
  return [...new Set(wanted)].map((width) =>
    variants
      .filter(({ width_px }) => width_px === width)
      .sort((a, b) => a.bytes - b.bytes),
  );
}

export interface LoadOptions {
  readonly most_px: number;
  readonly signal: AbortSignal;
  readonly onBytes?: (ratio: number) => void;
}

/** Fetch a level in the first encoding that this browser reads. */
export async function loadLevel(level: Level, options: LoadOptions): Promise<ImageBitmap> {
  let problem: unknown = new SceneError("outdated");
  for (const variant of level) {
    try {
      return await loadVariant(variant, options);
    } catch (error) {
      if (isAbortError(error) || (error instanceof SceneError && error.kind !== "missing")) throw error;
      problem = error;
    }
  }
  if (problem instanceof SceneError) throw problem;
  throw new SceneError("unreadable", { cause: problem });
}

async function loadVariant(variant: ImageVariant, options: LoadOptions): Promise<ImageBitmap> {
  const { signal, onBytes, most_px } = options;
  const bytes = await download(variant.url, {
    signal,
    ...(onBytes && { onBytes: (received: number) => onBytes(received / variant.bytes) }),
  });
  const file = new Blob([bytes], { type: variant.type });
  return createImageBitmap(file, {
    colorSpaceConversion: "none",
    premultiplyAlpha: "none",
    ...(variant.width_px > most_px && { resizeWidth: most_px, resizeHeight: most_px / 2 }),
  });
}
