"""Log files for exceptions and warnings of the program itself."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def new_log_path() -> Path:
    """Return the path of a new log in the system's temporary folder.

    That folder can be written to where a museum's folder or a home can't.
    """
    import tempfile
    from uuid import uuid4

    return Path(tempfile.gettempdir()) / f"ecomusee-{uuid4().hex[:12]}.log"


def write_log(error: BaseException, arguments: Sequence[str]) -> Path:
    """Write an exception's traceback to a new log, and return its path."""
    import platform
    import traceback
    from importlib.metadata import version

    path = new_log_path()
    with path.open("x", encoding="utf-8") as log:
        log.write(f"ecomusee {version('ecomusee')} {' '.join(arguments)}\n")
        log.write(f"Python {sys.version}\n{platform.platform()}\n\n")
        log.writelines(traceback.format_exception(error))
    return path


@contextmanager
def logging_to_file() -> Iterator[Path]:
    """Log warnings of the block to a file, and yield its path.

    There is no such file when nothing was logged.
    """
    import logging

    path = new_log_path()
    log_to_file(str(path))
    try:
        yield path
    finally:
        logging.getLogger().handlers.clear()


def log_to_file(path: str) -> None:
    """Append this process's warnings and errors to a log file."""
    import logging

    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
