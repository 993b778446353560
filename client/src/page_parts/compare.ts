// A before/after slider over two pictures of one view.

import { button, element, loadStylesheet } from "../core/dom";
import { loadWords } from "../core/i18n";
import style from "./compare.css";
import { type PartWords, loadPartWords } from "./messages";

const THEN = 100;
const NOW = 0;
const HALF = 50;

export async function enhance(figure: HTMLElement): Promise<void> {
  const holder = figure.querySelector<HTMLElement>("[data-compare]");
  const then = findTitle(holder, "then");
  const now = findTitle(holder, "now");
  if (!holder || !then || !now) return;
  const [words] = await Promise.all([loadWords(document.documentElement.lang).then(loadPartWords), loadStylesheet(style)]);
  const choices = createChoices(words, (percent) => slider.move(percent));
  const slider = createSlider(words, then.textContent.trim(), (percent) => {
    holder.style.setProperty("--ec-then", `${percent}%`);
    then.classList.toggle("ec-covered", percent === NOW);
    now.classList.toggle("ec-covered", percent === THEN);
    choices.mark(percent);
  });
  holder.classList.add("ec-comparing");
  holder.append(slider.input);
  (figure.querySelector("#scene-actions") ?? figure).append(choices.group);
  slider.move(HALF);
}

function findTitle(holder: HTMLElement | null, side: "then" | "now"): HTMLElement | null {
  return holder?.querySelector<HTMLElement>(`[data-side="${side}"] > .compared-title`) ?? null;
}

interface Choices {
  readonly group: HTMLElement;
  /** Press the button that shows what the slider shows. */
  mark(percent: number): void;
}

/** Buttons for those who don't drag: what was, both, what is. The pictures bear their titles. */
function createChoices({ say, language }: PartWords, move: (percent: number) => void): Choices {
  const choices = [
    { text: say("compare_then"), percent: THEN },
    { text: say("compare_both"), percent: HALF },
    { text: say("compare_now"), percent: NOW },
  ].map(({ text, percent }) => ({ percent, made: button(text, "", () => move(percent)) }));
  const group = element(
    "div",
    "ec-sides",
    { attributes: { role: "group", "aria-label": say("compare_sides"), lang: language } },
    ...choices.map(({ made }) => made),
  );
  const mark = (percent: number): void => {
    const shown = percent === THEN || percent === NOW ? percent : HALF;
    for (const choice of choices) {
      choice.made.setAttribute("aria-pressed", String(choice.percent === shown));
    }
  };
  return { group, mark };
}

interface Slider {
  readonly input: HTMLInputElement;
  move(percent: number): void;
}

function createSlider({ say, language }: PartWords, then: string, show: (percent: number) => void): Slider {
  const shown = (): void => {
    show(input.valueAsNumber);
    const text = say("compare_at", { percent: input.value, then });
    input.setAttribute("aria-valuetext", text);
  };
  const input = element("input", "ec-slider", {
    attributes: {
      type: "range",
      min: String(NOW),
      max: String(THEN),
      // The picture of then lies on the left in every language, as on the screen.
      dir: "ltr",
      lang: language,
      "aria-label": say("compare_slider"),
    },
    on: { input: shown },
  });
  const move = (percent: number): void => {
    input.valueAsNumber = percent;
    shown();
  };
  return { input, move };
}
