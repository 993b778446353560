// What the page that tries the phone says, in each language that the client speaks.

import type { Words } from "../i18n";
import type fr from "../i18n/check_fr.json";
import { type Say, wordbook } from "../wordbook";

export type CheckSay = Say<keyof typeof fr>;

export function checkWords(words: Words): Promise<CheckSay> {
  return wordbook<keyof typeof fr>(words, {
    fr: () => import("../i18n/check_fr.json"),
    en: () => import("../i18n/check_en.json"),
    it: () => import("../i18n/check_it.json"),
  });
}
