// Fetch the files of a visit into the cache, each checked by its hash, and prove that all are there.

import { type ListedFile, weight } from "./list";
import { FRESH, FROM_HERE, type KeptFile, PROVING, openFiles, placeOf } from "./record";
import { TakingError } from "./taking_error";

const AT_ONCE = 4;
/** A long file comes in pieces of so much, so that a pause loses no more than one. */
const PIECE_BYTES = 1 << 20;
const TRIES = 3;
const WAIT_MS = 1000;
/** Of the transfer rather than of the content. */
const NOT_KEPT = ["content-encoding", "content-length", "content-range", "vary", "date", "age"];

/** Fetch what is not there yet; `told` gets the bytes that have come, as `weight` counts them. */
export async function download(
  files: readonly ListedFile[],
  told: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const cache = await openFiles();
  let bytes = 0;
  await inPool(files, signal, async (file, stop) => {
    const add = (came: number): void => told((bytes += came));
    if (await cache.match(placeOf(file.sha256))) add(weight(file));
    else await new FileDownload(file, cache, add, stop).run();
  });
}

/** Those of the files that are not in the cache. */
export async function missing(files: readonly ListedFile[]): Promise<readonly ListedFile[]> {
  const there = new Set((await (await openFiles()).keys()).map(({ url }) => new URL(url).pathname));
  return files.filter(({ sha256 }) => !there.has(placeOf(sha256)));
}

/** Ask the worker for every address of a visit that is being taken, and check each answer. */
export async function prove(key: string, files: Readonly<Record<string, KeptFile>>, signal: AbortSignal): Promise<void> {
  await inPool(Object.entries(files), signal, async ([url, { sha256 }], stop) => {
    const response = await fetch(url, { headers: { [PROVING]: key }, signal: stop });
    const isOurs = response.ok && response.headers.has(FROM_HERE);
    if (!isOurs || (await hash(await response.arrayBuffer())) !== sha256) {
      await (await openFiles()).delete(placeOf(sha256));
      throw new TakingError("damaged", { cause: url });
    }
  });
}

class FileDownload {
  constructor(
    readonly file: ListedFile,
    readonly cache: Cache,
    readonly told: (bytes: number) => void,
    readonly signal: AbortSignal,
  ) {}

  async run(): Promise<void> {
    const { sha256, bytes, sent_bytes } = this.file;
    const inPieces = sent_bytes === undefined && bytes > PIECE_BYTES;
    const response = (inPieces && (await this.#pieces())) || (await this.#ask());
    const content = await response.arrayBuffer();
    if ((await hash(content)) !== sha256) {
      await this.#dropPieces();
      throw new TakingError(inPieces ? "damaged" : "changed", { cause: this.file.url });
    }
    await this.cache.put(placeOf(sha256), new Response(content, { headers: keptHeaders(response) }));
    await this.#dropPieces();
    if (!inPieces) this.told(weight(this.file));
  }

  /** The file joined from its pieces; nothing where the server doesn't cut. */
  async #pieces(): Promise<Response | undefined> {
    const { bytes, sha256 } = this.file;
    const parts: Blob[] = [];
    let headers: Headers | undefined;
    for (let start = 0; start < bytes; start += PIECE_BYTES) {
      const end = Math.min(bytes, start + PIECE_BYTES);
      const place = placeOf(sha256, start);
      let found = await this.cache.match(place);
      if (!found) {
        const sent = await this.#ask(`bytes=${start}-${end - 1}`);
        if (sent.status !== 206) return undefined;
        await this.cache.put(place, new Response(await sent.blob(), { headers: keptHeaders(sent) }));
        found = await this.cache.match(place);
      }
      if (!found) throw new TakingError("full");
      headers ??= new Headers(found.headers);
      parts.push(await found.blob());
      this.told(((end - start) / bytes) * weight(this.file));
    }
    return new Response(new Blob(parts), headers ? { headers } : {});
  }

  async #ask(range?: string): Promise<Response> {
    const headers = { [FRESH]: "1", ...(range ? { range } : {}) };
    for (let tried = 1; ; tried++) {
      const response = await fetch(this.file.url, { headers, signal: this.signal, cache: "no-cache" }).catch(
        (error: unknown) => {
          if (this.signal.aborted || tried === TRIES) throw error;
        },
      );
      if (response?.ok) return response;
      if (response && response.status < 500) throw new TakingError("changed", { cause: this.file.url });
      if (tried === TRIES) throw new TakingError("network", { cause: this.file.url });
      await new Promise((resolve) => setTimeout(resolve, tried * WAIT_MS));
    }
  }

  async #dropPieces(): Promise<void> {
    const { bytes, sha256 } = this.file;
    for (let start = 0; start < bytes; start += PIECE_BYTES) await this.cache.delete(placeOf(sha256, start));
  }
}

function keptHeaders({ headers }: Response): Headers {
  const kept = new Headers(headers);
  for (const name of NOT_KEPT) kept.delete(name);
  return kept;
}

async function hash(content: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Work through items, a few at once; the first error stops all. */
async function inPool<T>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const stop = new AbortController();
  const stopAll = (): void => stop.abort();
  signal.addEventListener("abort", stopAll);
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      signal.throwIfAborted();
      await work(item, stop.signal);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    queue.length = 0;
    stop.abort();
    signal.removeEventListener("abort", stopAll);
  }
}
