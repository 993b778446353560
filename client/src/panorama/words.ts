// What panoramas say, in each language that the client speaks.

import type { Words } from "../i18n";
import type fr from "../i18n/panorama_fr.json";
import { type Say, wordbook } from "../wordbook";

export type PanoramaSay = Say<keyof typeof fr>;

export function panoramaWords(words: Words): Promise<PanoramaSay> {
  return wordbook<keyof typeof fr>(words, {
    fr: () => import("../i18n/panorama_fr.json"),
    en: () => import("../i18n/panorama_en.json"),
    it: () => import("../i18n/panorama_it.json"),
  });
}
