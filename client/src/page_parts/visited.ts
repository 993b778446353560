// Visited stops, kept in localStorage on this phone alone and never sent.

/** Stops by tour, as they are kept. */
export type VisitedStops = Readonly<Record<string, readonly string[]>>;

/** Where the stops seen in this museum are kept: previews of several share one address. */
function storageKey(): string {
  const link = document.querySelector<HTMLLinkElement>('link[rel="canonical"]');
  return `ecomusee seen ${link ? new URL(link.href).origin : location.origin}`;
}

/** What was kept, or nothing where the phone keeps nothing. */
export function readVisited(): VisitedStops {
  try {
    return parseVisited(localStorage.getItem(storageKey()));
  } catch {
    return {};
  }
}

/** Keep that a stop was opened, by its page's address. */
export function markVisited(path: string, stop: string): void {
  const tour = tourOfPath(path);
  if (tour === undefined) return;
  const before = readVisited();
  const stops = before[tour] ?? [];
  if (stops.includes(stop)) return;
  try {
    localStorage.setItem(storageKey(), JSON.stringify({ ...before, [tour]: [...stops, stop] }));
  } catch {
    // A private window, or a phone that is full: the visit goes on without.
  }
}

export function clearVisited(): void {
  try {
    localStorage.removeItem(storageKey());
  } catch {
    // Then there was nothing to forget either.
  }
}

/** A text as tours and their stops; whatever else it is counts as nothing. */
export function parseVisited(text: string | null): VisitedStops {
  try {
    const found: unknown = JSON.parse(text ?? "{}");
    if (typeof found !== "object" || found === null) return {};
    const tours = Object.entries(found).map(([tour, stops]: [string, unknown]) => {
      const named = Array.isArray(stops) ? stops : [];
      return [tour, named.filter((stop): stop is string => typeof stop === "string")] as const;
    });
    return Object.fromEntries(tours);
  } catch {
    return {};
  }
}

/** The tour that a stop's page belongs to, by its address: /language/tour/stop/. */
export function tourOfPath(path: string): string | undefined {
  return path.split("/").filter(Boolean)[1];
}
