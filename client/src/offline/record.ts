// What a phone keeps of visits: the record, its files, and the messages to the service worker.
//
// Files are kept by their SHA-256, so that two releases share what they have in common. One
// record says which address is which file. Only the service worker writes it, in one step: a
// visit is kept whole, or not at all.

export interface KeptFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly type: string;
}

export interface KeptVisit {
  readonly tour: string;
  readonly language: string;
  readonly title: string;
  /** The tour's page. */
  readonly url: string;
  /** Address of the list that it was taken by: another list is another release. */
  readonly list: string;
  readonly size: VisitSize;
  /** What was sent over the network for it, or is to be. */
  readonly bytes: number;
  /** When it was taken, in milliseconds since 1970. */
  readonly taken_ms: number;
  /** Every address was answered from here with the right hash. */
  readonly proved: boolean;
  readonly codes: Readonly<Record<string, string>>;
  /** By address; an alternative that is not kept leads to the one that is. */
  readonly files: Readonly<Record<string, KeptFile>>;
}

/** `light`: texts, pictures, sounds. `whole`: scenes and films too. */
export type VisitSize = "light" | "whole";

export interface Kept {
  /** By `keyOf`. */
  readonly visits: Readonly<Record<string, KeptVisit>>;
  /** What visits were before their last update, for pages that are still open. */
  readonly earlier: Readonly<Record<string, KeptVisit>>;
  /** Ids of those pages. */
  readonly pinned: readonly string[];
  /** What is being taken: its files stay until it is kept or given up. */
  readonly taking: Readonly<Record<string, KeptVisit>>;
}

export type Change =
  | { readonly kind: "begin" | "keep"; readonly visit: KeptVisit }
  /** `give_up` forgets what is being taken; `drop` what is kept too. */
  | { readonly kind: "give_up" | "drop"; readonly key: string }
  /** Let go of what visits were before their last update, once no page of then is open. */
  | { readonly kind: "tidy" };

export const NOTHING: Kept = { visits: {}, earlier: {}, pinned: [], taking: {} };
/** A request with this header is not answered from here. */
export const FRESH = "x-ecomusee-fresh";
/** A request with this header, the key of a visit that is being taken, is answered by its files alone. */
export const PROVING = "x-ecomusee-proving";
/** A response with this header comes from here. */
export const FROM_HERE = "x-ecomusee-kept";

const RECORD_CACHE = "ecomusee-record-1";
const FILE_CACHE = "ecomusee-files-1";
const RECORD = "/-/kept/record";

export function keyOf({ tour, language }: Pick<KeptVisit, "tour" | "language">): string {
  return `${language}/${tour}`;
}

/** Where a file, or a piece of it that begins at a byte, is in the cache. */
export function placeOf(sha256: string, piece?: number): string {
  return `/-/kept/${sha256}${piece === undefined ? "" : `/${piece}`}`;
}

export function openFiles(): Promise<Cache> {
  return caches.open(FILE_CACHE);
}

export async function readKept(): Promise<Kept> {
  const found = await (await caches.open(RECORD_CACHE)).match(RECORD);
  return found ? ((await found.json()) as Kept) : NOTHING;
}

export async function writeKept(kept: Kept): Promise<void> {
  await (await caches.open(RECORD_CACHE)).put(RECORD, Response.json(kept));
}

/** Remove the files that no visit needs. */
export async function removeUnneeded(kept: Kept): Promise<void> {
  const visits = [kept.visits, kept.earlier, kept.taking].flatMap((group) => Object.values(group));
  const needed = new Set(visits.flatMap(({ files }) => Object.values(files).map(({ sha256 }) => sha256)));
  const files = await openFiles();
  for (const { url } of await files.keys()) {
    const [, , , sha256 = ""] = new URL(url).pathname.split("/");
    if (!needed.has(sha256)) await files.delete(url);
  }
}
