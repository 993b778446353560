// Questions made to be answered on the page: buttons, fields and touches; hints come one by one.

import { type Say, loadCatalogue } from "../core/catalogue";
import { button, element, loadStylesheet } from "../core/dom";
import { loadWords } from "../core/i18n";
import type { SceneEventDetail } from "../core/page";
import { type SceneTouch, TOUCHED } from "../core/touch";
import type messages from "../i18n/quiz.json";
import style from "./quiz.css";
import { judgeDetail, judgePlace, missBy, plainCode, readNumbers } from "./quiz_answers";
import { type Outcome, forgetQuestions, keepHunt, keepOutcome, readProgress } from "./quiz_progress";

interface Game {
  readonly tour: string;
  readonly language: string;
  readonly say: Say<keyof typeof messages>;
}

export async function enhance(holder: HTMLElement): Promise<void> {
  const [words] = await Promise.all([loadWords(document.documentElement.lang), loadStylesheet(style)]);
  const say = await loadCatalogue<keyof typeof messages>(words, {
    fr: () => import("../i18n/quiz.json?fr"),
    en: () => import("../i18n/quiz.json?en"),
    it: () => import("../i18n/quiz.json?it"),
  });
  const game: Game = { tour: holder.dataset["quiz"] ?? "", language: words.language, say };
  if (holder.dataset["hunt"]) {
    enhanceHunt(holder, holder.dataset["hunt"], game);
    return;
  }
  showFoundLabels(holder, game);
  for (const question of holder.querySelectorAll<HTMLElement>("[data-question]")) new Question(question, game);
  foldOtherHunts(holder, game);
  // What the address points to has moved down, or was folded.
  if (location.hash.startsWith("#question-")) document.querySelector(location.hash)?.scrollIntoView();
}

/** This stop's own label was looked for: opening its page is finding it. */
function showFoundLabels(holder: HTMLElement, { tour }: Game): void {
  for (const note of holder.querySelectorAll<HTMLElement>("[data-found]")) {
    const name = note.dataset["found"] ?? "";
    if (readProgress(tour).questions[name] === "found") continue;
    keepOutcome(tour, name, "found");
    note.hidden = holder.hidden = false;
  }
}

function foldOtherHunts(holder: HTMLElement, { tour }: Game): void {
  const { hunt } = readProgress(tour);
  const hunts = [...holder.querySelectorAll<HTMLDetailsElement>("details.hunt")];
  if (!hunts.some(({ dataset }) => dataset["hunt"] === hunt)) return;
  for (const item of hunts) item.open = item.dataset["hunt"] === hunt;
}

class Question {
  readonly #status: HTMLElement;
  readonly #tries = element("div", "ec-tries");
  readonly #answer: HTMLDetailsElement | null;
  readonly #hints: readonly HTMLDetailsElement[];

  constructor(
    readonly box: HTMLElement,
    readonly game: Game,
  ) {
    this.#status = element("p", "ec-said", { attributes: { role: "status", lang: game.language } });
    this.#answer = box.querySelector<HTMLDetailsElement>(".answer");
    this.#hints = [...box.querySelectorAll<HTMLDetailsElement>(".clue")];
    this.#tries.append(...this.#inputs());
    const twin = box.querySelector(".twin");
    const first = twin ?? this.#hints[0] ?? this.#answer;
    first?.before(this.#tries, this.#status);
    if (twin) this.#status.after(twin);
    this.#giveHintsInTurn();
    this.#answer?.addEventListener("toggle", () => {
      if (this.#answer?.open) this.#end("seen");
    });
    const before = readProgress(game.tour).questions[this.#name];
    if (before) this.#mark(before);
    if (before === "found") this.#close();
  }

  get #name(): string {
    return this.box.dataset["question"] ?? "";
  }

  #fact(name: string): number {
    return Number(this.box.dataset[name]);
  }

  #inputs(): readonly HTMLElement[] {
    const { kind } = this.box.dataset;
    const choices = this.box.querySelector<HTMLElement>(".choices");
    if (choices) this.#offerChoices(choices);
    if (kind === "number") return [this.#numberForm()];
    if (kind === "find") this.#listenToCode();
    if (kind === "place" || kind === "detail") return this.#search(kind);
    return kind === "choices" && choices ? [choices] : [];
  }

  #offerChoices(list: HTMLElement): void {
    const items = [...list.querySelectorAll("li")];
    const right = items.filter((item) => "right" in item.dataset);
    const isOne = right.length === 1;
    list.classList.add("ec-offered");
    list.setAttribute("role", "list");
    const buttons = items.map((item) => {
      const made = button("", "", () => (isOne ? this.#choose(item, made) : toggle(made)));
      made.append(...item.childNodes);
      if (!isOne) made.setAttribute("aria-pressed", "false");
      item.append(made);
      return made;
    });
    if (isOne) return;
    const help = element("p", "label", { attributes: { lang: this.game.language }, text: this.game.say("several") });
    list.before(help);
    const done = button(this.game.say("check"), "strong", () => {
      const wrong = items.filter((item, i) => ("right" in item.dataset) !== isPressed(buttons[i]));
      const hasSome = right.some((item) => isPressed(item.querySelector("button")));
      if (wrong.length === 0) this.#end("found");
      else this.#sayWrong(hasSome ? "some_missing" : undefined);
    });
    done.lang = this.game.language;
    list.append(element("li", "", {}, done));
  }

  #choose(item: HTMLElement, made: HTMLButtonElement): void {
    if ("right" in item.dataset) {
      this.#end("found");
      return;
    }
    if (!made.classList.contains("ec-tried")) {
      made.classList.add("ec-tried");
      made.append(" ", element("span", "mark", { attributes: { lang: this.game.language }, text: this.game.say("tried") }));
    }
    this.#sayWrong();
  }

  #numberForm(): HTMLElement {
    const { say, language } = this.game;
    const unit = this.box.dataset["unit"] ?? "";
    const id = `number-${this.#name}`;
    const input = element("input", "", {
      attributes: { id, inputmode: "decimal", autocomplete: "off", maxlength: "20", dir: "ltr" },
    });
    const label = element("label", "", { attributes: { for: id, lang: language }, text: say("number_label") });
    if (unit) label.append(` (${unit})`);
    const go = element("button", "", { attributes: { lang: language }, text: say("check") });
    const check = (event: Event): void => {
      event.preventDefault();
      const miss = missBy(readNumbers(input.value), { value: this.#fact("value"), tolerance: this.#fact("tolerance") });
      if (miss === 0) this.#end("found");
      else if (Number.isNaN(miss)) this.#say(say("no_number"));
      else this.#say(say(miss < 0 ? "too_small" : "too_large"));
    };
    return element("form", "ec-number-form", { on: { submit: check } }, label, element("div", "field", {}, input, go));
  }

  // Elsewhere the form asks the museum which stop has the code; the label sought is known here.
  #listenToCode(): void {
    const form = this.box.querySelector("form");
    const input = form?.querySelector("input");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      const { code = "", url = "" } = this.box.dataset;
      if (code === "" || plainCode(input?.value ?? "") !== code) {
        this.#say(this.game.say("other_label"));
        return;
      }
      keepOutcome(this.game.tour, this.#name, "found");
      location.assign(url);
    });
  }

  #search(kind: "place" | "detail"): readonly HTMLElement[] {
    // The browser's own <model> tells of no touches: there the list is the way.
    if (kind === "detail" && "HTMLModelElement" in window) return [];
    const figure = document.getElementById("scene");
    const opener = kind === "place" ? ".ec-show-panorama" : ".ec-show-3d";
    const { say, language } = this.game;
    figure?.addEventListener(TOUCHED, (event) => {
      if (this.#isAsking) this.#touched((event as CustomEvent<SceneTouch>).detail);
    });
    figure?.addEventListener("ecomusee:scene", (event) => {
      const { state } = (event as CustomEvent<SceneEventDetail>).detail;
      if (state === "shown" && this.#isAsking) this.#raiseAsked(figure);
    });
    const made = button(say(kind === "place" ? "search_place" : "search_detail"), "strong", () => {
      for (const other of document.querySelectorAll(".ec-asking")) other.classList.remove("ec-asking");
      this.box.classList.add("ec-asking");
      this.#askOverScene(figure);
      this.#say(say("touch_it"));
      figure?.querySelector<HTMLElement>(opener)?.click();
      if (figure) this.#raiseAsked(figure);
    });
    made.lang = language;
    // Without a button to open the scene there is nothing to touch: the list is the way.
    if (figure?.querySelector(opener)) return [made];
    const actions = figure?.querySelector("#scene-actions");
    made.hidden = true;
    const wait = new MutationObserver(() => (made.hidden = !figure?.querySelector(opener)));
    if (actions) wait.observe(actions, { childList: true });
    return [made];
  }

  get #isAsking(): boolean {
    return this.box.classList.contains("ec-asking");
  }

  /** A view that opens comes first of the figure: the question goes above it again. */
  #raiseAsked(figure: HTMLElement): void {
    const asked = figure.querySelector(".ec-asked");
    if (asked) figure.prepend(asked);
    figure.scrollIntoView({ block: "start" });
  }

  /** The question and what is said of each touch stand over the scene while it is searched. */
  #askOverScene(figure: HTMLElement | null): void {
    document.querySelector(".ec-asked")?.remove();
    const heading = this.box.querySelector("h3");
    const said = element("p", "ec-answered", { attributes: { "aria-hidden": "true", lang: this.game.language } });
    const words = element("p", "");
    if (heading) words.append(...[...heading.childNodes].map((node) => node.cloneNode(true)));
    figure?.prepend(element("div", "ec-asked", {}, words, said));
  }

  #touched(touch: SceneTouch): void {
    const { dataset } = this.box;
    const target = { azimuth_deg: this.#fact("azimuth"), elevation_deg: this.#fact("elevation") };
    const judged =
      dataset["kind"] === "place"
        ? judgePlace(touch, target, this.#fact("tolerance"))
        : judgeDetail(touch, (dataset["position"] ?? "").split(" ").map(Number), this.#fact("radius"));
    if (judged === "right") this.#end("found");
    else this.#sayWrong(judged === "near" ? "near" : undefined);
  }

  #giveHintsInTurn(): void {
    this.#hints.forEach((hint, i) => {
      const next = this.#hints[i + 1];
      if (next) next.hidden = true;
      hint.addEventListener("toggle", () => {
        if (hint.open && next) next.hidden = false;
      });
    });
  }

  #sayWrong(key?: "near" | "some_missing"): void {
    this.#say(this.game.say(key ?? (this.#hints.length > 0 ? "wrong" : "wrong_bare")));
  }

  #say(sentence: string): void {
    // The same words twice are read out twice.
    this.#status.textContent = "";
    this.#status.textContent = sentence;
    const over = document.querySelector(".ec-answered");
    if (over && this.#isAsking) over.textContent = sentence;
  }

  #end(outcome: Outcome): void {
    const { tour, say } = this.game;
    if (readProgress(tour).questions[this.#name] === "found" || this.#status.dataset["ended"] === "found") return;
    this.#status.dataset["ended"] = outcome;
    keepOutcome(tour, this.#name, outcome);
    const hunt = this.box.closest<HTMLElement>("[data-hunt]")?.dataset["hunt"];
    if (hunt) keepHunt(tour, hunt);
    this.#mark(outcome);
    if (outcome !== "found") return;
    this.#say(say("right"));
    this.#close();
    const summary = this.#answer?.querySelector("summary");
    summary?.focus();
    if (this.#isAsking) this.box.scrollIntoView({ block: "nearest" });
    this.box.classList.remove("ec-asking");
    document.querySelector(".ec-asked")?.remove();
  }

  /** What was found needs no more tries: its answer lies open. */
  #close(): void {
    this.#tries.hidden = true;
    for (const item of this.box.querySelectorAll<HTMLElement>(".clue, .twin, form.find")) item.hidden = true;
    if (this.#answer) this.#answer.open = true;
  }

  #mark(outcome: Outcome): void {
    this.box.querySelector(":scope > h3 > .mark")?.remove();
    this.box.querySelector("h3")?.append(" ", createMark(outcome, this.game));
  }
}

function createMark(outcome: Outcome, { say, language }: Game): HTMLElement {
  return element("span", `mark ec-${outcome}`, { attributes: { lang: language }, text: say(outcome) });
}

function toggle(made: HTMLButtonElement): void {
  made.setAttribute("aria-pressed", String(!isPressed(made)));
}

function isPressed(made: Element | null | undefined): boolean {
  return made?.getAttribute("aria-pressed") === "true";
}

/** The page of a hunt: what is found, what is left, and the certificate at the end. */
function enhanceHunt(page: HTMLElement, hunt: string, game: Game): void {
  const { tour, say, language } = game;
  keepHunt(tour, hunt);
  const steps = [...page.querySelectorAll<HTMLElement>("[data-step]")];
  const certificate = page.querySelector<HTMLElement>(".certificate");
  const help = page.querySelector<HTMLElement>("#certificate-help");
  if (!certificate) return;
  const { questions } = readProgress(tour);
  const done = steps.filter(({ dataset }) => questions[dataset["step"] ?? ""]);
  for (const step of steps) {
    const outcome = questions[step.dataset["step"] ?? ""];
    if (outcome) step.querySelector("a")?.append(" ", createMark(outcome, game));
  }
  const left = steps.length - done.length;
  const sentence = left > 0 ? say("left", { count: left }) : say("finished");
  const status = element("p", "ec-said", { attributes: { role: "status", lang: language } });
  const actions = element("div", "links", { attributes: { lang: language } });
  certificate.before(status, actions);
  if (done.length > 0) goOn(page, steps.find((step) => !done.includes(step)), game);
  const show = (): void => {
    certificate.hidden = false;
    if (help) help.hidden = false;
    actions.replaceChildren(button(say("print"), "strong", () => print()));
    if (done.length > 0) actions.append(restart);
  };
  const restart = button(say("restart"), "", () => {
    forgetQuestions(tour, steps.map(({ dataset }) => dataset["step"] ?? ""));
    for (const mark of page.querySelectorAll(".steps .mark")) mark.remove();
    actions.replaceChildren();
    status.textContent = say("restarted");
    status.tabIndex = -1;
    status.focus();
  });
  status.textContent = `${say("progress", { done: done.length, total: steps.length })} · ${sentence}`;
  if (left === 0) show();
  else {
    certificate.hidden = true;
    if (help) help.hidden = true;
    actions.append(button(say("anyway"), "", show));
    if (done.length > 0) actions.append(restart);
  }
}

/** The button at the top leads to what is left. */
function goOn(page: HTMLElement, next: HTMLElement | undefined, { say, language }: Game): void {
  const begin = page.querySelector<HTMLAnchorElement>("#hunt-actions a");
  const link = next?.querySelector("a");
  if (!begin) return;
  begin.href = link?.href ?? "#certificate";
  begin.textContent = link ? say("go_on") : say("print");
  begin.lang = language;
  if (!link) begin.parentElement?.remove();
}
