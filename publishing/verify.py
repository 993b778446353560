"""Whether a release folder is whole: each file as told, each code and link with its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publishing.drafts import files_of, reads_as
from publishing.links import links

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tours.release import Release


def problems(folder: Path, release: Release) -> tuple[str, ...]:
    """Return a sentence for each thing that is missing or damaged; none when whole.

    Every file is read again from the disk.
    """
    return (
        *_damaged(folder, release),
        *_dead_codes(release),
        *_dead_links(folder, release),
    )


def _damaged(folder: Path, release: Release) -> Iterator[str]:
    for entry in release.entries:
        for stored in files_of(entry):
            if not reads_as(folder / stored.file, stored):
                yield f"{stored.file} is missing or damaged"


def _dead_codes(release: Release) -> Iterator[str]:
    urls = {entry.url for entry in release.entries}
    for target in release.codes:
        for url in (f"/{target.code}", *(url for _, url in target.pages)):
            if url not in urls:
                yield f"the code {target.code} leads to {url}, which is not there"


def _dead_links(folder: Path, release: Release) -> Iterator[str]:
    urls = {entry.url for entry in release.entries}
    for entry in release.entries:
        path = folder / entry.identity.file
        if path.is_file() and entry.caching == "revalidate":
            found = links(
                entry.url, entry.media_type, path.read_bytes(), release.address
            )
            for url in sorted(found - urls):
                yield f"{entry.url} points to {url}, which is not there"
