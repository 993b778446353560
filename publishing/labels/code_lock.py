"""Update ``codes.lock.yaml``: assign codes to stops, record which labels were printed."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from publishing.disk import Disk, exclusive_lock
from publishing.errors import BusyError, LabelError
from publishing.labels.content import compose_labels
from tours.checks import MUSEUM_NAME
from tours.codes import FILE_NAME, Registry
from tours.codes_lock import read_codes_lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from publishing.labels.content import Label
    from tours.checks import MuseumReading
    from tours.manifest import Manifest
    from tours.model import Museum

_BUSY = "another program gives codes in {}: wait until it ends, then try again"
_CHANGED = "{} was changed by another program: start again"
Reason = Literal["new", "changed"]


def assign_codes(
    folder: Path, reading: MuseumReading, today: date, disk: Disk | None = None
) -> Registry:
    """Assign a permanent code to each stop without one, and write the registry.

    The file is written whole or not at all, and only when something is new.

    Raises
    ------
    BusyError
        If another program does the same, or has since the folder was read.
    """
    if reading.museum is None:
        return reading.registry
    with lock_codes(folder, reading.registry) as registry:
        wanted = add_missing_codes(reading.museum, registry, today)
        write_codes(folder, registry, wanted, disk or Disk())
        return wanted


@contextlib.contextmanager
def lock_codes(folder: Path, expected: Registry) -> Iterator[Registry]:
    """Hold the lock on a museum's codes, and yield the registry as it is on disk.

    The lock is on ``museum.yaml``, which is only read: nothing else is left in the
    folder, and nothing to clean up.

    Raises
    ------
    BusyError
        If another program holds them, or has changed them from what is expected.
    """
    with exclusive_lock(folder / MUSEUM_NAME, _BUSY.format(folder)):
        path = folder / FILE_NAME
        if path.exists():
            lock = read_codes_lock(path)
            if lock.diagnostics or lock.registry != expected:
                raise BusyError(_CHANGED.format(path))
        elif expected.codes:
            raise BusyError(_CHANGED.format(path))
        yield expected


def add_missing_codes(museum: Museum, registry: Registry, today: date) -> Registry:
    """Return the registry with a code for every stop of a museum, at its address."""
    pairs = ((tour.id, stop.id) for tour, stop in museum.stops())
    return registry.moved(museum.address).assigned(pairs, today)


def write_codes(folder: Path, now: Registry, wanted: Registry, disk: Disk) -> None:
    """Write the registry where it has changed."""
    if wanted != now:
        disk.replace(folder / FILE_NAME, wanted.to_yaml().encode())


def labels_to_print(labels: Iterable[Label], registry: Registry) -> dict[str, Reason]:
    """Return the codes of labels never printed or changed since, with the reason."""
    last = {entry.code: entry.label for entry in registry.codes}
    return {
        label.code: "new" if last.get(label.code) is None else "changed"
        for label in labels
        if last.get(label.code) != label_digest(label)
    }


def labels_to_print_from_manifests(
    manifests: Sequence[Manifest], registry: Registry
) -> dict[str, Reason]:
    """Return the same from manifests; empty where labels can't be drawn.

    That is told where labels are.
    """
    try:
        return labels_to_print(compose_labels(manifests, registry), registry)
    except LabelError:
        return {}


def record_printed(
    labels: Iterable[Label], registry: Registry, today: date
) -> Registry:
    """Return the registry with today as print date of labels that changed."""
    words = {label.code: label_digest(label) for label in labels}
    codes = tuple(
        replace(entry, printed=today, label=words[entry.code])
        if words.get(entry.code, entry.label) != entry.label
        else entry
        for entry in registry.codes
    )
    return replace(registry, codes=codes)


def label_digest(label: Label) -> str:
    """Return eight hex digits of what must not change on a printed label.

    That is its address and code, its number and its titles. What one will see, the museum's
    colour or its notices may change, and a label on a wall still leads where it says. Spaces
    don't count: typography sets them.
    """
    parts = (label.address, str(label.number), *label.titles)
    text = "\n".join("".join(part.split()) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
