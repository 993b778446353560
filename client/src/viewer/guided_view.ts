// The inline view of a model, as guide mode reads and turns it.

import { Vector3 } from "three";
import type { GuidedView } from "../core/page";
import { pickPoint } from "../scene/pick";
import { PointMark } from "../ui/point_mark";
import { type OrbitView, dollyOrbit, rotateOrbit } from "./orbit_view";

const DEGREE = Math.PI / 180;

export function guidedView(view: OrbitView): GuidedView {
  const { canvas, camera, holder } = view;
  const mark = new PointMark(canvas);
  let marked: Vector3 | undefined;
  view.onDrawn = () => mark.place(marked?.clone().project(camera));
  return {
    canvas,
    look: () => {
      const { seen } = view;
      if (!seen) return undefined;
      const { yaw, pitch, distance_m } = seen.orbit;
      return { azimuth_deg: yaw / DEGREE, elevation_deg: pitch / DEGREE, zoom: distance_m / seen.whole_m };
    },
    turnTo: ({ azimuth_deg, elevation_deg, zoom }) => {
      const whole_m = view.seen?.whole_m;
      if (whole_m === undefined) return;
      const level = { yaw: azimuth_deg * DEGREE, pitch: 0, distance_m: whole_m };
      view.turnTo(dollyOrbit(rotateOrbit(level, 0, elevation_deg * DEGREE), zoom, whole_m));
    },
    pick: (x, y) => pickPoint(holder, camera, x, y),
    mark: (place) => {
      marked = place?.length === 3 ? new Vector3().fromArray(place) : undefined;
      view.onDrawn?.();
    },
  };
}
