// The script that every page starts: adds the buttons that this device supports, and loads the rest
// when one of them is pressed.

import { capabilities } from "./core/capabilities";
import style from "./core/client.css";
import { button, element, loadStylesheet } from "./core/dom";
import { SceneError, toSceneError } from "./core/errors";
import { loadWords } from "./core/i18n";
import { Page, guided } from "./core/page";

/** What a page shows besides a model, in a chunk of its own. */
interface Part {
  enhance(holder: HTMLElement): void | Promise<void>;
}

const SCENES: Readonly<Record<string, () => Promise<Part>>> = {
  panorama: () => import("./panorama/buttons"),
  compare: () => import("./page_parts/compare"),
  video: () => import("./page_parts/video"),
};

const figure = modelFigure();
if (figure) void add(Promise.resolve(figure), enhance);
void enhanceParts();

async function enhance(scene: HTMLElement): Promise<void> {
  const [words, able] = await Promise.all([
    loadWords(document.documentElement.lang),
    capabilities(),
    loadStylesheet(style),
  ]);
  const page = new Page(scene, words, able);
  page.addActions(...(await buttons(page)));
  if (able.confined) (await import("./page_parts/in_app")).showBrowserPanel(page);
}

/** What this device can open, the fullest first; the first stands out. */
async function buttons(page: Page): Promise<readonly HTMLButtonElement[]> {
  const { capabilities: able, words } = page;
  const inline = able.modelElement ? modelElement : viewer;
  const made = [
    able.augmented && action(words.say("show_ar"), "ec-show-ar", augmentedReality, page),
    able.camera && "tracked" in page.figure.dataset && action(words.say("show_ar"), "ec-show-camera", camera, page),
    able.quickLook && (await import("./page_parts/quick_look")).quickLookButton(page),
    (able.webgl || able.modelElement) && action(words.say("show_3d"), "ec-show-3d", inline, page),
    able.virtual && action(words.say("show_vr"), "ec-show-vr", virtualReality, page),
  ].filter((item) => item instanceof HTMLButtonElement);
  made[0]?.classList.add("strong");
  return made;
}

interface Rung {
  /** What it loads, names parted by spaces: asked for together, not one after another. */
  readonly files: string;
  readonly load: () => Promise<{ open(page: Page): void | Promise<void> }>;
}

const modelElement: Rung = { files: "", load: () => import("./page_parts/model_element") };
const viewer: Rung = { files: FILES.viewer, load: () => import("./viewer/viewer") };
const augmentedReality: Rung = { files: FILES.ar, load: () => import("./ar/permission") };
const camera: Rung = { files: FILES.camera, load: () => import("./camera/permission") };
const virtualReality: Rung = { files: FILES.vr, load: () => import("./vr/session") };

/** A button whose manifest is read as soon as a finger comes down, and no more than that. */
function action(text: string, className: string, rung: Rung, page: Page): HTMLButtonElement {
  const made = button(text, `button ${className}`, () => void open(rung, page));
  const warm = (): void => void page.stop().catch(() => undefined); // told when it is opened
  made.addEventListener("pointerdown", warm, { once: true });
  return made;
}

async function open(rung: Rung, page: Page): Promise<void> {
  page.say(page.words.say("loading"));
  for (const name of rung.files.split(" ").filter(Boolean)) preload(name);
  if (rung === viewer) page.hurryPreview();
  try {
    await (await rung.load()).open(page);
  } catch (error) {
    // Some browsers never ask again for a script that failed, until the page is new.
    const again = (): void => (navigator.onLine ? location.reload() : void open(rung, page));
    page.explain(toSceneError(error, "network"), again);
  }
}

function preload(name: string): void {
  if (name.endsWith(".css")) {
    void loadStylesheet(name);
    return;
  }
  const href = new URL(name, import.meta.url).href;
  if (document.head.querySelector(`link[href="${href}"]`)) return;
  document.head.append(element("link", "", { attributes: { rel: "modulepreload", href } }));
}

/** The page's figure, where it shows a model. */
export function modelFigure(): HTMLElement | undefined {
  const figure = document.getElementById("scene");
  return figure?.dataset["kind"] === "model" ? figure : undefined;
}

/** Add what the page can do besides showing a model. */
export async function enhanceParts(): Promise<void> {
  const { stop } = document.body.dataset;
  const figure = document.getElementById("scene");
  const scene = SCENES[figure?.dataset["kind"] ?? ""];
  const stops = document.querySelector<HTMLElement>("[data-progress]");
  const checks = document.getElementById("checks");
  const rooms = document.getElementById("rooms");
  const quiz = document.querySelector<HTMLElement>("[data-quiz]");
  await Promise.all([
    stop && add(import("./page_parts/visited"), (part) => part.markVisited(location.pathname, stop)),
    figure && scene && add(scene(), (part) => part.enhance(figure)),
    stops && add(import("./page_parts/visited_marks"), (part) => part.enhance(stops)),
    quiz && add(import("./page_parts/quiz"), (part) => part.enhance(quiz)),
    keepsVisits() && add(import("./offline/taking"), (part) => part.enhance()),
    checks && add(import("./check/page"), (part) => part.enhance(checks)),
    rooms ? add(import("./guide/room_page"), (part) => part.enhance(rooms)) : joinGroup(),
  ]);
}

/** Whether visits can be taken along from this page, or one may have been. */
function keepsVisits(): boolean {
  if (!isSecureContext || !("serviceWorker" in navigator)) return false;
  return navigator.serviceWorker.controller !== null || document.querySelector("[data-take], [data-kept]") !== null;
}

/** Add a part to the page, which reads on without it where the network goes before all of it came. */
async function add<P>(loading: Promise<P>, enhanceBy: (part: P) => void | Promise<void>): Promise<void> {
  const part = await loading.catch(() => undefined);
  if (!part) return;
  try {
    await enhanceBy(part);
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
  }
}

/** Go on guiding, or following a guide, where this tab does. */
async function joinGroup(): Promise<void> {
  let group = "";
  try {
    group = sessionStorage.getItem("ecomusee guide") ?? "";
  } catch {
    return; // a browser that keeps nothing
  }
  guided.isGrouped = group !== "";
  if (group) await (await (group.includes("key") ? import("./guide/lead") : import("./guide/follow"))).join();
}
