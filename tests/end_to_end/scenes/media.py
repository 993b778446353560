"""Draw what the small museum shows: python media.py FOLDER."""

import subprocess
import sys
from pathlib import Path

import trimesh
from PIL import Image, ImageDraw

WALLS = ("#c03028", "#2f8f4e", "#2b4fa8", "#d8a820")
"""Ahead, to the right, behind and to the left."""
TURN_PX = 4096
VIEW_PX = (640, 480)
CAPTIONS = {"fr": "Le fer coule.", "en": "The iron flows."}


def main(folder: Path) -> None:
    """Write every picture, film and caption."""
    for name in ("models", "panoramas", "images", "video"):
        (folder / name).mkdir(exist_ok=True)
    stone = trimesh.creation.box((0.4, 1.0, 0.4))
    stone.apply_translation((0, 0.5, 0))
    stone.export(folder / "models" / "borne.glb")
    _yard().save(folder / "panoramas" / "cour.png", compress_level=1)
    square = Image.radial_gradient("L").resize(VIEW_PX)
    square.save(folder / "images" / "avant.png")
    colours = Image.merge("RGB", (square, square.rotate(90), square.rotate(180)))
    colours.save(folder / "images" / "maintenant.png")
    for name, tone in (("coulee", 220), ("decrit", 440), ("lsf", 880)):
        _film(folder / "video" / f"{name}.mp4", tone)
    for language, words in CAPTIONS.items():
        text = f"WEBVTT\n\n00:00.000 --> 00:03.000\n{words}\n"
        (folder / "video" / f"coulee.{language}.vtt").write_text(text, encoding="utf-8")


def _yard() -> Image.Image:
    """Four walls, each a quarter of the turn, with lines every ten degrees."""
    yard = Image.new("RGB", (TURN_PX, TURN_PX // 2))
    draw = ImageDraw.Draw(yard)
    quarter = TURN_PX // 4
    for i, colour in enumerate(WALLS):
        middle = TURN_PX // 2 + i * quarter
        for shift in (-TURN_PX, 0):
            left = middle - quarter // 2 + shift
            draw.rectangle((left, 0, left + quarter - 1, TURN_PX // 2), colour)
    for i in range(36):
        x = (i + 0.5) * TURN_PX / 36
        draw.line((x, 0, x, TURN_PX // 2), "white", 6)
    return yard


def _film(path: Path, tone_hz: int) -> None:
    picture = f"testsrc2=size=320x180:rate=25:duration=3,hue=h={tone_hz}"
    sound = f"sine=frequency={tone_hz}:duration=3"
    inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
    encoding = ["-pix_fmt", "yuv420p", "-shortest", "-loglevel", "error", "-y"]
    subprocess.run(["ffmpeg", *inputs, *encoding, path], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
