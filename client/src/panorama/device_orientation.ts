// Turn a panorama's view with the phone (DeviceOrientationEvent): only after a tap, and until the next one.

import { type ViewAngles, anglesFromOrientation } from "./spherical";

type Attitude = Omit<ViewAngles, "field">;
/** iPhones ask the visitor, and only after a tap. */
type Asking = typeof DeviceOrientationEvent & { requestPermission?: () => Promise<string> };

/** A phone that has such a sensor answers much sooner. */
const PATIENCE_MS = 1500;

export function hasOrientationSensor(): boolean {
  return (
    "DeviceOrientationEvent" in window && window.matchMedia("(any-pointer: coarse)").matches
  );
}

/**
 * Follow the phone from now on; must follow a tap at once, or iPhones refuse. Resolves with a
 * function that stops, once the phone has said how it is held; undefined where it does not say, or
 * was not allowed to.
 */
export async function followOrientation(
  onTurn: (held: Attitude) => void,
): Promise<(() => void) | undefined> {
  const asking: Asking = DeviceOrientationEvent;
  const answer = await asking.requestPermission?.().catch(() => "denied");
  if (answer !== undefined && answer !== "granted") return undefined;
  return new Promise((resolve) => {
    const stop = (): void => window.removeEventListener("deviceorientation", listener);
    const giveUp = setTimeout(() => {
      stop();
      resolve(undefined);
    }, PATIENCE_MS);
    const listener = ({ alpha, beta, gamma }: DeviceOrientationEvent): void => {
      if (alpha === null || beta === null || gamma === null) return;
      clearTimeout(giveUp);
      resolve(stop);
      onTurn(anglesFromOrientation({ alpha, beta, gamma }, window.screen.orientation?.angle ?? 0));
    };
    window.addEventListener("deviceorientation", listener);
  });
}
