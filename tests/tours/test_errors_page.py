"""``docs/errors.md`` says what the catalogues say."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from tours.diagnostics import Rule, render_catalogue_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
CATALOGUES = (
    "tours.catalogue",
    "assets_pipeline.findings.catalogue",
    "publishing.catalogue",
)


def rules() -> list[Rule]:
    """Return every rule of every package."""
    found: dict[str, Rule] = {}
    for name in CATALOGUES:
        module = importlib.import_module(name)
        kept = getattr(module, "RULES", None)
        values = kept if kept is not None else vars(module).values()
        found |= {rule.code: rule for rule in values if isinstance(rule, Rule)}
    return list(found.values())


def test_the_page_is_fresh(as_recorded: Callable[[Path, str], None]) -> None:
    """Record it anew with ``ECOMUSEE_RECORD=1 pytest tests/tours``."""
    page = render_catalogue_markdown(rules())

    as_recorded(PAGE, page)


def test_codes_are_of_the_package_that_gives_them() -> None:
    letters = {rule.code[0] for rule in rules()}

    assert letters <= {"T", "A", "P"}


def test_every_rule_speaks_in_whole_sentences() -> None:
    """What, why and remedy each say something, in both languages."""
    for rule in rules():
        for words in (rule.fr, rule.en):
            assert all((words.what, words.why, words.remedy)), rule.code
