// Stylesheets as files: the pages' policy admits no style written by a script.

import { element } from "./dom";

const asked = new Map<string, Promise<void>>();

/**
 * Put a stylesheet on the page, once, by its name beside this script. Resolves once it applies, or
 * failed: what it styles works without it.
 */
export function applied(name: string): Promise<void> {
  const href = new URL(name, import.meta.url).href;
  const known = asked.get(href);
  if (known) return known;
  const loading = new Promise<void>((resolve) => {
    const link = element("link", "", {
      attributes: { rel: "stylesheet", href },
      on: { load: () => resolve(), error: () => resolve() },
    });
    document.head.append(link);
  });
  asked.set(href, loading);
  return loading;
}
