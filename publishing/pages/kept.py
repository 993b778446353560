"""What was made before and serves again: compiled templates, pages that nothing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2.bccache import Bucket

    from publishing.pages.page import Page


class Earlier:
    """The pages of each tour and language as they were made last, and from what."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, tuple[Page, ...]]] = {}

    def pages(
        self, url: str, inputs: object, make: Callable[[], Iterable[Page]]
    ) -> tuple[Page, ...]:
        """Return the pages that some inputs make; `url` is the manifest's."""
        kept = self._kept.get(url)
        if kept is None or kept[0] != inputs:
            kept = self._kept[url] = (inputs, tuple(make()))
        return kept[1]


class _Compiled(BytecodeCache):
    """Templates compiled once a process: two thirds of the time of making pages."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a template's bucket, if it was compiled before from the same text."""
        content = self._kept.get(f"{bucket.key}{bucket.checksum}")
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a template was compiled to."""
        self._kept[f"{bucket.key}{bucket.checksum}"] = bucket.bytecode_to_string()


COMPILED = _Compiled()
"""Of every museum: the templates are the same."""
