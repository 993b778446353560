// Choose a model's level of detail by what the browser tells of its phone and network.

import type { LodView } from "../generated/manifest";

export interface DeviceHints {
  /** As the browser tells it, in steps; undefined where it does not. */
  readonly memory_gb?: number | undefined;
  readonly downlink_mbps?: number | undefined;
}

// The level named `high` is for phones that tell both: unknown means the phone's own.
const HIGH = { memory_gb: 6, downlink_mbps: 8 };

/** What this browser says of its phone and of its network. */
export function readDeviceHints(): DeviceHints {
  const { deviceMemory, connection } = navigator as Navigator & {
    deviceMemory?: number;
    connection?: { downlink?: number };
  };
  return { memory_gb: deviceMemory, downlink_mbps: connection?.downlink };
}

/** The finest level that is worth its weight here. */
export function chooseLod(lods: readonly LodView[], { memory_gb, downlink_mbps }: DeviceHints) {
  const holdsHigh = (memory_gb ?? 0) >= HIGH.memory_gb;
  const soon = (downlink_mbps ?? 0) >= HIGH.downlink_mbps;
  return lods.filter(({ name }) => name !== "high" || (holdsHigh && soon)).at(-1);
}
