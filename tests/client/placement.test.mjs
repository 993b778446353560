// Where a scene stands on the ground.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  authoredYaw,
  followAnchor,
  isInSight,
  isLevel,
  minDistance,
  moveAlongView,
  placeAtAim,
  yawOf,
} from "../../client/src/ar/placement.ts";

const EYE = [1, 1.5, 2];
const NORTH = [0, -0.5, -1];
const HAMMER = { extents: { least: [-3, 0, -4], greatest: [3, 21, 4] }, scale: 1 };
const LABEL = {
  by: "label",
  pose: { position: [0, 0, -12], rotation: [0, 0, 0, 1] },
  on: "ground",
};

function near(actual, expected, tolerance = 1e-9) {
  actual.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) <= tolerance, `${actual} is not ${expected}`),
  );
}

test("a small thing stands exactly where one aims", () => {
  const place = placeAtAim(EYE, [1, 0.1, -1], { least_m: 1, forward: NORTH });

  near(place.position, [1, 0.1, -1]);
});

test("a thing too large for the aim stands back on the same line, on the same ground", () => {
  const place = placeAtAim(EYE, [1, 0.1, 1], { least_m: 12, forward: NORTH });

  near(place.position, [1, 0.1, -10]);
});

test("the front of the scene looks at the visitor", () => {
  for (const aimed of [
    [4, 0, 2],
    [1, 0, 5],
    [-3, 0, -2],
    [1, 0, -9],
  ]) {
    const { position, yaw } = placeAtAim(EYE, aimed, { least_m: 0.5, forward: NORTH });
    const toVisitor = Math.hypot(EYE[0] - position[0], EYE[2] - position[2]);

    near(
      [Math.sin(yaw) * toVisitor, Math.cos(yaw) * toVisitor],
      [EYE[0] - position[0], EYE[2] - position[2]],
    );
  }
});

test("an aim at one's own feet uses where one looks", () => {
  const place = placeAtAim(EYE, [1, 0, 2], { least_m: 3, forward: NORTH });

  near(place.position, [1, 0, -1]);
});

test("nobody stands inside the footprint of a large scene", () => {
  assert.ok(minDistance(HAMMER, []) > Math.hypot(6, 8) / 2);
});

test("a vase may stand closer than the clearance a tower needs", () => {
  const vase = { extents: { least: [-0.1, 0, -0.1], greatest: [0.1, 0.4, 0.1] }, scale: 1 };

  assert.ok(minDistance(vase, []) < 0.5);
});

test("a scale model's footprint is that of the model, not of the thing", () => {
  assert.ok(minDistance({ ...HAMMER, scale: 1 / 200 }, []) < 0.2);
});

test("the museum's distance behind the label is kept when it is farther", () => {
  assert.equal(minDistance(HAMMER, [LABEL]), 12);
});

test("the museum's turn is read from the label's pose, about the vertical", () => {
  const half = Math.PI / 8;
  const turned = {
    ...LABEL,
    pose: { ...LABEL.pose, rotation: [0, Math.sin(half), 0, Math.cos(half)] },
  };

  near([authoredYaw([turned]), authoredYaw([LABEL]), authoredYaw([])], [Math.PI / 4, 0, 0]);
});

test("nearer and farther keep the line, the ground and the turn", () => {
  const place = { position: [1, 0.2, -8], yaw: 0.7 };

  const farther = moveAlongView(place, EYE, { ratio: 2, least_m: 1 });

  near(farther.position, [1, 0.2, -18]);
  assert.equal(farther.yaw, 0.7);
});

test("nearer stops at the least distance", () => {
  const place = { position: [1, 0, -8], yaw: 0 };

  near(moveAlongView(place, EYE, { ratio: 0.1, least_m: 4 }).position, [1, 0, -2]);
});

test("an anchor that the device moves takes the scene along", () => {
  const from = { position: [0, 0, 0], yaw: 0 };
  const to = { position: [0.5, 0.01, 0], yaw: 0 };

  near(followAnchor({ position: [1, 0, -12], yaw: 0.3 }, from, to).position, [1.5, 0.01, -12]);
});

test("an anchor that the device turns swings the scene about the anchor", () => {
  const from = { position: [0, 0, 0], yaw: 0 };
  const to = { position: [0, 0, 0], yaw: Math.PI / 2 };

  const place = followAnchor({ position: [0, 0, 2], yaw: 0 }, from, to);

  near(place.position, [2, 0, 0]);
  assert.equal(place.yaw, Math.PI / 2);
});

test("the lean of an anchor is left out: gravity decides what is up", () => {
  const lean = 0.2;
  const [sine, cosine] = [Math.sin(lean / 2), Math.cos(lean / 2)];

  near([yawOf([sine, 0, 0, cosine]), yawOf([0, 0, sine, cosine])], [0, 0]);
  near([yawOf([0, Math.sin(0.4), 0, Math.cos(0.4)])], [0.8]);
});

test("a wall is not level, a gentle slope is", () => {
  assert.ok(!isLevel(0));
  assert.ok(!isLevel(-1));
  assert.ok(isLevel(Math.cos((8 * Math.PI) / 180)));
});

test("a tower is in sight whether one looks at its foot or its top, not behind one's back", () => {
  const place = { position: [0, 0, -12], yaw: 0 };
  const sees = (gaze) => isInSight(place, { eye: [0, 1.5, 0], gaze, height_m: 21 });

  assert.ok(sees([0, 0, -1]));
  assert.ok(sees([0, 0.6, -0.8]));
  assert.ok(!sees([0, -0.9, -0.43]));
  assert.ok(!sees([0, 0, 1]));
  assert.ok(!sees([1, 0, 0]));
});
