// Request a WebXR session, and bind a WebGLRenderer to it.

import type { WebGLRenderer } from "three";
import { SceneError, type SceneErrorKind } from "../core/errors";

const REFUSALS: Readonly<Record<string, SceneErrorKind>> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotSupportedError: "unsupported",
  InvalidStateError: "unsupported",
};

/** Ask for a session; must follow a tap at once, or the browser refuses. */
export async function requestSession(mode: XRSessionMode, init: XRSessionInit): Promise<XRSession> {
  if (!navigator.xr) throw new SceneError("unsupported");
  try {
    return await navigator.xr.requestSession(mode, init);
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : "";
    throw new SceneError(REFUSALS[name] ?? "unsupported", { cause });
  }
}

/** How high above the origin the floor is, when the device does not know: an eye's height. */
const ASSUMED_FLOOR_M = -1.6;

/** Let a renderer draw for a session; gives the floor's height in its space. */
export async function bindSession(renderer: WebGLRenderer, session: XRSession): Promise<number> {
  const knowsFloor = await session
    .requestReferenceSpace("local-floor")
    .then(() => true)
    .catch(() => false);
  renderer.xr.enabled = true;
  renderer.xr.setReferenceSpaceType(knowsFloor ? "local-floor" : "local");
  await renderer.xr.setSession(session);
  return knowsFloor ? 0 : ASSUMED_FLOOR_M;
}
