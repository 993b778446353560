// Bundle scene.js with the client's sources: node benchmarks/assets/bundle.mjs FILE

import { fileURLToPath } from "node:url";
import { build } from "../../client/node_modules/esbuild/lib/main.js";
import { threeParts } from "../../client/three-parts.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const client = here("../../client/");

const simdDecoder = {
  name: "simd-decoder",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^meshoptimizer\/decoder\?simd$/ }, ({ kind }) =>
      resolve("meshoptimizer/decoder", { kind, resolveDir: client }),
    );
  },
};

await build({
  entryPoints: [here("scene.js")],
  outfile: process.argv[2],
  bundle: true,
  format: "esm",
  target: "es2022",
  nodePaths: [`${client}node_modules`],
  external: ["*/ktx2/textures"], // files are decoded before they are drawn here
  plugins: [simdDecoder, threeParts],
});
