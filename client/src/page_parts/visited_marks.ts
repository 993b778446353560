// Mark the visited stops on the tour's page, with a button that clears them.

import { button, element, loadStylesheet } from "../core/dom";
import { loadWords } from "../core/i18n";
import { type PartWords, loadPartWords } from "./messages";
import style from "./progress.css";
import { clearVisited, readVisited } from "./visited";

export async function enhance(list: HTMLElement): Promise<void> {
  const stops = readVisited()[list.dataset["progress"] ?? ""] ?? [];
  const cards = [...list.querySelectorAll<HTMLElement>("[data-stop]")];
  const known = cards.filter(({ dataset }) => stops.includes(dataset["stop"] ?? ""));
  if (known.length === 0) return;
  const [words] = await Promise.all([loadWords(document.documentElement.lang).then(loadPartWords), loadStylesheet(style)]);
  const marks = known.map((card) => addMark(card, words));
  list.after(createClearButton(words, marks));
}

function addMark(card: HTMLElement, { say, language }: PartWords): HTMLElement {
  const made = element("span", "mark", { attributes: { lang: language }, text: say("seen") });
  const heading = card.querySelector("h2, h3, h4, h5, h6") ?? card;
  heading.append(" ", made);
  return made;
}

function createClearButton({ say, language }: PartWords, marks: readonly HTMLElement[]): HTMLElement {
  const status = element("p", "label", { attributes: { role: "status", lang: language } });
  const made = button(say("forget"), "", () => {
    clearVisited();
    for (const item of marks) item.remove();
    made.remove();
    status.textContent = say("forgotten");
    status.tabIndex = -1;
    status.focus();
  });
  made.lang = language;
  return element("div", "links ec-forget", {}, made, status);
}
