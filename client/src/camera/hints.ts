// What to say to somebody who looks for the print and has not found it yet. No clock here.

export type Hint = "whole" | "light" | "closer" | "glare" | "steady" | "front";

/** Time to try by oneself before each advice. */
const FIRST_S = 5;
const EACH_S = 6;
/** A picture darker than this, of 1, has little to track: a room with the lights off. */
const DARK = 0.2;
const ADVICE: readonly Hint[] = ["closer", "glare", "steady", "front"];

/** Who has looked for so long without success is offered the view without a camera. */
export const PATIENCE_S = 25;

/**
 * The advice for somebody who has searched for a time, in front of a picture so light.
 *
 * What is first asked, the whole print in the frame, comes back after each round.
 */
export function hint(searched_s: number, brightness: number): Hint {
  if (searched_s < FIRST_S) return "whole";
  if (brightness < DARK) return "light";
  const turn = Math.floor((searched_s - FIRST_S) / EACH_S) % (ADVICE.length + 1);
  return ADVICE[turn] ?? "whole";
}
