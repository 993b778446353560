// The tracker's WebAssembly through the page's own types, without a browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Tracker, TrackerError, assumeIntrinsics } from "../../client/src/tracking/tracker.ts";

const WASM = join(process.env.CLIENT_SOURCES, "../../assets_pipeline/wasm/tracker.wasm");
const MODULE = new WebAssembly.Module(readFileSync(WASM));
const LABEL = "HTTPS://ECM.EXAMPLE/78FT";
const FIXED = { aboveGround_m: 1.4, slope_deg: 30, place: [0, 0, -12] };

/** A print of blots, each of its own grey: a small generator, always the same blots. */
function blots(width_px, height_px) {
  let state = 7;
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pixels = new Uint8Array(width_px * height_px).fill(200);
  for (let blot = 0; blot < 400; blot += 1) {
    const [x, y, w, h, grey] = [width_px, height_px, 40, 40, 256].map(random);
    for (let j = y; j < Math.min(height_px, y + h); j += 1) {
      pixels.fill(grey, j * width_px + x, j * width_px + Math.min(width_px, x + w));
    }
  }
  return { pixels, width_px, height_px };
}

/** A frame that shows a print upright, its top left corner's pixel at `left`, `top`. */
function showing(print, left, top) {
  const grey = { pixels: new Uint8Array(640 * 480).fill(120), width_px: 640, height_px: 480 };
  for (let y = 0; y < print.height_px; y += 1) {
    const row = print.pixels.subarray(y * print.width_px, (y + 1) * print.width_px);
    grey.pixels.set(row, (top + y) * 640 + left);
  }
  return grey;
}

function tracking(targets) {
  const tracker = new Tracker(MODULE);
  tracker.seek(targets);
  return tracker;
}

function near(actual, expected, tolerance) {
  expected.forEach((value, i) =>
    assert.ok(Math.abs(actual[i] - value) <= tolerance, `${actual} is not ${expected}`),
  );
}

test("a print is where it is shown, as large as it was printed", () => {
  const print = blots(320, 240);
  const tracker = tracking([{ kind: "template", grey: print, width_m: 0.4 }]);

  const { seen, lens } = tracker.track({ grey: showing(print, 160, 120), time_s: 0 });

  // 320 px of 0.4 m, seen through the assumed lens: so far away, in the frame's middle.
  const distance = (lens.focal_px * 0.4) / 320;
  assert.equal(seen.length, 1);
  near(seen[0].corners_px, [159.5, 119.5, 479.5, 119.5, 479.5, 359.5, 159.5, 359.5], 0.3);
  near(seen[0].pose.position, [0, 0, -distance], 0.01 * distance);
  near(seen[0].pose.rotation.map(Math.abs), [0, 0, 0, 1], 0.05);
});

test("nothing is seen where nothing is shown", () => {
  const print = blots(320, 240);
  const tracker = tracking([{ kind: "template", grey: print, width_m: 0.4 }]);

  const { seen, placed } = tracker.track({ grey: showing(blots(32, 32), 9, 9), time_s: 0 });

  assert.deepEqual([seen, placed], [[], []]);
});

test("without a word on the lens, 60 degrees are assumed along the longer side", () => {
  const tracker = tracking([{ kind: "template", grey: blots(64, 64), width_m: 0.1 }]);

  const { lens } = tracker.track({ grey: showing(blots(32, 32), 9, 9), time_s: 0 });

  assert.deepEqual(lens, assumeIntrinsics(640, 480));
});

test("a lens that is known is used as it is", () => {
  const print = blots(320, 240);
  const tracker = tracking([{ kind: "template", grey: print, width_m: 0.4 }]);
  const lens = { focal_px: 800, centre_px: [319.5, 239.5], doubt: 0 };

  const { seen } = tracker.track({ grey: showing(print, 160, 120), time_s: 0, lens });

  near(seen[0].pose.position, [0, 0, -1], 0.01);
});

test("a label is sought by what its code says, and a text that is no label's is refused", () => {
  const label = { kind: "label", text: LABEL, width_m: 0.1, fixed: FIXED };

  assert.ok(tracking([label]));
  assert.throws(() => tracking([{ ...label, text: "an unprintable text" }]), TrackerError);
});

test("a pack that is none is refused", () => {
  const pack = { kind: "pack", bytes: new ArrayBuffer(64), size_m: [0.3, 0.4] };

  assert.throws(() => tracking([pack]), TrackerError);
});
