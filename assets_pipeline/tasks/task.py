"""The input of a build task: plain data for workers and cache keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TaskKind = Literal[
    "model",
    "picture",
    "panorama",
    "recording",
    "captions",
    "video",
    "voice",
    "target",
]


@dataclass(frozen=True, slots=True)
class ModelCredits:
    """Title, author and licence that a model's files carry."""

    title: str
    author: str | None
    license: str

    @property
    def copyright(self) -> str:
        """Author and licence in one line, as glTF's ``asset.copyright`` has them."""
        return ". ".join(part for part in (self.author, self.license) if part)


@dataclass(frozen=True, slots=True)
class Speech:
    """The text of a synthetic voice, and the stop that it is for."""

    tour: str
    stop: str
    language: str
    text: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to process, and how."""

    kind: TaskKind
    folder: str
    """The museum's folder."""
    path: str
    """Within it, with forward slashes; of a draft voice, a name for people to read."""
    metres_per_unit: float = 1.0
    up: Literal["x", "y", "z"] = "y"
    facts: ModelCredits | None = None
    occlusion: bool | None = None
    """Of a model: whether hollows are darkened; None where nobody said, and they are not."""
    starts_deg: float = 0.0
    """Of a panorama: the azimuth that its poster shows."""
    speech: Speech | None = None
    """Set for a draft voice, which is made from no file."""
    width_m: float = 0.0
    """Of a picture to recognise: how wide it is printed."""
    is_forced: bool = False
    """Of a picture to recognise: it is published however hard it is."""
    beside: tuple[tuple[str, float], ...] = ()
    """Of a picture to recognise: the others of its tours, by path and printed width."""
    decided: str = ""
    """Of a model: what was decided before, as ``decisions`` writes it; else nothing."""
    searches: bool = False
    """Of a model: whether to search for the smallest file where nothing is decided."""

    @property
    def entry_name(self) -> str:
        """Key of a model's recorded settings: its path, unit, axis and occlusion."""
        oddly = []
        if (self.metres_per_unit, self.up) != (1.0, "y"):
            oddly += [f"{self.metres_per_unit:g} m", f"{self.up} up"]
        if self.occlusion is not None:
            oddly.append("occlusion" if self.occlusion else "no occlusion")
        return f"{self.path} ({', '.join(oddly)})" if oddly else self.path
