"""Executors of asset builds: a local process pool, or a Dask cluster."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ecomusee.crash_log import log_to_file
from ecomusee.errors import MissingError
from ecomusee.localization import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor
    from pathlib import Path

    from assets_pipeline.build.remote_executor import RemoteExecutor

_NO_DISTRIBUTED = Message(
    fr="le paquet distributed manque sur cette machine. Installez-le : pip install 'ecomusee[cluster]'",
    en="the package distributed is missing on this machine. Install it: pip install 'ecomusee[cluster]'",
)
_NO_SCHEDULER = Message(
    fr="aucun ordonnanceur ne répond à {address}. Lancez-le (« dask scheduler ») ou corrigez l’adresse",
    en="no scheduler answers at {address}. Start it (`dask scheduler`), or mend the address",
)
_NO_WORKERS = Message(
    fr="l’ordonnanceur {address} n’a aucune machine au travail. Lancez sur l’une d’elles "
    "« dask worker {address} --nthreads 1 »",
    en="the scheduler {address} has no machine at work. Start on one of them "
    "`dask worker {address} --nthreads 1`",
)
_OTHER_VERSIONS = Message(
    fr="ces machines n’ont pas les mêmes versions que celle-ci, et feraient d’autres fichiers : {names}. "
    "Installez-y les mêmes (requirements/cluster.txt)",
    en="these machines have other versions than this one, and would make other files: {names}. "
    "Install the same ones there (requirements/cluster.txt)",
)
_ANSWERS_WITHIN_S = 10
_LARGE_TASKS = {"distributed.admin.large-graph-warning-threshold": "4GiB"}
"""A model travels with its task: there is no need to wonder that tasks are large."""


_MEMORY_OF_A_JOB: Final = 2 << 30
"""Most models take less; a build lets denser ones wait for each other."""


def default_jobs() -> int:
    """Return how many processes this machine's cores and memory allow."""
    from assets_pipeline.build.resource_limits import machine_memory_bytes

    cores = os.cpu_count() or 1
    memory = machine_memory_bytes()
    if memory is None:
        return cores
    return max(1, min(cores, memory // _MEMORY_OF_A_JOB))


@contextmanager
def process_pool(jobs: int, log: Path) -> Iterator[Executor]:
    """Yield an executor of that many processes.

    They are made when there is something to do, and held to limits that this process
    could not bear. What they log goes to the end of `log`.

    On Ctrl-C all of them end at once, whatever they are at: the store keeps whole files
    only, and the next build takes up what was made.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    others = active_children()
    # A forked child would inherit the locks of whatever threads the parent runs.
    context = get_context("spawn")
    executor = ProcessPoolExecutor(
        max(1, jobs), context, initializer=_start_worker, initargs=(str(log),)
    )
    try:
        yield executor
    except KeyboardInterrupt:
        for process in active_children():
            if process not in others:
                process.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _start_worker(log: str) -> None:
    """Leave Ctrl-C, which reaches every process of a terminal, to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    log_to_file(log)


@contextmanager
def dask_cluster(address: str) -> Iterator[RemoteExecutor]:
    """Yield the executor of a Dask cluster with the same versions as this machine.

    Raises
    ------
    MissingError
        If nobody answers there, or what answers could not make the same files.
    """
    try:
        import dask.config
        import distributed
    except ImportError as error:
        raise MissingError(_NO_DISTRIBUTED) from error
    from assets_pipeline.build.remote_executor import RemoteExecutor
    from assets_pipeline.tasks import versions

    with dask.config.set(_LARGE_TASKS):
        try:
            client = distributed.Client(  # type: ignore[no-untyped-call]
                address, timeout=_ANSWERS_WITHIN_S, set_as_default=False
            )
        except (OSError, ValueError) as error:
            raise MissingError(_NO_SCHEDULER, address=address) from error
        with client:
            told = client.run(versions.all_versions, on_error="return")
            if not told:
                raise MissingError(_NO_WORKERS, address=address)
            ours = versions.all_versions()
            if others := [name for name, theirs in told.items() if theirs != ours]:
                raise MissingError(_OTHER_VERSIONS, names=", ".join(sorted(others)))
            executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
            yield RemoteExecutor(executor)
