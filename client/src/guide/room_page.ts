// The page where a guide opens a room, with its signs and its QR code, and where others join it.

import { button, element } from "../core/dom";
import { GroupBar } from "./bar";
import { Connection, type Ending } from "./connection";
import { type Membership, keepMembership, readMembership } from "./membership";
import { type FirstMessage, type ServerMessage, type Shown, roomOf } from "./messages";
import { qrPicture } from "./qr_code";
import { addressOf } from "./stop_address";
import { type GuideWords, followersSentence, loadGuideWords } from "./words";

const KEY_BYTES = 16;

export async function enhance(holder: HTMLElement): Promise<void> {
  const words = await loadGuideWords();
  const page = new RoomPage(holder, words);
  // A key in the address would stay in the history.
  const [room = "", key] = location.hash.slice(1).split(".");
  if (room) history.replaceState(null, "", location.pathname);
  await page.begin(roomOf(room), key);
}

class RoomPage {
  readonly #holder: HTMLElement;
  readonly #words: GuideWords;
  readonly #status = element("p", "", { attributes: { role: "status" } });

  constructor(holder: HTMLElement, words: GuideWords) {
    this.#holder = holder;
    this.#words = words;
    holder.lang = words.language;
  }

  /** Go on where this tab is; else do what the address asks for; else offer both. */
  async begin(room: string | undefined, key: string | undefined): Promise<void> {
    const membership = readMembership();
    if (room && key) this.#offerTakeover(room, key);
    else if (room && !(membership?.key && membership.room === room)) await this.#join(room);
    else if (membership?.key) this.#guide(membership, () => ({ type: "guide", room: membership.room, key: membership.key ?? "" }));
    else if (membership) await this.#join(membership.room, membership);
    else await this.#offerBoth();
  }

  async #offerBoth(): Promise<void> {
    const { say } = this.#words;
    const state = await askServer();
    if (state !== "on") {
      this.#show(element("p", "safety", { text: say(state) }));
      return;
    }
    const field = element("input", "", {
      attributes: { id: "room", required: "", maxlength: "16", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", dir: "ltr" },
    });
    const label = element("label", "", { attributes: { for: field.id }, text: say("room_label") });
    const send = element("button", "", { text: say("join") });
    const form = element("form", "typing", { on: { submit: (event) => this.#submit(event, field) } }, label, element("div", "field", {}, field, send));
    const open = button(say("open"), "", () => this.#open());
    this.#show(
      panel(say("join_title"), element("p", "", { text: say("join_text") }), form),
      panel(say("open_title"), element("p", "", { text: say("open_text") }), element("p", "links", {}, open)),
    );
  }

  #submit(event: SubmitEvent, field: HTMLInputElement): void {
    event.preventDefault();
    const room = roomOf(field.value);
    if (room) void this.#join(room);
    else this.#status.textContent = this.#words.say("end_noRoom");
  }

  async #join(room: string, membership: Membership = { room }): Promise<void> {
    keepMembership(membership);
    this.#show(panel(this.#words.say("join_title"), roomSigns(room), element("p", "", { text: this.#words.say("joined") })));
    await (await import("./follow")).join(() => void this.#offerBoth());
  }

  #open(): void {
    this.#guide(undefined, () => ({ type: "open" }));
  }

  #offerTakeover(room: string, key: string): void {
    const { say } = this.#words;
    const next = makeKey();
    const take = button(say("take"), "strong", () => this.#guide(undefined, () => ({ type: "take", room, key, next })));
    this.#show(panel(say("take_title"), roomSigns(room), element("p", "", { text: say("take_text") }), element("p", "links", {}, take)));
  }

  /** Hold the guide's place: from the first answer on, with the key that it gives. */
  #guide(membership: Membership | undefined, first: () => FirstMessage): void {
    const bar = new GroupBar(this.#words);
    const { say } = this.#words;
    let held = membership;
    bar.say(say("joining"));
    const onMessage = (message: ServerMessage): void => {
      if (message.type === "opened") {
        held = { room: message.room, key: message.key };
        keepMembership(held);
        this.#showRoom(held, connection);
      } else if (message.type === "guiding") {
        bar.say(followersSentence(say, message.followers));
        if (message.shown) bar.offer(goOn(say("go_on"), message.shown));
      }
    };
    const again = (): FirstMessage => (held?.key ? { type: "guide", room: held.room, key: held.key } : first());
    const onEnd = (ending: Ending): void => {
      keepMembership(undefined);
      bar.offer();
      bar.say(say(ending === "wrongKey" ? "end_replaced" : `end_${ending}`));
      this.#show();
      void this.#offerBoth();
    };
    const connection = new Connection(again, { onMessage, onLoss: () => bar.say(say("guide_lost")), onEnd }, membership !== undefined);
  }

  #showRoom({ room, key = "" }: Membership, connection: Connection): void {
    const { say } = this.#words;
    if (this.#holder.querySelector(".ec-room")?.textContent === room) return; // the same, after a loss
    const address = `${location.origin}/${room}`;
    const end = button(say("end"), "", () => connection.send({ type: "close" }));
    const other = element("details", "", {}, element("summary", "", { text: say("other_phone") }), element("p", "", { text: say("other_phone_text") }));
    other.addEventListener(
      "toggle",
      () => other.append(qrPicture(`${location.origin}${location.pathname}#${room}.${key}`, say("other_phone"))),
      { once: true },
    );
    this.#show(
      panel(
        say("room_title"),
        element("p", "", { text: say("room_text", { address: address.replace(/^https?:\/\//, "") }) }),
        roomSigns(room),
        qrPicture(address, say("qr_name", { room })),
        element("p", "", { text: say("room_next") }),
      ),
      other,
      element("p", "links", {}, end),
    );
  }

  #show(...parts: readonly Node[]): void {
    const hasRoom = parts.some((part) => part instanceof HTMLElement && part.querySelector(".ec-room"));
    this.#holder.parentElement?.classList.toggle("ec-in-room", hasRoom);
    this.#holder.replaceChildren(...parts, this.#status);
  }
}

type ServerState = "on" | "off" | "unreachable";

/** Whether this server has guide mode. One that only hands out files has not. */
async function askServer(): Promise<ServerState> {
  try {
    const response = await fetch("/-/guide", { cache: "no-store" });
    const answer: unknown = response.ok ? await response.json() : {};
    return (answer as { guide?: unknown }).guide === true ? "on" : "off";
  } catch {
    return "unreachable";
  }
}

function panel(title: string, ...parts: readonly Node[]): HTMLElement {
  return element("section", "ec-room-panel", {}, element("h2", "", { text: title }), ...parts);
}

function roomSigns(room: string): HTMLElement {
  return element("p", "ec-room", { attributes: { dir: "ltr" }, text: room });
}

function goOn(text: string, shown: Shown): HTMLElement {
  return element("a", "button", { attributes: { href: addressOf(shown) }, text });
}

/** 128 bits as the server writes them: base64 for addresses. */
function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}
