// Write the manifest's TypeScript types from its JSON Schema, the wire's one contract.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const here = dirname(fileURLToPath(import.meta.url));
const SCHEMA = join(here, "..", "tours", "schemas", "manifest.schema.json");
const TYPES = join(here, "src", "generated", "manifest.ts");

/** Write src/generated/manifest.ts; tsc reads it, the bundle needs none of it. */
export async function writeManifestTypes() {
  const schema = JSON.parse(await readFile(SCHEMA, "utf8"));
  const source = await compile(schema, "Manifest", {
    additionalProperties: false,
    bannerComment: "// Made by client/build.mjs from tours/schemas/manifest.schema.json.",
    strictIndexSignatures: true,
  });
  await mkdir(dirname(TYPES), { recursive: true });
  await writeFile(TYPES, source);
}
