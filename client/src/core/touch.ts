// A touch on an open scene, told to whatever on the page asks where something is.

type Triple = readonly [number, number, number];

/** Where a finger, or a hot spot's button, has touched. */
export type SceneTouch =
  | { readonly kind: "place"; readonly azimuth_deg: number; readonly elevation_deg: number }
  | {
      readonly kind: "detail";
      /** The eye and where the finger points, in metres at true size from the middle of the foot. */
      readonly eye: Triple;
      readonly ray: Triple;
      /** Half the width of a fingertip, seen from the eye. */
      readonly finger_rad: number;
    };

export const TOUCHED = "ecomusee:touch";

export function dispatchTouch(figure: HTMLElement, detail: SceneTouch): void {
  figure.dispatchEvent(new CustomEvent<SceneTouch>(TOUCHED, { detail }));
}
