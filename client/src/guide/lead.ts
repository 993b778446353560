// A guide's pages: tells the room what is open, how it is turned and what is pointed at.

import { button, element } from "../core/dom";
import { guided } from "../core/page";
import { GroupBar } from "./bar";
import { Connection, type Ending } from "./connection";
import { type Membership, keepMembership, readMembership } from "./membership";
import type { ServerMessage, Shown } from "./messages";
import { stopOfPage } from "./stop_address";
import { type GuideWords, followersSentence, loadGuideWords } from "./words";

/** Ten turns a second: the eye sees no more once they are eased. */
const PACE_MS = 100;
/** A finger that moved less than this pointed; else it turned the view. */
const STILL_PX = 8;

/** Guide the room that this tab holds the key of, from this page. */
export async function join(): Promise<void> {
  const membership = readMembership();
  if (membership?.key) new Leader(membership, membership.key, await loadGuideWords());
}

class Leader {
  readonly #words: GuideWords;
  readonly #bar: GroupBar;
  readonly #connection: Connection;
  readonly #lookUp: HTMLButtonElement;
  readonly #point: HTMLButtonElement;
  readonly #room: HTMLAnchorElement;
  #listening = new AbortController();
  #followers = 0;
  #shown: Shown | undefined;
  #timer = 0;
  #sentAt = 0;

  constructor({ room }: Membership, key: string, words: GuideWords) {
    this.#words = words;
    const { say } = words;
    this.#lookUp = toggle(say("ask_look_up"), (isOn) => this.#change({ look_up: isOn }));
    this.#point = toggle(say("point"), (isOn) => this.#setPointing(isOn));
    this.#room = element("a", "button", {
      attributes: { href: `/${document.documentElement.lang}/guide/` },
      text: say("room", { room }),
    });
    this.#bar = new GroupBar(words);
    this.#bar.say(say("joining"));
    const here = stopOfPage();
    if (here) this.#shown = { ...here, turn: guided.view?.look() ?? null, point: null, look_up: false };
    guided.onView = () => this.#onView();
    guided.onMove = () => this.#change({ turn: guided.view?.look() ?? null });
    this.#connection = new Connection(
      () => ({ type: "guide", room, key }),
      {
        onMessage: (message) => this.#take(message),
        onLoss: () => this.#bar.say(say("guide_lost")),
        onEnd: (ending) => this.#end(ending),
      },
      true,
    );
    this.#offer();
  }

  #take(message: ServerMessage): void {
    if (message.type === "opened") this.#send();
    if (message.type !== "guiding") return;
    this.#followers = message.followers;
    this.#tell();
  }

  #onView(): void {
    this.#listening.abort();
    this.#listening = new AbortController();
    const { view } = guided;
    if (view) listenToTaps(view.canvas, (x, y) => this.#pointAt(x, y), this.#listening.signal);
    this.#point.setAttribute("aria-pressed", "false");
    this.#change({ turn: view?.look() ?? null, point: null });
    this.#offer();
  }

  #pointAt(x: number, y: number): void {
    if (this.#point.getAttribute("aria-pressed") !== "true") return;
    const place = guided.view?.pick(x, y);
    guided.view?.mark(place);
    this.#change({ point: place ?? null });
  }

  #setPointing(isOn: boolean): void {
    if (isOn) {
      guided.view?.canvas.scrollIntoView({ block: "center" });
      guided.view?.canvas.focus({ preventScroll: true });
    } else guided.view?.mark(undefined);
    this.#change({ point: null });
  }

  #change(changes: Partial<Shown>): void {
    if (!this.#shown) return;
    this.#shown = { ...this.#shown, ...changes };
    this.#tell();
    // At once, or when the pace allows: the newest of what came meanwhile.
    const wait_ms = Math.max(0, this.#sentAt + PACE_MS - performance.now());
    this.#timer ||= setTimeout(() => this.#send(), wait_ms);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#sentAt = performance.now();
    if (this.#shown) this.#connection.send({ type: "show", shown: this.#shown });
  }

  #offer(): void {
    const point = guided.view ? [this.#point] : [];
    this.#bar.offer(...(this.#shown ? [this.#lookUp, this.#room, ...point] : [this.#room]));
  }

  #tell(): void {
    const { say } = this.#words;
    const isPointing = this.#point.getAttribute("aria-pressed") === "true";
    if (this.#shown?.look_up) this.#bar.say(say("asked_look_up"));
    else if (isPointing && guided.view) this.#bar.say(say(this.#shown?.point ? "pointed" : "pointing"));
    else this.#bar.say(followersSentence(say, this.#followers));
  }

  #end(ending: Ending): void {
    guided.onView = guided.onMove = () => undefined;
    this.#listening.abort();
    guided.view?.mark(undefined);
    keepMembership(undefined);
    this.#bar.say(this.#words.say(ending === "wrongKey" ? "end_replaced" : `end_${ending}`));
    this.#bar.offer();
  }
}

function toggle(text: string, onChange: (isOn: boolean) => void): HTMLButtonElement {
  const made = button(text, "ec-toggle", () => {
    const isOn = made.getAttribute("aria-pressed") !== "true";
    made.setAttribute("aria-pressed", String(isOn));
    onChange(isOn);
  });
  made.setAttribute("aria-pressed", "false");
  return made;
}

/** Taps and the Enter key, which points at the middle; x and y run from -1 to 1, upwards. */
function listenToTaps(canvas: HTMLCanvasElement, onTap: (x: number, y: number) => void, signal: AbortSignal): void {
  let down: PointerEvent | undefined;
  canvas.addEventListener("pointerdown", (event) => (down = event), { signal });
  canvas.addEventListener(
    "pointerup",
    (event) => {
      if (!down || Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > STILL_PX) return;
      const box = canvas.getBoundingClientRect();
      onTap(((event.clientX - box.left) / box.width) * 2 - 1, 1 - ((event.clientY - box.top) / box.height) * 2);
    },
    { signal },
  );
  canvas.addEventListener("keydown", ({ key }) => key === "Enter" && onTap(0, 0), { signal });
}
