// What comparisons, films and tours say, in each language that the client speaks.

import { type Say, wordbook } from "../core/catalogue";
import type { Words } from "../core/i18n";
import type fr from "../i18n/plain_fr.json";

export type PlainSay = Say<keyof typeof fr>;

export interface PlainWords {
  readonly language: string;
  readonly say: PlainSay;
}

export async function plainWords(words: Words): Promise<PlainWords> {
  const say = await wordbook<keyof typeof fr>(words, {
    fr: () => import("../i18n/plain_fr.json"),
    en: () => import("../i18n/plain_en.json"),
    it: () => import("../i18n/plain_it.json"),
  });
  return { language: words.language, say };
}
