// A button that opens Apple's Quick Look by the page's own link.

import { button } from "../core/dom";
import type { Page } from "../core/page";

/** A button that says what a touch on the page's own link does, and does it. */
export function quickLookButton(page: Page): HTMLButtonElement | undefined {
  const link = page.figure.querySelector<HTMLAnchorElement>('a[rel~="ar"]');
  return link
    ? button(page.words.say("quicklook"), "strong ec-quick-look", () => link.click())
    : undefined;
}
