// Which level of detail a phone is sent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLod } from "../../client/src/core/lod.ts";

const named = (...names) => names.map((name) => ({ name }));
const ladder = named("preview", "phone", "high");

test("a large phone on a fast network takes the finest", () => {
  assert.equal(chooseLod(ladder, { memory_gb: 8, downlink_mbps: 10 }).name, "high");
});

for (const [reason, means] of [
  ["nothing is told", {}],
  ["its memory is small", { memory_gb: 4, downlink_mbps: 10 }],
  ["its network is slow", { memory_gb: 8, downlink_mbps: 3 }],
  ["only its memory is told", { memory_gb: 8 }],
]) {
  test(`a phone takes its own level when ${reason}`, () => {
    assert.equal(chooseLod(ladder, means).name, "phone");
  });
}

test("the finest of two levels is the phone's", () => {
  const means = { memory_gb: 8, downlink_mbps: 10 };
  assert.equal(chooseLod(named("preview", "phone"), means).name, "phone");
});
