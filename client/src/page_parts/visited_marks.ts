// The stops already seen, marked on the tour's page, with a way to forget them.

import { applied, button, element } from "../core/dom";
import { wordsFor } from "../core/i18n";
import { type PlainWords, plainWords } from "./messages";
import style from "./progress.css";
import { forget, seen } from "./visited";

export async function enhance(list: HTMLElement): Promise<void> {
  const stops = seen()[list.dataset["progress"] ?? ""] ?? [];
  const cards = [...list.querySelectorAll<HTMLElement>("[data-stop]")];
  const known = cards.filter(({ dataset }) => stops.includes(dataset["stop"] ?? ""));
  if (known.length === 0) return;
  const [words] = await Promise.all([wordsFor(document.documentElement.lang).then(plainWords), applied(style)]);
  const marks = known.map((card) => mark(card, words));
  list.after(forgetting(words, marks));
}

function mark(card: HTMLElement, { say, language }: PlainWords): HTMLElement {
  const made = element("span", "mark", { attributes: { lang: language }, text: say("seen") });
  const heading = card.querySelector("h2, h3, h4, h5, h6") ?? card;
  heading.append(" ", made);
  return made;
}

function forgetting({ say, language }: PlainWords, marks: readonly HTMLElement[]): HTMLElement {
  const status = element("p", "label", { attributes: { role: "status", lang: language } });
  const made = button(say("forget"), "", () => {
    forget();
    for (const item of marks) item.remove();
    made.remove();
    status.textContent = say("forgotten");
    status.tabIndex = -1;
    status.focus();
  });
  made.lang = language;
  return element("div", "links ec-forget", {}, made, status);
}
