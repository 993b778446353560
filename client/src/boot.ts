// The one script a stop's page starts: adds the buttons that this device can honour,
// and loads nothing more until one of them is wanted.

import { capabilities } from "./capabilities";
import style from "./client.css";
import { button, element } from "./dom";
import { wordsFor } from "./i18n";
import { Page } from "./page";

const figure = document.getElementById("scene");
if (figure) void enhance(figure);

async function enhance(scene: HTMLElement): Promise<void> {
  const [words, able] = await Promise.all([
    wordsFor(document.documentElement.lang),
    capabilities(),
    stylesheet(),
  ]);
  const page = new Page(scene, words, able);
  const { say } = words;
  const inline = able.webgl ? [action(say("show_3d"), "ec-show-3d", viewer, page)] : [];
  const augmented = able.augmented ? [action(say("show_ar"), "ec-show-ar", augmentedReality, page)] : [];
  const virtual = able.virtual ? [action(say("show_vr"), "ec-show-vr", virtualReality, page)] : [];
  page.addActions(...augmented, ...inline, ...virtual);
  augmented[0]?.classList.add("ec-primary");
  if (able.quickLook) (await import("./quicklook")).offerQuickLook(page);
  if (able.confined) (await import("./inapp")).offerBrowser(page);
}

type Rung = () => Promise<{ open(page: Page): void }>;

const viewer: Rung = () => import("./scene/viewer");
const augmentedReality: Rung = () => import("./ar/explanation");
const virtualReality: Rung = () => import("./vr/session");

/** A button whose chunk and manifest start to load as soon as a finger comes down. */
function action(text: string, className: string, rung: Rung, page: Page): HTMLButtonElement {
  const warm = (): void => {
    page.stop().catch(() => undefined); // told when it is opened
    rung().catch(() => undefined);
  };
  const made = button(text, `ec-button ${className}`, () => void open(rung, page));
  made.addEventListener("pointerdown", warm, { once: true });
  made.addEventListener("focus", warm, { once: true });
  return made;
}

async function open(rung: Rung, page: Page): Promise<void> {
  page.say(page.words.say("loading"));
  try {
    (await rung()).open(page);
  } catch (error) {
    const { failure } = await import("./failure");
    page.explain(failure(error, "network"), () => void open(rung, page));
  }
}

/** Resolves once the style applies, or failed: the buttons work without it. */
function stylesheet(): Promise<void> {
  return new Promise((resolve) => {
    const href = new URL(style, import.meta.url).href;
    const link = element("link", "", {
      attributes: { rel: "stylesheet", href },
      on: { load: () => resolve(), error: () => resolve() },
    });
    document.head.append(link);
  });
}
