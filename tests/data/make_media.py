"""Small made pictures, sounds and films, each with one thing about it.

    python tests/data/make_media.py FOLDER

Films and compressed sounds need ffmpeg, HEIC needs heif-enc: what can't be made here is
left out.
"""

from __future__ import annotations

import io
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825
LEFT, RIGHT = (20, 20, 200), (200, 20, 20)


def halves(width: int = 64, height: int = 32) -> Image.Image:
    """Return a picture, blue on its left, red on its right."""
    picture = Image.new("RGB", (width, height), RIGHT)
    picture.paste(LEFT, (0, 0, width // 2, height))
    return picture


def notes(orientation: int = 1) -> Image.Exif:
    """Return a camera's notes: its maker, the place of capture, how it was held."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = "A secret maker"
    exif.get_ifd(GPS).update(
        {1: "N", 2: (46.0, 48.0, 0.0), 3: "E", 4: (4.0, 25.0, 0.0)}
    )
    return exif


def saved(picture: Image.Image, kind: str, **settings: object) -> bytes:
    """Return a picture's file."""
    content = io.BytesIO()
    picture.save(content, format=kind, **settings)
    return content.getvalue()


def swapped_profile() -> bytes:
    """Return a colour profile whose red is sRGB's green, and the reverse."""
    profile = bytearray(
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    )
    count = struct.unpack(">I", profile[128:132])[0]
    places = {
        bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)
    }
    red, green = places[b"rXYZ"], places[b"gXYZ"]
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that says it is vast."""
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(64))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body))
        + name
        + body
        + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def turn(width: int) -> Image.Image:
    """Return a whole turn: red grows with azimuth, green with height, blue in front."""
    height = width // 2
    azimuth = np.linspace(0, 255, width)[None, :].repeat(height, axis=0)
    above = np.linspace(255, 0, height)[:, None].repeat(width, axis=1)
    ahead = np.where(np.abs(azimuth - 127.5) < 8, 255.0, 0.0)
    return Image.fromarray(np.stack([azimuth, above, ahead], axis=2).astype(np.uint8))


def pictures() -> dict[str, bytes]:
    """Return small pictures by file name."""
    return {
        "turned.jpg": saved(halves(), "JPEG", quality=95, exif=notes(6)),
        "halves.png": saved(halves(), "PNG"),
        "halves.tif": saved(halves(), "TIFF", compression="tiff_lzw"),
        "bomb.png": bomb(60_000, 60_000),
        "cut.jpg": saved(halves(640, 320), "JPEG")[:900],
        "square.png": saved(halves(64, 64), "PNG"),
        "turn.jpg": saved(turn(2048), "JPEG", quality=92),
        "turn-small.png": saved(turn(512), "PNG"),
    }


def write(folder: Path) -> None:
    """Write all that can be made here."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in pictures().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
