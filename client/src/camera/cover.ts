// How a picture fills a screen of another shape: centred, cut at two sides. No drawing here.

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Cover {
  /** Screen px a picture px. */
  readonly scale: number;
  /** Of the picture's top left corner on the screen; never positive. */
  readonly left: number;
  readonly top: number;
}

export function cover(picture: Size, screen: Size): Cover {
  const scale = Math.max(screen.width / picture.width, screen.height / picture.height);
  return {
    scale,
    left: (screen.width - picture.width * scale) / 2,
    top: (screen.height - picture.height * scale) / 2,
  };
}

/** The angle over a whole picture's height, in degrees, for a lens whose focal length is in px. */
export function fieldDeg(height_px: number, focal_px: number): number {
  return (2 * Math.atan(height_px / 2 / focal_px) * 180) / Math.PI;
}
