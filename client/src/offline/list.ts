// The lists that a release has of its visits, and which of their files this phone wants.

import { chooseLod, readDeviceHints } from "../core/lod";
import type { LodView } from "../generated/manifest";
import type { KeptFile, KeptVisit, VisitSize } from "./record";

/** `/offline.json`, made by publishing/release/offline.py. */
export interface VisitIndex {
  readonly format: number;
  readonly tours: Readonly<Record<string, Readonly<Record<string, ListedVisit>>>>;
}

export interface ListedVisit {
  readonly list: string;
  readonly title: string;
  readonly url: string;
}

/** A list's file; of those of one `group` a phone keeps one. */
export interface ListedFile {
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Compressed, where it is. */
  readonly sent_bytes?: number;
  readonly type: string;
  readonly kind: "page" | "script" | "viewer" | "picture" | "panorama" | "model" | "usdz" | "sound" | "film" | "other";
  readonly group?: string;
  readonly width_px?: number;
  readonly level?: string;
}

export interface VisitList extends Pick<KeptVisit, "tour" | "language" | "title" | "url" | "codes"> {
  readonly format: number;
  readonly files: readonly ListedFile[];
}

/** What this phone draws and plays. */
export interface Phone {
  readonly screen_px: number;
  readonly avif: boolean;
  readonly quickLook: boolean;
  plays(type: string): boolean;
  lod(names: readonly string[]): string | undefined;
}

const FORMAT = 1;
const LIGHT: readonly ListedFile["kind"][] = ["page", "script", "picture", "sound", "other"];
const WIDEST_PANORAMA_PX = 4096;
/** Of a request and its answer, besides the content; typical of HTTP/1.1, less with HTTP/2. */
const HEADERS_BYTES = 350;

export async function readPhone(): Promise<Phone> {
  const [audio, video] = [document.createElement("audio"), document.createElement("video")];
  const lods = (names: readonly string[]): readonly LodView[] => names.map((name) => ({ name }) as LodView);
  return {
    screen_px: Math.max(screen.width, 320) * Math.min(devicePixelRatio, 2),
    avif: await drawsAvif(),
    quickLook: document.createElement("a").relList.supports("ar"),
    plays: (type) => (type.startsWith("audio/") ? audio : video).canPlayType(type) !== "",
    lod: (names) => chooseLod(lods(names), readDeviceHints())?.name,
  };
}

// The smallest AVIF that browsers take: one grey pixel.
const AVIF =
  "data:image/avif;base64,AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAAB0AAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAAAAEAAAABAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgQAMAAAAABNjb2xybmNseAACAAIABoAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAACVtZGF0EgAKCBgABogQEDQgMgkQAAAAB8dSLfI=";

async function drawsAvif(): Promise<boolean> {
  const picture = new Image();
  picture.src = AVIF;
  return picture.decode().then(
    () => true,
    () => false,
  );
}

/** What is to be kept of a list: the files to fetch, and which file each address leads to. */
export interface Selection {
  readonly fetched: readonly ListedFile[];
  readonly files: Readonly<Record<string, KeptFile>>;
  /** What goes over the network, within a few hundredths. */
  readonly bytes: number;
}

export function select(list: VisitList, size: VisitSize, phone: Phone): Selection {
  const wanted = list.files.filter(
    ({ kind }) => (size === "whole" || LIGHT.includes(kind)) && (kind !== "usdz" || phone.quickLook),
  );
  const groups = new Map<string, ListedFile[]>();
  for (const file of wanted) {
    const name = file.group ?? file.url;
    groups.set(name, [...(groups.get(name) ?? []), file]);
  }
  const fetched = new Map<string, ListedFile>();
  const files: Record<string, KeptFile> = {};
  for (const alternatives of groups.values()) {
    const chosen = choose(alternatives, size, phone);
    if (!chosen) continue;
    fetched.set(chosen.sha256, chosen);
    const { sha256, bytes, type } = chosen;
    for (const { url } of alternatives) files[url] = { sha256, bytes, type };
  }
  const all = [...fetched.values()];
  return { fetched: all, files, bytes: all.reduce((sum, file) => sum + weight(file), 0) };
}

export function weight({ bytes, sent_bytes }: ListedFile): number {
  return (sent_bytes ?? bytes) + HEADERS_BYTES;
}

function choose(files: readonly ListedFile[], size: VisitSize, phone: Phone): ListedFile | undefined {
  const widest = (ones: readonly ListedFile[]): ListedFile[] => [...ones].sort((a, b) => width(a) - width(b));
  switch (files[0]?.kind) {
    case "picture": {
      const wide_px = size === "light" ? phone.screen_px / 2 : phone.screen_px;
      const drawn = bestType(files, phone);
      return widest(drawn).find((file) => width(file) >= wide_px) ?? widest(drawn).at(-1);
    }
    case "panorama": {
      const drawn = bestType(files, phone);
      return widest(drawn.filter((file) => width(file) <= WIDEST_PANORAMA_PX)).at(-1) ?? widest(drawn)[0];
    }
    case "model": {
      const name = phone.lod(files.map(({ level = "" }) => level));
      return files.find(({ level }) => level === name) ?? files[0];
    }
    case "sound":
    case "film":
      return files.find(({ type }) => phone.plays(type)) ?? files.at(-1);
    default:
      return files[0];
  }
}

/** Those of the lightest type that this phone draws. */
function bestType(files: readonly ListedFile[], { avif }: Phone): readonly ListedFile[] {
  for (const type of [...(avif ? ["image/avif"] : []), "image/webp"]) {
    const found = files.filter((file) => file.type === type);
    if (found.length > 0) return found;
  }
  return files;
}

function width({ width_px = 0 }: ListedFile): number {
  return width_px;
}

export function isReadable({ format }: { readonly format: number }): boolean {
  return format === FORMAT;
}
