// Directions of a panorama, where they lie on a screen, and which of its sizes is taken.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLevels } from "../../client/src/panorama/renderer.ts";
import {
  anglesFromOrientation,
  azimuthOf,
  direction,
  directionAt,
  elevationOf,
  horizontalField,
  initialView,
  projectToScreen,
  radians,
  rotateView,
  rotationMatrix,
  zoomView,
} from "../../client/src/panorama/spherical.ts";
import { projectionOfEye, rotationOfEye } from "../../client/src/panorama/vr_session.ts";

const near = (found, expected, within = 1e-9) =>
  assert.ok(Math.abs(found - expected) <= within, `${found} is not ${expected}`);
const allNear = (found, expected, within) => {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => near(value, expected[i], within));
};

test("ahead is the picture's middle, and azimuths grow to the right", () => {
  allNear(direction(0, 0), [0, 0, -1]);
  allNear(direction(radians(90), 0), [1, 0, 0]);
  allNear(direction(0, radians(90)), [0, 1, 0]);
});

test("a direction gives back the angles it was made from, all around", () => {
  for (let azimuth = -175; azimuth <= 175; azimuth += 25) {
    for (const elevation of [-80, -10, 0, 33, 89]) {
      const seen = direction(radians(azimuth), radians(elevation));
      near(azimuthOf(seen), radians(azimuth));
      near(elevationOf(seen), radians(elevation));
    }
  }
});

test("the first look has the curator's azimuth in the middle of the screen", () => {
  const look = initialView(radians(120), 4 / 3);

  const at = projectToScreen(look, 4 / 3, direction(radians(120), 0));
  near(at.x, 0);
  near(at.y, 0);
});

test("the first look is as wide as the poster, or as high as a narrow screen can bear", () => {
  near(horizontalField(initialView(0, 4 / 3), 4 / 3), radians(80));
  assert.ok(initialView(0, 0.45).field <= radians(95));
});

for (const [name, look] of Object.entries({
  level: { yaw: 1, pitch: 0, roll: 0, field: 1.2 },
  raised: { yaw: -2.5, pitch: 0.9, roll: 0, field: 0.6 },
  leaning: { yaw: 3, pitch: -0.4, roll: 0.7, field: 1.5 },
})) {
  test(`a point of the screen, seen and laid back, is the same point: ${name}`, () => {
    for (const x of [-1, -0.3, 0, 0.8]) {
      for (const y of [-1, 0.2, 1]) {
        const at = projectToScreen(look, 0.6, directionAt(look, 0.6, { x, y }));
        near(at.x, x);
        near(at.y, y);
      }
    }
  });
}

test("what is behind one's back is not on the screen", () => {
  assert.equal(projectToScreen(initialView(0, 1), 1, direction(Math.PI, 0)), undefined);
});

test("a spot to the right of the middle lies to the right, one above lies above", () => {
  const look = initialView(radians(350), 1);

  assert.ok(projectToScreen(look, 1, direction(radians(5), 0)).x > 0);
  assert.ok(projectToScreen(look, 1, direction(radians(350), radians(20))).y > 0);
});

test("nobody turns over by looking up or down", () => {
  const look = rotateView(initialView(0, 1), 0, 99);

  assert.ok(look.pitch <= Math.PI / 2);
  assert.ok(rotationMatrix(look).every(Number.isFinite));
  assert.ok(rotateView(look, 0, -99).pitch >= -Math.PI / 2);
});

test("nearer and farther end before the picture breaks", () => {
  const look = initialView(0, 1);

  assert.ok(zoomView(look, 1e-9).field > 0);
  assert.ok(zoomView(look, 1e9).field < Math.PI);
});

test("a phone held upright to the north looks ahead", () => {
  const held = anglesFromOrientation({ alpha: 0, beta: 90, gamma: 0 }, 0);

  near(held.yaw, 0);
  near(held.pitch, 0);
  near(held.roll, 0);
});

test("a phone upright and turned to the west looks a quarter to the left", () => {
  near(anglesFromOrientation({ alpha: 90, beta: 90, gamma: 0 }, 0).yaw, radians(-90));
});

test("a phone tipped back looks up, one flat on a table looks down", () => {
  near(anglesFromOrientation({ alpha: 0, beta: 120, gamma: 0 }, 0).pitch, radians(30));
  near(anglesFromOrientation({ alpha: 0, beta: 0, gamma: 0 }, 0).pitch, radians(-90));
});

test("a phone on its side with its screen turned along stays level", () => {
  // Its left side down: gamma -90, beta 0, and the screen's angle is 90.
  const held = anglesFromOrientation({ alpha: 90, beta: 0, gamma: -90 }, 90);

  near(held.pitch, 0);
  near(held.roll, 0);
});

const LEVELS = [2048, 4096].flatMap((width_px) =>
  ["image/webp", "image/jpeg"].map((type) => ({
    url: `/media/${width_px}.${type}`,
    bytes: width_px * (type === "image/webp" ? 1 : 2),
    type,
    width_px,
    height_px: width_px / 2,
  })),
);
const PHONE = { turn_px: 3600, most_px: 8192, savesData: false };
const widths = (levels) => levels.map(([variant]) => variant.width_px);

test("the smallest level comes first, then the one that suits the screen", () => {
  assert.deepEqual(widths(chooseLevels(LEVELS, PHONE)), [2048, 4096]);
});

test("a small screen is content with the smallest", () => {
  assert.deepEqual(widths(chooseLevels(LEVELS, { ...PHONE, turn_px: 1000 })), [2048]);
});

test("whoever saves data gets the smallest, on any screen", () => {
  assert.deepEqual(widths(chooseLevels(LEVELS, { ...PHONE, savesData: true })), [2048]);
});

test("no level is larger than what the graphics card holds", () => {
  assert.deepEqual(widths(chooseLevels(LEVELS, { ...PHONE, most_px: 2048 })), [2048]);
});

test("a graphics card that holds none is given the smallest, to be made smaller", () => {
  assert.deepEqual(widths(chooseLevels(LEVELS, { ...PHONE, most_px: 1024 })), [2048]);
});

test("the lightest encoding is tried first, the others after it", () => {
  const [first] = chooseLevels(LEVELS, PHONE);

  assert.deepEqual(first.map(({ type }) => type), ["image/webp", "image/jpeg"]);
});

test("a panorama without levels gives none", () => {
  assert.deepEqual(chooseLevels([], PHONE).filter((level) => level.length > 0), []);
});

test("a headset's lens and turn give the rays that its matrices mean", () => {
  // A lens that sees 45 degrees to the left, 30 to the right, 40 up and 50 down.
  const [left, right, up, down] = [45, 30, 40, 50].map((angle) => Math.tan(radians(angle)));
  const projection = new Float32Array(16);
  projection[0] = 2 / (left + right);
  projection[5] = 2 / (up + down);
  projection[8] = (right - left) / (left + right);
  projection[9] = (up - down) / (up + down);

  const [across, high, shift, rise] = projectionOfEye(projection);

  allNear([across + shift, -across + shift], [right, -left], 1e-6);
  allNear([high + rise, -high + rise], [up, -down], 1e-6);
});

test("a headset's wearer who looks ahead sees the curator's first azimuth", () => {
  const ahead = new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);

  const back = rotationOfEye(ahead, radians(120)).slice(6);

  near(azimuthOf(back.map((value) => -value)), radians(120), 1e-6);
});
