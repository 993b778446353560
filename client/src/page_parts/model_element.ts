// The inline viewer by the browser's own <model> element, where it has one.

import { button, element, loadStylesheet } from "../core/dom";
import { type Page, dispatchSceneEvent } from "../core/page";
import style from "../ui/scene.css";

/** The element of WebKit's proposal; `ready` settles once it can be seen, or can't. */
type ModelElement = HTMLElement & {
  readonly ready?: Promise<unknown>;
  /** Seconds; 0 where nothing moves. */
  readonly duration?: number;
  play?(): Promise<unknown>;
  pause?(): unknown;
};

/** Show the model in the browser's own element, or in ours where that comes to nothing. */
export async function open(page: Page): Promise<void> {
  const [{ scene }] = await Promise.all([page.stop(), loadStylesheet(style)]);
  const source = element("source", "", {
    attributes: { src: scene.usdz.url, type: scene.usdz.type },
  });
  const model: ModelElement = document.createElement("model");
  model.className = "ec-canvas";
  model.setAttribute("stagemode", "orbit");
  model.setAttribute("alt", scene.alt.text);
  model.setAttribute("loop", "");
  model.append(source);
  const view = element("div", "ec-view", {}, model);
  page.figure.prepend(view);
  try {
    if (!model.ready) throw new TypeError("<model> is not drawn here");
    await model.ready;
  } catch {
    view.remove();
    (await import("../viewer/viewer")).open(page);
    return;
  }
  page.figure.classList.add("ec-open");
  if (model.duration) view.append(playButton(model, page));
  view.append(button(page.words.say("close_3d"), "", () => close(page, view)));
  page.say(page.words.say("shown"));
  dispatchSceneEvent(page.figure, { rung: "inline", state: "shown" });
}

/** Let it move, but where less motion is asked for, and give the button that stops it. */
function playButton(model: ModelElement, { words }: Page): HTMLElement {
  let isPlaying = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const made = button("", "", toggle);
  function toggle(): void {
    isPlaying = !isPlaying;
    made.textContent = words.say(isPlaying ? "pause" : "play");
    if (isPlaying) model.play?.().catch(() => undefined); // it stands still, as on its poster
    else model.pause?.();
  }
  toggle();
  return made;
}

function close(page: Page, view: HTMLElement): void {
  view.remove();
  page.figure.classList.remove("ec-open");
  page.say(page.words.say("closed"));
  page.focusAction("ec-show-3d");
  dispatchSceneEvent(page.figure, { rung: "inline", state: "closed" });
}
