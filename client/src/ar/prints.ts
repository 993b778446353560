// Prints seen within an augmented-reality session: where the scene stands by them in the device's
// own world, whose up is gravity's. Metres and radians; no drawing, no WebXR here.

import { Matrix4, Quaternion, Vector3 } from "three";
import { standing } from "../camera/anchoring";
import type { Pose } from "../camera/tracker";
import type { AnchorView, StopView } from "../generated/manifest";
import { type Standing, yawOf } from "./placement";

/** Sightings that must agree before the scene is set down. */
const FEWEST = 4;
/** What they may differ by, as one standard deviation: of the print's place and of its turn. */
const AGREED_M = 0.02;
const AGREED_RADIANS = 0.035;
/** The device knows its way from then on better than more sightings would. */
const ENOUGH = 40;
const STEEP_COSINE = 0.966;

interface Seen {
  readonly centre: Vector3;
  readonly yaw: number;
}

/** A print's place in the world, surer with each sighting. */
export class Print {
  readonly #seen: Seen[] = [];

  /** Whether more sightings would tell nothing more. */
  get isKnown(): boolean {
    return this.#seen.length >= ENOUGH;
  }

  /** Take where a camera, that stood so in the world, saw the print. */
  see({ position, rotation }: Pose, camera: Matrix4): void {
    const centre = new Vector3(...position).applyMatrix4(camera);
    const turn = new Quaternion().setFromRotationMatrix(camera);
    this.#seen.push({ centre, yaw: readersYaw(turn.multiply(new Quaternion(...rotation))) });
  }

  /** Where the scene stands by it; undefined until enough sightings agree. */
  standing(anchor: AnchorView, label: StopView["label"]): Standing | undefined {
    const count = this.#seen.length;
    if (count < FEWEST) return undefined;
    const centre = new Vector3();
    let [sine, cosine] = [0, 0];
    for (const seen of this.#seen) {
      centre.addScaledVector(seen.centre, 1 / count);
      sine += Math.sin(seen.yaw);
      cosine += Math.cos(seen.yaw);
    }
    const spread = this.#seen.reduce((sum, seen) => sum + seen.centre.distanceToSquared(centre), 0);
    const together = Math.hypot(sine, cosine) / count;
    const isAgreed =
      Math.sqrt(spread / count) <= AGREED_M && Math.sqrt(-2 * Math.log(together)) <= AGREED_RADIANS;
    if (!isAgreed) {
      this.#seen.shift();
      return undefined;
    }
    return placed(centre, Math.atan2(sine, cosine), standing(anchor, label));
  }
}

/** How the reader of a print stands about the vertical: 0 where they look down the world's -z. */
export function readersYaw(rotation: Quaternion): number {
  const x = new Vector3(1, 0, 0).applyQuaternion(rotation);
  const isSteep = Math.abs(x.y) > STEEP_COSINE;
  const z = isSteep
    ? new Vector3(0, 0, 1).applyQuaternion(rotation)
    : x.cross(new Vector3(0, 1, 0));
  return Math.atan2(z.x, z.z);
}

function placed(centre: Vector3, yaw: number, { position, rotation }: Pose): Standing {
  const turn = new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), yaw);
  const there = new Vector3(...position).applyQuaternion(turn).add(centre);
  return { position: there.toArray(), yaw: yaw + yawOf(rotation) };
}
