// The messages of comparisons, videos and visited stops.

import { type Say, loadCatalogue } from "../core/catalogue";
import type { Words } from "../core/i18n";
import type messages from "../i18n/plain.json";

export type PartSay = Say<keyof typeof messages>;

export interface PartWords {
  readonly language: string;
  readonly say: PartSay;
}

export async function loadPartWords(words: Words): Promise<PartWords> {
  const say = await loadCatalogue<keyof typeof messages>(words, {
    fr: () => import("../i18n/plain.json?fr"),
    en: () => import("../i18n/plain.json?en"),
    it: () => import("../i18n/plain.json?it"),
  });
  return { language: words.language, say };
}
