"""Small made pictures, sounds and films, each with one thing about it.

    python tests/data/make_media.py FOLDER

Films and compressed sounds need ffmpeg, HEIC needs heif-enc: what can't be made here is
left out.
"""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import sys
import wave
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

RATE_HZ = 48_000
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


def tone(
    seconds: float, level: float = 0.1, *, hz: float = 440.0, channels: int = 1
) -> np.ndarray:
    """Return a sine as (n, channels) float64, its peaks at `level`."""
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return np.repeat(level * np.sin(2 * np.pi * hz * t)[:, None], channels, axis=1)


def syllables(seconds: float, level: float = 0.3) -> np.ndarray:
    """Return noise that comes and goes four times a second, with sharp attacks."""
    n = round(seconds * RATE_HZ)
    noise = np.random.default_rng(3).standard_normal(n)
    swell = np.exp(-12 * (np.arange(n) / RATE_HZ * 4 % 1)) + 0.02
    return (noise * swell * level)[:, None].clip(-1, 1)


def click(seconds: float = 3.0) -> np.ndarray:
    """Return one click of full scale in what is otherwise silent."""
    samples = tone(seconds, 0.0)
    samples[RATE_HZ : RATE_HZ + 48 : 4] = 1.0
    samples[RATE_HZ + 2 : RATE_HZ + 50 : 4] = -1.0
    return samples


def wav(samples: np.ndarray) -> bytes:
    """Return a WAV file of 16 bits; louder than 1 is cut off, as by a bad recorder."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setparams((samples.shape[1], 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes((samples.clip(-1, 1) * 32767).astype("<i2").tobytes())
    return content.getvalue()


def sounds() -> dict[str, bytes]:
    """Return small sounds by file name."""
    return {
        "tone.wav": wav(tone(4)),
        "stereo.wav": wav(tone(4, 0.02, channels=2)),
        "syllables.wav": wav(syllables(6)),
        "silent.wav": wav(tone(3, 0.0)),
        "faint.wav": wav(tone(3, 0.003)),
        "clipped.wav": wav(tone(3, 4.0)),
        "click.wav": wav(click()),
        "playlist.m4a": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n",
        "text.mp3": b"not a sound at all",
    }


def ffmpeg(folder: Path, *arguments: str) -> None:
    """Run ffmpeg, the same at every run."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments]
    subprocess.run(command, cwd=folder, check=True)


def films(folder: Path) -> None:
    """Write small films: with sound, without, upright from a phone that lay, huge."""
    look = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2"]
    fast = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    (folder / "tone.wav").write_bytes(wav(tone(2)))
    sound = ["-i", "tone.wav", "-c:a", "aac"]
    ffmpeg(folder, *look, *sound, *fast, "-metadata", "title=secret", "sounding.mp4")
    ffmpeg(folder, *look, *fast, "silent.mp4")
    ffmpeg(
        folder,
        "-display_rotation",
        "90",
        "-i",
        "silent.mp4",
        "-c",
        "copy",
        "turned.mov",
    )
    large = ["-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=50:duration=0.4"]
    ffmpeg(folder, *large, *fast, "large.mp4")
    whole = (folder / "sounding.mp4").read_bytes()
    (folder / "cut.mp4").write_bytes(whole[: len(whole) // 2])


def has_ffmpeg() -> bool:
    """Whether films and compressed sounds can be made here."""
    return shutil.which("ffmpeg") is not None and shutil.which("ffprobe") is not None


def write(folder: Path) -> None:
    """Write all that can be made here."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (pictures() | sounds()).items():
        (folder / name).write_bytes(content)
    if has_ffmpeg():
        films(folder)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
