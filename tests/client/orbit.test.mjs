// The eye that turns about a model on the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  FIELD_OF_VIEW_DEG,
  dollyOrbit,
  fitDistance,
  initialOrbit,
  orbitPosition,
  rotateOrbit,
} from "../../client/src/viewer/orbit_view.ts";

const TOWER = { center: [2, 10.5, -1], size_m: [8, 21, 6] };
const PLAN = { center: [0, 0, 0], size_m: [40, 0.2, 30] };
const COIN = { center: [0, 0.001, 0], size_m: [0.02, 0.002, 0.02] };

// Every corner of the box, as a share of the picture's half: 1 is the edge.
function reachInPicture(subject, orbit, aspect) {
  const from = orbitPosition(orbit, subject);
  const tangent = Math.tan((FIELD_OF_VIEW_DEG * Math.PI) / 360);
  const { yaw, pitch } = orbit;
  const back = [Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)];
  const right = [Math.cos(yaw), 0, -Math.sin(yaw)];
  const up = [-Math.sin(yaw) * Math.sin(pitch), Math.cos(pitch), -Math.cos(yaw) * Math.sin(pitch)];
  const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  let reach = 0;
  for (const sx of [-1, 1]) {
    for (const sy of [-1, 1]) {
      for (const sz of [-1, 1]) {
        const corner = [sx, sy, sz].map(
          (s, i) => subject.center[i] + (s * subject.size_m[i]) / 2 - from[i],
        );
        const depth = -dot(corner, back);
        assert.ok(depth > 0, "the eye is outside the box");
        reach = Math.max(reach, Math.abs(dot(corner, right)) / depth / tangent / aspect);
        reach = Math.max(reach, Math.abs(dot(corner, up)) / depth / tangent);
      }
    }
  }
  return reach;
}

for (const [name, subject] of Object.entries({ TOWER, PLAN, COIN })) {
  for (const aspect of [0.6, 1, 16 / 9]) {
    test(`the whole ${name} is in the first picture and fills most of it, aspect ${aspect.toFixed(2)}`, () => {
      const reach = reachInPicture(subject, initialOrbit(subject, aspect), aspect);

      assert.ok(reach <= 1.02 && reach >= 0.6, `the farthest corner is at ${reach} of the picture`);
    });
  }
}

test("a whole round of turns shows the whole tower all along", () => {
  for (let i = 0; i < 24; i += 1) {
    const orbit = rotateOrbit(initialOrbit(TOWER, 1), (i * Math.PI) / 12, 0);

    assert.ok(reachInPicture(TOWER, orbit, 1) <= 1.02);
  }
});

test("the eye never passes over the top, nor far under the ground", () => {
  const orbit = initialOrbit(TOWER, 1);

  assert.ok(rotateOrbit(orbit, 0, 99).pitch < Math.PI / 2);
  assert.ok(rotateOrbit(orbit, 0, -99).pitch > -Math.PI / 2);
});

test("nearer and farther end where there is still something to see", () => {
  const orbit = initialOrbit(TOWER, 1);
  const whole = fitDistance(TOWER, 1);

  assert.ok(dollyOrbit(orbit, 1e-9, whole).distance_m > 0);
  assert.ok(dollyOrbit(orbit, 1e9, whole).distance_m < 10 * whole);
});
