// The stop that this page shows, read once from the tour's manifest.

import { download } from "./download";
import { SceneFailure } from "./failure";
import type { Manifest, ModelView, StopView } from "./generated/manifest";

/** The wire version this client reads; see tours/manifest.py. */
const WIRE_VERSION = 1;

export interface ShownStop {
  readonly stop: StopView;
  readonly scene: ModelView;
  /** What the museum asks visitors to mind, when it says something. */
  readonly safety: { readonly text: string; readonly language: string } | undefined;
}

export async function readStop(manifestUrl: string, stopId: string): Promise<ShownStop> {
  const manifest = parsed(await download(manifestUrl));
  if (manifest.wire_version !== WIRE_VERSION) throw new SceneFailure("outdated");
  const stop = manifest.tour.stops.find(({ id }) => id === stopId);
  const scene = stop?.scene;
  if (!stop || scene?.kind !== "model") throw new SceneFailure("outdated");
  return { stop, scene, safety: stop.safety ?? manifest.tour.safety };
}

type Scene = NonNullable<StopView["scene"]>;

/** The scene of a stop, where it is of the kind that its page was made for. */
export async function readScene<K extends Scene["kind"]>(
  manifestUrl: string,
  stopId: string,
  kind: K,
): Promise<Extract<Scene, { kind: K }>> {
  const manifest = parsed(await download(manifestUrl));
  if (manifest.wire_version !== WIRE_VERSION) throw new SceneFailure("outdated");
  const scene = manifest.tour.stops.find(({ id }) => id === stopId)?.scene;
  if (scene?.kind !== kind) throw new SceneFailure("outdated");
  return scene as Extract<Scene, { kind: K }>;
}

function parsed(bytes: ArrayBuffer): Manifest {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Manifest;
  } catch (error) {
    throw new SceneFailure("unreadable", { cause: error });
  }
}
