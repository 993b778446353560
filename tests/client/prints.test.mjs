// Where a scene stands by a print that an augmented-reality session sees.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Matrix4, Quaternion, Vector3 } from "three";
import { lensOf } from "../../client/src/ar/camera_image.ts";
import { Print, readersYaw } from "../../client/src/ar/prints.ts";

const DEGREE = Math.PI / 180;
const PICTURE = {
  by: "picture",
  pose: { position: [0.1, 0.2, 0.3], rotation: [0, 0, 0, 1] },
};

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

/** Show a print, that hangs so in the world, to cameras around it. */
function seenFrom(print, centre, turn, eyes) {
  const world = new Matrix4().compose(new Vector3(...centre), turn, new Vector3(1, 1, 1));
  for (const [position, looks] of eyes) {
    const camera = new Matrix4().compose(new Vector3(...position), looks, new Vector3(1, 1, 1));
    const seen = camera.clone().invert().multiply(world);
    const [at, q] = [new Vector3(), new Quaternion()];
    seen.decompose(at, q, new Vector3());
    print.see({ position: at.toArray(), rotation: q.toArray() }, camera);
  }
}

const EYES = [0, 0.1, -0.2, 0.3].map((x) => [[x, 1.5, 1], rotation(-5 * x, 10 * x, 20 * x)]);

test("the scene stands by the print as the museum placed it, turned as the print is", () => {
  const print = new Print();

  seenFrom(print, [2, 1, -3], rotation(0, 90, 0), EYES);
  const { position, yaw } = print.standing(PICTURE, undefined);

  // Turned a quarter to the left: its right is the world's -z, its front the world's +x.
  near(position, [2 + 0.3, 1 + 0.2, -3 - 0.1], 1e-6);
  near([yaw], [Math.PI / 2], 1e-6);
});

test("a label that leans back does not lean its scene, which stands under it on the ground", () => {
  const print = new Print();
  const label = { by: "label", pose: { position: [0, 0, -12], rotation: [0, 0, 0, 1] } };

  seenFrom(print, [0, 1.4, 0], rotation(-30, 0, 0), EYES);
  const { position, yaw } = print.standing(label, { height_m: 1.4, slope_deg: 30 });

  near(position, [0, 0, -12], 1e-6);
  near([yaw], [0], 1e-6);
});

test("on a print that lies on a table the front is to the reader at its lower edge", () => {
  near([readersYaw(rotation(-90, 0, 0)), readersYaw(rotation(-90, 35, 0))], [0, 35 * DEGREE], 1e-6);
});

test("a print hung on its side is faced all the same", () => {
  near([readersYaw(rotation(0, 40, 90))], [40 * DEGREE], 1e-6);
});

test("few sightings, or such as do not agree, set nothing down", () => {
  const [few, apart] = [new Print(), new Print()];

  seenFrom(few, [0, 1, -1], rotation(0, 0, 0), EYES.slice(0, 3));
  for (const x of [0, 0.2, -0.2, 0.4, 0.1]) {
    seenFrom(apart, [x, 1, -1], rotation(0, 0, 0), EYES.slice(0, 1));
  }

  assert.equal(few.standing(PICTURE, undefined), undefined);
  assert.equal(apart.standing(PICTURE, undefined), undefined);
});

test("the mean of many sightings is nearer than most of them", () => {
  const print = new Print();
  for (const off of [1, -1, 2, -2, 1.5, -1.5, 0.5, -0.5]) {
    seenFrom(print, [0.004 * off, 1, -1], rotation(0, off, 0), EYES.slice(0, 1));
  }

  const { position, yaw } = print.standing(PICTURE, undefined);

  near(position, [0.1, 1.2, -0.7], 1e-3);
  near([yaw], [0], 1e-3);
});

test("the lens is read off the projection: 90 degrees across, its centre a tenth to the right", () => {
  const projection = new Float32Array(16);
  Object.assign(projection, { 0: 1, 5: 2, 8: -0.2, 9: 0, 10: -1, 11: -1 });

  const { focal_px, centre_px } = lensOf(projection, 400, 200);

  near([focal_px, ...centre_px], [200, 239.5, 99.5], 1e-5);
});
