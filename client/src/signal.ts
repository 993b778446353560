// What the scene tells the page around it: an event that a museum's own script, or a
// test, may listen to. Lengths are metres, measured on what is drawn.

export type Rung = "inline" | "ar" | "vr" | "camera";

export interface GpuMemory {
  readonly geometries: number;
  readonly textures: number;
}

export interface SceneDetail {
  readonly rung: Rung;
  readonly state:
    | "loading"
    | "shown"
    | "refined"
    | "aiming"
    | "placed"
    | "settled" // by a print: as surely as it will be
    | "frozen"
    | "resumed"
    | "failed"
    | "closed";
  /** Width, height and depth in the world of what is drawn, along its own turn. */
  readonly size_m?: readonly [number, number, number];
  /** The model's own up direction, in the world. */
  readonly up?: readonly [number, number, number];
  /** Where the middle of its base stands in the world. */
  readonly position_m?: readonly [number, number, number];
  /** x and y on the screen, in CSS px, of the eight corners of its box: x turns fastest, then y. */
  readonly corners_px?: readonly number[];
  readonly lod?: string;
  readonly failure?: string;
  /** What the graphics card still holds once the scene is closed. */
  readonly memory?: GpuMemory;
}

export function signal(figure: HTMLElement, detail: SceneDetail): void {
  figure.dispatchEvent(new CustomEvent("ecomusee:scene", { detail, bubbles: true }));
}
