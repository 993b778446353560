// The buttons of a stop that shows a panorama.

import { type Capabilities, capabilities } from "../core/capabilities";
import { loadCatalogue } from "../core/catalogue";
import style from "../core/client.css";
import { button, loadStylesheet } from "../core/dom";
import { toSceneError } from "../core/errors";
import { type Words, loadWords } from "../core/i18n";
import { Page } from "../core/page";
import ownStyle from "./panorama.css";
import type { PanoramaKey, PanoramaSay } from "./viewer";

export async function enhance(figure: HTMLElement): Promise<void> {
  const [words, able] = await Promise.all([
    loadWords(document.documentElement.lang),
    capabilities(),
    loadStylesheet(style),
  ]);
  const page = new Page(figure, words, able);
  page.addActions(...buttons(page, able));
}

function buttons(page: Page, able: Capabilities): readonly HTMLButtonElement[] {
  const { say } = page.words;
  const made: HTMLButtonElement[] = [];
  if (able.webgl) made.push(button(say("show_panorama"), "strong ec-show-panorama", look));
  if (able.webgl && able.virtual) made.push(button(say("show_vr"), "ec-show-vr", stepIn));
  return made;

  function look(): void {
    void openOrExplain(page, async () => {
      const [viewer, own] = await Promise.all([
        import("./viewer"),
        loadPanoramaWords(page.words),
        loadStylesheet(ownStyle),
      ]);
      viewer.open(page, own);
    });
  }

  function stepIn(): void {
    void openOrExplain(page, async () => (await import("./vr_session")).open(page));
  }
}

async function openOrExplain(page: Page, open: () => Promise<void>): Promise<void> {
  try {
    await open();
  } catch (error) {
    // Some browsers never ask again for a script that failed, until the page is new.
    const again = (): void => (navigator.onLine ? location.reload() : void openOrExplain(page, open));
    page.explain(toSceneError(error, "network"), again);
  }
}

function loadPanoramaWords(words: Words): Promise<PanoramaSay> {
  return loadCatalogue<PanoramaKey>(words, {
    fr: () => import("../i18n/panorama.json?fr"),
    en: () => import("../i18n/panorama.json?en"),
    it: () => import("../i18n/panorama.json?it"),
  });
}
