"""The log of what went wrong in the program itself, for those who can mend it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def fresh_log() -> Path:
    """Return the path of a log to be, in the system's temporary folder.

    That folder can be written to where a museum's folder or a home can't.
    """
    import tempfile
    from uuid import uuid4

    return Path(tempfile.gettempdir()) / f"ecomusee-{uuid4().hex[:12]}.log"


def write_log(error: BaseException, arguments: Sequence[str]) -> Path:
    """Write what happened to a new log, and return its path."""
    import platform
    import traceback
    from importlib.metadata import version

    path = fresh_log()
    with path.open("x", encoding="utf-8") as log:
        log.write(f"ecomusee {version('ecomusee')} {' '.join(arguments)}\n")
        log.write(f"Python {sys.version}\n{platform.platform()}\n\n")
        log.writelines(traceback.format_exception(error))
    return path


@contextmanager
def records_kept() -> Iterator[Path]:
    """Keep what the block logs in a log, and give its path.

    There is no such file when nothing was logged.
    """
    import logging

    path = fresh_log()
    keep_records(str(path))
    try:
        yield path
    finally:
        logging.getLogger().handlers.clear()


def keep_records(path: str) -> None:
    """Send this process's warnings and errors to the end of a log."""
    import logging

    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
