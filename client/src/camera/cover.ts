// How a picture fills a screen of another shape: centred, cut at two sides, unless it is still and
// the screen was turned since. No drawing here.

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Cover {
  /** Screen px a picture px. */
  readonly scale: number;
  /** Of the picture's top left corner on the screen. */
  readonly left: number;
  readonly top: number;
}

export function cover(picture: Size, screen: Size): Cover {
  return centred(picture, screen, Math.max(...ratios(picture, screen)));
}

/** The part in the middle of a picture that a screen shows of it, in picture px. */
export function covered(picture: Size, screen: Size): Size {
  const { scale } = cover(picture, screen);
  return { width: screen.width / scale, height: screen.height / scale };
}

/** So that the whole of that part is seen on a screen of any shape, and more where there is room. */
export function uncut(picture: Size, part: Size, screen: Size): Cover {
  return centred(picture, screen, Math.min(...ratios(part, screen)));
}

function ratios(picture: Size, screen: Size): [number, number] {
  return [screen.width / picture.width, screen.height / picture.height];
}

function centred(picture: Size, screen: Size, scale: number): Cover {
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
