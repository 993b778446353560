"""Giving codes to stops: the one thing that publishing writes in a museum's folder."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from publishing.errors import BusyError
from publishing.files import Disk, exclusively
from tours.checks import MUSEUM_NAME
from tours.codes import FILE_NAME, Registry
from tours.codes_lock import read_codes_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from tours.checks import MuseumReading
    from tours.model import Museum

_BUSY = "another program gives codes in {}: wait until it ends, then try again"
_CHANGED = "{} was changed by another program: start again"


def assign_codes(
    folder: Path, reading: MuseumReading, today: date, disk: Disk | None = None
) -> Registry:
    """Give a code, for ever, to each stop that has none, and write it down.

    The file is written whole or not at all, and only when something is new.

    Raises
    ------
    BusyError
        If another program does the same, or has since the folder was read.
    """
    if reading.museum is None:
        return reading.registry
    with held(folder, reading.registry) as registry:
        wanted = with_codes(reading.museum, registry, today)
        write_codes(folder, registry, wanted, disk or Disk())
        return wanted


@contextlib.contextmanager
def held(folder: Path, expected: Registry) -> Iterator[Registry]:
    """Keep a museum's codes to oneself, and give them as they are now.

    The lock is on ``museum.yaml``, which is only read: nothing else is left in the
    folder, and nothing to clean up.

    Raises
    ------
    BusyError
        If another program holds them, or has changed them from what is expected.
    """
    with exclusively(folder / MUSEUM_NAME, _BUSY.format(folder)):
        path = folder / FILE_NAME
        if path.exists():
            lock = read_codes_lock(path)
            if lock.diagnostics or lock.registry != expected:
                raise BusyError(_CHANGED.format(path))
        elif expected.codes:
            raise BusyError(_CHANGED.format(path))
        yield expected


def with_codes(museum: Museum, registry: Registry, today: date) -> Registry:
    """Return the registry at a museum's address, with a code for every stop."""
    pairs = ((tour.id, stop.id) for tour, stop in museum.stops())
    return registry.moved(museum.address).assigned(pairs, today)


def write_codes(folder: Path, now: Registry, wanted: Registry, disk: Disk) -> None:
    """Write a museum's codes where they have grown."""
    if wanted != now:
        disk.replace(folder / FILE_NAME, wanted.to_yaml().encode())
