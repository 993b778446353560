"""Localize the texts of a page: UI strings, lang and dir attributes, units.

Every text that a template shows goes through a `Localizer`, which sets it in French where
it is French and marks it with ``lang`` where it is not in the page's language.
Interface words are never put in attributes, where a language can't be marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup, escape

from publishing.text import localization, markdown
from publishing.text.localization import UiStrings, autonym, ui_strings
from publishing.text.typography import typeset
from tours.manifest import RIGHT_TO_LEFT

if TYPE_CHECKING:
    from publishing.pages.scenes import Size
    from tours.manifest import Point, Text

Direction = Literal["ltr", "rtl"]
_HYPHENATED_NAME = re.compile(
    r"\S*(?<![\w-])[^\W\d_a-zß-öø-ÿ][\w’]*(?:-[^\W\d_a-zß-öø-ÿ][\w’]*)+\S*"
)
"""Names such as Creusot-Montceau, capitals on both sides of each hyphen, with the signs
that touch them."""


def direction_of(language: str) -> Direction:
    """Return the writing direction of a language."""
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class Localizer:
    """A page's language and its UI strings."""

    language: str
    ui: UiStrings

    @property
    def direction(self) -> Direction:
        """Which way the page is written."""
        return direction_of(self.language)

    @property
    def is_at_home(self) -> bool:
        """Whether the interface speaks the page's own language."""
        return self._speaks(self.ui.language)

    @property
    def autonym(self) -> str:
        """What the page's language calls itself."""
        return autonym(self.language)

    def say(self, key: str, **values: object) -> Markup:
        """Return words of the interface, with escaped values written in."""
        spoken = escape(typeset(self.ui.words[key], self.ui.language))
        return self.marked(spoken.format(**values), self.ui.language)

    def words(self, text: Text) -> Markup:
        """Return a text of the museum's, for within a line."""
        written = str(escape(typeset(text.text, text.language)))
        unbroken = _HYPHENATED_NAME.sub(r'<span class="whole">\g<0></span>', written)
        if unbroken != written:
            # One item still, where a style lays items out.
            unbroken = f"<span>{unbroken}</span>"
        # Safe: what was escaped, with spans of ours around it.
        return self.marked(Markup(unbroken), text.language)  # noqa: S704

    def plain(self, text: Text) -> str:
        """Return a text of the museum's without marks, for titles and attributes."""
        return typeset(text.text, text.language)

    def spaced(self, text: str) -> str:
        """Return what the museum wrote in no said language, spaced as the page is."""
        return typeset(text, self.language)

    def prose(self, text: Text, below: int) -> Markup:
        """Return a Markdown text as HTML blocks under a heading of rank `below`."""
        return markdown.to_html(text.text, text.language, below=below)

    def lang(self, language: str) -> Markup:
        """Return the attributes of an element whose words are in a language."""
        if self._speaks(language):
            return Markup()
        attributes = Markup(' lang="{}"').format(language)
        if direction_of(language) != self.direction:
            attributes += Markup(' dir="{}"').format(direction_of(language))
        return attributes

    def marked(self, words: Markup, language: str) -> Markup:
        """Return words within a line, marked when they are in another language."""
        if self._speaks(language):
            return words
        return Markup("<span{}>{}</span>").format(self.lang(language), words)

    def length(self, metres: float) -> str:
        """Return a length with its unit."""
        return localization.format_length(metres, self.ui.words["decimal_sign"])

    def size(self, size: Size) -> Markup:
        """Return how big a thing is, for within a sentence: ``21 m high``."""
        height, width = self.length(size.height_m), self.length(size.width_m)
        return self.say(f"size_{size.tells}", height=height, width=width)

    def number(self, value: float) -> str:
        """Return a number without needless decimals."""
        return f"{value:g}".replace(".", self.ui.words["decimal_sign"])

    def weight(self, size_bytes: int) -> str:
        """Return a file's size with its unit."""
        words = self.ui.words
        units = (words["kilobyte"], words["megabyte"])
        return localization.format_size(size_bytes, words["decimal_sign"], units)

    def hours(self, minutes: int) -> str:
        """Return how long a walk takes."""
        return localization.format_walk(minutes)

    def counted(self, key: str, count: int) -> Markup:
        """Return how many there are, in words for one and for several."""
        return self.say(f"{key}_{'one' if count == 1 else 'many'}", count=count)

    def lasting(self, seconds: float) -> str:
        """Return a duration in minutes and seconds."""
        return localization.format_duration(seconds)

    def day(self, iso: str) -> Markup:
        """Return a day in words."""
        words = localization.format_date(iso, self.ui.words)
        stamped = Markup('<time datetime="{}">{}</time>').format(iso, words)
        return self.marked(stamped, self.ui.language)

    def degrees(self, point: Point) -> str:
        """Return coordinates in degrees, minutes and seconds."""
        winds = self.ui.words["winds"]
        return localization.format_coordinates(
            point.latitude_deg, point.longitude_deg, winds
        )

    def compared(self, height_m: float) -> Markup | None:
        """Return what a height compares with, in words."""
        found = localization.compare_height(height_m)
        if found is None:
            return None
        if found.unit != "storeys":
            return self.say(f"as_high_as_{found.unit}", count=self.number(found.count))
        # Where the ground floor is no storey, a house has one fewer.
        count = found.count - int(self.ui.words["storeys_not_counted"])
        key = "as_high_as_storey" if count == 1 else "as_high_as_storeys"
        return self.say(key, count=self.number(count))

    def _speaks(self, language: str) -> bool:
        """Whether a text needs no mark: ``fr`` within a page in ``fr-CA`` does not."""
        own, other = self.language.lower(), language.lower()
        return own == other or own.startswith(other + "-")


def localizer(language: str) -> Localizer:
    """Return the localizer of pages in a language."""
    return Localizer(language, ui_strings(language))
