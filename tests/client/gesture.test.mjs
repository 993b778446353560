// A tap told from a turn.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DragGesture } from "../../client/src/ar/controls.ts";

const AHEAD = [0, 0, -1];
const towards = (degrees) => [
  Math.sin((degrees * Math.PI) / 180),
  -0.4,
  -Math.cos((degrees * Math.PI) / 180),
];

test("a still finger is a tap", () => {
  const gesture = new DragGesture();

  for (const degrees of [3, 3.2, 2.9, 3]) assert.equal(gesture.follow(towards(degrees), AHEAD), 0);

  assert.ok(!gesture.isTurn);
});

test("a finger that moves to the right turns the scene counter-clockwise, as if it held its front", () => {
  const gesture = new DragGesture();
  gesture.follow(towards(0), AHEAD);

  assert.ok(gesture.follow(towards(5), AHEAD) > 0);
  assert.ok(gesture.isTurn);
  assert.ok(gesture.follow(towards(2), AHEAD) < 0);
});

test("a phone that turns with the finger on it turns nothing", () => {
  const gesture = new DragGesture();

  for (const degrees of [0, 10, 20, 30]) {
    assert.ok(Math.abs(gesture.follow(towards(degrees), towards(degrees))) < 1e-12);
  }

  assert.ok(!gesture.isTurn);
});

test("passing straight behind is a small step, not a whole turn", () => {
  const gesture = new DragGesture();
  gesture.follow(towards(178), AHEAD);

  const turn = gesture.follow(towards(-178), AHEAD);

  assert.ok(Math.abs(turn) < 0.5);
});
