// The layers of client/src, as dependency-cruiser checks them, types included:
//
//   node client/node_modules/dependency-cruiser/bin/dependency-cruise.mjs --config client/layers.cjs client/src
//
// A folder imports itself and the lines above its own, never a folder beside it or below.

const LAYERS = [
  ["generated", "i18n"], // the manifest's types, and messages
  ["core"], // DOM, download, errors, messages, the page
  ["ui", "ktx2"], // buttons and input; compressed textures
  ["scene"], // three.js: the model and its stage
  ["tracking", "xr"], // the image tracker; what WebXR and the camera share
  ["viewer", "vr", "ar", "camera", "panorama"], // what a button opens
  ["check", "guide", "offline", "page_parts"], // what a page starts
  ["boot.ts"],
];

const inside = (names) => `^client/src/(${names.map((name) => name.replace(/^(\w+)$/, "$1/").replace(".", "[.]")).join("|")})`;
const all = LAYERS.flat();

const oneWay = LAYERS.flatMap((layer, i) =>
  layer.map((name) => ({
    name: `${name} imports only layers beneath it`,
    severity: "error",
    from: { path: inside([name]) },
    to: { path: inside([...layer, ...LAYERS.slice(i + 1).flat()]), pathNot: inside([name]) },
  })),
);

module.exports = {
  forbidden: [
    { name: "no circle of files", severity: "error", from: {}, to: { circular: true } },
    {
      name: "every file is in a layer",
      severity: "error",
      from: {},
      to: { path: "^client/src/", pathNot: [inside(all), "[.]d[.]ts$"] },
    },
    ...oneWay,
  ],
  options: { tsPreCompilationDeps: true, parser: "swc", doNotFollow: { path: "node_modules" } },
};
