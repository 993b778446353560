// Unpack Basis Universal's WebAssembly, so that Python can write and read KTX2.
//
//   node client/unpack-basis.mjs [FOLDER]
//
// Writes basis.wasm and basis.json into FOLDER (assets_pipeline/wasm/ beside client/ when
// not given), with the licences as BASIS-LICENSE.md. The JSON file holds the names of what
// the module imports and exports, which Emscripten shortens to a letter or two and keeps in
// its JavaScript alone.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { namesWithin } from "./basis-parts.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "node_modules", "ktx2-encoder");
const target = process.argv[2] ?? join(here, "..", "assets_pipeline", "wasm");

const script = readFileSync(join(source, "dist", "basis", "basis_encoder.js"), "utf8");
const names = namesWithin(script);
mkdirSync(target, { recursive: true });
copyFileSync(join(source, "dist", "basis", "basis_encoder.wasm"), join(target, "basis.wasm"));
writeFileSync(join(target, "basis.json"), JSON.stringify(names, null, 1) + "\n");
const licences = ["LICENSE", "THIRD_PARTY_NOTICES.md"].map((name) =>
  readFileSync(join(source, name), "utf8").trim(),
);
writeFileSync(join(target, "BASIS-LICENSE.md"), licences.join("\n\n") + "\n");
