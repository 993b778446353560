// Guide mode's messages, as server/guide/messages.py has them; read as strictly as there.

import type { Look } from "../core/page";

/** The version of the schema: the server refuses any other. */
export const SUBPROTOCOL = "ecomusee-guide.v1";

/** What a guide shows: all of it, so that the latest alone matters. */
export interface Shown {
  readonly tour: string;
  readonly stop: string;
  /** Those that the stop has a page in, the guide's own first. */
  readonly languages: readonly string[];
  readonly turn: Look | null;
  /** Azimuth and elevation on a panorama; x, y, z in metres on a model. */
  readonly point: readonly number[] | null;
  readonly look_up: boolean;
}

export type FirstMessage =
  | { readonly type: "open" }
  | { readonly type: "guide"; readonly room: string; readonly key: string }
  | { readonly type: "take"; readonly room: string; readonly key: string; readonly next: string }
  | { readonly type: "follow"; readonly room: string };

export type ServerMessage =
  | { readonly type: "opened"; readonly room: string; readonly key: string }
  | { readonly type: "guiding"; readonly followers: number; readonly shown: Shown | null }
  | { readonly type: "state"; readonly guided: boolean; readonly shown: Shown | null };

/** Why the server closes a socket for good. */
export const CLOSED = {
  malformed: 4400,
  wrongKey: 4403,
  noRoom: 4404,
  replaced: 4409,
  ended: 4410,
  roomFull: 4413,
  noMoreRooms: 4503,
} as const;

const ROOM = /^[2-9CDFHJKMNPQRTVWX]{4}$/;
const KEY = /^[\w-]{22}$/;
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/;
const LONGEST_NAME = 64;
const MOST_LANGUAGES = 12;
const FARTHEST = 1e6;

type Check = (value: unknown) => boolean;

const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === "string" && value.length <= LONGEST_NAME && pattern.test(value);
const within =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === "number" && value >= least && value <= most;
const maybe =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check, ...lengths: readonly [number, number]): Check =>
  (value) =>
    Array.isArray(value) && value.length >= lengths[0] && value.length <= lengths[1] && value.every(check);
/** An object with these keys and no other. */
const record =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (typeof value !== "object" || value === null) return false;
    const names = Object.keys(checks);
    const fields = value as Readonly<Record<string, unknown>>;
    return (
      Object.keys(fields).length === names.length &&
      names.every((name) => name in fields && checks[name]?.(fields[name]))
    );
  };

const isBoolean: Check = (value) => typeof value === "boolean";
const isShown = record({
  tour: matches(NAME),
  stop: matches(NAME),
  languages: listOf(matches(LANGUAGE), 1, MOST_LANGUAGES),
  turn: maybe(record({ azimuth_deg: within(-1e5, 1e5), elevation_deg: within(-90, 90), zoom: within(1e-4, 100) })),
  point: maybe(listOf(within(-FARTHEST, FARTHEST), 2, 3)),
  look_up: isBoolean,
});
const only = (type: string): Check => (value) => value === type;
const isServerMessage: readonly Check[] = [
  record({ type: only("opened"), room: matches(ROOM), key: matches(KEY) }),
  record({ type: only("guiding"), followers: Number.isSafeInteger, shown: maybe(isShown) }),
  record({ type: only("state"), guided: isBoolean, shown: maybe(isShown) }),
];

/** A message of the server, or undefined where it is none. */
export function parseServerMessage(text: unknown): ServerMessage | undefined {
  try {
    const message: unknown = JSON.parse(String(text));
    return isServerMessage.some((check) => check(message)) ? (message as ServerMessage) : undefined;
  } catch {
    return undefined;
  }
}

/** Signs as they were typed, as a room's; undefined where they can be none. */
export function roomOf(typed: string): string | undefined {
  const likeness: Readonly<Record<string, string>> = { Z: "2", S: "5", G: "6", B: "8", U: "V", Y: "V" };
  const signs = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/[ZSGBUY]/g, (sign) => likeness[sign] ?? sign);
  return ROOM.test(signs) ? signs : undefined;
}
