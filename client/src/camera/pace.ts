// Whether a phone keeps up: measured on its own frames, never guessed from its name.

/** A picture that takes longer than this to be read, at the median, holds nothing in place. */
export const BUDGET_MS = 350;
/** The first frames compile and warm up; these many after them give the verdict. */
const WARM_UP = 3;
const MEASURED = 9;

export class Pace {
  readonly #budget_ms: number;
  readonly #taken_ms: number[] = [];
  #skipped = 0;

  constructor(budget_ms = BUDGET_MS) {
    this.#budget_ms = budget_ms;
  }

  /** Take the time that one frame took. */
  add(taken_ms: number): void {
    if (this.#skipped < WARM_UP) {
      this.#skipped += 1;
      return;
    }
    this.#taken_ms.push(taken_ms);
    if (this.#taken_ms.length > MEASURED) this.#taken_ms.shift();
  }

  get isTooSlow(): boolean {
    if (this.#taken_ms.length < MEASURED) return false;
    const sorted = [...this.#taken_ms].sort((a, b) => a - b);
    return (sorted[(MEASURED - 1) / 2] ?? 0) > this.#budget_ms;
  }
}
