"""Convert films to AV1 and H.264.

Both are MP4 with the same AAC sound, as loud as every recording. AV1 by SVT-AV1 takes
less time than H.264 here and a third of VP9's, for the smallest files.
"""

from __future__ import annotations

import io
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.codecs import programs
from assets_pipeline.errors.exceptions import DamagedFileError
from assets_pipeline.images.decoding import open_image
from assets_pipeline.media.audio import BARE, loudness_notes, normalize_loudness
from assets_pipeline.media.ffprobe import Source, probe, write_source
from assets_pipeline.rendering import poster
from assets_pipeline.tasks.result import Film, TaskResult
from tours.bundle import Video

if TYPE_CHECKING:
    from assets_pipeline.arrays import Uint8Array
    from assets_pipeline.media.ffprobe import ProbeResult
    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.result import Note
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task

LONGEST_S: Final = 1800.0
SHORT_EDGE_PX: Final = 720
LONG_EDGE_PX: Final = 1280
FASTEST_FPS: Final = 30
_LEAST_EDGE_PX: Final = 16
_POSTER_CANDIDATES: Final = 9
_LIMITS: Final = programs.RunLimits(timeout_s=3 * 3600.0, memory_bytes=6 << 30)
_SOUND_CODEC: Final = "mp4a.40.2"

# One thread each: with a cap on the bit rate both give other bytes at each run on more.
_AV1: Final = (
    *("-c:v", "libsvtav1", "-preset", "8", "-crf", "38", "-g", "240"),
    *("-svtav1-params", "lp=1:mbr=1200"),
)
_H264: Final = (
    *("-c:v", "libx264", "-profile:v", "high", "-level", "3.1", "-preset", "medium"),
    *("-crf", "23", "-maxrate", "1500k", "-bufsize", "3000k", "-threads", "1"),
    *("-g", "240"),
)
_ENCODINGS: Final = (("av01.0.05M.08", _AV1), ("avc1.64001F", _H264))
"""RFC 6381 names, for a level that 1280 × 720 at 30 frames a second fits in; options."""


def make_video(task: Task, resolver: Resolver, store: Store) -> TaskResult:
    """Return a film in its encodings, and its poster, kept in the store.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    content = resolver.read(PurePosixPath(task.path))
    with TemporaryDirectory(prefix="ecomusee-") as folder:
        source = write_source(content, Path(folder), task.path)
        return _made(task, source, store)


def fit_size(width: int, height: int) -> tuple[int, int]:
    """Return the size within 1280 × 720, or 720 × 1280, even, never larger."""
    scale = min(
        1.0,
        SHORT_EDGE_PX / min(width, height),
        LONG_EDGE_PX / max(width, height),
    )
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _made(task: Task, source: Source, store: Store) -> TaskResult:
    found = probe(source, most_s=LONGEST_S)
    if min(found.width_px, found.height_px) < _LEAST_EDGE_PX:
        reason = "it holds no moving pictures"
        raise DamagedFileError(reason, source.name, "Export it again as MP4")
    sound, is_audible, told = _sound(task, source, found)
    encoded = [
        (codec, _encoded(source, sound, found, options))
        for codec, options in _ENCODINGS
    ]
    plainest = encoded[-1][1]
    seen = probe(plainest, most_s=2 * LONGEST_S)
    with_sound = f",{_SOUND_CODEC}" if sound else ""
    files = tuple(
        store.put(
            (source.folder / made.name).read_bytes(),
            ".mp4",
            f'video/mp4; codecs="{codec}{with_sound}"',
        )
        for codec, made in encoded
    )
    still = poster.encode_variants(_still(plainest, seen.duration_s), store.put)
    duration_s = round(seen.duration_s, 3)
    video = Video(files, seen.width_px, seen.height_px, duration_s, still)
    return TaskResult(Film(video, is_audible), tuple(told))


def _sound(
    task: Task, source: Source, found: ProbeResult
) -> tuple[Source | None, bool, list[Note]]:
    """Return a film's sound, levelled; None when it has none or one that nobody hears."""
    if not found.channels:
        return None, False, []
    level = normalize_loudness(source, found.channels)
    if not level.before.is_audible:
        return None, False, []
    return level.source, True, loudness_notes(task.path, level)


def _encoded(
    source: Source, sound: Source | None, found: ProbeResult, options: tuple[str, ...]
) -> Source:
    """Return a film of one codec, in the source's folder."""
    width, height = fit_size(found.width_px, found.height_px)
    rate = f"fps={FASTEST_FPS}," if not 1 <= found.frames_per_s <= FASTEST_FPS else ""
    look = f"{rate}scale={width}:{height}:flags=lanczos,setsar=1,format=yuv420p"
    name = f"{options[1]}.mp4"
    heard = [*sound.options, "-i", sound.name] if sound else []
    arguments = [
        *("-hide_banner", "-nostdin", "-nostats", "-v", "error", "-y"),
        *source.options,
        *("-i", source.name, *heard, "-map", "0:v:0"),
        *(("-map", "1:a:0", "-c:a", "copy") if sound else ()),
        *("-vf", look, *options, *BARE),
        *("-movflags", "+faststart", "-f", "mp4", name),
    ]
    programs.run("ffmpeg", arguments, source.folder, limits=_LIMITS)
    return Source(source.folder, name, "mov")


def _still(film: Source, duration_s: float) -> Uint8Array:
    """Return the frame, of several spread over a film, that shows most: never a black one."""
    arguments = [
        *("-hide_banner", "-nostdin", "-nostats", "-v", "error", "-y"),
        *film.options,
        *("-i", film.name, "-map", "0:v:0"),
        *("-vf", f"fps={_POSTER_CANDIDATES}/{max(duration_s, 0.04):.3f}:round=down"),
        *("-frames:v", str(_POSTER_CANDIDATES), "-f", "image2", "still-%03d.png"),
    ]
    programs.run("ffmpeg", arguments, film.folder, limits=_LIMITS)
    stills = [
        np.asarray(open_image(path.read_bytes(), path.name).convert("RGB"))
        for path in sorted(film.folder.glob("still-*.png"))
    ]
    if not stills:
        reason = "it holds no picture"
        raise DamagedFileError(reason, film.name, "Export it again")
    return max(stills, key=_shows)


def _shows(still: Uint8Array) -> float:
    """Return how much detail a picture holds: what it weighs, small, as JPEG."""
    from PIL import Image  # noqa: PLC0415  # 90 ms

    content = io.BytesIO()
    Image.fromarray(still).resize((320, 180)).save(content, "JPEG", quality=60)
    return float(len(content.getvalue()))
