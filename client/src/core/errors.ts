// Errors of a scene, in the kinds that a visitor can be told about.

export type SceneErrorKind =
  | "network" // no answer
  | "missing" // the server has no such file
  | "unreadable" // a file that is not what it should be
  | "no_webgl" // no 3D drawing here
  | "lost" // the phone took the graphics memory back
  | "outdated" // this page is older than the museum's files, or newer
  | "denied" // the visitor, or a setting, said no
  | "unsupported" // an ability this device lacks
  | "vr"; // the headset did not start

export class SceneError extends Error {
  constructor(
    readonly kind: SceneErrorKind,
    options?: ErrorOptions,
  ) {
    super(kind, options);
    this.name = "SceneFailure";
  }

  /** Whether trying again may succeed without anything else being done. */
  get mayPass(): boolean {
    return ["network", "missing", "unreadable", "lost"].includes(this.kind);
  }
}

/** An error as a kind of failure; one that nobody foresaw counts as `otherwise`. */
export function toSceneError(error: unknown, otherwise: SceneErrorKind): SceneError {
  if (error instanceof SceneError) return error;
  return new SceneError(otherwise, { cause: error });
}

export function isAbortError(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
