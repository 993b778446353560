"""Inspect one file named on the command line, in a process of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from ecomusee.errors import UsageError
from ecomusee.localization import Message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assets_pipeline.errors.exceptions import AssetError
    from assets_pipeline.tasks.task import Task
    from ecomusee.terminal import Terminal
    from tours.diagnostics import Diagnostic

T = TypeVar("T")

_A_FOLDER = Message(
    fr="« {path} » est un dossier. Nommez un fichier qu’il contient",
    en="'{path}' is a folder. Name a file that it holds",
)
_NO_FILE = Message(
    fr="le fichier « {path} » n’existe pas. Vérifiez son nom, ou donnez son chemin entier",
    en="the file '{path}' does not exist. Check its name, or give its whole path",
)
_ODD = Message(
    fr="« {path} » n’est pas un fichier ordinaire, mais un tube, une prise ou un périphérique. Nommez un fichier",
    en="'{path}' is no regular file, but a pipe, a socket or a device. Name a regular file",
)


def check_is_file(file: Path) -> None:
    """Check that a path names a regular file.

    Raises
    ------
    UsageError
        If it is a folder, a pipe or the like, or not there.
    """
    try:
        is_folder, is_there, is_file = file.is_dir(), file.exists(), file.is_file()
    except OSError:  # a name that is too long, say
        is_folder = is_there = is_file = False
    if is_folder:
        raise UsageError(_A_FOLDER, path=file.as_posix())
    if not is_there:
        raise UsageError(_NO_FILE, path=file.as_posix())
    if not is_file:
        raise UsageError(_ODD, path=file.as_posix())


def run_isolated(
    work: Callable[[Task], T],
    task: Task,
    file: Path,
    terminal: Terminal,
    *,
    step: str = "",
) -> T | None:
    """Return what work on a file gives in a process of its own; None where it is refused, with a finding printed.

    Where it can't be done it is told why, as a build would, and None is returned.

    Parameters
    ----------
    work
        See `Apart.result`.
    task
        What it is about.
    file
        Its file, as the command was given it.
    terminal
        To tell it.
    step
        What is shown meanwhile.
    """
    from assets_pipeline.build.sandbox import Sandbox
    from assets_pipeline.errors.exceptions import AssetError

    try:
        with Sandbox() as apart, terminal.progress() as show:
            show(step)
            return apart.run(partial(work, task))
    except AssetError as error:
        _say_refusal(file, task, error, terminal)
        return None


def _say_refusal(file: Path, task: Task, error: AssetError, terminal: Terminal) -> None:
    """Print why a task's file can't be used."""
    from ecomusee.findings import finding_json
    from tours.diagnostics import render

    finding = refusal_finding(file, task, error)
    terminal.write(render(finding, terminal.language))
    terminal.document(file=file.as_posix(), findings=[finding_json(finding)])


def refusal_finding(file: Path, task: Task, error: AssetError) -> Diagnostic:
    """Return the finding that tells why a task's file can't be used."""
    from assets_pipeline.checks.unreadable_files import describe_failure
    from assets_pipeline.findings import catalogue
    from tours.diagnostics import Location

    note = describe_failure(task, error)
    return catalogue.BY_CODE[note.code].at(Location(file, 0), **note.values)
