"""The log of a defect of the program, for those who can mend it."""

from __future__ import annotations

import platform
import sys
import traceback
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def write_log(error: BaseException, arguments: Sequence[str]) -> Path:
    """Write what happened to a new file of the system's temporary folder.

    That folder can be written to where a museum's folder or a home can't.
    """
    with NamedTemporaryFile(
        "w", prefix="ecomusee-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(f"ecomusee {version('ecomusee')} {' '.join(arguments)}\n")
        log.write(f"Python {sys.version}\n{platform.platform()}\n\n")
        log.writelines(traceback.format_exception(error))
    return Path(log.name)
