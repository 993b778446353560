// What the bundler makes of files that are not TypeScript.

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

/** meshoptimizer's decoder without the half that phones lacking SIMD need. */
declare module "meshoptimizer/decoder?simd" {
  export { MeshoptDecoder } from "meshoptimizer/decoder";
}

/** The files that each rung loads, names parted by spaces; put in by client/build.mjs. */
declare const FILES: Readonly<Record<"viewer" | "ar" | "vr" | "camera", string>>;
