// A follower's page: opens what the guide shows, and lets go at a tap.

import { button, element } from "../core/dom";
import { type Look, type SceneEventDetail, guided } from "../core/page";
import { GroupBar } from "./bar";
import { Connection, type Ending } from "./connection";
import { easeLook } from "./ease";
import { type Membership, keepMembership, readMembership } from "./membership";
import type { ServerMessage, Shown } from "./messages";
import { addressOf, nameOf, stopOfPage } from "./stop_address";
import { type GuideWords, loadGuideWords } from "./words";

const OPENERS = ".ec-show-3d, .ec-show-panorama";
const OPENER_TRIES = 20;
const OPENER_WAIT_MS = 250;
/** Of one turn: enough to come near from the other side. */
const MOST_STEPS = 60;

/** Follow the room that this tab is in, on this page; `onEnd` is called when there is none any more. */
export async function join(onEnd?: () => void): Promise<void> {
  const membership = readMembership();
  if (membership) new Follower(membership, await loadGuideWords(), onEnd);
}

class Follower {
  readonly #words: GuideWords;
  readonly #bar: GroupBar;
  readonly #connection: Connection;
  readonly #rejoin: HTMLButtonElement;
  readonly #alone: HTMLButtonElement;
  readonly #leave: HTMLButtonElement;
  readonly #wish: LookUp;
  readonly #onEnd: (() => void) | undefined;
  #membership: Membership;
  #shown: Shown | null = null;
  #isGuided = true;
  #isLost = false;
  #target: Look | undefined;
  #frame = 0;
  #steps = 0;
  #hasTriedToOpen = false;

  constructor(membership: Membership, words: GuideWords, onEnd?: () => void) {
    this.#onEnd = onEnd;
    this.#membership = membership;
    this.#words = words;
    const { say } = words;
    this.#rejoin = button(say("rejoin"), "strong", () => this.#goBack());
    this.#alone = button(say("alone"), "", () => this.#goAlone());
    this.#leave = button(say("leave"), "", () => this.#goAway());
    this.#wish = new LookUp(words);
    this.#bar = new GroupBar(words);
    this.#bar.say(say("joining"));
    guided.onView = () => this.#onView();
    guided.onMove = () => this.#goAlone();
    // Nobody is taken out of augmented reality, or a headset.
    document.addEventListener("ecomusee:scene", ({ detail }: CustomEventInit<SceneEventDetail>) => {
      if (detail && detail.rung !== "inline" && detail.state !== "closed") this.#goAlone();
    });
    const first = (): { type: "follow"; room: string } => ({ type: "follow", room: membership.room });
    this.#connection = new Connection(
      first,
      {
        onMessage: (message) => this.#take(message),
        onLoss: () => this.#lose(),
        onEnd: (ending) => this.#end(ending),
      },
      membership.opened !== undefined,
    );
  }

  #take(message: ServerMessage): void {
    if (message.type !== "state") return;
    this.#shown = message.shown;
    this.#isGuided = message.guided;
    this.#isLost = false;
    this.#follow();
  }

  #follow(): void {
    const shown = this.#shown;
    if (!this.#membership.alone && shown) {
      const here = stopOfPage();
      if (!here || nameOf(here) !== nameOf(shown)) {
        this.#goTo(shown);
        return;
      }
      if (this.#membership.opened !== nameOf(shown)) this.#keep({ opened: nameOf(shown) });
      this.#show(shown);
    }
    this.#tell();
  }

  // Whoever left the stop that the guide still shows did so on purpose.
  #goTo(shown: Shown): void {
    if (this.#membership.opened === nameOf(shown)) {
      this.#goAlone();
      return;
    }
    this.#keep({ opened: nameOf(shown) });
    location.assign(addressOf(shown));
  }

  #show({ turn, point, look_up }: Shown): void {
    this.#wish.set(look_up);
    guided.view?.mark(point ?? undefined);
    if (!turn) return;
    if (guided.view) this.#turnTo(turn);
    else if (!this.#hasTriedToOpen && !savesData()) this.#openView(OPENER_TRIES);
  }

  /** Press the page's own button, as soon as it is there. */
  #openView(tries: number): void {
    this.#hasTriedToOpen = true;
    const opener = document.querySelector<HTMLElement>(OPENERS);
    if (opener) opener.click();
    else if (tries > 0) setTimeout(() => this.#openView(tries - 1), OPENER_WAIT_MS);
  }

  #onView(): void {
    if (!guided.view) {
      if (this.#shown?.turn) this.#goAlone(); // the visitor closed what the guide shows
      return;
    }
    if (this.#membership.alone) return;
    guided.view.canvas.blur(); // the keyboard was elsewhere when the guide opened it
    guided.view.canvas.scrollIntoView({ block: "nearest" });
    this.#follow();
  }

  #turnTo(turn: Look): void {
    this.#target = turn;
    this.#steps = 0;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) guided.view?.turnTo(turn);
    else this.#frame ||= requestAnimationFrame(() => this.#ease());
  }

  #ease(): void {
    this.#frame = 0;
    const [view, target] = [guided.view, this.#target];
    const now = view?.look();
    if (!view || !target || !now || this.#membership.alone) return;
    const next = easeLook(now, target);
    view.turnTo(next);
    this.#steps += 1; // a view of another shape may stop short of the guide's
    if (next !== target && this.#steps < MOST_STEPS) this.#frame = requestAnimationFrame(() => this.#ease());
  }

  #goAlone(): void {
    if (this.#membership.alone) return;
    this.#keep({ alone: true });
    this.#wish.set(false);
    guided.view?.mark(undefined);
    this.#tell();
  }

  #goBack(): void {
    this.#membership = { room: this.#membership.room };
    this.#keep({});
    this.#hasTriedToOpen = false;
    this.#follow();
  }

  #goAway(): void {
    this.#connection.close();
    keepMembership(undefined);
    this.#stop();
    this.#bar.say(this.#words.say("left"));
    const again = button(this.#words.say("come_back"), "strong", () => {
      keepMembership({ room: this.#membership.room });
      location.reload();
    });
    this.#bar.offer(again);
  }

  #lose(): void {
    this.#isLost = true;
    this.#tell();
  }

  #end(ending: Ending): void {
    keepMembership(undefined);
    this.#stop();
    this.#bar.say(this.#words.say(`end_${ending}`));
    this.#bar.offer();
    this.#onEnd?.();
  }

  #stop(): void {
    guided.onView = guided.onMove = () => undefined;
    this.#wish.set(false);
    guided.view?.mark(undefined);
    cancelAnimationFrame(this.#frame);
  }

  #tell(): void {
    const { alone } = this.#membership;
    this.#bar.say(this.#words.say(this.#news()));
    this.#bar.offer(alone ? this.#rejoin : this.#alone, this.#leave);
  }

  #news(): Parameters<GuideWords["say"]>[0] {
    if (this.#isLost) return "lost";
    if (this.#membership.alone) return "is_alone";
    if (!this.#isGuided) return "guide_away";
    if (!this.#shown) return "waiting";
    if (this.#shown.look_up) return "looks_up";
    if (this.#shown.point) return "points";
    if (this.#shown.turn) return guided.view || !savesData() ? "turns" : "turns_closed";
    return "following";
  }

  #keep(changes: Partial<Membership>): void {
    this.#membership = { ...this.#membership, ...changes };
    keepMembership(this.#membership);
  }
}

/** A polite sentence over the whole screen, which the visitor can put away. */
class LookUp {
  readonly #dialog: HTMLDialogElement;
  #isAsked = false;

  constructor({ say, language }: GuideWords) {
    const title = element("h2", "", { attributes: { id: "ec-look-up" }, text: say("look_up_title") });
    const close = button(say("look_up_close"), "", () => this.#dialog.close());
    const attributes = { "aria-labelledby": title.id, lang: language, dir: "ltr" };
    const text = element("p", "", { text: say("look_up_text") });
    this.#dialog = element("dialog", "ec-look-up", { attributes }, title, text, close);
    document.body.append(this.#dialog);
  }

  /** Ask, or ask no longer; who put it away is not asked again until the next time. */
  set(isAsked: boolean): void {
    if (isAsked === this.#isAsked) return;
    this.#isAsked = isAsked;
    if (isAsked) this.#dialog.showModal();
    else this.#dialog.close();
  }
}

function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
