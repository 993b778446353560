// Pages shown inside an app, known by what is missing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isConfined } from "../../client/src/core/capabilities.ts";

const BROWSER = { secure: true, touch: true, xr: false, camera: true, serviceWorker: true };

test("a phone's browser is no app, with or without WebXR", () => {
  assert.ok(!isConfined(BROWSER));
  assert.ok(!isConfined({ ...BROWSER, xr: true }));
});

test("a web view without a camera, or without service workers, is an app's", () => {
  assert.ok(isConfined({ ...BROWSER, camera: false }));
  assert.ok(isConfined({ ...BROWSER, serviceWorker: false }));
});

test("nothing is told over plain HTTP, where all browsers lack them", () => {
  assert.ok(!isConfined({ ...BROWSER, secure: false, camera: false, serviceWorker: false }));
});

test("a desk's computer without a camera is not told to change browser", () => {
  assert.ok(!isConfined({ ...BROWSER, touch: false, camera: false }));
});
