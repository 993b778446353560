// A model measured as it is drawn.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Bone,
  BoxGeometry,
  BufferAttribute,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  Skeleton,
  SkinnedMesh,
  Vector3,
} from "three";
import { computeWorldBox } from "../../client/src/scene/model.ts";

const QUARTER = Math.PI / 4;

const size = (object) => computeWorldBox(object).getSize(new Vector3()).toArray();

const near = (found, wanted) =>
  found.forEach((value, i) => {
    assert.ok(Math.abs(value - wanted[i]) < 1e-5, `${found} is not ${wanted}`);
  });

test("a turned bar is as wide as its corners reach", () => {
  const bar = new Mesh(new BoxGeometry(2, 1, 0));
  bar.rotation.y = QUARTER;
  near(size(new Group().add(bar)), [Math.SQRT2, 1, Math.SQRT2]);
});

test("repeats are measured one by one, as if each were a mesh", () => {
  const bars = new InstancedMesh(new BoxGeometry(2, 1, 0), undefined, 2);
  bars.setMatrixAt(0, new Matrix4());
  bars.setMatrixAt(1, new Matrix4().makeRotationY(QUARTER).setPosition(0, 5, 0));
  bars.rotation.y = -QUARTER;
  near(size(new Group().add(bars)), [2, 6, Math.SQRT2]);
});

test("a figure with a skeleton is measured where its bones hold it", () => {
  // Its own place says nothing (glTF 2.0, section 3.7.3.3), and it is scaled but once.
  const skin = new SkinnedMesh(new BoxGeometry(2, 1, 0));
  const count = skin.geometry.getAttribute("position").count;
  const held = (...values) => new BufferAttribute(new Float32Array(Array(count).fill(values).flat()), 4);
  skin.geometry.setAttribute("skinIndex", held(0, 0, 0, 0));
  skin.geometry.setAttribute("skinWeight", held(1, 0, 0, 0));
  skin.position.set(9, 9, 9);
  const bone = new Bone();
  const subject = new Group().add(skin, bone);
  subject.scale.setScalar(0.5);
  skin.bind(new Skeleton([bone], [new Matrix4()]), new Matrix4());

  const box = computeWorldBox(subject);

  near([...box.min.toArray(), ...box.max.toArray()], [-0.5, -0.25, 0, 0.5, 0.25, 0]);
});
