// Run Khronos' glTF validator on GLB or glTF files.
//
//   node tests/tools/validate_gltf.mjs FILE...
//
// Prints one JSON object: by file, its errors (code, message, pointer) and counts.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(here, "..", "..", "client", "package.json"));
const validator = require("gltf-validator");

const ERROR = 0;
const reports = {};
for (const file of process.argv.slice(2)) {
  const options = {
    uri: file,
    maxIssues: 1000,
    externalResourceFunction: (uri) =>
      Promise.resolve(new Uint8Array(readFileSync(join(dirname(file), decodeURIComponent(uri))))),
  };
  const report = await validator.validateBytes(new Uint8Array(readFileSync(file)), options);
  const { messages, numErrors, numWarnings } = report.issues;
  reports[file] = {
    numErrors,
    numWarnings,
    errors: messages.filter((message) => message.severity === ERROR),
    others: messages.filter((message) => message.severity !== ERROR).map((message) => message.code),
  };
}
console.log(JSON.stringify(reports));
