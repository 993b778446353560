// Where the tracker's pictures come from: a camera, or drawings and files in a camera's stead, so
// that accuracy is tested without real time.

/** One picture, good until the next is asked for. */
export interface Frame {
  readonly picture: CanvasImageSource;
  readonly width_px: number;
  readonly height_px: number;
  /** When it was taken, on a clock of the source's own. */
  readonly time_s: number;
}

export interface FrameSource {
  /** The next picture not given yet; undefined once there will be no more. */
  next(): Promise<Frame | undefined>;
  stop(): void;
}

/** What a list of pictures gives, one after the other, at a steady rate on its own clock. */
export class PictureFrames implements FrameSource {
  readonly #pictures: AsyncIterator<ImageBitmap | HTMLCanvasElement | OffscreenCanvas>;
  readonly #rate_hz: number;
  #given = 0;

  constructor(
    pictures: AsyncIterable<ImageBitmap | HTMLCanvasElement | OffscreenCanvas>,
    rate_hz = 30,
  ) {
    this.#pictures = pictures[Symbol.asyncIterator]();
    this.#rate_hz = rate_hz;
  }

  async next(): Promise<Frame | undefined> {
    const { value, done } = await this.#pictures.next();
    if (done) return undefined;
    const time_s = this.#given / this.#rate_hz;
    this.#given += 1;
    return { picture: value, width_px: value.width, height_px: value.height, time_s };
  }

  stop(): void {
    void this.#pictures.return?.();
  }
}
