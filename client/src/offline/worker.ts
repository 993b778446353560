// The service worker: answers for visits that were taken along; the network has the rest.
//
// A visit that is kept is answered from here whether there is a network or not: its pages and
// files are of one release. Whatever else is asked for goes to the network untouched, but for a
// page that can't be reached: the page of what is kept says what to do.

import { normaliseCode } from "./code";
import {
  type Change,
  FRESH,
  FROM_HERE,
  type Kept,
  type KeptFile,
  type KeptVisit,
  PROVING,
  keyOf,
  openFiles,
  placeOf,
  readKept,
  removeUnneeded,
  writeKept,
} from "./record";

interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  readonly clientId: string;
  respondWith(response: Promise<Response>): void;
}

interface WorkerScope {
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { includeUncontrolled: boolean }): Promise<readonly { readonly id: string }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: WorkerEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
  addEventListener(type: "message", listener: (event: WorkerEvent & MessageEvent) => void): void;
}

const scope = self as unknown as WorkerScope;
/** The record as it is on the disk; this worker alone writes it. */
let record: Promise<Kept> | undefined;
let known: Kept | undefined;
let writing: Promise<unknown> = Promise.resolve();

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener("message", (event) => {
  const done = writing.then(() => change(event.data as Change));
  writing = done.catch(() => undefined);
  event.waitUntil(
    done.then(
      () => event.ports[0]?.postMessage(""),
      (error: unknown) => event.ports[0]?.postMessage(String(error)),
    ),
  );
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin || request.headers.has(FRESH)) return;
  if (request.method !== "GET" && request.method !== "HEAD") return;
  const proving = request.headers.get(PROVING);
  if (proving !== null) {
    event.respondWith(prove(proving, request, pathOf(url)));
    return;
  }
  if (request.mode !== "navigate" && known && !fileAt(inOrder(known, event.clientId), pathOf(url))) return;
  event.respondWith(answer(event, url));
});

function pathOf({ pathname }: URL): string {
  try {
    return decodeURI(pathname);
  } catch {
    return pathname; // the address of nothing of ours
  }
}

async function answer({ request, clientId }: FetchEvent, url: URL): Promise<Response> {
  const kept = (known = await (record ??= readKept()));
  const isPage = request.mode === "navigate";
  const visits = inOrder(kept, isPage ? "" : clientId);
  const typed = url.pathname.endsWith("/code/") ? url.searchParams.get("code") : null;
  const stop = isPage ? stopOf(visits, typed ?? pathOf(url).slice(1)) : undefined;
  if (stop) return redirect(stop);
  const path = pathOf(url);
  const file = typed === null ? fileAt(visits, path) : undefined;
  const found = file && (await fromFiles(file, request));
  if (found) return found;
  if (isPage && fileAt(visits, `${path}/`)) return redirect(`${path}/`);
  try {
    return await fetch(request);
  } catch (error) {
    const instead = isPage && (await pageInstead(visits, url));
    if (instead) return instead;
    throw error;
  }
}

async function prove(key: string, request: Request, path: string): Promise<Response> {
  const { taking } = await (record ??= readKept());
  const file = taking[key]?.files[path];
  return (file && (await fromFiles(file, request))) ?? new Response(null, { status: 404 });
}

/** Kept visits, the last one taken first; a page from before an update goes on as it began. */
function inOrder({ visits, earlier, pinned }: Kept, clientId: string): readonly KeptVisit[] {
  const all = Object.values(visits).sort((a, b) => b.taken_ms - a.taken_ms);
  return pinned.includes(clientId) ? [...Object.values(earlier), ...all] : all;
}

function fileAt(visits: readonly KeptVisit[], path: string): KeptFile | undefined {
  return visits.find(({ files }) => Object.hasOwn(files, path))?.files[path];
}

/** Where a code leads, in a language of the phone's if it was taken, else in the last one taken. */
function stopOf(visits: readonly KeptVisit[], typed: string): string | undefined {
  const code = normaliseCode(typed);
  const holding = visits.filter(({ codes }) => Object.hasOwn(codes, code));
  const spoken = navigator.languages.map((tag) => tag.split("-")[0]);
  const rank = ({ language }: KeptVisit): number => {
    const place = spoken.indexOf(language);
    return place < 0 ? spoken.length : place;
  };
  const best = holding.reduce<KeptVisit | undefined>((a, b) => (a && rank(a) <= rank(b) ? a : b), undefined);
  return best?.codes[code];
}

/** The home page for the bare address; for others, the page that says what is kept here. */
async function pageInstead(visits: readonly KeptVisit[], { pathname, searchParams }: URL): Promise<Response | undefined> {
  const [, first = ""] = pathname.split("/");
  const language = visits.find((visit) => visit.language === first)?.language ?? visits[0]?.language;
  if (!language) return undefined;
  if (pathname === "/") return redirect(`/${language}/`);
  const here = `/${language}/offline/`;
  const file = fileAt(visits, here);
  if (!file || pathname === here) return undefined;
  const asked = searchParams.get("code") ?? pathname;
  return redirect(`${here}?for=${encodeURIComponent(asked)}`);
}

function redirect(path: string): Response {
  return Response.redirect(new URL(path, location.origin).href, 302);
}

/** A file's answer: whole, or the range that was asked for, as players of sound and film do. */
async function fromFiles(file: KeptFile, { headers }: Request): Promise<Response | undefined> {
  const found = await (await openFiles()).match(placeOf(file.sha256));
  if (!found) return undefined;
  const told = new Headers(found.headers);
  told.set(FROM_HERE, "1");
  told.set("accept-ranges", "bytes");
  const asked = /^bytes=(\d*)-(\d*)$/.exec(headers.get("range") ?? "");
  if (!asked || (asked[1] === "" && asked[2] === "")) {
    told.set("content-length", String(file.bytes));
    return new Response(found.body, { headers: told });
  }
  const [, first = "", last = ""] = asked;
  const start = first === "" ? Math.max(0, file.bytes - Number(last)) : Number(first);
  const end = first === "" || last === "" ? file.bytes : Math.min(file.bytes, Number(last) + 1);
  if (start >= end) {
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${file.bytes}` } });
  }
  told.set("content-range", `bytes ${start}-${end - 1}/${file.bytes}`);
  told.set("content-length", String(end - start));
  const part = (await found.blob()).slice(start, end, file.type);
  return new Response(part, { status: 206, headers: told });
}

async function change(asked: Change): Promise<void> {
  const kept = await readKept();
  const changed = await changedBy(asked, kept);
  await writeKept(changed);
  known = changed;
  record = Promise.resolve(changed);
  if (asked.kind === "begin") await scope.clients.claim(); // a page that was reloaded past this worker
  if (asked.kind !== "begin") await removeUnneeded(changed);
}

async function changedBy(asked: Change, kept: Kept): Promise<Kept> {
  if (asked.kind === "drop") return without(kept, asked.key);
  if (asked.kind === "give_up") return { ...kept, taking: without(kept, asked.key).taking };
  if (asked.kind === "begin" || asked.kind === "keep") return withVisit(kept, asked.kind, asked.visit);
  const open = await openPages();
  return kept.pinned.some((id) => open.includes(id)) ? kept : { ...kept, earlier: {}, pinned: [] };
}

async function openPages(): Promise<readonly string[]> {
  return (await scope.clients.matchAll({ includeUncontrolled: true })).map(({ id }) => id);
}

function without(kept: Kept, key: string): Kept {
  const rest = <T>(group: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(group).filter(([name]) => name !== key));
  return { ...kept, visits: rest(kept.visits), earlier: rest(kept.earlier), taking: rest(kept.taking) };
}

async function withVisit(kept: Kept, kind: "begin" | "keep", visit: KeptVisit): Promise<Kept> {
  const key = keyOf(visit);
  if (kind === "begin") return { ...kept, taking: { ...kept.taking, [key]: visit } };
  const { [key]: _taken, ...taking } = kept.taking;
  const before = kept.visits[key];
  const visits = { ...kept.visits, [key]: visit };
  if (!before || before.list === visit.list) return { ...kept, visits, taking };
  return { visits, taking, earlier: { [key]: before }, pinned: await openPages() };
}
