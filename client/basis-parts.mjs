// Basis Universal's transcoder, as three.js ships it: its names, and its licence.
//
// Emscripten shortens what a module imports and exports to a letter or two, and keeps the
// names in the script that it writes beside; pages use the module alone.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const folder = new URL("node_modules/three/examples/jsm/libs/basis/", import.meta.url);
const script = fileURLToPath(new URL("basis_transcoder.js", folder));
const apache = fileURLToPath(new URL("../LICENSE", import.meta.url));

/** An esbuild plugin: the script, asked for with `?names`, is a module of these names. */
export const basisNames = {
  name: "basis-names",
  setup(context) {
    context.onResolve({ filter: /basis_transcoder\.js\?names$/ }, () => ({
      path: script,
      namespace: "basis-names",
    }));
    context.onLoad({ filter: /.*/, namespace: "basis-names" }, async ({ path }) => ({
      contents: JSON.stringify(namesWithin(await readFile(path, "utf8"))),
      loader: "json",
    }));
  },
};

/** The names within a script of Emscripten's, leading underscores left out. */
export function namesWithin(text) {
  const found = (pattern) => {
    const match = pattern.exec(text);
    if (!match) throw new Error(`Basis Universal's script has a new shape: no ${pattern}`);
    return match[1];
  };
  const pairs = found(/wasmImports=\{([^}]*)\}/)
    .split(",")
    .map((pair) => pair.split(":"));
  return {
    imports: Object.fromEntries(pairs.map(([short, name]) => [short, name.replace(/^_+/, "")])),
    exports: {
      memory: found(/wasmMemory=wasmExports\["([^"]+)"\]/),
      table: found(/wasmTable=wasmExports\["([^"]+)"\]/),
      start: found(/(?:__wasm_call_ctors=wasmExports|[;}]wasmExports)\["([^"]+)"\]\)?\(\)/),
    },
  };
}

export async function basisNotice() {
  const text = (await readFile(apache, "utf8")).trim();
  return `Basis Universal's transcoder\n\nCopyright 2016-2026 Binomial LLC\n\n${text}\n`;
}
