// Scenes placed by the tracker's own WebAssembly, as a page asks it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { rotateInverse, rotationFromEuler } from "../../client/src/tracking/device_orientation.ts";
import {
  ScenePoseEstimator,
  printMounting,
  scenePosition,
} from "../../client/src/tracking/scene_pose.ts";

const WASM = join(process.env.CLIENT_SOURCES, "../../assets_pipeline/wasm/tracker.wasm");
const LENS = { focal_px: 554, centre_px: [319.5, 239.5] };
const LABEL = { width_m: 0.1, height_m: 0.1, aboveGround_m: 1.4, slope_deg: 0 };
const ANCHOR = {
  by: "label",
  pose: { position: [1, 0, -12], rotation: [0, 0, 0, 1] },
  on: "ground",
};
const IDENTITY = [0, 0, 0, 1];

let exports;
before(async () => {
  const { instance } = await WebAssembly.instantiate(await readFile(WASM), {});
  exports = instance.exports;
});

function near(actual, expected, tolerance) {
  actual.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) <= tolerance, `${actual} is not ${expected}`),
  );
}

// A label on a wall, turned about the vertical by `turn`, its centre at `place` in a camera that
// looks along the horizon.
function sighting(turn, place, time_s = 0) {
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const corners_px = [
    [-0.05, 0.05],
    [0.05, 0.05],
    [0.05, -0.05],
    [-0.05, -0.05],
  ].flatMap(([x, y]) => {
    const [px, py, pz] = [cosine * x + place[0], y + place[1], -sine * x + place[2]];
    return [319.5 + (554 * px) / -pz, 239.5 - (554 * py) / -pz];
  });
  const attitude = { rotation: IDENTITY, keepsHeading: true };
  return { corners_px, time_s, lens: LENS, attitude };
}

function placer() {
  const made = new ScenePoseEstimator(exports);
  made.addAnchor(0, LABEL, scenePosition(ANCHOR));
  return made;
}

test("the ground under a label seen from aside, and how it faces, are found", () => {
  const told = placer().observe(0, sighting(0.5, [0.1, -0.2, -0.9]));

  assert.equal(told.state, "seen");
  near(told.position, [0.1, -1.6, -0.9], 1e-3);
  near(told.rotation, [0, Math.sin(0.25), 0, Math.cos(0.25)], 1e-3);
  near([told.range_m], [Math.hypot(0.1, 0.2, 0.9)], 1e-3);
});

test("from the front a step to the side is asked for, from aside nothing", () => {
  assert.match(placer().observe(0, sighting(0.05, [0, 0, -1])).hint, /^step_/);
  assert.equal(placer().observe(0, sighting(0.6, [0, 0, -1])).hint, "none");
});

test("the side that is asked for is the one where the reader stands already", () => {
  // The print turned to its left shows that the reader stands to its right.
  assert.equal(placer().observe(0, sighting(-0.15, [0, 0, -1])).hint, "step_right");
  assert.equal(placer().observe(0, sighting(0.15, [0, 0, -1])).hint, "step_left");
});

test("when one looks up, the scene is carried on by how the phone was turned", () => {
  const made = placer();
  const seen = made.observe(0, sighting(0.5, [0, 0, -1]));
  const raised = rotationFromEuler(0, 90 + 60, 0); // 60 degrees above the horizon

  const told = made.predict(0, 0.2, { rotation: raised, keepsHeading: true });

  assert.equal(told.state, "carried");
  near(told.position, rotateInverse(raised, seen.position), 1e-3);
  assert.ok(told.objectSd_m > seen.objectSd_m);
});

test("without gravity nothing is placed", () => {
  const told = placer().observe(0, { ...sighting(0.5, [0, 0, -1]), attitude: undefined });

  assert.equal(told.state, "none");
});

test("what is forgotten can't be carried on", () => {
  const made = placer();
  const { attitude } = sighting(0.5, [0, 0, -1]);
  made.observe(0, sighting(0.5, [0, 0, -1]));
  made.forget(0);

  assert.equal(made.predict(0, 0.1, attitude).state, "none");
});

test("an anchor beyond the fourth is refused", () => {
  assert.throws(() => new ScenePoseEstimator(exports).addAnchor(4, LABEL, [0, 0, 0]), RangeError);
  assert.throws(() => new ScenePoseEstimator(exports).observe(5, sighting(0, [0, 0, -1])), RangeError);
});

test("a label stands as the museum says, a picture hangs on a wall", () => {
  const size = { width_m: 0.42, height_m: 0.3 };
  const label = { height_m: 1.2, slope_deg: 30 };
  const picture = { by: "picture", pose: ANCHOR.pose, picture: [], width_m: 0.42 };

  assert.deepEqual(printMounting(ANCHOR, label, size), { ...size, aboveGround_m: 1.2, slope_deg: 30 });
  assert.deepEqual(printMounting(picture, label, size), { ...size, aboveGround_m: 0, slope_deg: 0 });
});
