// The panel of one visit: take it along, pause, go on, bring up to date, give its room back.

import { isAbortError } from "../core/errors";
import { button, element } from "../core/dom";
import { type KeptVisit, NOTHING, type VisitSize, keyOf, readKept } from "./record";
import { type TakingError, toTakingError } from "./taking_error";
import { type Update, free, giveUp, readListed, room, take, weigh } from "./visits";
import type { OfflineWords } from "./words";

export class TakePanel {
  readonly holder: HTMLElement;
  readonly #words: OfflineWords;
  readonly #tour: string;
  readonly #language: string;
  readonly #status = element("p", "", { attributes: { role: "status" } });
  readonly #rest = element("div", "ec-take");
  #sizes: Readonly<Record<VisitSize, number>> | undefined;

  constructor(holder: HTMLElement, words: OfflineWords) {
    this.holder = holder;
    this.#words = words;
    this.#tour = holder.dataset["take"] ?? "";
    this.#language = holder.dataset["language"] ?? words.language;
    holder.lang = words.language;
    holder.replaceChildren(this.#status, this.#rest);
    holder.hidden = false;
  }

  shows(visit: KeptVisit): boolean {
    return keyOf(visit) === this.#key;
  }

  get #key(): string {
    return keyOf({ tour: this.#tour, language: this.#language });
  }

  /** Show what the phone holds of this visit. */
  async show(): Promise<void> {
    const { say } = this.#words;
    const { visits, taking } = await readKept().catch(() => NOTHING); // refused: told when it is asked for
    const [kept, begun] = [visits[this.#key], taking[this.#key]];
    if (begun) this.#offerToGoOn(say("interrupted"), begun.size);
    else if (kept) this.#showKept(kept);
    else this.#offer();
  }

  /** Tell what taking it would weigh, where it is not here yet. */
  async showSizes(): Promise<void> {
    if (!navigator.onLine || !this.#rest.querySelector("[data-size]")) return;
    try {
      const listed = await readListed(this.#tour, this.#language);
      if (!listed) {
        this.holder.hidden = true;
        return;
      }
      const [light, whole] = await Promise.all([weigh(listed, "light"), weigh(listed, "whole")]);
      this.#sizes = { light, whole };
      for (const made of this.#rest.querySelectorAll<HTMLButtonElement>("[data-size]")) {
        made.textContent = this.#takeText(made.dataset["size"] as VisitSize);
      }
    } catch {
      // No network: the button tells so when it is pressed.
    }
  }

  /** A museum's change that is too heavy to be fetched unasked. */
  offerUpdate({ visit, bytes }: Update): void {
    const { say } = this.#words;
    this.#tell(say("changed", { size: this.#words.bytes(bytes) }));
    this.#rest.replaceChildren(
      row(
        button(say("update", { size: this.#words.bytes(bytes) }), "button", () => void this.#take(visit.size)),
        this.#freeButton(visit),
      ),
    );
  }

  /** This page is of before an update that has just been made. */
  offerReload(): void {
    const { say } = this.#words;
    this.#tell(say("updated"));
    this.#rest.prepend(row(button(say("reload"), "button", () => location.reload())));
  }

  #offer(status = ""): void {
    this.#tell(status);
    const help = element("p", "label", { text: this.#words.say("help") });
    this.#rest.replaceChildren(row(this.#takeButton("whole"), this.#takeButton("light")), help);
  }

  #takeButton(size: VisitSize): HTMLButtonElement {
    const made = button(this.#takeText(size), "button", () => void this.#take(size));
    made.dataset["size"] = size;
    return made;
  }

  #takeText(size: VisitSize): string {
    const told = this.#sizes && ` · ${this.#words.bytes(this.#sizes[size])}`;
    return this.#words.say(size === "whole" ? "take" : "take_light") + (told ?? "");
  }

  #freeButton(visit: KeptVisit): HTMLButtonElement {
    const { say, bytes } = this.#words;
    return button(say("free", { size: bytes(visit.bytes) }), "button", () => {
      void free(keyOf(visit)).then(() => {
        this.#offer(say("freed"));
        this.#focus();
        return this.showSizes();
      });
    });
  }

  #showKept(visit: KeptVisit): void {
    const { say } = this.#words;
    this.#tell(say(visit.size === "whole" ? "ready" : "ready_light"));
    const complete = visit.size === "light" && this.#takeButton("whole");
    const buttons = [...(complete ? [complete] : []), this.#freeButton(visit)];
    this.#rest.replaceChildren(row(...buttons), element("p", "label", { text: say("may_forget") }));
  }

  #offerToGoOn(status: string, size: VisitSize): void {
    const { say } = this.#words;
    this.#tell(status);
    const goOn = button(say("resume"), "button strong", () => void this.#take(size));
    const stop = button(say("give_up"), "button", () => {
      void giveUp(this.#key).then(async () => {
        await this.show();
        this.#focus();
        await this.showSizes();
      });
    });
    this.#rest.replaceChildren(row(goOn, stop));
  }

  async #take(size: VisitSize): Promise<void> {
    const { say, bytes } = this.#words;
    const transfer = new AbortController();
    const bar = element("progress", "", { attributes: { max: "1", value: "0", "aria-label": say("take") } });
    const count = element("p", "label");
    this.#tell(say("loading"));
    this.#rest.replaceChildren(bar, count, row(button(say("pause"), "button", () => transfer.abort())));
    this.#focus();
    try {
      await take(this.#tour, this.#language, size, {
        signal: transfer.signal,
        progress: (came, whole) => {
          bar.value = came / whole;
          count.textContent = say("count", { came: bytes(came), whole: bytes(whole) });
        },
        proving: () => this.#tell(say("proving")),
      });
      await this.show();
    } catch (error) {
      if (isAbortError(error) || transfer.signal.aborted) this.#offerToGoOn(say("paused"), size);
      else await this.#explain(toTakingError(error), size);
    }
    this.#focus();
  }

  /** Say why it failed, with what can be done: what came is kept unless there is no room for it. */
  async #explain({ kind, cause }: TakingError, size: VisitSize): Promise<void> {
    const { say, bytes } = this.#words;
    if (kind === "network") {
      this.#offerToGoOn(say("network"), size);
      addEventListener("online", () => void this.#take(size), { once: true });
    } else if (kind === "full") {
      const free_bytes = (await room())?.free ?? 0;
      const { needed = this.#sizes?.[size] ?? 0 } = (cause ?? {}) as { needed?: number };
      this.#offer(say("full", { needed: bytes(needed), free: bytes(free_bytes) }));
      if (size === "whole") this.#rest.querySelector("[data-size=whole]")?.remove();
    } else {
      this.#offer(say(kind));
    }
  }

  #tell(text: string): void {
    this.#status.textContent = text;
  }

  /** The button that was pressed is gone. */
  #focus(): void {
    this.#status.tabIndex = -1;
    this.#status.focus({ preventScroll: true });
  }
}

function row(...buttons: readonly HTMLButtonElement[]): HTMLElement {
  return element("div", "links", {}, ...buttons);
}
