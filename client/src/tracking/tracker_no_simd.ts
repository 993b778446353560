// The tracker's WebAssembly for processors without SIMD: its address in a chunk of its own, so that other
// phones load only the one that they run.

export { default } from "../../../assets_pipeline/wasm/tracker_plain.wasm";
