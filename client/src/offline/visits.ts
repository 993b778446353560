// Take a visit along, bring what is kept up to date, and give its room back.

import { savesData } from "../core/capabilities";
import { download, missing, prove } from "./download";
import {
  type ListedFile,
  type ListedVisit,
  type Phone,
  type Selection,
  type VisitIndex,
  type VisitList,
  isReadable,
  readPhone,
  select,
  weight,
} from "./list";
import { FRESH, type Kept, type KeptVisit, type VisitSize, keyOf, readKept } from "./record";
import { TakingError, toTakingError } from "./taking_error";
import { controlled, startWorker, tell } from "./worker_client";

/** One transfer at a time in all tabs. */
const LOCK = "ecomusee offline";
const INDEX_URL = "/offline.json";
/** So much is brought up to date without asking. */
const UNASKED_BYTES = 1e6;
const TRIES = 3;

export interface Watching {
  /** `came` of `whole` bytes, as they are told to visitors. */
  progress(came: number, whole: number): void;
  proving(): void;
  readonly signal: AbortSignal;
}

/** What a visit weighs in a size, before anything of it is fetched. */
export async function weigh(listed: ListedVisit, size: VisitSize): Promise<number> {
  return select(await readList(listed), size, await phone()).bytes;
}

/** What the museum offers now; nothing of its visit in this language where it offers none. */
export async function readListed(tour: string, language: string): Promise<ListedVisit | undefined> {
  return (await readIndex()).tours[tour]?.[language];
}

/** Fetch, check, prove and keep a visit; a `TakingError` tells why not, an `AbortError` that it was paused. */
export async function take(tour: string, language: string, size: VisitSize, watching: Watching): Promise<void> {
  await startWorker();
  const isFree = await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return false;
    const screen = await keepScreenOn();
    try {
      await takeAlone(tour, language, size, watching);
    } finally {
      await screen?.release();
    }
    return true;
  });
  if (!isFree) throw new TakingError("elsewhere");
}

async function takeAlone(tour: string, language: string, size: VisitSize, watching: Watching): Promise<void> {
  for (let tried = 1; ; tried++) {
    const listed = await readListed(tour, language);
    if (!listed) throw new TakingError("withdrawn");
    const list = await readList(listed);
    const selection = select(list, size, await phone());
    try {
      await fetchAll(keptVisit(list, listed, size, selection), selection, watching);
      return;
    } catch (error) {
      if (watching.signal.aborted) throw error;
      const told = toTakingError(error);
      if (told.kind === "full") await tell({ kind: "give_up", key: keyOf(list) });
      const passes = told.kind === "changed" || told.kind === "damaged"; // the museum published meanwhile
      if (!passes || tried === TRIES) throw told.kind === "changed" ? new TakingError("network", { cause: told }) : told;
    }
  }
}

async function fetchAll(visit: KeptVisit, { fetched, files, bytes }: Selection, watching: Watching): Promise<void> {
  await askForRoom(await missing(fetched));
  await tell({ kind: "begin", visit });
  await download(fetched, (came) => watching.progress(Math.min(came, bytes), bytes), watching.signal);
  watching.proving();
  await controlled();
  await prove(keyOf(visit), files, watching.signal);
  await tell({ kind: "keep", visit: { ...visit, proved: true, taken_ms: Date.now() } });
}

function keptVisit(list: VisitList, listed: ListedVisit, size: VisitSize, { files, bytes }: Selection): KeptVisit {
  const { tour, language, title, url, codes } = list;
  return { tour, language, title, url, codes, list: listed.list, size, bytes, files, taken_ms: Date.now(), proved: false };
}

/** Where the browser tells how much room it gives, refuse before anything is fetched. */
async function askForRoom(files: readonly ListedFile[]): Promise<void> {
  const needed = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const free = await room();
  if (free !== undefined && free.free < needed) throw new TakingError("full", { cause: { needed, ...free } });
  await navigator.storage?.persist?.().catch(() => false);
}

/** Bytes that this site uses and may still use, where the browser tells. */
export async function room(): Promise<{ readonly used: number; readonly free: number } | undefined> {
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  if (estimate?.quota === undefined || estimate.usage === undefined) return undefined;
  return { used: estimate.usage, free: estimate.quota - estimate.usage };
}

async function keepScreenOn(): Promise<WakeLockSentinel | undefined> {
  return navigator.wakeLock?.request("screen").catch(() => undefined); // a battery saver may refuse
}

export async function giveUp(key: string): Promise<void> {
  await tell({ kind: "give_up", key });
}

export async function free(key: string): Promise<void> {
  await tell({ kind: "drop", key });
}

export interface Update {
  readonly visit: KeptVisit;
  /** What it takes to have the museum's present visit. */
  readonly bytes: number;
}

/** Follow what the museum published: small changes at once; the others are returned, to be asked about. */
export async function update(watching: Watching): Promise<{ readonly done: readonly KeptVisit[]; readonly asked: readonly Update[] }> {
  await tell({ kind: "tidy" });
  const { visits }: Kept = await readKept();
  const index = await readIndex();
  const done: KeptVisit[] = [];
  const asked: Update[] = [];
  for (const visit of Object.values(visits)) {
    const listed = index.tours[visit.tour]?.[visit.language];
    if (!listed) await free(keyOf(visit));
    if (!listed || listed.list === visit.list) continue;
    const { fetched } = select(await readList(listed), visit.size, await phone());
    const bytes = (await missing(fetched)).reduce((sum, file) => sum + weight(file), 0);
    if (bytes > UNASKED_BYTES || savesData()) asked.push({ visit, bytes });
    else {
      await take(visit.tour, visit.language, visit.size, watching);
      done.push(visit);
    }
  }
  return { done, asked };
}

let described: Promise<Phone> | undefined;

function phone(): Promise<Phone> {
  return (described ??= readPhone());
}

async function readIndex(): Promise<VisitIndex> {
  return readJson<VisitIndex>(INDEX_URL);
}

async function readList({ list }: ListedVisit): Promise<VisitList> {
  return readJson<VisitList>(list);
}

async function readJson<T extends { readonly format: number }>(url: string): Promise<T> {
  const response = await fetch(url, { headers: { [FRESH]: "1" }, cache: "no-cache" }).catch((error: unknown) => {
    throw new TakingError("network", { cause: error });
  });
  // A list of another release is gone with it.
  if (!response.ok) throw new TakingError(response.status < 500 ? "changed" : "network");
  const read = (await response.json()) as T;
  if (!isReadable(read)) throw new TakingError("changed");
  return read;
}
