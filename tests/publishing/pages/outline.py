"""What a page is to who does not see it: names, in order, as they are read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .conftest import Document, Element  # noqa: TID252 - tests are no package

_ROLES: dict[str, Callable[[Element], str | None]] = {
    "a": lambda e: "link" if "href" in e.attributes else None,
    "audio": lambda _: "audio",
    "button": lambda _: "button",
    "h1": lambda _: "1",
    "h2": lambda _: "2",
    "h3": lambda _: "3",
    "h4": lambda _: "4",
    "img": lambda e: "picture" if e.attributes["alt"] else None,
    "input": lambda _: "field",
    "main": lambda _: "main",
    "nav": lambda _: "navigation",
    "summary": lambda _: "fold",
    "track": lambda _: "captions",
    "video": lambda _: "film",
}
_UNSEEN_BY_DEFAULT = "quick-look"
"""The style sheet shows it on iPhone alone, in place of the picture."""


def outline(page: Document) -> str:
    """Return one line for each heading, link, control and picture that has a name."""
    return "".join(f"{line}\n" for line in _lines(page))


def _lines(page: Document) -> Iterator[str]:
    for element in page.elements:
        role = _ROLES.get(element.tag, lambda _: None)(element)
        classes = element.inherited("class") or ""
        if role is None or _UNSEEN_BY_DEFAULT in classes:
            continue
        if element.inherited("aria-hidden") != "true":
            name = " ".join(_name(page, element).split())
            yield f"{role}: {name}" if name else role


def _name(page: Document, element: Element) -> str:
    """Return the accessible name, as far as these pages need ``accname-1.2``."""
    attributes = element.attributes
    if "aria-labelledby" in attributes:
        ids = attributes["aria-labelledby"].split()
        named = {e.attributes.get("id"): e for e in page.elements}
        return " ".join(named[name].spoken for name in ids)
    if element.tag == "input":
        return page.one("label", **{"for": attributes["id"]}).spoken
    if element.tag == "img":
        return attributes["alt"]
    if element.tag == "track":
        return attributes.get("label", attributes["srclang"])
    return "" if element.tag in {"main", "audio", "video"} else element.spoken
