// The ring on the ground that shows where the scene will stand.

import { Mesh, MeshBasicMaterial, RingGeometry } from "three";

const INNER_M = 0.11;
const OUTER_M = 0.14;

/** A white ring with a dark edge, seen on snow and on asphalt alike. */
export function reticle(): Mesh {
  const ring = flatRing(INNER_M, OUTER_M, 0xffffff, 1);
  ring.add(flatRing(OUTER_M, OUTER_M + 0.012, 0x000000, 0.6));
  ring.visible = false;
  return ring;
}

function flatRing(inner: number, outer: number, color: number, opacity: number): Mesh {
  const geometry = new RingGeometry(inner, outer, 48).rotateX(-Math.PI / 2);
  return new Mesh(
    geometry,
    new MeshBasicMaterial({ color, opacity, transparent: true, toneMapped: false }),
  );
}
