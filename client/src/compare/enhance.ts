// Two pictures of one view, laid over each other: a slider uncovers one or the other.

import { button, element } from "../dom";
import { wordsFor } from "../i18n";
import { type PlainWords, plainWords } from "../plain_words";
import { applied } from "../style";
import style from "./compare.css";

const THEN = 100;
const NOW = 0;
const HALF = 50;

export async function enhance(figure: HTMLElement): Promise<void> {
  const holder = figure.querySelector<HTMLElement>("[data-compare]");
  const then = titleOf(holder, "then");
  const now = titleOf(holder, "now");
  if (!holder || !then || !now) return;
  const [words] = await Promise.all([wordsFor(document.documentElement.lang).then(plainWords), applied(style)]);
  const slider = sliderOf(words, then.textContent.trim(), (percent) => {
    holder.style.setProperty("--ec-then", `${percent}%`);
    then.classList.toggle("ec-covered", percent === NOW);
    now.classList.toggle("ec-covered", percent === THEN);
  });
  holder.classList.add("ec-comparing");
  holder.append(slider.input);
  const actions = figure.querySelector("#scene-actions") ?? figure;
  for (const [title, percent] of [[then, THEN], [now, NOW]] as const) {
    actions.append(whole(words, title, () => slider.move(percent)));
  }
  slider.move(HALF);
}

function titleOf(holder: HTMLElement | null, side: "then" | "now"): HTMLElement | null {
  return holder?.querySelector<HTMLElement>(`[data-side="${side}"] > .compared-title`) ?? null;
}

/** A button that shows one picture whole: what the slider's end does. */
function whole({ say, language }: PlainWords, title: HTMLElement, show: () => void): HTMLElement {
  const made = button(say("compare_only", { title: title.textContent.trim() }), "", show);
  made.lang = language;
  return made;
}

interface Slider {
  readonly input: HTMLInputElement;
  move(percent: number): void;
}

function sliderOf({ say, language }: PlainWords, then: string, show: (percent: number) => void): Slider {
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
