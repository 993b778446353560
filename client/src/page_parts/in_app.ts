// A panel for visitors whose page sits in an app's web view without a camera: the address, to open it
// in a browser.

import { button, element } from "../core/dom";
import type { Page } from "../core/page";

export function showBrowserPanel(page: Page): void {
  const { say } = page.words;
  const title = element("h2", "", {
    attributes: { id: "ec-inapp-title" },
    text: say("inapp_title"),
  });
  const address = element("input", "ec-address", {
    attributes: {
      type: "text",
      readonly: "",
      dir: "ltr",
      "aria-label": say("inapp_address"),
      value: shortAddress(),
    },
    on: { focus: () => address.select() },
  });
  const panel = element(
    "section",
    "ec-panel",
    { attributes: { "aria-labelledby": title.id } },
    title,
    element("p", "", { text: say("inapp_text") }),
    address,
    button(say("inapp_copy"), "strong", () => void copy(page, address)),
  );
  page.actions.append(panel);
}

/** Where this page is: what a visitor types or pastes elsewhere. */
function shortAddress(): string {
  return location.origin + location.pathname;
}

async function copy(page: Page, address: HTMLInputElement): Promise<void> {
  address.select();
  try {
    await navigator.clipboard.writeText(address.value);
    page.say(page.words.say("inapp_copied"));
  } catch {
    // Some apps keep the clipboard too: the address is selected, ready for a long press.
    page.say(page.words.say("inapp_select"));
  }
}
