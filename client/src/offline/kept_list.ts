// The list of what this phone keeps, on the check page and on the page for what is not kept.

import { button, element } from "../core/dom";
import { type KeptVisit, keyOf, readKept } from "./record";
import { free, room } from "./visits";
import type { OfflineWords } from "./words";

export async function showKept(holder: HTMLElement, words: OfflineWords): Promise<void> {
  const { say, bytes } = words;
  const { visits, taking } = await readKept();
  const found = [...Object.values(visits), ...Object.values(taking)];
  const status = element("p", "", { attributes: { role: "status" } });
  const asked = new URLSearchParams(location.search).get("for");
  const notKept = asked ? [element("p", "safety", { text: say("not_kept", { address: asked }) })] : [];
  const items = found.map((visit) => keptItem(visit, words, () => void freeAndShow(visit)));
  const used = await room();
  holder.lang = words.language;
  holder.replaceChildren(
    ...notKept,
    status,
    items.length > 0 ? element("ul", "ec-kept", {}, ...items) : element("p", "", { text: say("kept_none") }),
    ...(used ? [element("p", "label", { text: say("kept_room", { used: bytes(used.used), free: bytes(used.free) }) })] : []),
  );

  async function freeAndShow(visit: KeptVisit): Promise<void> {
    await free(keyOf(visit));
    await showKept(holder, words);
    const told = holder.querySelector<HTMLElement>("[role=status]");
    if (!told) return;
    told.textContent = say("freed");
    told.tabIndex = -1;
    told.focus();
  }
}

function keptItem(visit: KeptVisit, { say, bytes, day }: OfflineWords, onFree: () => void): HTMLElement {
  const size = bytes(visit.bytes);
  const state = visit.proved ? say(visit.size === "whole" ? "kept_whole" : "kept_light") : say("kept_part");
  const link = element("a", "", { attributes: { href: visit.url, lang: visit.language }, text: visit.title });
  return element(
    "li",
    "",
    {},
    element("h3", "", {}, link),
    element("p", "label", { text: say("kept_line", { size, state, day: day(visit.taken_ms) }) }),
    element("div", "links", {}, button(say("free", { size }), "button", onFree)),
  );
}
