"""The GLB container: one JSON chunk, at most one binary chunk (glTF 2.0, chapter 4)."""

from __future__ import annotations

import struct

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import DamagedFileError, UnsupportedFormatError

MAGIC = b"glTF"
_HEADER = struct.Struct("<4sII")
_CHUNK = struct.Struct("<II")
_JSON, _BIN = 0x4E4F534A, 0x004E4942
_VERSION = 2


def split_glb(content: bytes) -> tuple[bytes, bytes | None]:
    """Return the JSON text and the binary chunk of a GLB file.

    Raises
    ------
    DamagedFileError
        If lengths, order or kinds of chunks contradict the file.
    UnsupportedFormatError
        If it is not GLB version 2.
    """
    if len(content) < _HEADER.size:
        raise DamagedFileError.from_cause(causes.TRUNCATED, "header")
    magic, version, length = _HEADER.unpack_from(content)
    if magic != MAGIC:
        raise DamagedFileError.from_cause(causes.GLB_MAGIC_MISSING, "header.magic")
    if version != _VERSION:
        raise UnsupportedFormatError.from_cause(
            causes.UNSUPPORTED_GLTF_VERSION, "header.version", version=version
        )
    if length != len(content):
        raise DamagedFileError.from_cause(
            causes.GLB_LENGTH_MISMATCH, "header.length", said=length, held=len(content)
        )
    chunks = _split_chunks(content)
    if not chunks or chunks[0][0] != _JSON:
        raise DamagedFileError.from_cause(causes.JSON_MALFORMED, "chunks[0]")
    has_binary = len(chunks) > 1 and chunks[1][0] == _BIN
    return chunks[0][1], chunks[1][1] if has_binary else None


def join_glb(json_text: bytes, binary: bytes) -> bytes:
    """Return a GLB file; an empty `binary` is left out."""
    json_text += b" " * (-len(json_text) % 4)
    binary += bytes(-len(binary) % 4)
    body = _CHUNK.pack(len(json_text), _JSON) + json_text
    if binary:
        body += _CHUNK.pack(len(binary), _BIN) + binary
    return _HEADER.pack(MAGIC, _VERSION, _HEADER.size + len(body)) + body


def _split_chunks(content: bytes) -> list[tuple[int, bytes]]:
    chunks: list[tuple[int, bytes]] = []
    at = _HEADER.size
    while at < len(content):
        place = f"chunks[{len(chunks)}]"
        if at + _CHUNK.size > len(content):
            raise DamagedFileError.from_cause(causes.TRUNCATED, place)
        length, kind = _CHUNK.unpack_from(content, at)
        start = at + _CHUNK.size
        if start + length > len(content):
            raise DamagedFileError.from_cause(causes.TRUNCATED, place)
        chunks.append((kind, content[start : start + length]))
        at = start + length
    return chunks


def list_chunk_kinds(content: bytes) -> list[str]:
    """Return the kinds of a GLB file's chunks in order: JSON, BIN, or a number.

    Raises
    ------
    DamagedFileError
        If a chunk does not fit in the file.
    """
    names = {_JSON: "JSON", _BIN: "BIN"}
    return [names.get(kind, f"{kind:#x}") for kind, _ in _split_chunks(content)]
