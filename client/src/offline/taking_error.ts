// Why a visit could not be taken along, in the kinds that a visitor can be told about.

export type TakingErrorKind =
  | "network" // no answer, or none that helps: what came is kept
  | "full" // no room in the phone
  | "changed" // the museum published meanwhile
  | "damaged" // a file is not what its hash says
  | "elsewhere" // another tab is taking a visit
  | "withdrawn" // the museum has this visit no more
  | "refused"; // a private window, or a setting

export class TakingError extends Error {
  constructor(
    readonly kind: TakingErrorKind,
    options?: ErrorOptions,
  ) {
    super(kind, options);
    this.name = "TakingError";
  }
}

/** Any error as one that can be told. */
export function toTakingError(error: unknown): TakingError {
  if (error instanceof TakingError) return error;
  const name = error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return new TakingError("full", { cause: error });
  if (name === "SecurityError" || name === "InvalidStateError") return new TakingError("refused", { cause: error });
  return new TakingError("network", { cause: error });
}
