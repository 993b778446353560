// The messages of guide mode.

import { type Say, loadCatalogue } from "../core/catalogue";
import { loadStylesheet } from "../core/dom";
import { loadWords } from "../core/i18n";
import type messages from "../i18n/guide.json";
import style from "./guide.css";

export type GuideSay = Say<keyof typeof messages>;

export interface GuideWords {
  readonly language: string;
  readonly say: GuideSay;
}

/** Load the words, and the look, of guide mode. */
export async function loadGuideWords(): Promise<GuideWords> {
  const words = await loadWords(document.documentElement.lang);
  const [say] = await Promise.all([
    loadCatalogue<keyof typeof messages>(words, {
      fr: () => import("../i18n/guide.json?fr"),
      en: () => import("../i18n/guide.json?en"),
      it: () => import("../i18n/guide.json?it"),
    }),
    loadStylesheet(style),
  ]);
  return { language: words.language, say };
}

export function followersSentence(say: GuideSay, count: number): string {
  if (count === 0) return say("followers_none");
  return count === 1 ? say("followers_one") : say("followers", { count });
}
