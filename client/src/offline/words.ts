// The messages of visits that are taken along.

import { type Say, loadCatalogue } from "../core/catalogue";
import { loadWords } from "../core/i18n";
import type messages from "../i18n/offline.json";

export type OfflineKey = keyof typeof messages;

export interface OfflineWords {
  readonly language: string;
  readonly say: Say<OfflineKey>;
  readonly bytes: (count: number) => string;
  readonly day: (time_ms: number) => string;
}

export async function loadOfflineWords(): Promise<OfflineWords> {
  const words = await loadWords(document.documentElement.lang);
  const { language } = words;
  const say = await loadCatalogue<OfflineKey>(words, {
    fr: () => import("../i18n/offline.json?fr"),
    en: () => import("../i18n/offline.json?en"),
    it: () => import("../i18n/offline.json?it"),
  });
  const days = new Intl.DateTimeFormat(language, { dateStyle: "long" });
  return { language, say, bytes: (count) => words.bytes(count), day: (time_ms) => days.format(time_ms) };
}
