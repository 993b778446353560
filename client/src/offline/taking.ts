// What pages can do without a network: take a visit along, tell what is kept, follow the museum.

import clientStyle from "../core/client.css";
import { loadStylesheet } from "../core/dom";
import { showKept } from "./kept_list";
import style from "./offline.css";
import { TakePanel } from "./take_panel";
import { update } from "./visits";
import { loadOfflineWords } from "./words";

export async function enhance(): Promise<void> {
  const takes = [...document.querySelectorAll<HTMLElement>("[data-take]")];
  const kept = document.querySelector<HTMLElement>("[data-kept]");
  if (takes.length > 0 || kept) {
    const [words] = await Promise.all([loadOfflineWords(), loadStylesheet(clientStyle), loadStylesheet(style)]);
    if (kept) await showKept(kept, words);
    const panels = takes.map((holder) => new TakePanel(holder, words));
    await Promise.all(panels.map((panel) => panel.show()));
    showSizesInView(panels);
    if (navigator.serviceWorker.controller) await followMuseum(panels);
    return;
  }
  await followMuseum([]);
}

/** The lists that sizes are told by are fetched for what comes into view. */
function showSizesInView(panels: readonly TakePanel[]): void {
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      void panels.find(({ holder }) => holder === target)?.showSizes();
    }
  });
  for (const { holder } of panels) seen.observe(holder);
}

/** Bring what is kept up to date; where that is much, or the network is away, another page will. */
async function followMuseum(panels: readonly TakePanel[]): Promise<void> {
  if (!navigator.onLine) return;
  const { signal } = new AbortController();
  const { done, asked } = await update({ signal, progress: () => undefined, proving: () => undefined }).catch(() => ({
    done: [],
    asked: [],
  }));
  for (const panel of panels) {
    const found = asked.find(({ visit }) => panel.shows(visit));
    if (found) panel.offerUpdate(found);
    else if (done.some((visit) => panel.shows(visit))) panel.offerReload();
  }
}
