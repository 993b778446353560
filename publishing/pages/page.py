"""What rendering gives: a page, and where it is served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tours.release import Caching

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Page:
    """One address with its whole content."""

    url: str
    """Path part only: ``/fr/forge/marteau/``."""
    content: bytes
    media_type: str
    caching: Caching


@dataclass(frozen=True, slots=True)
class Link:
    """The same page in another language."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to browsers, search engines and people who share it."""

    url: str
    title: str
    title_language: str
    description: str = ""
    image_url: str | None = None
    """Path of a picture that every program opens."""
    alternates: tuple[Link, ...] = ()
    """Every language of this page, its own included."""
    neutral_url: str | None = None
    """Path of the page that offers the languages."""
