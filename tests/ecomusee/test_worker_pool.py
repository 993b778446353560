"""Processes that make assets: what becomes of them when somebody stops the build."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from ecomusee.worker_pool import process_pool

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform == "win32", reason="no signal.pause")
def test_ctrl_c_ends_what_is_under_way(tmp_path: Path) -> None:
    """A search of minutes is not waited for."""

    def stopped() -> None:
        with process_pool(1, tmp_path / "workers.log") as executor:
            pids.append(executor.submit(os.getpid).result())
            executor.submit(signal.pause)
            raise KeyboardInterrupt

    pids: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        stopped()

    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)
