// Why the camera could not go on, in kinds that a visitor can be told about.

export type TroubleKind =
  | "refused" // the visitor, or a setting, said no
  | "absent" // no camera here
  | "busy" // another app holds it
  | "ended" // it stopped by itself
  | "slow"; // this phone does not keep up

export class CameraTrouble extends Error {
  constructor(
    readonly kind: TroubleKind,
    options?: ErrorOptions,
  ) {
    super(kind, options);
    this.name = "CameraTrouble";
  }

  /** Whether trying again may succeed without anything else being done. */
  get mayPass(): boolean {
    return this.kind === "busy" || this.kind === "ended";
  }
}

const BY_NAME: Readonly<Record<string, TroubleKind>> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "absent",
  OverconstrainedError: "absent",
  TypeError: "absent", // no such ability: a page without HTTPS
};

/** What a browser's refusal of the camera means; most other errors are another app's doing. */
export function troubleOf(error: unknown): CameraTrouble {
  if (error instanceof CameraTrouble) return error;
  const name = error instanceof Error ? error.name : "";
  return new CameraTrouble(BY_NAME[name] ?? "busy", { cause: error });
}
