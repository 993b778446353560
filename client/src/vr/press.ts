// Short and long presses of a trigger, or of two fingers: all that some headsets tell of a hand.

/** As long as phones wait. */
const LONG_MS = 500;

export interface Presses {
  short(): void;
  long(): void;
}

/** Listen to the presses of a session, each told when it ends. */
export function listenToPresses(session: EventTarget, { short, long }: Presses): void {
  let began_ms = 0;
  session.addEventListener("selectstart", ({ timeStamp }) => (began_ms = timeStamp));
  session.addEventListener("select", ({ timeStamp }) => {
    if (timeStamp - began_ms < LONG_MS) short();
    else long();
  });
}
