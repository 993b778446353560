// What animations do to a model, and when: the loader's tracks, played without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Box3,
  BoxGeometry,
  Group,
  InstancedMesh,
  InterpolateDiscrete,
  InterpolateLinear,
  Matrix4,
  Mesh,
  Vector3,
} from "three";
import { ClipAnimation, sampleTrack } from "../../client/src/scene/animation.ts";
import { measureModel } from "../../client/src/scene/model.ts";

let asksForLess = false;
globalThis.matchMedia = () => ({ matches: asksForLess });

const HALF = Math.SQRT1_2;

const given = (track, time_s, isTurn = false) => {
  const into = [...track.rest];
  sampleTrack({ interpolation: InterpolateLinear, ...track }, time_s, into, isTurn);
  return into;
};

const near = (found, wanted) => {
  assert.equal(found.length, wanted.length);
  found.forEach((value, i) => {
    assert.ok(Math.abs(value - wanted[i]) < 1e-6, `${found} is not ${wanted}`);
  });
};

const slide = (name, keys) => ({
  name: `${name}.position`,
  times: Object.keys(keys).map(Number),
  values: Object.values(keys).flat(),
  interpolation: InterpolateLinear,
});

/** A bar 2 m wide that an animation moves, under a group as the loader makes it. */
const bar = (...clips) => {
  const moved = new Mesh(new BoxGeometry(2, 1, 0));
  moved.name = "bar";
  const root = new Group().add(moved);
  return { root, moved, motion: ClipAnimation.of(root, clips.map((tracks) => ({ tracks }))) };
};

const restBox = () => new Box3(new Vector3(-1, -0.5, 0), new Vector3(1, 0.5, 0));

test("a value lies between its keys, and is held before the first and after the last", () => {
  const track = { times: [1, 3], values: [0, 10, 4, 20], rest: [0, 0] };

  near(given(track, 0), [0, 10]);
  near(given(track, 2), [2, 15]);
  near(given(track, 3), [4, 20]);
  near(given(track, 9), [4, 20]);
});

test("a step holds until the next key", () => {
  const track = { times: [0, 1], values: [5, 7], rest: [0], interpolation: InterpolateDiscrete };

  near(given(track, 0.99), [5]);
  near(given(track, 1), [7]);
});

test("a turn goes the shorter way round", () => {
  const track = { times: [0, 1], values: [0, 0, 0, 1, 0, 0, -HALF, -HALF], rest: [0, 0, 0, 1] };
  const eighth = Math.PI / 8;

  const [x, y, z, w] = given(track, 0.5, true);

  near([x, y, Math.abs(z), Math.abs(w)], [0, 0, Math.sin(eighth), Math.cos(eighth)]);
});

test("a curve follows its tangents, in values a second", () => {
  // t³ over two seconds: slopes 0 and 12, values 0 and 8.
  const track = { times: [0, 2], values: [0, 0, 0, 12, 8, 0], rest: [0], interpolation: undefined };

  for (const t of [0, 0.5, 1, 1.7, 2]) near(given(track, t), [t ** 3]);
});

test("the first animation that moves anything is played", () => {
  const asItStands = [slide("bar", { 0: [0, 0, 0], 1: [0, 0, 0] })];
  const ofNobody = [slide("elsewhere", { 0: [0, 0, 0], 1: [9, 9, 9] })];
  const ofOneKey = [slide("bar", { 0: [9, 9, 9] })];
  const unending = [slide("bar", { 0: [0, 0, 0], 5000: [9, 9, 9] })];
  const moves = [slide("bar", { 0: [0, 0, 0], 1: [0, 4, 0] })];
  const { moved, motion } = bar(asItStands, ofNobody, ofOneKey, unending, moves);

  motion.advance(0);
  motion.advance(50);

  near(moved.position.toArray(), [0, 0.2, 0]);
  assert.equal(bar(asItStands).motion, undefined);
  assert.equal(bar().motion, undefined);
});

test("it begins again after its last key", () => {
  const { moved, motion } = bar([slide("bar", { 0: [0, 0, 0], 0.25: [1, 0, 0] })]);

  for (const now_ms of [0, 100, 200, 300]) motion.advance(now_ms);

  near(moved.position.toArray(), [0.2, 0, 0]);
});

test("a page that was hidden goes on from where it was", () => {
  const { motion } = bar([slide("bar", { 0: [0, 0, 0], 60: [1, 0, 0] })]);
  motion.advance(0);

  motion.advance(30_000);

  assert.equal(motion.playback.time_s, 0.1);
});

test("the room a motion takes is known before it begins, and it begins from rest", () => {
  const { moved, motion } = bar([slide("bar", { 0: [0, 0, 0], 1: [0, 3, 0], 2: [0, -1, 0] })]);

  const reach = motion.begin(restBox());

  near(reach.min.toArray(), [-1, -1.5, 0]);
  near(reach.max.toArray(), [1, 3.5, 0]);
  near(moved.position.toArray(), [0, 0, 0]);
});

test("many repeats tell the room together, in no more points than one mesh", (t) => {
  const bars = new InstancedMesh(new BoxGeometry(2, 1, 0), undefined, 2000);
  for (let i = 0; i < bars.count; i += 1) bars.setMatrixAt(i, new Matrix4().setPosition(0, 0, i));
  bars.name = "bar";
  const clip = { tracks: [slide("bar", { 0: [0, 0, 0], 1: [0, 3, 0] })] };
  const motion = ClipAnimation.of(new Group().add(bars), [clip]);
  const asked = t.mock.method(bars, "getVertexPosition");

  const reach = motion.begin(restBox());

  assert.ok(asked.mock.callCount() <= 17 * 4001);
  near(reach.min.toArray(), [-1, -0.5, 0]);
  near(reach.max.toArray(), [1, 3.5, 1999]);
});

test("a model is measured at rest while it moves, and moves on", () => {
  const { root, moved, motion } = bar([slide("bar", { 0: [0, 0, 0], 1: [10, 0, 0] })]);
  motion.advance(0);
  motion.advance(50);
  const holder = new Group().add(Object.assign(root, { animation: motion }));

  const { position_m } = measureModel(root, holder);

  near(position_m, [0, -0.5, 0]);
  near(moved.position.toArray(), [0.5, 0, 0]);
});

test("a finer level goes on from the same moment", () => {
  const clip = [slide("bar", { 0: [0, 0, 0], 1: [10, 0, 0] })];
  const first = bar(clip);
  for (const now_ms of [0, 100, 200]) first.motion.advance(now_ms);
  const finer = bar(clip);

  const reach = finer.motion.begin(restBox(), first.motion);
  const posed = finer.moved.position.x;
  finer.motion.advance(250);

  assert.ok(reach.max.x > 10);
  near([posed, finer.moved.position.x], [2, 2.5]);
});

test("what was stopped stands still, and goes on from there", () => {
  const { moved, motion } = bar([slide("bar", { 0: [0, 0, 0], 1: [10, 0, 0] })]);
  motion.advance(0);
  motion.advance(50);

  motion.playback.toggle();
  const isMoving = motion.advance(90);
  const stopped = moved.position.x;
  motion.playback.toggle();
  for (const now_ms of [500, 550]) motion.advance(now_ms);

  assert.equal(isMoving, false);
  near([stopped, moved.position.x], [0.5, 1]);
});

test("whether it is in sight is told by the newest of several changes", (t) => {
  let tell;
  globalThis.IntersectionObserver = class {
    constructor(told) {
      tell = told;
    }
    observe() {}
  };
  t.after(() => delete globalThis.IntersectionObserver);
  const { motion } = bar([slide("bar", { 0: [0, 0, 0], 1: [10, 0, 0] })]);
  motion.playback.watch({}, () => undefined, new AbortController().signal);

  tell([{ isIntersecting: true }, { isIntersecting: false }]);

  assert.equal(motion.advance(0), false);
});

test("who asked for less motion sees the model at rest until they start it", (t) => {
  asksForLess = true;
  t.after(() => (asksForLess = false));
  const { moved, motion } = bar([slide("bar", { 0: [5, 0, 0], 1: [10, 0, 0] })]);
  motion.begin(restBox());

  const isMoving = motion.advance(0);

  assert.equal(isMoving, false);
  near(moved.position.toArray(), [0, 0, 0]);
  motion.playback.toggle();
  assert.equal(motion.advance(10), true);
  near(moved.position.toArray(), [5, 0, 0]);
});

test("weights of morph targets are written into the mesh's own list", () => {
  const name = "bar.morphTargetInfluences";
  const values = [0, 0, 1, 0.5];
  const weights = { name, times: [0, 1], values, interpolation: InterpolateLinear };
  const moved = new Mesh(new BoxGeometry());
  Object.assign(moved, { name: "bar", morphTargetInfluences: [0, 0] });
  const list = moved.morphTargetInfluences;
  const motion = ClipAnimation.of(new Group().add(moved), [{ tracks: [weights] }]);

  motion.advance(0);
  motion.advance(100);

  near(list, [0.1, 0.05]);
});
