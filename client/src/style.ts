// Stylesheets as files: the pages' policy admits no style written by a script.

import { element } from "./dom";

const asked = new Map<string, Promise<void>>();

/**
 * Put a stylesheet, as the bundler names it, on the page. Resolves once it applies, or
 * failed: what it styles works without it.
 */
export function applied(name: string): Promise<void> {
  const known = asked.get(name);
  if (known) return known;
  const loading = new Promise<void>((resolve) => {
    const href = new URL(name, import.meta.url).href;
    const link = element("link", "", {
      attributes: { rel: "stylesheet", href },
      on: { load: () => resolve(), error: () => resolve() },
    });
    document.head.append(link);
  });
  asked.set(name, loading);
  return loading;
}
