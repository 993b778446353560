// Types of what the bundler and WebXR bring and TypeScript's own libraries lack.

/** A stylesheet, written beside the chunks; the import gives its relative address. */
declare module "*.css" {
  const address: string;
  export default address;
}

/** WebAssembly, written beside the chunks; the import gives its relative address. */
declare module "*.wasm" {
  const address: string;
  export default address;
}

/** A script for a thread of its own, bundled alone; the import gives its relative address. */
declare module "*?worker" {
  const address: string;
  export default address;
}

/** A catalogue's sentences in French, and so on; the catalogue itself types their names. */
declare module "*.json?fr" {
  const sentences: Readonly<Record<string, string>>;
  export default sentences;
}
declare module "*.json?en" {
  const sentences: Readonly<Record<string, string>>;
  export default sentences;
}
declare module "*.json?it" {
  const sentences: Readonly<Record<string, string>>;
  export default sentences;
}

/** meshoptimizer's decoder without the half that phones lacking SIMD need. */
declare module "meshoptimizer/decoder?simd" {
  export { MeshoptDecoder } from "meshoptimizer/decoder";
}

/** What Emscripten calls the transcoder's imports and exports, shortened in the module. */
declare module "three/examples/jsm/libs/basis/basis_transcoder.js?names" {
  const names: {
    readonly imports: Readonly<Record<string, string>>;
    readonly exports: { readonly memory: string; readonly table: string; readonly start: string };
  };
  export default names;
}

/** The files that each rung loads, names parted by spaces; put in by client/build.mjs. */
declare const FILES: Readonly<Record<"viewer" | "ar" | "vr" | "camera", string>>;

// WebXR Lighting Estimation, as far as we use it; @types/webxr lacks it.

interface XRLightEstimate {
  readonly primaryLightIntensity: DOMPointReadOnly;
}

type XRLightProbe = EventTarget;

interface XRSession {
  requestLightProbe?(): Promise<XRLightProbe>;
}

interface XRFrame {
  getLightEstimate?(probe: XRLightProbe): XRLightEstimate | null;
}
