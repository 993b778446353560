// Pointer, wheel and keyboard input of a view that orbits: a model's, or a panorama's.

import { guided } from "../core/page";

export interface OrbitCommands {
  /** A drag, in shares of the view's width. */
  drag(across: number, down: number): void;
  /** Radians: to the right, and upwards. */
  turn(yaw: number, pitch: number): void;
  /** Less than 1 is nearer. */
  approach(ratio: number): void;
  reset(): void;
  close(): void;
  /** A tap: from -1 to 1 across the view, growing to the right and upwards. */
  touch?(x: number, y: number): void;
}

/** The same commands, which guide mode is told of. */
export function toldMoves(moves: OrbitCommands): OrbitCommands {
  const told = <A extends readonly number[]>(move: (...amounts: A) => void) =>
    (...amounts: A): void => {
      move(...amounts);
      guided.onMove?.();
    };
  const { drag, turn, approach, reset } = moves;
  return { ...moves, drag: told(drag), turn: told(turn), approach: told(approach), reset: told(reset) };
}

export const STEP_RADIANS = Math.PI / 12;
export const STEP_RATIO = 0.8;
const WHEEL_RATIO_PER_PX = 0.01;
/** A finger that moves less than this taps, and drags nothing. */
const TAP_PX = 8;

const KEYS: Readonly<Record<string, (moves: OrbitCommands) => void>> = {
  ArrowLeft: (moves) => moves.turn(-STEP_RADIANS, 0),
  ArrowRight: (moves) => moves.turn(STEP_RADIANS, 0),
  ArrowUp: (moves) => moves.turn(0, STEP_RADIANS),
  ArrowDown: (moves) => moves.turn(0, -STEP_RADIANS),
  "+": (moves) => moves.approach(STEP_RATIO),
  "=": (moves) => moves.approach(STEP_RATIO),
  "-": (moves) => moves.approach(1 / STEP_RATIO),
  Home: (moves) => moves.reset(),
  Escape: (moves) => moves.close(),
};

/** Listen on a canvas, and to keys on all that is around it; listeners go with them. */
export function listenToOrbitInput(canvas: HTMLCanvasElement, around: HTMLElement, moves: OrbitCommands): void {
  listenToPointers(canvas, moves);
  around.addEventListener("keydown", (event) => {
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    move(moves);
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      // A plain wheel scrolls the page; a pinch on a trackpad arrives as Ctrl and wheel.
      if (!event.ctrlKey) return;
      event.preventDefault();
      moves.approach(Math.exp(event.deltaY * WHEEL_RATIO_PER_PX));
    },
    { passive: false },
  );
}

// Up and down belong to the page's scrolling under one finger (touch-action in the views'
// style), but on a full screen; two fingers, and a mouse, move all ways.
function listenToPointers(canvas: HTMLCanvasElement, moves: OrbitCommands): void {
  const fingers = new Map<number, PointerEvent>();
  let tapped: PointerEvent | undefined;
  canvas.addEventListener("pointerdown", (event) => {
    tapped = fingers.size === 0 ? event : undefined;
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const other = [...fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    fingers.set(event.pointerId, event);
    const share = 1 / canvas.clientWidth / fingers.size;
    moves.drag((event.clientX - before.clientX) * share, (event.clientY - before.clientY) * share);
    if (other) moves.approach(gap(before, other) / gap(event, other));
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    canvas.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  canvas.addEventListener("pointerup", (event) => {
    if (tapped && Math.hypot(event.clientX - tapped.clientX, event.clientY - tapped.clientY) < TAP_PX) {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      moves.touch?.((2 * (event.clientX - left)) / width - 1, 1 - (2 * (event.clientY - top)) / height);
    }
  });
}

function gap(a: PointerEvent, b: PointerEvent): number {
  return Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY));
}
