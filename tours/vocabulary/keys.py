"""Key and Table, and the keys that several groups share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal[
    "name",
    "text",
    "texts",
    "wording",
    "languages",
    "length",
    "height",
    "offset",
    "angle",
    "direction",
    "duration",
    "scale",
    "coordinates",
    "count",
    "address",
    "color",
    "license",
    "model_file",
    "panorama_file",
    "plan",
    "plan_file",
    "picture_file",
    "poster",
    "audio_files",
    "transcript_files",
    "video_files",
    "caption_files",
    "described_files",
    "azimuth",
    "view_direction",
    "position",
    "spot",
    "amount",
    "date",
    "flag",
    "reviews",
    "choice",
    "group",
    "groups",
    "list",
]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name, what it means to a visitor, and how its value is written."""

    name: str
    shape: Shape
    fr: str
    """A sentence in French: the editor's hover text, and why its absence matters."""
    en: str
    example: str
    """A whole line to write."""
    required: bool = False
    french: tuple[str, ...] = ()
    """What French speakers are likely to type instead."""
    choices: tuple[str, ...] = ()
    inside: tuple[Table, ...] = ()
    """For a group the table of each kind of it; for a list, of each kind of item.

    Under a key of shape ``groups`` stands one group, or a list of them."""

    @property
    def is_prose(self) -> bool:
        """Whether people read the value as it was typed, its quotes included."""
        return self.shape in ("text", "texts", "list")


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of one group."""

    fr: str
    """What the group is, in a phrase: « le musée »."""
    en: str
    keys: tuple[Key, ...]
    home: str = ""
    """The key that the group stands under."""
    by: str = ""
    """The value of ``by`` that tells this table from the others of its list."""

    @property
    def names(self) -> tuple[str, ...]:
        """The keys' names, in the order people write them."""
        return tuple(key.name for key in self.keys)

    def key(self, name: str) -> Key:
        """Return the key of that name, which must be one of the table's."""
        return next(key for key in self.keys if key.name == name)


LICENSE = Key(
    "license",
    "license",
    "La licence (SPDX) de tout ce qui n’en donne pas une autre.",
    "The licence (SPDX) of all that gives no other.",
    "license: CC-BY-SA-4.0",
    french=("licence", "droits", "rights", "copyright"),
)
CREDITS = Key(
    "credits",
    "wording",
    "Les personnes et les institutions à créditer ; un seul texte pour toutes les langues, ou un par langue.",
    "The people and institutions to credit; one text for all languages, or one for each.",
    "credits: Écomusée, textes 2026",
    french=("crédits", "credit", "crédit"),
)
SAFETY_SYNONYMS = ("sécurité", "securite", "prudence", "warning", "attention")
SAFETY = Key(
    "safety",
    "texts",
    "Ce qu’il faut dire avant que les gens bougent en regardant leur téléphone.",
    "What to say before people move while looking at their phone.",
    "safety: { fr: Restez sur le trottoir. }",
    french=SAFETY_SYNONYMS,
)
