// The client's messages, in the language of the page.

import { toSceneError } from "./errors";
import type messages from "../i18n/core.json";

export type Key = keyof typeof messages;
export type Values = Readonly<Record<string, string | number>>;

export interface Words {
  /** The language they are in: the page's, or English where the page's is unknown. */
  readonly language: string;
  say(key: Key, values?: Values): string;
  /** A length for people: 12 cm, 1.7 m, 21 m. */
  length(metres: number): string;
  /** A file's size for people: 1.4 MB. */
  bytes(count: number): string;
}

type Catalogue = Readonly<Record<Key, string>>;

const CATALOGUES: Readonly<Record<string, () => Promise<{ default: Catalogue }>>> = {
  fr: () => import("../i18n/core.json?fr"),
  en: () => import("../i18n/core.json?en"),
  it: () => import("../i18n/core.json?it"),
};
const FALLBACK = "en";

/** The client's messages; a `SceneError` where they don't come. */
export async function loadWords(pageLanguage: string): Promise<Words> {
  const primary = pageLanguage.split("-")[0]?.toLowerCase() ?? FALLBACK;
  const language = primary in CATALOGUES ? primary : FALLBACK;
  const load = CATALOGUES[language];
  if (!load) throw new RangeError(language);
  const { default: catalogue } = await load().catch((error: unknown) => {
    throw toSceneError(error, "network");
  });
  return createWords(language, catalogue);
}

export function createWords(language: string, catalogue: Catalogue): Words {
  return {
    language,
    say: (key, values = {}) => interpolate(catalogue[key], values),
    length: (metres) => lengthText(metres, language),
    bytes: (count) => unitText(count / 1e6, "megabyte", language, 1),
  };
}

export function interpolate(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Units from the smallest, each used as long as it says less than `below`. */
const UNITS = [
  { unit: "millimeter", per_metre: 1000, below: 10, digits: 0 },
  { unit: "centimeter", per_metre: 100, below: 100, digits: 0 },
  { unit: "meter", per_metre: 1, below: 10, digits: 1 },
  { unit: "meter", per_metre: 1, below: Infinity, digits: 0 },
] as const;

function lengthText(metres: number, language: string): string {
  for (const { unit, per_metre, below, digits } of UNITS) {
    const rounded = Number((metres * per_metre).toFixed(digits));
    if (rounded < below) return unitText(rounded, unit, language, digits);
  }
  throw new RangeError(String(metres));
}

function unitText(value: number, unit: string, language: string, digits: number): string {
  const format = new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    maximumFractionDigits: digits,
  });
  return format.format(value);
}
