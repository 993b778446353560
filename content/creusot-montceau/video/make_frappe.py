"""Render frappe.mp4: one blow of the 100-tonne hammer in its hall, with its sound.

    python make_frappe.py [FILE] [--width PIXELS] [--samples N]

Needs bpy (Blender as a package, tried with 5.0), numpy, Pillow and ffmpeg with x264;
about half an hour on two processors; the committed film was made with ``--width 640``.
The museum's build never runs this; it reads the
film. The stroke of 5 m is published (le-creusot.fr); the mass falls freely over it.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "models")]

import make_marteau  # noqa: E402  found through the path above
from forge import hall  # noqa: E402
from frappe import motion, plates, sound, sparks  # noqa: E402
from kit import develop  # noqa: E402

EXPOSURE = 0.95
RATE_FACTOR = 22
"""x264's quality: larger is smaller."""


def main() -> None:
    """Render the plates, put the frames together, encode them with the sound."""
    reader = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    reader.add_argument("file", nargs="?", type=Path, default=HERE / "frappe.mp4")
    reader.add_argument("--width", type=int, default=1280)
    reader.add_argument("--samples", type=int, default=12)
    wanted = reader.parse_args()
    made = plates.rendered(make_marteau, wanted.width, wanted.samples)
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "blow.wav"
        sound.written(wav)
        encode(made, plates.view(wanted.width), wav, wanted.file)
    print(f"{wanted.file.name}: {wanted.file.stat().st_size} bytes")  # noqa: T201


def encode(made: plates.Plates, view: sparks.View, wav: Path, file: Path) -> None:
    """Send every frame to ffmpeg."""
    size = "x".join(map(str, view.size_px))
    command = [
        "ffmpeg", "-hide_banner", "-loglevel", "error", "-y",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size,
        "-r", str(motion.FRAMES_PER_S), "-i", "-", "-i", str(wav),
        "-c:v", "libx264", "-preset", "slow", "-crf", str(RATE_FACTOR), "-threads", "1",
        "-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709",
        "-color_trc", "bt709", "-vf", "scale=out_color_matrix=bt709",
        "-c:a", "aac", "-b:a", "96k", "-shortest", "-movflags", "+faststart",
        "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
        "-map_metadata", "-1", str(file),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:  # noqa: S603  our own words
        for k in range(round(motion.DURATION_S * motion.FRAMES_PER_S)):
            encoder.stdin.write(frame(made, view, k / motion.FRAMES_PER_S).tobytes())
        encoder.stdin.close()
        if encoder.wait():
            reason = f"ffmpeg stopped with {encoder.returncode}"
            raise RuntimeError(reason)


def frame(made: plates.Plates, view: sparks.View, t: float) -> np.ndarray:
    """Return the frame of a time, (h, w, 3) bytes."""
    light = made.steady.copy()
    place = motion.height(t) / motion.STROKE_M * (len(made.moving) - 1)
    below = min(int(place), len(made.moving) - 2)
    part = place - below
    mass = made.moving[below] * (1 - part) + made.moving[below + 1] * part
    row, column = made.corner
    light[row : row + mass.shape[0], column : column + mass.shape[1]] = mass
    flicker = 1 + 0.03 * np.sin(11 * t) * np.sin(4.7 * t + 1)
    light = light * flicker + made.flare * motion.flash(t)
    (x, y, z), radius = hall.BILLET
    sparks.drawn(light, view, np.array([x, y + radius * 0.6, z]), t)
    light = develop.bloomed(light, 0.12, wraps=False)
    pixels = develop.filmed(light * motion.fade(t), EXPOSURE)
    return _shaken(pixels, motion.shake(t))


def _shaken(pixels: np.ndarray, by: tuple[float, float]) -> np.ndarray:
    """Return a picture moved by whole pixels, its edge drawn out."""
    dx, dy = (round(v * pixels.shape[1] / 1280) for v in by)
    rows = np.clip(np.arange(pixels.shape[0]) - dy, 0, pixels.shape[0] - 1)
    columns = np.clip(np.arange(pixels.shape[1]) - dx, 0, pixels.shape[1] - 1)
    return np.ascontiguousarray(pixels[rows][:, columns])


if __name__ == "__main__":
    main()
