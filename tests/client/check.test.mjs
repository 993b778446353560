// What the phone's page says of a phone, in one line and in words.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { reportLine, wasmLevel } from "../../client/src/check/capability_report.ts";
import { fileName } from "../../client/src/check/video_recorder.ts";
import check_en from "../../client/src/i18n/check_en.json";
import check_fr from "../../client/src/i18n/check_fr.json";
import check_it from "../../client/src/i18n/check_it.json";
import plain_en from "../../client/src/i18n/plain_en.json";
import plain_fr from "../../client/src/i18n/plain_fr.json";
import plain_it from "../../client/src/i18n/plain_it.json";
import panorama_en from "../../client/src/i18n/panorama_en.json";
import panorama_fr from "../../client/src/i18n/panorama_fr.json";
import panorama_it from "../../client/src/i18n/panorama_it.json";

const PHONE = {
  secure: true,
  camera: "yes",
  motion: "refused",
  augmented: false,
  virtual: false,
  texture_px: 4096,
  wasm: 2,
  decoders: ["WebP", "AVIF", "AV1"].map((name) => ({ name, reads: name !== "AV1" })),
  memory_gb: 4,
  room_gb: 11.6,
  savesData: false,
};

test("a phone's abilities make one line to read aloud", () => {
  assert.equal(reportLine(PHONE), "S1 C1 M2 A0 V0 G4 W2 D110 Q4 K12 E0");
});

test("what was not tried, and what is not told, is said to be so", () => {
  const line = reportLine({ ...PHONE, camera: "untried", memory_gb: undefined, room_gb: undefined });

  assert.match(line, /C9 .* Q\? K\?/);
});

test("the smallest module with a vector operation is a valid one", () => {
  assert.equal(wasmLevel(), 2);
});

test("a recording's name tells when it was made, and what it is", () => {
  const now = new Date(2026, 10, 4, 9, 5);

  assert.equal(fileName(now, "video/webm"), "ecomusee-camera-20261104-0905.webm");
  assert.equal(fileName(now, "video/mp4"), "ecomusee-camera-20261104-0905.mp4");
});

const holes = (sentence) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const read = (name) => readFileSync(join(process.env.CLIENT_SOURCES, name), "utf8");
const PARTS = {
  check: [[check_fr, check_en, check_it], ["check/page.ts", "check/capability_report.ts"]],
  plain: [
    [plain_fr, plain_en, plain_it],
    ["page_parts/compare.ts", "page_parts/video.ts", "page_parts/visited_marks.ts"],
  ],
  panorama: [[panorama_fr, panorama_en, panorama_it], ["panorama/viewer.ts"]],
};

for (const [part, [[fr, ...others], sources]] of Object.entries(PARTS)) {
  test(`every language says the same things, and all of them are used: ${part}`, () => {
    const program = sources.map(read).join("\n");

    for (const other of others) assert.deepEqual(Object.keys(other), Object.keys(fr));
    for (const key of Object.keys(fr)) {
      for (const other of others) assert.deepEqual(holes(other[key]), holes(fr[key]), key);
      assert.ok(program.includes(`"${key}"`), `${key} is not used`);
    }
  });
}
