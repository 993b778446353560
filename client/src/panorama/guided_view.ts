// A panorama, as guide mode reads and turns it.

import type { GuidedView } from "../core/page";
import { PointMark } from "../ui/point_mark";
import {
  type Direction,
  type ViewAngles,
  azimuthOf,
  direction,
  directionAt,
  elevationOf,
  initialView,
  projectToScreen,
  radians,
  rotateView,
  zoomView,
} from "./spherical";

export interface ShownPanorama {
  readonly canvas: HTMLCanvasElement;
  look(): ViewAngles;
  show(look: ViewAngles): void;
  /** Called after each drawing. */
  onDrawn: (() => void) | undefined;
}

const DEGREE = radians(1);

export function guidedView(panorama: ShownPanorama): GuidedView {
  const { canvas } = panorama;
  const mark = new PointMark(canvas);
  let marked: Direction | undefined;
  const aspect = (): number => canvas.clientWidth / Math.max(1, canvas.clientHeight);
  const whole = (): number => initialView(0, aspect()).field;
  panorama.onDrawn = () => mark.place(marked && projectToScreen(panorama.look(), aspect(), marked));
  return {
    canvas,
    look: () => {
      const { yaw, pitch, field } = panorama.look();
      return { azimuth_deg: yaw / DEGREE, elevation_deg: pitch / DEGREE, zoom: field / whole() };
    },
    turnTo: ({ azimuth_deg, elevation_deg, zoom }) => {
      const level = { yaw: 0, pitch: 0, roll: 0, field: whole() };
      panorama.show(zoomView(rotateView(level, azimuth_deg * DEGREE, elevation_deg * DEGREE), zoom));
    },
    pick: (x, y) => {
      const seen = directionAt(panorama.look(), aspect(), { x, y });
      return [azimuthOf(seen) / DEGREE, elevationOf(seen) / DEGREE];
    },
    mark: (place) => {
      const [azimuth, elevation] = place?.length === 2 ? place : [];
      const isPlace = azimuth !== undefined && elevation !== undefined;
      marked = isPlace ? direction(azimuth * DEGREE, elevation * DEGREE) : undefined;
      panorama.onDrawn?.();
    },
  };
}
