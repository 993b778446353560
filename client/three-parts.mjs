// An esbuild plugin: three.js from its sources, without what no visit shows.
//
// Each part left out is named with its reason; one that three.js no longer has stops
// the build, so that the list stays true. Shaders lose comments and indentation, as
// they do in three.js's own build.

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const sources = fileURLToPath(new URL("node_modules/three/src/", import.meta.url));
const loaders = fileURLToPath(new URL("node_modules/three/examples/jsm/loaders/", import.meta.url));

const EMPTY_SHADER = 'export const vertex = "", fragment = "";';
const EMPTY_CHUNK = 'export default "";';
const heldClass = (path, fields) => `export class ${basename(path, ".js")} {
  constructor(${fields}) { Object.assign(this, { ${fields} }); }
}`;

/** Folder or file under three/src, the names left out of it, what stands instead. */
const OMITTED = [
  // glTF has none of these materials: it is all physical, basic, points and lines.
  {
    folder: "renderers/shaders/ShaderLib",
    names: [
      "linedashed",
      "meshlambert",
      "meshmatcap",
      "meshnormal",
      "meshphong",
      "meshtoon",
      "sprite",
    ],
    extension: ".glsl.js",
    instead: () => EMPTY_SHADER,
  },
  // Variance shadows: ours are the plain filtered kind.
  {
    folder: "renderers/shaders/ShaderLib",
    names: ["vsm"],
    extension: ".glsl.js",
    instead: () => EMPTY_SHADER,
  },
  // Effects that glTF does not describe; three.js compiles them only where they are on.
  {
    folder: "renderers/shaders/ShaderChunk",
    names: [
      "bumpmap_pars_fragment",
      "clipping_planes_fragment",
      "clipping_planes_pars_fragment",
      "clipping_planes_pars_vertex",
      "clipping_planes_vertex",
      "displacementmap_pars_vertex",
      "displacementmap_vertex",
      "dithering_fragment",
      "dithering_pars_fragment",
      "fog_fragment",
      "fog_pars_fragment",
      "fog_pars_vertex",
      "fog_vertex",
      "gradientmap_pars_fragment",
      "lights_lambert_fragment",
      "lights_lambert_pars_fragment",
      "lights_phong_fragment",
      "lights_phong_pars_fragment",
      "lights_toon_fragment",
      "lights_toon_pars_fragment",
      "logdepthbuf_fragment",
      "logdepthbuf_pars_fragment",
      "logdepthbuf_pars_vertex",
      "logdepthbuf_vertex",
    ],
    extension: ".glsl.js",
    instead: () => EMPTY_CHUNK,
  },
  // What a clip and its tracks hold is enough: src/scene/animation.ts plays them.
  {
    folder: "animation",
    names: ["AnimationClip"],
    extension: ".js",
    instead: (path) => heldClass(path, ["name", "duration", "tracks"]),
  },
  {
    folder: "animation/tracks",
    names: ["NumberKeyframeTrack", "QuaternionKeyframeTrack", "VectorKeyframeTrack"],
    extension: ".js",
    instead: (path) => heldClass(path, ["name", "times", "values", "interpolation"]),
  },
  // Of the ways to name what moves, the loader asks for this alone.
  {
    folder: "animation",
    names: ["PropertyBinding"],
    extension: ".js",
    instead: () => `export const PropertyBinding = {
      sanitizeNodeName: (name) => name.replace(/\\s/g, "_").replace(/[[\\].:/]/g, ""),
    };`,
  },
];

/** File of three, what is written there, what stands instead. */
const CHANGED = [
  // Surroundings are filtered at 256 pixels a face or more, 37 million samples that every
  // opening waits for; those of our studio are soft, and 64 pixels with 32 samples each show
  // as much, within 3 in 255 on what we looked at. Rough levels begin at the same roughness
  // in a shorter chain.
  {
    path: `${sources}extras/PMREMGenerator.js`,
    changes: [
      ["const MIN_SIZE = 256;", "const MIN_SIZE = 64;"],
      ["const INTEGRATION_LEVELS = 3;", "const INTEGRATION_LEVELS = 2;"],
      ["const GGX_SAMPLES = 256;", "const GGX_SAMPLES = 32;"],
    ],
  },
  // A curved track is known by having no interpolation of three's own: no need of a maker.
  {
    path: `${loaders}GLTFLoader.js`,
    changes: [
      [
        "( this instanceof QuaternionKeyframeTrack ) ? GLTFCubicSplineQuaternionInterpolant : GLTFCubicSplineInterpolant;",
        "Object;",
      ],
    ],
  },
];

export const threeParts = {
  name: "three-parts",
  setup(context) {
    const stands = omissions();
    const changed = new Map(CHANGED.map(({ path, changes }) => [path, changes]));
    const met = new Set();
    context.onResolve({ filter: /^three$/ }, () => ({
      path: `${sources}Three.js`,
      sideEffects: false,
    }));
    context.onLoad({ filter: /three[\\/](src|examples)[\\/].*\.js$/ }, async ({ path }) => {
      const instead = stands.get(path);
      met.add(path);
      if (instead) return { contents: instead(path) };
      const changes = changed.get(path);
      if (changes) {
        const contents = rewritten(await readFile(path, "utf8"), changes);
        return { contents: path.startsWith(sources) ? bareShaders(contents) : contents };
      }
      if (!path.endsWith(".glsl.js")) return undefined;
      return { contents: bareShaders(await readFile(path, "utf8")) };
    });
    context.onEnd(() => ({
      errors: [...stands.keys(), ...changed.keys()]
        .filter((path) => !met.has(path))
        .map((path) => ({ text: `three.js no longer has ${path}, which is left out or changed` })),
    }));
  },
};

function omissions() {
  const all = OMITTED.flatMap(({ folder, names, extension, instead }) =>
    names.map((name) => [`${sources}${folder}/${name}${extension}`, instead]),
  );
  return new Map(all);
}

function rewritten(module, changes) {
  return changes.reduce((text, [written, instead]) => {
    if (!text.includes(written)) throw new Error(`three.js no longer writes "${written}"`);
    return text.replace(written, instead);
  }, module);
}

function bareShaders(module) {
  return module.replace(/`([^`]*)`/g, (_, shader) => {
    const uncommented = shader.replace(/\/\*[^]*?\*\//g, "").replace(/\/\/.*/g, "");
    const lines = uncommented.split("\n").map((line) => line.trim());
    return `\`${lines.filter(Boolean).join("\n")}\n\``;
  });
}
