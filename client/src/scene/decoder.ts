// meshoptimizer's decoder, in the lightest form that this processor can run.

import { MeshoptDecoder } from "meshoptimizer/decoder?simd";

/** The smallest module with one SIMD instruction. */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
]);

export async function decoder(): Promise<typeof MeshoptDecoder> {
  if (WebAssembly.validate(SIMD_PROBE)) return MeshoptDecoder;
  return (await import("meshoptimizer/decoder")).MeshoptDecoder;
}
