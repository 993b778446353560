// How a phone is held, from what browsers tell.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  rotateInverse,
  rotationFromEuler,
  rotationFromUp,
  startOrientationSensor,
  upFromAcceleration,
} from "../../client/src/tracking/device_orientation.ts";

const UP = [0, 1, 0];
const AHEAD = [0, 0, -1];

function near(actual, expected, tolerance = 1e-9) {
  actual.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) <= tolerance, `${actual} is not ${expected}`),
  );
}

function turned([x, y, z, w], vector) {
  return rotateInverse([-x, -y, -z, w], vector);
}

class Phone extends EventTarget {
  DeviceOrientationEvent = function () {};
  DeviceMotionEvent = function () {};
  screen = { orientation: { angle: 0 } };

  orient(alpha, beta, gamma, timeStamp) {
    this.#tell("deviceorientation", { alpha, beta, gamma }, timeStamp);
  }

  accelerate(x, y, z, timeStamp) {
    this.#tell("devicemotion", { accelerationIncludingGravity: { x, y, z } }, timeStamp);
  }

  #tell(type, values, timeStamp) {
    const event = new Event(type);
    for (const [name, value] of Object.entries({ ...values, timeStamp })) {
      Object.defineProperty(event, name, { value });
    }
    this.dispatchEvent(event);
  }
}

test("flat on a table, the camera looks at the ground", () => {
  near(turned(rotationFromEuler(0, 0, 0), AHEAD), [0, -1, 0]);
  near(rotateInverse(rotationFromEuler(0, 0, 0), UP), [0, 0, 1]);
});

test("held upright, the camera looks at the horizon and the screen's top is up", () => {
  const held = rotationFromEuler(0, 90, 0);

  near(turned(held, UP), UP);
  near(turned(held, AHEAD), AHEAD); // north, where alpha starts
});

test("alpha grows as the phone turns to the left about the vertical", () => {
  const left = turned(rotationFromEuler(30, 90, 0), AHEAD);

  near(left, [-0.5, 0, -Math.sqrt(0.75)]);
});

test("up is the third row of the specification's matrix", () => {
  for (const [alpha, beta, gamma] of [
    [10, 20, 30],
    [200, -120, 60],
    [359, 179, -89],
  ]) {
    const [b, g] = [beta, gamma].map((angle) => (angle * Math.PI) / 180);
    const row = [-Math.cos(b) * Math.sin(g), Math.sin(b), Math.cos(b) * Math.cos(g)];

    near(rotateInverse(rotationFromEuler(alpha, beta, gamma), UP), row);
  }
});

test("however the screen is turned, its top is the camera's up", async () => {
  const phone = new Phone();
  const gravity = await startOrientationSensor(phone);
  // Beta and gamma of a phone whose top, left, bottom and right edge are up in turn.
  for (const [angle, beta, gamma] of [
    [0, 90, 0],
    [90, 0, -90],
    [180, -90, 0],
    [270, 0, 90],
  ]) {
    phone.screen.orientation.angle = angle;
    phone.orient(40, beta, gamma, angle);

    const { rotation } = gravity.at(angle);

    near(rotateInverse(rotation, UP), UP);
    near([turned(rotation, AHEAD)[1]], [0]);
  }
});

test("iPhones from before the screen told its angle tell it by the window's", async () => {
  const phone = Object.assign(new Phone(), { screen: {}, orientation: -90 });
  const gravity = await startOrientationSensor(phone);

  phone.orient(0, 0, 90, 1);

  near(rotateInverse(gravity.at(1).rotation, UP), UP);
});

test("between two readings, the attitude of the time between them is told", async () => {
  const phone = new Phone();
  const gravity = await startOrientationSensor(phone);

  phone.orient(358, 90, 0, 100);
  phone.orient(2, 90, 0, 116); // across north, where alpha jumps

  near(turned(gravity.at(108).rotation, AHEAD), AHEAD, 1e-6);
  near(gravity.at(100).rotation, rotationFromEuler(358, 90, 0));
  near(gravity.at(130).rotation, rotationFromEuler(2, 90, 0));
});

test("an old reading says nothing of now", async () => {
  const phone = new Phone();
  const gravity = await startOrientationSensor(phone);

  phone.orient(0, 90, 0, 100);

  assert.equal(gravity.at(1000), undefined);
});

test("without a compass or a gyroscope, only up is known", async () => {
  const phone = new Phone();
  const gravity = await startOrientationSensor(phone);

  phone.orient(null, 60, 0, 5);

  assert.equal(gravity.at(5).keepsHeading, false);
  phone.orient(12, 60, 0, 6);
  assert.equal(gravity.at(6).keepsHeading, true);
});

test("accelerations of Android and of iPhones, opposite, give the same up", () => {
  const up = [0.1, Math.sqrt(1 - 0.1 ** 2 - 0.5 ** 2), 0.5];
  const android = up.map((value) => 9.81 * value);
  const iphone = android.map((value) => -value);

  near(upFromAcceleration(android, 0), up);
  near(upFromAcceleration(iphone, 0), up);
});

test("they do so on a screen on its side too", () => {
  const android = [9.81, 0, 0.2]; // the top edge to the left: x is up

  near(upFromAcceleration(android, 90), upFromAcceleration([-9.81, 0, -0.2], 90));
  near(upFromAcceleration(android, 90), [1, 0, 0], 0.03);
});

test("a falling phone has no up", () => {
  assert.equal(upFromAcceleration([0, 0.2, 0], 0), undefined);
});

test("the shortest turn to upright makes up point up", () => {
  for (const up of [
    [0, 1, 0],
    [0.6, 0.8, 0],
    [0, 0, 1],
    [0, -1, 0],
    [0.48, -0.6, 0.64],
  ]) {
    near(turned(rotationFromUp(up), up), UP, 1e-6);
  }
});

test("accelerations serve where no orientation is told, once the hand's own are gone", async () => {
  const phone = new Phone();
  const gravity = await startOrientationSensor(phone);
  for (let i = 0; i < 200; i++) phone.accelerate(i % 2 ? 3 : -3, 9.81, 0, 10 * i);

  const { rotation, keepsHeading } = gravity.at(1990);

  assert.equal(keepsHeading, false);
  near(rotateInverse(rotation, UP), UP, 0.02);
});

test("they are passed over once an orientation is told", async () => {
  const phone = new Phone();
  const gravity = await startOrientationSensor(phone);

  phone.orient(0, 90, 0, 1);
  phone.accelerate(9.81, 0, 0, 2);

  near(gravity.at(2).rotation, rotationFromEuler(0, 90, 0));
});

test("an iPhone is asked for both at once, before anything is waited for", () => {
  const phone = new Phone();
  const asked = [];
  for (const name of ["DeviceOrientationEvent", "DeviceMotionEvent"]) {
    phone[name].requestPermission = () => {
      asked.push(name);
      return Promise.resolve("granted");
    };
  }

  void startOrientationSensor(phone);

  assert.deepEqual(asked, ["DeviceOrientationEvent", "DeviceMotionEvent"]);
});

test("who refuses is not asked again, and nothing is felt", async () => {
  const phone = new Phone();
  phone.DeviceOrientationEvent.requestPermission = () => Promise.resolve("denied");
  phone.DeviceMotionEvent.requestPermission = () => Promise.reject(new Error("no tap"));
  const gravity = await startOrientationSensor(phone);

  phone.orient(0, 90, 0, 1);

  assert.equal(gravity.at(1), undefined);
  assert.ok(!gravity.isAllowed); // and the page can say so
});

test("a browser without these events feels nothing", async () => {
  const gravity = await startOrientationSensor(new EventTarget());

  assert.equal(gravity.at(0), undefined);
});

test("what was stopped hears no more", async () => {
  const phone = new Phone();
  const gravity = await startOrientationSensor(phone);
  gravity.stop();

  phone.orient(0, 90, 0, 1);

  assert.equal(gravity.at(1), undefined);
});
