// The one script a stop's page starts: adds the buttons that this device can honour,
// and loads nothing more until one of them is wanted.

import { capabilities } from "./capabilities";
import style from "./client.css";
import { button, element } from "./dom";
import { failure } from "./failure";
import { wordsFor } from "./i18n";
import { Page } from "./page";
import { enhanceParts, modelFigure } from "./parts";

const figure = modelFigure();
if (figure) void enhance(figure);
void enhanceParts();

async function enhance(scene: HTMLElement): Promise<void> {
  const [words, able] = await Promise.all([
    wordsFor(document.documentElement.lang),
    capabilities(),
    stylesheet(),
  ]);
  const page = new Page(scene, words, able);
  page.addActions(...(await buttons(page)));
  if (able.confined) (await import("./inapp")).offerBrowser(page);
}

/** What this device can open, the fullest first; the first stands out. */
async function buttons(page: Page): Promise<readonly HTMLButtonElement[]> {
  const { capabilities: able, words } = page;
  const inline = able.modelElement ? modelElement : viewer;
  const made = [
    able.augmented && action(words.say("show_ar"), "ec-show-ar", augmentedReality, page),
    able.quickLook && (await import("./quicklook")).quickLookButton(page),
    (able.webgl || able.modelElement) && action(words.say("show_3d"), "ec-show-3d", inline, page),
    able.virtual && action(words.say("show_vr"), "ec-show-vr", virtualReality, page),
  ].filter((item) => item instanceof HTMLButtonElement);
  made[0]?.classList.add("strong");
  return made;
}

type Rung = () => Promise<{ open(page: Page): void | Promise<void> }>;

const modelElement: Rung = () => import("./model_element");
const viewer: Rung = () => import("./scene/viewer");
const augmentedReality: Rung = () => import("./ar/explanation");
const virtualReality: Rung = () => import("./vr/session");

/** A button whose chunk and manifest start to load as soon as a finger comes down. */
function action(text: string, className: string, rung: Rung, page: Page): HTMLButtonElement {
  const warm = (): void => {
    page.stop().catch(() => undefined); // told when it is opened
    rung().catch(() => undefined);
  };
  const made = button(text, `button ${className}`, () => void open(rung, page));
  made.addEventListener("pointerdown", warm, { once: true });
  made.addEventListener("focus", warm, { once: true });
  return made;
}

async function open(rung: Rung, page: Page): Promise<void> {
  page.say(page.words.say("loading"));
  try {
    await (await rung()).open(page);
  } catch (error) {
    // Some browsers never ask again for a script that failed, until the page is new.
    const again = (): void => (navigator.onLine ? location.reload() : void open(rung, page));
    page.explain(failure(error, "network"), again);
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
