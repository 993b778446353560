// Which room this tab is in, kept from page to page in the tab alone: it goes when the tab is closed.

/** Read by client/src/boot.ts too, which loads a part by it. */
const STORAGE_KEY = "ecomusee guide";

export interface Membership {
  readonly room: string;
  /** The guide's alone. */
  readonly key?: string;
  /** The follower looks about without the guide. */
  readonly alone?: boolean;
  /** The stop that was opened last because the guide showed it. */
  readonly opened?: string;
}

export function readMembership(): Membership | undefined {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "null");
    return typeof found === "object" && found !== null && "room" in found ? (found as Membership) : undefined;
  } catch {
    return undefined;
  }
}

export function keepMembership(membership: Membership | undefined): void {
  try {
    if (membership) sessionStorage.setItem(STORAGE_KEY, JSON.stringify(membership));
    else sessionStorage.removeItem(STORAGE_KEY);
  } catch {
    // A browser that keeps nothing: the group is left with this page.
  }
}
