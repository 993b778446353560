// Stops as guide mode names them, and their pages.

import type { Shown } from "./messages";

/** The stop that this page is of, or undefined on another page. */
export function stopOfPage(): Pick<Shown, "tour" | "stop" | "languages"> | undefined {
  const { stop } = document.body.dataset;
  const tour = location.pathname.split("/")[2];
  if (!stop || !tour) return undefined;
  const { lang } = document.documentElement;
  const others = [...document.querySelectorAll<HTMLLinkElement>('link[rel="alternate"][hreflang]')]
    .map(({ hreflang }) => hreflang)
    .filter((tag) => tag !== lang && tag !== "x-default");
  return { tour, stop, languages: [lang, ...others] };
}

export function nameOf({ tour, stop }: Pick<Shown, "tour" | "stop">): string {
  return `${tour}/${stop}`;
}

/** A stop's page in the language that this visit is in, or else in the first it has. */
export function addressOf({ tour, stop, languages }: Pick<Shown, "tour" | "stop" | "languages">): string {
  const own = document.documentElement.lang;
  return `/${languages.includes(own) ? own : (languages[0] ?? own)}/${tour}/${stop}/`;
}
