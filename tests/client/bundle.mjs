// Bundle one file with the parts of three.js that the client keeps: node bundle.mjs FROM TO

import { createRequire } from "node:module";
import { threeParts } from "../../client/three-parts.mjs";

const fromClient = createRequire(new URL("../../client/package.json", import.meta.url));
const { build } = fromClient("esbuild");
const [from, to] = process.argv.slice(2);
const partsAlone = {
  name: "parts",
  // A page asks for shaders that no pose needs: parts that are not met here are not missed.
  setup: (context) => threeParts.setup({ ...context, onEnd: () => undefined }),
};
await build({
  entryPoints: [from],
  outfile: to,
  bundle: true,
  platform: "node",
  format: "esm",
  external: ["*/ktx2/textures"],
  nodePaths: [new URL("../../client/node_modules", import.meta.url).pathname],
  plugins: [partsAlone],
  logLevel: "error",
});
