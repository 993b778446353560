// A model measured as it is drawn.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BoxGeometry, Group, InstancedMesh, Matrix4, Mesh, Vector3 } from "three";
import { worldBox } from "../../client/src/scene/subject.ts";

const QUARTER = Math.PI / 4;

const size = (object) => worldBox(object).getSize(new Vector3()).toArray();

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
