// The buttons of a stop that shows a panorama.

import { type Capabilities, capabilities } from "../capabilities";
import style from "../client.css";
import { button } from "../dom";
import { failure } from "../failure";
import { wordsFor } from "../i18n";
import { Page } from "../page";
import { applied } from "../style";
import ownStyle from "./panorama.css";
import { panoramaWords } from "./words";

export async function enhance(figure: HTMLElement): Promise<void> {
  const [words, able] = await Promise.all([
    wordsFor(document.documentElement.lang),
    capabilities(),
    applied(style),
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
    void opened(page, async () => {
      const [viewer, own] = await Promise.all([
        import("./viewer"),
        panoramaWords(page.words),
        applied(ownStyle),
      ]);
      viewer.open(page, own);
    });
  }

  function stepIn(): void {
    void opened(page, async () => (await import("./virtual")).open(page));
  }
}

async function opened(page: Page, open: () => Promise<void>): Promise<void> {
  try {
    await open();
  } catch (error) {
    // Some browsers never ask again for a script that failed, until the page is new.
    const again = (): void => (navigator.onLine ? location.reload() : void opened(page, open));
    page.explain(failure(error, "network"), again);
  }
}
