// Short and long presses in a headset, told by the times of its events.

import assert from "node:assert/strict";
import { test } from "node:test";
import { listenToPresses } from "../../client/src/vr/session.ts";

/** What is told of a press that begins and ends at these moments. */
const pressed = (...moments_ms) => {
  const session = new EventTarget();
  const told = [];
  listenToPresses(session, { short: () => told.push("short"), long: () => told.push("long") });
  moments_ms.forEach((timeStamp, i) => {
    const event = new Event(i % 2 ? "select" : "selectstart");
    session.dispatchEvent(Object.defineProperty(event, "timeStamp", { value: timeStamp }));
  });
  return told;
};

test("a press is short, or long from half a second on", () => {
  assert.deepEqual(pressed(7000, 7499), ["short"]);
  assert.deepEqual(pressed(7000, 7500), ["long"]);
});

test("each press is measured from its own beginning", () => {
  assert.deepEqual(pressed(1000, 1100, 1900, 2000), ["short", "short"]);
});
