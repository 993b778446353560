// What the phone's page says of a phone, in one line and in words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { reportLine, wasmLevel } from "../../client/src/check/capability_report.ts";
import { fileName } from "../../client/src/check/video_recorder.ts";

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
