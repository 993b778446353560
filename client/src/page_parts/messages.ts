// The messages of comparisons, videos and visited stops.

import { type Say, loadCatalogue } from "../core/catalogue";
import type { Words } from "../core/i18n";
import type fr from "../i18n/plain_fr.json";

export type PartSay = Say<keyof typeof fr>;

export interface PartWords {
  readonly language: string;
  readonly say: PartSay;
}

export async function loadPartWords(words: Words): Promise<PartWords> {
  const say = await loadCatalogue<keyof typeof fr>(words, {
    fr: () => import("../i18n/plain_fr.json"),
    en: () => import("../i18n/plain_en.json"),
    it: () => import("../i18n/plain_it.json"),
  });
  return { language: words.language, say };
}
