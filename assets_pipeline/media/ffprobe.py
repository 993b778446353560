"""Detect the container of a sound or film, and probe its streams with ffprobe.

The reader within ffmpeg is always named, from those bytes: a playlist that calls itself
``.m4a`` is never followed, and no other file can be reached from one that is read.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from assets_pipeline.codecs import programs
from assets_pipeline.errors import media_causes
from assets_pipeline.errors.exceptions import (
    DamagedFileError,
    LimitExceededError,
    UnsupportedFormatError,
)

if TYPE_CHECKING:
    from pathlib import Path

_AUDIO_CODECS: Final = (
    "aac,alac,flac,mp3,mp3float,opus,libopus,vorbis,pcm_s16le,pcm_s16be,pcm_s24le,"
    "pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_u8,pcm_alaw,"
    "pcm_mulaw"
)
_VIDEO_CODECS: Final = (
    "h264,hevc,av1,libdav1d,vp8,vp9,libvpx,libvpx-vp9,mpeg4,mpeg2video,mjpeg,prores,"
    "dnxhd,ffv1,qtrle,png,rawvideo"
)
_STILL_BRANDS: Final = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")
_LAYER_BITS: Final = 0x06
_MOST_STREAMS: Final = 16
_SAVE_AGAIN: Final = "Export it again"

Json = dict[str, Any]  # ffprobe's, read with a default for each value


@dataclass(frozen=True, slots=True)
class Source:
    """A file for ffmpeg, alone in its working folder."""

    folder: Path
    name: str
    demuxer: str

    @property
    def options(self) -> list[str]:
        """Arguments that name it to ffmpeg and ffprobe, without ``-i``."""
        return [
            *("-protocol_whitelist", "file,pipe"),
            *("-codec_whitelist", f"{_AUDIO_CODECS},{_VIDEO_CODECS}"),
            *("-max_streams", str(_MOST_STREAMS)),
            *("-f", self.demuxer),
        ]


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """Facts of a file's first stream of each kind."""

    duration_s: float
    channels: int
    """0 without sound."""
    width_px: int
    """0 without moving pictures; as displayed, once turned."""
    height_px: int
    frames_per_s: float


def write_source(content: bytes, folder: Path, place: str) -> Source:
    """Return a source of bytes, written to a working folder.

    Raises
    ------
    UnsupportedFormatError
        If the container is none that is read.
    """
    demuxer = detect_demuxer(content)
    if demuxer is None:
        raise UnsupportedFormatError.from_cause(media_causes.NOT_A_MEDIA_FILE, place)
    (folder / "source").write_bytes(content)
    return Source(folder, "source", demuxer)


def detect_demuxer(content: bytes) -> str | None:
    """Return ffmpeg's name of a container, by its first bytes; None when not read."""
    is_movie = content[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
    if is_movie and content[8:12] not in _STILL_BRANDS:
        return "mov"
    starts = {b"\x1aE\xdf\xa3": "matroska", b"OggS": "ogg", b"fLaC": "flac"}
    if content[:4] in starts:
        return starts[content[:4]]
    if content[:4] in (b"RIFF", b"RF64") and content[8:12] == b"WAVE":
        return "wav"
    return "mp3" if content.startswith(b"ID3") or _is_mpeg_audio(content) else None


def probe(source: Source, *, most_s: float) -> ProbeResult:
    """Return the facts of a source's streams.

    Parameters
    ----------
    source
        What to look at.
    most_s
        The longest that is accepted.

    Raises
    ------
    DamagedFileError
        If ffprobe can't read it, or it holds neither sound nor moving pictures.
    LimitExceededError
        If it lasts longer.
    """
    shown = "stream=codec_type,channels,width,height,avg_frame_rate,disposition"
    arguments = [
        *("-v", "error", "-of", "json", "-show_entries"),
        f"{shown}:stream_side_data=rotation:stream_disposition=attached_pic:format=duration",
        *source.options,
        source.name,
    ]
    said = programs.run("ffprobe", arguments, source.folder).stdout
    report: Json = json.loads(said or b"{}")
    streams: list[Json] = report.get("streams", [])
    sound = _first(streams, "audio")
    film = _first(streams, "video")
    if sound is None and film is None:
        raise DamagedFileError.from_cause(media_causes.NO_STREAM, source.name)
    duration_s = _number(report.get("format", {}).get("duration"))
    if duration_s > most_s:
        raise LimitExceededError.from_cause(
            media_causes.DURATION_TOO_LONG,
            source.name,
            minutes=f"{duration_s / 60:.0f}",
            most=f"{most_s / 60:.0f}",
        )
    width, height = _displayed(film) if film else (0, 0)
    return ProbeResult(
        duration_s,
        channels=int(_number((sound or {}).get("channels"))),
        width_px=width,
        height_px=height,
        frames_per_s=_rate(film) if film else 0.0,
    )


def _is_mpeg_audio(content: bytes) -> bool:
    """Whether it begins with a frame of MPEG audio, layer III (ISO 11172-3, 2.4.1.3)."""
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE0 != 0xE0:  # noqa: PLR2004  # sync word
        return False
    is_layer_three = content[1] & _LAYER_BITS == 0x02  # noqa: PLR2004
    return is_layer_three and content[2] & 0xF0 != 0xF0  # noqa: PLR2004  # a known bit rate


def _first(streams: list[Json], kind: str) -> Json | None:
    """Return the first stream of a kind; a sound's cover picture is no film."""
    for stream in streams:
        is_cover = stream.get("disposition", {}).get("attached_pic")
        if stream.get("codec_type") == kind and not is_cover:
            return stream
    return None


def _displayed(film: Json) -> tuple[int, int]:
    """Return width and height as displayed: phones write films lying, and a turn."""
    width, height = int(film.get("width", 0)), int(film.get("height", 0))
    turns = [_number(side.get("rotation")) for side in film.get("side_data_list", [])]
    is_turned = any(round(turn / 90) % 2 for turn in turns)
    return (height, width) if is_turned else (width, height)


def _rate(film: Json) -> float:
    above, _, below = str(film.get("avg_frame_rate", "")).partition("/")
    return _number(above) / max(_number(below), 1.0)


def _number(value: object) -> float:
    """Return a number of ffprobe's, 0 where it has none."""
    try:
        number = float(str(value))
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0
