"""Curators' sounds and transcripts: checked to be what they say, then kept as they are."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from assets_pipeline.errors import UnsupportedFormatError
from assets_pipeline.made import Made

if TYPE_CHECKING:
    from assets_pipeline.resolver import Resolver
    from assets_pipeline.store import Store
    from assets_pipeline.tasks import Task

_BOM = b"\xef\xbb\xbf"
_LAYER_BITS = 0x06
_PICTURE_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")


def make_recording(task: Task, resolver: Resolver, store: Store) -> Made:
    """Return a sound's or a transcript's file, kept in the store.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    content = resolver.read(PurePosixPath(task.path))
    kind = kind_of(content)
    is_text = PurePosixPath(task.path).suffix.lower() == ".vtt"
    if kind is None or (kind[0] == ".vtt") != is_text:
        reason = "its content is neither MP4, MP3, Ogg, FLAC nor WAV sound"
        if is_text:
            reason = "it does not begin with WEBVTT, or is not UTF-8 text"
        raise UnsupportedFormatError(reason, task.path, "Export it again")
    extension, media_type = kind
    return Made(store.put(content, extension, media_type))


def kind_of(content: bytes) -> tuple[str, str] | None:
    """Return extension and media type by content; None when it is none that phones play."""
    if content[4:8] == b"ftyp" and content[8:12] not in _PICTURE_BRANDS:
        return ".m4a", "audio/mp4"
    if content.startswith(b"ID3") or _is_mpeg_audio(content):
        return ".mp3", "audio/mpeg"
    if content.startswith(b"OggS"):
        return ".ogg", "audio/ogg"
    if content.startswith(b"fLaC"):
        return ".flac", "audio/flac"
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return ".wav", "audio/wav"
    return (".vtt", "text/vtt") if _is_webvtt(content) else None


def _is_mpeg_audio(content: bytes) -> bool:
    """Whether it begins with a frame of MPEG audio, layer III (ISO 11172-3, 2.4.1.3)."""
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE0 != 0xE0:  # noqa: PLR2004  # sync word
        return False
    is_layer_three = content[1] & _LAYER_BITS == 0x02  # noqa: PLR2004
    return is_layer_three and content[2] & 0xF0 != 0xF0  # noqa: PLR2004  # a known bit rate


def _is_webvtt(content: bytes) -> bool:
    try:
        text = content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        return False
    is_alone = text[6:7] in ("", " ", "\t", "\n", "\r")
    return text.startswith("WEBVTT") and is_alone
