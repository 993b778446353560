// Create DOM elements, and load stylesheets.

type Listeners = {
  readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void;
};

interface Options {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly on?: Listeners;
  readonly text?: string;
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  { attributes = {}, on = {}, text }: Options = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const [name, listener] of Object.entries(on)) {
    made.addEventListener(name, listener as EventListener);
  }
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

export function button(text: string, className: string, onClick: () => void): HTMLButtonElement {
  return element("button", className, {
    attributes: { type: "button" },
    on: { click: onClick },
    text,
  });
}

// The pages' policy admits no style written by a script.
const asked = new Map<string, Promise<void>>();

/**
 * Put a stylesheet on the page, once, by its name beside this script. Resolves once it applies, or
 * failed: what it styles works without it.
 */
export function loadStylesheet(name: string): Promise<void> {
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
