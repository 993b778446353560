"""Read ``codes.lock.yaml`` and report every edit made to it by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tours.catalogue import codes as codes_rules
from tours.codes import RegisteredCode, Registry, compute_seal, is_valid_code
from tours.diagnostics import Location
from tours.source import read_source
from tours.source.nodes import Mapping, Scalar, Sequence
from tours.source.text import excerpt

if TYPE_CHECKING:
    from pathlib import Path

    from tours.diagnostics import Diagnostic
    from tours.source.nodes import Node


@dataclass(frozen=True, slots=True)
class CodesLock:
    """The registry read from its file, and the place of each of its codes."""

    registry: Registry
    places: dict[str, Location]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    code: RegisteredCode
    written_seal: str
    location: Location


def read_codes_lock(path: Path) -> CodesLock:
    """Return the registry in a file that exists, and what is wrong with it."""
    source = read_source(path)
    reported = source.diagnostics
    if source.root is None or reported:
        # One sentence tells what to do whatever the mistake: put the file back.
        return _broken(reported[0].location if reported else Location(path))
    address, count, items = _parts(source.root)
    if address is None or items is None:
        return _broken(source.root.location)
    findings: list[Diagnostic] = []
    entries = [entry for entry in (_entry(item, findings) for item in items) if entry]
    findings.extend(_changed(address, entries))
    findings.extend(_repeated(entries))
    if count is not None and count.text != str(len(items)):
        announced = excerpt(count.text)
        findings.append(
            codes_rules.LOST_ENTRIES.at(
                count.location, announced=announced, found=len(items)
            )
        )
    registry = Registry(address, tuple(entry.code for entry in entries))
    places = {entry.code.code: entry.location for entry in entries}
    return CodesLock(registry, places, tuple(findings))


def _broken(place: Location) -> CodesLock:
    return CodesLock(Registry(""), {}, (codes_rules.BROKEN_LOCK.at(place),))


def _parts(
    root: Node,
) -> tuple[str | None, Scalar | None, tuple[Node, ...] | None]:
    """Return the address, the count and the items of ``codes``."""
    if not isinstance(root, Mapping):
        return None, None, None
    texts = _scalars(root)
    address, count = texts.get("address"), texts.get("count")
    codes = root.entry("codes")
    if codes is None:
        items: tuple[Node, ...] | None = ()
    else:
        items = codes.value.items if isinstance(codes.value, Sequence) else None
    return (address.text if address else None), count, items


def _entry(item: Node, findings: list[Diagnostic]) -> _Entry | None:
    texts = _scalars(item)
    try:
        day = date.fromisoformat(texts["since"].text)
        code, tour, stop = (texts[key].text for key in ("code", "tour", "stop"))
        sealed = texts["seal"].text
        printed = texts.get("printed")
        last = date.fromisoformat(printed.text) if printed else None
    except (KeyError, ValueError):
        findings.append(codes_rules.BROKEN_LOCK.at(item.location))
        return None
    label = texts["label"].text if "label" in texts else None
    registered = RegisteredCode(code, tour, stop, day, last, label)
    return _Entry(registered, sealed, texts["code"].location)


def _scalars(node: Node) -> dict[str, Scalar]:
    if not isinstance(node, Mapping):
        return {}
    return {e.key: e.value for e in node.entries if isinstance(e.value, Scalar)}


def _changed(address: str, entries: list[_Entry]) -> list[Diagnostic]:
    """Report codes that can't be, and of entries whose seal no longer fits."""
    findings = []
    for entry in entries:
        code = entry.code
        if not is_valid_code(code.code):
            rule = codes_rules.INVALID_CODE
        elif compute_seal(address, code) != entry.written_seal:
            rule = codes_rules.CHANGED_ENTRY
        else:
            continue
        findings.append(
            rule.at(
                entry.location,
                code=excerpt(code.code),
                tour=excerpt(code.tour),
                stop=excerpt(code.stop),
            )
        )
    return findings


def _repeated(entries: list[_Entry]) -> list[Diagnostic]:
    """Report a code given twice, and of a stop that has two."""
    findings = []
    by_code: dict[str, _Entry] = {}
    by_stop: dict[tuple[str, str], _Entry] = {}
    for entry in entries:
        code = entry.code
        same_code = by_code.setdefault(code.code, entry)
        same_stop = by_stop.setdefault((code.tour, code.stop), entry)
        if same_code is not entry:
            findings.append(
                codes_rules.REPEATED_CODE.at(
                    entry.location,
                    code=code.code,
                    other=excerpt(same_code.code.stop),
                    first=same_code.location.line,
                )
            )
        elif same_stop is not entry:
            findings.append(
                codes_rules.SECOND_CODE.at(
                    entry.location,
                    stop=excerpt(code.stop),
                    other=same_stop.code.code,
                    first=same_stop.location.line,
                )
            )
    return findings
