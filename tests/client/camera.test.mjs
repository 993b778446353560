// The camera's rung without a camera: pictures, gravity, hints, pace and lenses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Matrix4, Quaternion, Vector3 } from "three";
import {
  FrameBudget,
  GravityAlignment,
  cameraMatrix,
  rotateInPlace,
} from "../../client/src/camera/follower.ts";
import { nextCamera, rearCameras, toCameraError } from "../../client/src/camera/media_stream.ts";
import {
  fitContain,
  fitCover,
  verticalFieldOfViewDeg,
  visiblePart,
} from "../../client/src/camera/renderer.ts";
import { PATIENCE_S, searchHint } from "../../client/src/camera/view.ts";
import { sceneBasePose } from "../../client/src/tracking/anchors.ts";
import { rotationFromUp } from "../../client/src/tracking/device_orientation.ts";
import { convertToLuma, meanBrightness, trackingSize } from "../../client/src/tracking/frame.ts";
import { assumeIntrinsics } from "../../client/src/tracking/tracker.ts";

const DEGREE = Math.PI / 180;

function near(actual, expected, tolerance = 1e-9) {
  [...expected].forEach((value, i) =>
    assert.ok(Math.abs(actual[i] - value) <= tolerance, `${actual} is not ${expected}`),
  );
}

/** The pose of a print in a camera that is turned by `turn` in the print's frame, at `eye`. */
function poseSeen(eye, turn) {
  const toCamera = new Matrix4()
    .compose(new Vector3(...eye), turn, new Vector3(1, 1, 1))
    .invert();
  const [position, rotation] = [new Vector3(), new Quaternion()];
  toCamera.decompose(position, rotation, new Vector3());
  return { position: position.toArray(), rotation: rotation.toArray() };
}

function about(axis, degrees) {
  return new Quaternion().setFromAxisAngle(new Vector3(...axis), degrees * DEGREE);
}

/** How a phone feels itself held that is turned so in a print's frame where up is `up`. */
function felt(up, turn) {
  const inCamera = new Vector3(...up).applyQuaternion(turn.clone().invert()).toArray();
  return { rotation: rotationFromUp(inCamera), keepsHeading: false };
}

function axes(quaternion) {
  return [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ].map((axis) => new Vector3(...axis).applyQuaternion(quaternion).toArray());
}

test("a print that hangs upright is placed about in its own frame", () => {
  const mounting = new GravityAlignment();
  const turn = about([1, 0, 0], -20);

  mounting.see(poseSeen([0, 0, 1], turn), felt([0, 1, 0], turn));

  near(mounting.level.toArray(), [0, 0, 0, 1], 1e-7);
});

test("on a print that lies on a table, a scene stands up, its front to the lower edge", () => {
  const mounting = new GravityAlignment();
  const turn = about([1, 0, 0], 30);

  mounting.see(poseSeen([0, -0.5, 0.7], turn), felt([0, 0, 1], turn));
  const [x, y, z] = axes(mounting.level);

  near(x, [1, 0, 0], 1e-7);
  near(y, [0, 0, 1], 1e-7);
  near(z, [0, -1, 0], 1e-7);
});

test("a print that hangs askew does not lean the scene", () => {
  const mounting = new GravityAlignment();
  const up = [Math.sin(12 * DEGREE), Math.cos(12 * DEGREE), 0];
  const turn = about([0, 1, 0], 25);

  mounting.see(poseSeen([0.4, 0, 0.9], turn), felt(up, turn));

  near(axes(mounting.level)[1], up, 1e-7);
  near(axes(mounting.level)[2], [0, 0, 1], 1e-7);
});

test("a print on its side still has an up and a reader", () => {
  const mounting = new GravityAlignment();

  mounting.see(poseSeen([0, 0, 1], new Quaternion()), felt([1, 0, 0], new Quaternion()));

  near(axes(mounting.level)[1], [1, 0, 0], 1e-7);
  near(axes(mounting.level)[2], [0, 0, 1], 1e-7);
});

test("without gravity the print's own up is taken", () => {
  near(new GravityAlignment().level.toArray(), [0, 0, 0, 1]);
});

test("a hand that shakes does not shake the scene: up is the mean of what was felt", () => {
  const mounting = new GravityAlignment();
  for (const degrees of [4, -4, 4, -4, 4, -4]) {
    const off = felt([0, 1, 0], about([0, 0, 1], degrees));
    mounting.see(poseSeen([0, 0, 1], new Quaternion()), off);
  }

  near(axes(mounting.level)[1], [0, 1, 0], 1e-6);
});

test("the eye is where the pose says, in the level frame", () => {
  const eye = cameraMatrix(poseSeen([0.2, -0.1, 0.8], about([0, 1, 0], 14)), new Quaternion());

  near(new Vector3().setFromMatrixPosition(eye).toArray(), [0.2, -0.1, 0.8], 1e-7);
});

test("a label's scene stands on the ground under it, a picture's at its centre", () => {
  const pose = { position: [1, 0, -12], rotation: [0, 0, 0, 1] };

  const byLabel = sceneBasePose({ by: "label", pose, on: "ground" }, { height_m: 1.4, slope_deg: 30 });
  const byPicture = sceneBasePose({ by: "picture", pose }, { height_m: 1.4, slope_deg: 30 });

  near(byLabel.position, [1, -1.4, -12]);
  near(byPicture.position, [1, 0, -12]);
});

test("a print that has left the view is where turning the phone on the spot leaves it", () => {
  const [before, after] = [about([0, 1, 0], 10), about([1, 0, 0], 50)];
  const attitude = (turn) => ({ rotation: turn.toArray(), keepsHeading: true });

  const carried = rotateInPlace(
    poseSeen([0.1, 0.2, 1], before),
    attitude(before),
    attitude(after),
  );

  const expected = poseSeen([0.1, 0.2, 1], after);
  near(carried.position, expected.position, 1e-7);
  near(cameraMatrix(carried).toArray(), cameraMatrix(expected).toArray(), 1e-7);
});

test("a wide picture on a tall screen is cut at its sides, a tall one on a wide at its ends", () => {
  assert.deepEqual(fitCover({ width: 640, height: 480 }, { width: 400, height: 800 }), {
    scale: 800 / 480,
    left: (400 - (640 * 800) / 480) / 2,
    top: 0,
  });
  assert.deepEqual(fitCover({ width: 480, height: 640 }, { width: 800, height: 400 }), {
    scale: 800 / 480,
    left: 0,
    top: (400 - (640 * 800) / 480) / 2,
  });
});

test("a plate on a wall hangs, one on a table lies, and one that is not felt is taken to hang", () => {
  const turn = new Quaternion();
  const [hung, lying] = [new GravityAlignment(), new GravityAlignment()];

  hung.see(poseSeen([0, 0, 1], turn), felt([0, 1, 0], turn));
  lying.see(poseSeen([0, -0.5, 0.7], turn), felt([0, 0, 1], turn));

  assert.deepEqual([hung.hangs, lying.hangs, new GravityAlignment().hangs], [true, false, true]);
});

test("a frozen picture is never cut further, however the phone is turned", () => {
  const picture = { width: 640, height: 480 };
  const upright = { width: 400, height: 800 };
  const lying = { width: 800, height: 400 };
  const seen = visiblePart(picture, upright);

  const { scale, left, top } = fitContain(picture, seen, lying);

  assert.deepEqual(seen, { width: 240, height: 480 });
  assert.ok(seen.width * scale <= lying.width + 1e-9);
  assert.ok(seen.height * scale <= lying.height + 1e-9);
  assert.ok(Math.abs(top) < 1e-9); // nothing above or below is lost
  assert.ok(left > 0); // and what the upright screen cut away is seen beside
});

test("a frozen picture fills the screen that it was frozen on", () => {
  const picture = { width: 640, height: 480 };
  const screen = { width: 400, height: 800 };

  assert.deepEqual(fitContain(picture, visiblePart(picture, screen), screen), fitCover(picture, screen));
});

test("the field of view is that of the focal length", () => {
  assert.ok(Math.abs(verticalFieldOfViewDeg(480, 240) - 90) < 1e-9);
  const { focal_px, centre_px } = assumeIntrinsics(480, 640);
  assert.ok(Math.abs(verticalFieldOfViewDeg(640, focal_px) - 60) < 1e-9);
  assert.deepEqual(centre_px, [239.5, 319.5]);
});

test("pictures are read at the tracker's size, in their own shape, never enlarged", () => {
  assert.deepEqual(trackingSize(640, 480), [640, 480]);
  assert.deepEqual(trackingSize(320, 240), [320, 240]);
  const [width, height] = trackingSize(1080, 1920);
  assert.ok(Math.abs(width / height - 1080 / 1920) < 0.002);
  assert.ok(Math.abs(width * height - 640 * 480) < 1000);
});

test("grey is luma: white stays white, green counts most", () => {
  const grey = new Uint8Array(4);

  convertToLuma(
    Uint8ClampedArray.of(255, 255, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255),
    grey,
  );

  assert.deepEqual([...grey], [255, 77, 149, 29]);
});

test("brightness is the share of white", () => {
  const pixels = new Uint8Array(10_000).fill(51);

  assert.equal(meanBrightness({ pixels, width_px: 100, height_px: 100 }), 0.2);
});

test("advice comes after some seconds, changes, and comes round again", () => {
  const told = Array.from({ length: 60 }, (_, s) => searchHint(s, 0.6));

  assert.equal(told[0], "whole");
  assert.equal(told[4], "whole");
  assert.equal(told[5], "closer");
  assert.deepEqual([...new Set(told)].sort(), ["closer", "front", "glare", "steady", "whole"]);
  assert.equal(searchHint(5 + 5 * 6, 0.6), "closer");
});

test("in the dark the first advice is light", () => {
  assert.equal(searchHint(4, 0.05), "whole");
  assert.equal(searchHint(6, 0.05), "light");
});

test("every advice is given before the view without a camera is offered", () => {
  const told = new Set(Array.from({ length: PATIENCE_S }, (_, s) => searchHint(s, 0.6)));

  assert.ok(told.size >= 4);
});

test("a phone is too slow when most of its frames are, not when one is", () => {
  const [slow, hiccup, fast] = [new FrameBudget(100), new FrameBudget(100), new FrameBudget(100)];
  for (let i = 0; i < 30; i += 1) {
    slow.add(101);
    hiccup.add(i % 3 === 0 ? 900 : 20);
    fast.add(99);
  }

  assert.deepEqual([slow.isTooSlow, hiccup.isTooSlow, fast.isTooSlow], [true, false, false]);
});

test("the first frames, which warm a phone up, condemn nobody", () => {
  const pace = new FrameBudget(100);
  for (let i = 0; i < 3; i += 1) pace.add(5000);
  for (let i = 0; i < 9; i += 1) pace.add(50);

  assert.ok(!pace.isTooSlow);
});

test("lenses are the cameras that do not face the visitor", () => {
  const camera = (deviceId, label, facing) => ({ kind: "videoinput", deviceId, label, facing });
  const found = rearCameras([
    camera("a", "camera2 1, facing front"),
    camera("b", "camera2 0, facing back"),
    camera("c", "Caméra ultra grand-angle arrière", []),
    camera("d", "Caméra avant", []),
    camera("e", "0x3f2", ["user"]),
    camera("f", "0x3f3", ["environment"]),
    { kind: "audioinput", deviceId: "g", label: "micro" },
    camera("", ""),
  ]);

  assert.deepEqual(
    found.map(({ id }) => id),
    ["b", "c", "f"],
  );
});

test("changing lens goes round, and starts at the first from one that is not listed", () => {
  const known = [{ id: "a" }, { id: "b" }];

  assert.equal(nextCamera(known, "a").id, "b");
  assert.equal(nextCamera(known, "b").id, "a");
  assert.equal(nextCamera(known, "elsewhere").id, "a");
  assert.equal(nextCamera([], "a"), undefined);
});

test("a browser's refusal is told in a visitor's words", () => {
  const named = (name) => Object.assign(new Error(name), { name });
  const kinds = ["NotAllowedError", "NotFoundError", "NotReadableError", "AbortError"];

  assert.deepEqual(
    kinds.map((name) => toCameraError(named(name)).kind),
    ["refused", "absent", "busy", "busy"],
  );
  assert.ok(!toCameraError(named("NotAllowedError")).mayPass);
  assert.ok(toCameraError(named("NotReadableError")).mayPass);
});
