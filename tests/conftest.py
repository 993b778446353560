"""Recorded answers, and samples of the long proofs.

Answers recorded beside the tests are compared or, when asked, recorded anew:

    ECOMUSEE_RECORD=1 pytest tests/tours/test_findings.py

Read what changed before it is committed: the record is the promise.

Long proofs (thousands of spoilt files, whole installations) run a sample, the same in
every run unless ``--sample-seed`` draws another; ``--all`` runs them whole:

    @pytest.mark.sample(3)    three cases of a parametrized test
    @pytest.mark.thorough     only with --all
    sample(cases, 3)          the fixture of that name: three cases within a test

The gate runs a share of what is left, told folder by folder in ``gate_shares.toml``: it
has to end within twelve minutes on two cores. Files that are named run whole, unless
``--gate`` asks for the gate's share of them. A test that is named by its id runs,
whatever its marks.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from tours.diagnostics import Diagnostic, Language, render
from tours.source import read_source_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")
SHARES = Path(__file__).with_name("gate_shares.toml")
LANGUAGES: tuple[Language, ...] = ("fr", "en")

# A background shell, or nohup, starts programs with SIGINT ignored, and children inherit
# that: Ctrl-C would end none of them. A handler is not inherited: they begin with the
# default, as at a person's terminal.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let long proofs be run whole, or a sample be drawn again."""
    parser.addoption("--all", action="store_true", help="run long proofs whole")
    parser.addoption(
        "--gate", action="store_true", help="the gate's share of files named"
    )
    parser.addoption("--sample-seed", type=int, default=1, help="draw other samples")


def pytest_report_header(config: pytest.Config) -> str:
    """Say which part of the long proofs runs."""
    if config.option.all:
        return "every test, long proofs whole"
    seed = config.option.sample_seed
    part = "the gate's share of tests" if _is_gate(config) else "every test of these"
    return f"{part}; samples of long proofs by --sample-seed {seed}; --all runs all"


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what the sample does not hold; put tests in a browser first.

    They come first, hence to one worker: two browsers at once would share the processors
    that the time of each is measured by.
    """
    items.sort(key=lambda item: "end_to_end" not in item.path.parts)
    for item in items:
        if "end_to_end" in item.path.parts:  # the first of them build whole museums
            item.add_marker(pytest.mark.timeout(1800))
    if config.option.all or any("::" in argument for argument in config.args):
        return
    left_out = {item for item in items if item.get_closest_marker("thorough")}
    by_test = defaultdict(list)
    for item in items:
        if item.get_closest_marker("sample"):
            by_test[item.nodeid.partition("[")[0]].append(item)
    for name, cases in by_test.items():
        (count,) = cases[0].get_closest_marker("sample").args  # type: ignore[union-attr]
        drawn = _drawn(config, name, cases, count)
        left_out |= set(cases) - set(drawn)
    if _is_gate(config):
        left_out |= _beyond_shares(config, [i for i in items if i not in left_out])
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def _is_gate(config: pytest.Config) -> bool:
    """Return whether tests are left out by their shares: asked for, or nothing is named."""
    return bool(config.option.gate) or config.args == config.getini("testpaths")


def _beyond_shares(
    config: pytest.Config, items: Sequence[pytest.Item]
) -> set[pytest.Item]:
    """Return what the gate leaves out of each folder or file that has a share.

    At least one test of each file stays, so that every file is imported and its fixtures
    work.
    """
    shares: dict[str, float] = tomllib.loads(SHARES.read_text(encoding="utf-8"))
    by_file = defaultdict(list)
    for item in items:
        by_file[item.path.relative_to(SHARES.parent).as_posix()].append(item)
    left_out = set()
    for name, tests in by_file.items():
        named = [key for key in shares if name == key or name.startswith(f"{key}/")]
        if named:
            count = max(1, round(shares[max(named, key=len)] * len(tests)))
            left_out |= set(tests) - set(_drawn(config, name, tests, count))
    return left_out


@pytest.fixture
def sample(
    request: pytest.FixtureRequest,
) -> Callable[[Sequence[T], int], Sequence[T]]:
    """Return a function that draws so many of the cases; all of them with ``--all``."""

    def sample(cases: Sequence[T], count: int) -> Sequence[T]:
        if request.config.option.all:
            return cases
        return _drawn(request.config, request.node.nodeid, cases, count)

    return sample


def _drawn(
    config: pytest.Config, name: str, cases: Sequence[T], count: int
) -> Sequence[T]:
    """Return a sample in the order of the cases, other ones for each name."""
    chosen = random.Random(f"{config.option.sample_seed} {name}")  # noqa: S311 - no secret
    places = chosen.sample(range(len(cases)), min(count, len(cases)))
    return [cases[place] for place in sorted(places)]


@pytest.fixture(scope="session")
def as_recorded() -> Callable[[Path, str], None]:
    """Return a function that holds a text against the one recorded in a file."""
    return _compared


@pytest.fixture(scope="session")
def told_as_recorded() -> Callable[[Path, Iterable[Diagnostic]], None]:
    """Return a function that holds findings, as a terminal shows them, against a folder's."""

    def told(folder: Path, diagnostics: Iterable[Diagnostic]) -> None:
        found = list(diagnostics)
        for language in LANGUAGES:
            lines = (render(d, language, read_source_line(d.location)) for d in found)
            _compared(folder / f"expected.{language}.txt", "\n".join(lines) + "\n")

    return told


def _compared(path: Path, text: str) -> None:
    if os.environ.get("ECOMUSEE_RECORD"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
