// What was found of quizzes and hunts, kept in localStorage on this phone alone and never sent.

/** How a question ended: found, or its answer read. */
export type Outcome = "found" | "seen";

export interface TourProgress {
  readonly questions: Readonly<Record<string, Outcome>>;
  /** The hunt that this phone follows, where it has chosen one. */
  readonly hunt?: string;
}

type Progress = Readonly<Record<string, TourProgress>>;

const NOTHING: TourProgress = { questions: {} };

/** Previews of several museums share one address: each has a place of its own. */
function storageKey(): string {
  const link = document.querySelector<HTMLLinkElement>('link[rel="canonical"]');
  return `ecomusee quiz ${link ? new URL(link.href).origin : location.origin}`;
}

/** What was kept of a tour, or nothing where the phone keeps nothing. */
export function readProgress(tour: string): TourProgress {
  return readAll()[tour] ?? NOTHING;
}

/** Keep how a question ended; what was found once stays found. */
export function keepOutcome(tour: string, question: string, outcome: Outcome): void {
  const before = readProgress(tour);
  if (before.questions[question] === "found") return;
  keep(tour, { ...before, questions: { ...before.questions, [question]: outcome } });
}

export function keepHunt(tour: string, hunt: string): void {
  keep(tour, { ...readProgress(tour), hunt });
}

/** Forget some questions, and the hunt that was chosen. */
export function forgetQuestions(tour: string, questions: readonly string[]): void {
  const kept = Object.entries(readProgress(tour).questions).filter(([name]) => !questions.includes(name));
  keep(tour, { questions: Object.fromEntries(kept) });
}

/** A text as what was kept; whatever else it is counts as nothing. */
export function parseProgress(text: string | null): Progress {
  try {
    const found: unknown = JSON.parse(text ?? "{}");
    const tours = entries(found).map(([tour, value]) => [tour, parseTour(value)] as const);
    return Object.fromEntries(tours);
  } catch {
    return {};
  }
}

function parseTour(value: unknown): TourProgress {
  const own = Object.fromEntries(entries(value));
  const questions = entries(own["questions"]).filter(
    (pair): pair is [string, Outcome] => pair[1] === "found" || pair[1] === "seen",
  );
  const { hunt } = own;
  return { questions: Object.fromEntries(questions), ...(typeof hunt === "string" && { hunt }) };
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function readAll(): Progress {
  try {
    return parseProgress(localStorage.getItem(storageKey()));
  } catch {
    return {};
  }
}

function keep(tour: string, progress: TourProgress): void {
  try {
    localStorage.setItem(storageKey(), JSON.stringify({ ...readAll(), [tour]: progress }));
  } catch {
    // A private window, or a phone that is full: the game goes on without.
  }
}
