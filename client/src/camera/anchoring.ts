// Where the eye is about a print, once gravity has said what is up. Metres.
//
// A print's own frame: its centre, +x right, +y up along the paper, +z out of it. Its level frame,
// in which a museum places scenes: the same centre, +y against gravity, +x along the print's own
// as far as it is level, +z to the reader. A print that hangs upright has one frame; of one that
// lies on a table, the reader stands at its lower edge.

import { Matrix4, Quaternion, Vector3 } from "three";
import type { AnchorView, StopView } from "../generated/manifest";
import { type Attitude, type Triple, rotatedBack } from "./gravity";
import type { Pose } from "./tracker";

/** A print whose rows run closer to the vertical than this has no right side: 15 degrees. */
const STEEP_COSINE = 0.966;
/** A print that leans back by less than this hangs, on a wall or an easel: 40 degrees. */
const HANGING_COSINE = 0.766;
/** Sightings after which the older ones begin to fade, at thirty a second. */
const MEMORY = 90;

/** Learns how a print is mounted: what is up, in the print's own frame. */
export class Mounting {
  readonly #up = new Vector3();
  #seen = 0;

  /** Take one sighting of the print, and how the phone was held. */
  see({ rotation }: Pose, attitude: Attitude): void {
    const up: Triple = rotatedBack(attitude.rotation, [0, 1, 0]);
    const fresh = new Vector3(...up).applyQuaternion(new Quaternion(...rotation).invert());
    this.#seen = Math.min(this.#seen + 1, MEMORY);
    this.#up.lerp(fresh.normalize(), 1 / this.#seen);
  }

  /** Whether the print hangs, rather than lies; taken to where no gravity was felt. */
  get hangs(): boolean {
    return this.#seen === 0 || this.#up.y > HANGING_COSINE * this.#up.length();
  }

  /** The turn from the level frame to the print's own; none where no gravity was felt. */
  get level(): Quaternion {
    if (this.#seen === 0) return new Quaternion();
    const y = this.#up.clone().normalize();
    const isSteep = Math.abs(y.x) > STEEP_COSINE;
    const z = isSteep ? new Vector3(0, 0, 1) : new Vector3(1, 0, 0).cross(y);
    z.addScaledVector(y, -z.dot(y)).normalize();
    const x = new Vector3().crossVectors(y, z);
    return new Quaternion().setFromRotationMatrix(new Matrix4().makeBasis(x, y, z));
  }
}

/** The camera's own frame in the level frame of a print, or in the frame posed, where it is level. */
export function eyeOf({ position, rotation }: Pose, level = new Quaternion()): Matrix4 {
  const turn = new Quaternion(...rotation).multiply(level);
  return new Matrix4()
    .compose(new Vector3(...position), turn, new Vector3(1, 1, 1))
    .invert();
}

/** Where a print would be seen after the camera was turned on the spot, from one attitude to another. */
export function turnedOnTheSpot({ position, rotation }: Pose, then: Attitude, now: Attitude): Pose {
  const turn = new Quaternion(...now.rotation).invert().multiply(new Quaternion(...then.rotation));
  return {
    position: new Vector3(...position).applyQuaternion(turn).toArray(),
    rotation: turn.clone().multiply(new Quaternion(...rotation)).toArray(),
  };
}

/** Where the middle of the scene's base stands in the level frame of what holds it. */
export function standing(anchor: AnchorView, label: StopView["label"]): Pose {
  const [x, y, z] = anchor.pose.position;
  // A label's place is told from its foot, on the ground under its centre.
  const foot_m = anchor.by === "label" ? -(label?.height_m ?? 0) : 0;
  return { position: [x, y + foot_m, z], rotation: anchor.pose.rotation };
}
