// Elements made in one call.

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
