// Build the visitors' client: hashed ES modules, stylesheets, and client.json.
//
//   node client/build.mjs [FOLDER]
//
// FOLDER is publishing/client/ when not given; what it held before is removed. The
// same sources give the same bytes. client.json tells publishing which file starts a
// page, what each file weighs, and which files each rung of the ladder loads:
//
//   entry      the script a stop's page names
//   style      the style sheet of what a stop's page is given, which pages ask for early
//   boot       the files that every stop's page loads, the entry included
//   languages  {tag: files a page in that language loads besides those}
//   files      {name: {bytes, brotli_bytes, imports}}, imports being static ones
//   rungs      {name: files it loads besides those and a language's}
//   parts      {name: {files, languages: {tag: files}}}, what else a page may load, told
//              in the same way; a part that opens on a tap counts all that it opens
//   offline    {worker, pages, words}: the service worker's file; what a visit without a
//              network and without 3D scenes loads; {tag: files of one language alone}

import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build, transform } from "esbuild";
import { basisNames, basisNotice } from "./basis-parts.mjs";
import { writeManifestTypes } from "./manifest-types.mjs";
import { threeParts } from "./three-parts.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "..", "publishing", "client"));

// What pages load, a limit for each, and the catalogue of its words in client/src/i18n.
const TABLE = JSON.parse(await readFile(join(here, "parts.json"), "utf8"));
const ENTRY = TABLE.boot.sources[0];
const LANGUAGES = ["fr", "en", "it"];
const LICENSED = ["three", "meshoptimizer"];
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

// The entry asks for all of a rung's files at once, so it must know their names. They
// do not depend on the entry: a first build tells them, a second writes them into it.
async function twiceBundled() {
  const guessed = mapValues(TABLE.rungs, () => "");
  const names = filesOfRungs(await bundled(guessed));
  const result = await bundled(names);
  if (JSON.stringify(filesOfRungs(result)) !== JSON.stringify(names)) {
    throw new Error("the names of a rung's files changed when the entry learned them");
  }
  return result;
}

// A rung's own code asks for its workers and its WebAssembly, when it knows which.
function filesOfRungs({ metafile }) {
  const outputs = byName(metafile.outputs);
  const { rungs } = loads(outputs);
  const isAsked = (name) => name.endsWith(".css") || outputs.get(name)?.exports.length > 0;
  return mapValues(rungs, (names) => names.filter(isAsked).join(" "));
}

async function bundled(files) {
  return build({
    absWorkingDir: here,
    entryPoints: [ENTRY],
    outdir: "out",
    bundle: true,
    inject: ["src/core/chunk.ts"],
    splitting: true,
    format: "esm",
    minify: true,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".wasm": "file" },
    plugins: [styles, catalogues, simdDecoder, workers, threeParts],
    define: Object.fromEntries(
      Object.entries(files).map(([rung, names]) => [`FILES.${rung}`, JSON.stringify(names)]),
    ),
    metafile: true,
    write: false,
  });
}

// A stylesheet is minified and kept as a file: the pages' Content-Security-Policy
// admits no style written by a script.
const styles = {
  name: "styles",
  setup(context) {
    context.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const { code } = await transform(source, { loader: "css", minify: true, target: "es2022" });
      return { contents: code, loader: "file" };
    });
  },
};

// A catalogue holds each sentence in every language; `plain.json?fr` is its French, as one
// value: esbuild would export each sentence by its name.
const catalogues = {
  name: "catalogues",
  setup(context) {
    context.onResolve({ filter: /i18n[\\/]\w+\.json\?\w+$/ }, ({ path, resolveDir }) => {
      const [file, language] = path.split("?");
      return { path: join(resolveDir, file), suffix: `?${language}` };
    });
    context.onLoad({ filter: /i18n[\\/]\w+\.json$/ }, async ({ path, suffix }) => {
      const sentences = JSON.parse(await readFile(path, "utf8"));
      const language = suffix.slice(1);
      const words = mapValues(sentences, (languages) => languages[language]);
      return { contents: `export default ${JSON.stringify(words)}`, loader: "js" };
    });
  },
};

// meshoptimizer's decoder carries its WebAssembly twice, with and without SIMD. All
// but phones from before 2023 need only one, 3 kB lighter; the others load the whole.
const simdDecoder = {
  name: "simd-decoder",
  setup(context) {
    const request = /^meshoptimizer\/decoder\?simd$/;
    context.onResolve({ filter: request }, async ({ resolveDir }) => {
      const whole = await context.resolve("meshoptimizer/decoder", {
        kind: "import-statement",
        resolveDir,
      });
      return { path: whole.path, namespace: "simd-decoder", sideEffects: false };
    });
    context.onLoad({ filter: /.*/, namespace: "simd-decoder" }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source.replace(/(var wasm_base =\s*)'[^']*'/, "$1''");
      if (contents === source) throw new Error("meshoptimizer's decoder has a new shape");
      return { contents, loader: "js" };
    });
  },
};

// A worker can share no chunk with the page in every browser: it is bundled alone, and
// the page is given its address.
const workers = {
  name: "workers",
  setup(context) {
    context.onResolve({ filter: /\?worker$/ }, async ({ path, resolveDir }) => {
      const source = await context.resolve(path.replace("?worker", ""), {
        kind: "import-statement",
        resolveDir,
      });
      const named = source.path.replace(/\.ts$/, ".js");
      return { path: named, namespace: "worker", pluginData: source.path };
    });
    context.onLoad({ filter: /.*/, namespace: "worker" }, async ({ pluginData }) => {
      const { outputFiles } = await build({
        entryPoints: [pluginData],
        bundle: true,
        format: "iife",
        minify: true,
        target: "es2022",
        charset: "utf8",
        plugins: [basisNames],
        write: false,
      });
      return { contents: outputFiles[0].contents, loader: "file", watchFiles: [pluginData] };
    });
  },
};

async function filesOf({ outputFiles, metafile }) {
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
  const notice = Buffer.from(await licenses());
  files.set(`licenses-${shortHash(notice)}.txt`, notice);
  const outputs = byName(metafile.outputs);
  const worker = await serviceWorker();
  const name = `service_worker-${shortHash(worker)}.js`;
  files.set(name, worker);
  const index = {
    ...loads(outputs),
    offline: { worker: name, ...loadsOffline(outputs) },
    files: described(outputs, files),
  };
  files.set("client.json", Buffer.from(JSON.stringify(index, null, 1) + "\n"));
  return files;
}

async function serviceWorker() {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: [TABLE.worker.sources[0]],
    bundle: true,
    format: "iife",
    minify: true,
    target: "es2022",
    charset: "utf8",
    write: false,
  });
  return outputFiles[0].contents;
}

function loadsOffline(outputs) {
  const entries = [...outputs].map(([name, output]) => [name, output.entryPoint ?? ""]);
  const made = (isWanted) => closure(outputs, entries.filter(([, from]) => isWanted(from)).map(([name]) => name));
  const light = Object.values(TABLE.parts).filter((part) => part.light).flatMap(({ sources }) => sources);
  const words = (tag) => [...made((from) => from.endsWith(`.json?${tag}`))];
  return {
    pages: [...made((from) => [ENTRY, ...light].includes(from))].sort(),
    words: Object.fromEntries(LANGUAGES.map((tag) => [tag, words(tag).sort()])),
  };
}

function loads(outputs) {
  const madeFrom = (source) => {
    for (const [name, output] of outputs) {
      if (output.entryPoint === source) return name;
    }
    throw new Error(`${source} made no file of its own`);
  };
  const entry = madeFrom(ENTRY);
  const boot = closure(outputs, [entry]);
  const besides = (sources) =>
    [...closure(outputs, sources.map(madeFrom))].filter((name) => !boot.has(name)).sort();
  const catalogue = (name) =>
    Object.fromEntries(LANGUAGES.map((tag) => [tag, besides([`src/i18n/${name}.json?${tag}`])]));
  return {
    entry,
    style: [...boot].find((name) => name.endsWith(".css")),
    boot: [...boot].sort(),
    languages: catalogue("core"),
    rungs: mapValues(TABLE.rungs, ({ sources }) => besides(sources)),
    parts: mapValues(TABLE.parts, ({ sources, words }) => ({
      files: besides(sources),
      languages: words ? catalogue(words) : {},
    })),
  };
}

function described(outputs, files) {
  const facts = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, contents]) => [
      name,
      {
        bytes: contents.length,
        brotli_bytes: brotliCompressSync(contents, BROTLI).length,
        imports: imports(outputs.get(name), "import-statement"),
      },
    ]);
  return Object.fromEntries(facts);
}

function byName(outputs) {
  return new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]));
}

function closure(outputs, names) {
  const reached = new Set(names);
  for (const next of reached) {
    for (const needed of imports(outputs.get(next), "import-statement", "file-loader")) {
      reached.add(needed);
    }
  }
  return reached;
}

function imports(output, ...kinds) {
  const kept = (output?.imports ?? []).filter(({ kind }) => kinds.includes(kind));
  return kept.map(({ path }) => basename(path)).sort();
}

function mapValues(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

function shortHash(bytes) {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
}

async function licenses() {
  const texts = LICENSED.map(async (name) => {
    const folder = join(here, "node_modules", name);
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = name === "three" ? "LICENSE" : "LICENSE.md";
    return `${name} ${version}\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
  });
  return (await Promise.all([...texts, basisNotice()])).join("\n\n");
}

// Written beside and renamed, so that a reader finds the old folder or the new one.
async function replaceFolder(folder, files) {
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  for (const [name, contents] of files) await writeFile(join(fresh, name), contents);
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
}

await writeManifestTypes();
await replaceFolder(target, await filesOf(await twiceBundled()));
