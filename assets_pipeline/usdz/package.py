"""The zip file that USDZ is: stored, not packed, each file on a 64-byte boundary.

USDZ File Format Specification, "Layout": no compression, no encryption, every file's
first byte at a multiple of 64 from the package's start, the root layer first.
"""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ALIGNMENT_BYTES = 64
_LOCAL_HEADER_BYTES = 30
_EXTRA_HEADER = struct.Struct("<HH")
_PADDING_ID = 0x1986  # unused by others; USD's own writer takes it
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip knows: the same bytes every day


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the package of files by name, in their order."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.create_system = 0
            entry.external_attr = 0
            entry.extra = _padding(package.tell(), name)
            archive.writestr(entry, content)
    return package.getvalue()


def _padding(start: int, name: str) -> bytes:
    """Return an extra field that moves the content to the next boundary."""
    bare = start + _LOCAL_HEADER_BYTES + len(name.encode()) + _EXTRA_HEADER.size
    fill = -bare % _ALIGNMENT_BYTES
    return _EXTRA_HEADER.pack(_PADDING_ID, fill) + b"\0" * fill
