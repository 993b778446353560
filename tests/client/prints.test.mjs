// Where a scene stands by a print that an augmented-reality session sees.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Matrix4, Quaternion, Vector3 } from "three";
import { intrinsicsFromProjection } from "../../client/src/ar/camera_access.ts";
import { createPoseFusion, readerYaw } from "../../client/src/ar/pose_fusion.ts";
import { ScenePoseEstimator } from "../../client/src/tracking/scene_pose.ts";

const DEGREE = Math.PI / 180;
const LENS = { focal_px: 554, centre_px: [319.5, 239.5], doubt: 0 };
const UPRIGHT = [0, 0, 0, 1];
const WIDTH_M = 0.1;
const HEIGHT_M = 1.4;
const WASM = join(process.env.CLIENT_SOURCES, "../../assets_pipeline/wasm/tracker.wasm");
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(WASM)), {});

/** A picture of 42 cm by 30, its scene so about its middle. */
function picture(position = [0.1, 0.2, 0.3]) {
  const anchor = { by: "picture", pose: { position, rotation: UPRIGHT }, picture: [], width_m: 0.42 };
  return createPoseFusion({ anchor, target: { kind: "pack", bytes: undefined, size_m: [0.42, 0.3] } });
}

function near(actual, expected, tolerance = 1e-9) {
  expected.forEach((value, i) =>
    assert.ok(Math.abs(actual[i] - value) <= tolerance, `${actual} is not ${expected}`),
  );
}

function rotation(x, y, z) {
  const about = (axis, degrees) =>
    new Quaternion().setFromAxisAngle(new Vector3(...axis), degrees * DEGREE);
  return about([0, 1, 0], y).multiply(about([1, 0, 0], x)).multiply(about([0, 0, 1], z));
}

function at(position, turn) {
  return new Matrix4().compose(new Vector3(...position), turn, new Vector3(1, 1, 1));
}

/** Show a print, that hangs so in the world, to cameras around it. */
function seenFrom(print, centre, turn, eyes) {
  for (const [position, looks] of eyes) {
    const camera = at(position, looks);
    const seen = camera.clone().invert().multiply(at(centre, turn));
    const [place, q] = [new Vector3(), new Quaternion()];
    seen.decompose(place, q, new Vector3());
    print.see({ pose: { position: place.toArray(), rotation: q.toArray() }, lens: LENS, camera });
  }
}

const EYES = [0, 0.1, -0.2, 0.3].map((x) => [[x, 1.5, 1], rotation(-5 * x, 10 * x, 20 * x)]);

test("the scene stands by the picture as the museum placed it, turned as the picture is", () => {
  const print = picture();

  seenFrom(print, [2, 1, -3], rotation(0, 90, 0), EYES);
  const { position, yaw } = print.found.standing;

  // Turned a quarter to the left: its right is the world's -z, its front the world's +x.
  near(position, [2 + 0.3, 1 + 0.2, -3 - 0.1], 1e-6);
  near([yaw], [Math.PI / 2], 1e-6);
});

test("on a print that lies on a table the front is to the reader at its lower edge", () => {
  near([readerYaw(rotation(-90, 0, 0)), readerYaw(rotation(-90, 35, 0))], [0, 35 * DEGREE], 1e-6);
});

test("a print hung on its side is faced all the same", () => {
  near([readerYaw(rotation(0, 40, 90))], [40 * DEGREE], 1e-6);
});

test("few sightings, or such as do not agree, set nothing down", () => {
  const [few, apart] = [picture(), picture()];

  seenFrom(few, [0, 1, -1], rotation(0, 0, 0), EYES.slice(0, 3));
  for (const x of [0, 0.2, -0.2, 0.4, 0.1]) {
    seenFrom(apart, [x, 1, -1], rotation(0, 0, 0), EYES.slice(0, 1));
  }

  assert.equal(few.found, undefined);
  assert.equal(apart.found, undefined);
});

test("sightings from one direction that err both ways cancel out", () => {
  const print = picture();
  for (const off of [1, -1, 2, -2, 1.5, -1.5, 0.5, -0.5]) {
    seenFrom(print, [0.004 * off, 1, -1], rotation(0, off, 0), EYES.slice(0, 1));
  }

  const { position, yaw } = print.found.standing;

  near(position, [0.1, 1.2, -0.7], 1e-3);
  near([yaw], [0], 1e-3);
});

test("one look from aside outweighs many from the front, which hardly tell the turn", () => {
  const print = picture();
  const front = [[0, 1, 3], rotation(0, 0, 0)];
  const aside = [[2, 1, 1.5], rotation(0, 50, 0)];

  seenFrom(print, [0, 1, 0], rotation(0, 1.5, 0), Array(8).fill(front));
  seenFrom(print, [0, 1, 0], rotation(0, 0, 0), [aside]);

  assert.ok(Math.abs(print.found.standing.yaw) < 0.3 * DEGREE, `${print.found.standing.yaw}`);
});

test("a scene far behind a picture asks for a step to the side, one on it asks for nothing", () => {
  const [far, on] = [picture([0, 0, -10]), picture([0, 0, 0.1])];
  const eye = [[0.2, 1, 2], rotation(0, 5, 0)];

  for (const print of [far, on]) seenFrom(print, [0, 1, 0], rotation(0, 0, 0), Array(4).fill(eye));

  assert.equal(far.found.hint, "step_right");
  assert.equal(on.found.hint, "none");
  assert.ok(far.found.objectSd_m > 10 * on.found.objectSd_m);
});

test("once seen from aside, the far scene is surer and nothing more is asked for", () => {
  const print = picture([0, 0, -5]);
  const eyes = [-60, -40, -20, 0, 20, 40, 60].map((deg) => {
    const [sine, cosine] = [Math.sin(deg * DEGREE), Math.cos(deg * DEGREE)];
    return [[sine, 1, cosine], rotation(0, deg, 0)];
  });

  seenFrom(print, [0, 1, 0], rotation(0, 0, 0), eyes);

  assert.equal(print.found.hint, "none");
  assert.ok(print.found.objectSd_m < 0.05);
});

/** Numbers as if drawn from a normal distribution, always the same. */
function noise(seed) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

/** A label on a wall at the world's origin, its object so many metres behind it. */
function label(behind_m) {
  const anchor = { by: "label", pose: { position: [0, 0, -behind_m], rotation: UPRIGHT } };
  const placer = new ScenePoseEstimator(exports);
  const mounting = { width_m: WIDTH_M, height_m: WIDTH_M, aboveGround_m: HEIGHT_M, slope_deg: 0 };
  placer.addAnchor(0, mounting, anchor.pose.position);
  return { print: createPoseFusion({ anchor, target: { kind: "label" } }), placer };
}

/**
 * Show a label to a phone that stands a metre away, so many degrees to the side. The session's own
 * poses err: its gravity by a tilt that stays, its place by a millimetre or two; corners by a
 * quarter of a pixel.
 */
function show({ print, placer }, deg, time_s, { random, tilt }) {
  const turn = rotation(0, deg, 0);
  const eye = new Vector3(0, HEIGHT_M, 1).applyQuaternion(rotation(0, deg, 0));
  const truth = at(eye.toArray(), turn).invert();
  const corners_px = [-1, 1, 1, 1, 1, -1, -1, -1].map((side) => (side * WIDTH_M) / 2);
  for (let i = 0; i < 8; i += 2) {
    const corner = new Vector3(corners_px[i], HEIGHT_M + corners_px[i + 1], 0).applyMatrix4(truth);
    corners_px[i] = 319.5 - (554 * corner.x) / corner.z + 0.25 * random();
    corners_px[i + 1] = 239.5 + (554 * corner.y) / corner.z + 0.25 * random();
  }
  const told = tilt.clone().multiply(turn);
  const place = eye.clone().applyQuaternion(tilt);
  const attitude = { rotation: told.toArray(), keepsHeading: true };
  const placing = placer.observe(0, { corners_px, time_s, lens: LENS, attitude, noise_px: 0.25 });
  place.add(new Vector3(random(), random(), random()).multiplyScalar(0.002));
  print.see({ pose: undefined, lens: LENS, camera: at(place.toArray(), told), placing });
}

/** How far off the object is put by a sweep of three seconds, for one phone and hand. */
function swept(behind_m, seed) {
  const random = noise(seed);
  const tilt = rotation(0.35 * random(), 0, 0.35 * random());
  const held = label(behind_m);
  for (let i = 0; i < 90; i += 1) show(held, -35 + (70 * i) / 89, i / 30, { random, tilt });
  const { position } = held.print.found.standing;
  return Math.hypot(position[0], position[1], position[2] + behind_m);
}

test("a label swept past for three seconds places what stands 10 and 20 m behind it", () => {
  const median = (behind_m) => {
    const errors = Array.from({ length: 31 }, (_, seed) => swept(behind_m, seed + 1));
    return errors.sort((a, b) => a - b)[15];
  };

  const [near_m, far_m] = [median(10), median(20)];

  assert.ok(near_m <= 0.25, `${near_m} m at 10 m`);
  assert.ok(far_m <= 0.5, `${far_m} m at 20 m`);
});

test("a label seen from the front alone asks for a step, and nothing after the step", () => {
  const held = label(12);
  const still = { random: () => 0, tilt: new Quaternion() };

  for (let i = 0; i < 8; i += 1) show(held, 3, i / 30, still);
  const [before, sd_m] = [held.print.found.hint, held.print.found.objectSd_m];
  for (let i = 8; i < 60; i += 1) show(held, 3 + (i - 8) * 0.6, i / 30, still);

  assert.equal(before, "step_right");
  assert.equal(held.print.found.hint, "none");
  assert.ok(held.print.found.objectSd_m < sd_m / 2);
});

test("a label stays looked at until its scene is sure, and no longer", () => {
  const held = label(12);
  const still = { random: () => 0, tilt: new Quaternion() };

  for (let i = 0; i < 50; i += 1) show(held, 0, i / 30, still);
  const unsure = held.print.isKnown;
  for (let i = 50; i < 110; i += 1) show(held, (i - 50) * 0.6, i / 30, still);

  assert.deepEqual([unsure, held.print.isKnown], [false, true]);
});

test("a label that is not placed, for want of gravity, sets nothing down", () => {
  const { print } = label(12);

  for (let i = 0; i < 9; i += 1) print.see({ pose: undefined, lens: LENS, camera: new Matrix4() });

  assert.equal(print.found, undefined);
});

test("the lens is read off the projection: 90 degrees across, its centre a tenth to the right", () => {
  const projection = new Float32Array(16);
  Object.assign(projection, { 0: 1, 5: 2, 8: -0.2, 9: 0, 10: -1, 11: -1 });

  const { focal_px, centre_px } = intrinsicsFromProjection(projection, 400, 200);

  near([focal_px, ...centre_px], [200, 239.5, 99.5], 1e-5);
});
