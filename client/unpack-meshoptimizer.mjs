// Unpack meshoptimizer's WebAssembly, so that Python can run it without Node.
//
//   node client/unpack-meshoptimizer.mjs [FOLDER]
//
// Writes meshopt_encoder.wasm, meshopt_decoder.wasm and meshopt_simplifier.wasm into
// FOLDER (assets_pipeline/wasm/ beside client/ when not given), with the package's
// licence as LICENSE.md. The npm package carries each module as packed text, six bits
// a character; the table beside it (`wasmpack`) holds the sixty commonest bytes.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "node_modules", "meshoptimizer");
const target = process.argv[2] ?? join(here, "..", "assets_pipeline", "wasm");

const MODULES = [
  { name: "meshopt_encoder", file: "meshopt_encoder.js", variable: "wasm" },
  { name: "meshopt_decoder", file: "meshopt_decoder.mjs", variable: "wasm_simd" },
  { name: "meshopt_simplifier", file: "meshopt_simplifier.js", variable: "wasm" },
];
const COMMON_BYTES = 60;

mkdirSync(target, { recursive: true });
for (const { name, file, variable } of MODULES) {
  const text = readFileSync(join(source, file), "utf8");
  const bytes = unpacked(packedText(text, variable), commonBytes(text));
  if (!WebAssembly.validate(bytes)) throw new Error(`${file}: not a WebAssembly module`);
  writeFileSync(join(target, `${name}.wasm`), bytes);
}
copyFileSync(join(source, "LICENSE.md"), join(target, "LICENSE.md"));

function packedText(text, variable) {
  const found = new RegExp(`var ${variable} =\\s*'([^']+)'`).exec(text);
  if (!found) throw new Error(`no packed module named ${variable}: is this meshoptimizer 1.x?`);
  return found[1];
}

function commonBytes(text) {
  const found = /var wasmpack = new Uint8Array\(\[([^\]]+)\]/.exec(text);
  if (!found) throw new Error("no table of common bytes: is this meshoptimizer 1.x?");
  return found[1].split(",").filter((item) => item.trim()).map(Number);
}

function unpacked(packed, common) {
  const digits = Array.from(packed, digit);
  const bytes = [];
  for (let i = 0; i < digits.length; i += 1) {
    if (digits[i] < COMMON_BYTES) {
      bytes.push(common[digits[i]]);
    } else {
      bytes.push((digits[i] - COMMON_BYTES) * 64 + digits[i + 1]);
      i += 1;
    }
  }
  return Uint8Array.from(bytes);
}

function digit(character) {
  const code = character.charCodeAt(0);
  if (code > 96) return code - 97;
  if (code > 64) return code - 39;
  return code + 4;
}
