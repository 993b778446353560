"""Compare the manifests of two releases: what visitors would find changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_type_hints

from tours import manifest as wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from publishing.release.plan import KeptRelease
    from tours.manifest import Manifest

Json = dict[str, Any]
"""A manifest as it goes over the wire, or a part of one."""
Manifests = dict[tuple[str, str], Json]
"""By tour and language."""
ChangeKind = Literal[
    "tour_added", "tour_removed", "language_added", "language_removed",
    "stop_added", "stop_removed", "stop_withdrawn", "stop_reopened", "stop_moved",
    "text", "translated", "scene_added", "scene_removed", "scene", "sound_added",
    "sound_removed", "sound", "placement", "position", "sources", "code", "facts",
]  # fmt: skip
_TEXTS = tuple(
    dict.fromkeys(
        name
        for view in (wire.StopView, wire.TourView)
        for name, hint in get_type_hints(view).items()
        if hint in (wire.Text, wire.Text | None)
    )
)
"""Every text of a stop and of a tour, as the wire format names them."""
_BESIDE = frozenset({"poster", "described", "sign"})
"""What of a scene is shown before it, or in its place by a visitor's choice."""
_FACTS = (
    "offline", "site", "label", "access", "duration_min", "license", "credits",
    "questions", "hunts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One difference that visitors would see."""

    what: ChangeKind
    tour: str
    stop: str | None = None
    """None for the tour itself."""
    language: str | None = None
    """None for what is the same in every language."""
    field: str | None = None
    """Of a text or a fact: its key in the manifest."""
    before: str | None = None
    after: str | None = None
    pictures: tuple[str | None, str | None] = (None, None)
    """Addresses of what stood there before and what would stand there."""
    bytes_more: int = 0
    """Of a scene: how much heavier it becomes; less than 0 for lighter."""


def released_manifests(kept: KeptRelease) -> Manifests:
    """Return the readable manifests of a release, by tour and language."""
    found = {}
    for entry in kept.release.entries:
        if entry.url.startswith("/manifests/"):
            read = _read(kept.folder / entry.identity.file)
            if read is not None:
                found[read["tour"]["id"], read["language"]] = read
    return found


def draft_manifests(manifests: Sequence[Manifest]) -> Manifests:
    """Return manifests in wire form, by tour and language."""
    return {(m.tour.id, m.language): json.loads(wire.to_json(m)) for m in manifests}


def compare_manifests(before: Manifests, after: Manifests) -> tuple[Change, ...]:
    """Return the differences of two sets of manifests, in tour order."""
    tours = dict.fromkeys(tour for tour, _ in (*after, *before))
    return tuple(
        change for tour in tours for change in _tour_changes(tour, before, after)
    )


def _read(path: Path) -> Json | None:
    try:
        read: Json = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return read if "tour" in read and "language" in read else None


def _tour_changes(tour: str, before: Manifests, after: Manifests) -> Iterator[Change]:
    old = {language: m for (name, language), m in before.items() if name == tour}
    new = {language: m for (name, language), m in after.items() if name == tour}
    if not old or not new:
        some = next(iter((new or old).values()))["tour"]["title"]["text"]
        yield Change("tour_added" if new else "tour_removed", tour, after=some)
        return
    for language in new.keys() - old.keys():
        yield Change("language_added", tour, language=language)
    for language in old.keys() - new.keys():
        yield Change("language_removed", tour, language=language)
    common = [language for language in new if language in old]
    for place, language in enumerate(common):
        pair = old[language]["tour"], new[language]["tour"]
        yield from _texts(Change("text", tour, language=language), *pair)
        if place == 0:
            yield from _facts(Change("facts", tour), *pair)
        yield from _stop_changes(tour, language, pair, is_first=place == 0)


def _stop_changes(
    tour: str, language: str, pair: tuple[Json, Json], *, is_first: bool
) -> Iterator[Change]:
    old = {stop["id"]: stop for stop in pair[0]["stops"]}
    new = {stop["id"]: stop for stop in pair[1]["stops"]}
    for name, stop in new.items():
        if name not in old:
            if is_first:
                title = stop["title"]["text"]
                pictures = (None, _poster(stop))
                yield Change("stop_added", tour, name, after=title, pictures=pictures)
            continue
        base = Change("text", tour, name, language)
        yield from _texts(base, old[name], stop)
        yield from _alts(base, old[name], stop)
        if not is_first and old[name].get("questions", []) != stop.get("questions", []):
            yield Change("text", tour, name, language, "questions")
        if is_first:
            yield from _language_independent(
                Change("facts", tour, name), old[name], stop
            )
    if is_first:
        for name in old.keys() - new.keys():
            title = old[name]["title"]["text"]
            yield Change("stop_removed", tour, name, before=title)


def _language_independent(base: Change, old: Json, new: Json) -> Iterator[Change]:
    """Give what has changed of a stop in all languages at once."""
    tour, stop = base.tour, base.stop
    if ("withdrawn" in new) != ("withdrawn" in old):
        is_gone = "withdrawn" in new
        yield Change("stop_withdrawn" if is_gone else "stop_reopened", tour, stop)
        return
    if old["number"] != new["number"]:
        numbers = str(old["number"]), str(new["number"])
        yield Change("stop_moved", tour, stop, before=numbers[0], after=numbers[1])
    yield from _scene(base, old.get("scene"), new.get("scene"))
    yield from _sound(base, old, new)
    if _placement(old) != _placement(new):
        yield Change("placement", tour, stop)
    if old.get("position") != new.get("position"):
        points = _point(old.get("position")), _point(new.get("position"))
        yield Change("position", tour, stop, before=points[0], after=points[1])
    if old.get("sources") != new.get("sources"):
        lists = "; ".join(_sources(old)), "; ".join(_sources(new))
        yield Change("sources", tour, stop, before=lists[0], after=lists[1])
    if old.get("code") != new.get("code"):
        yield Change("code", tour, stop, before=old.get("code"), after=new.get("code"))
    yield from _facts(base, old, new)


def _texts(base: Change, old: Json, new: Json) -> Iterator[Change]:
    for name in _TEXTS:
        one, other = old.get(name), new.get(name)
        if one != other:
            yield _text(base, name, one, other)


def _alts(base: Change, old: Json, new: Json) -> Iterator[Change]:
    one, other = (stop.get("scene", {}).get("alt") for stop in (old, new))
    if one is not None and other is not None and one != other:
        yield _text(base, "alt", one, other)


def _text(base: Change, name: str, old: Json | None, new: Json | None) -> Change:
    language = base.language
    is_translated = (
        old is not None
        and new is not None
        and old["language"] != language
        and new["language"] == language
    )
    return Change(
        "translated" if is_translated else "text",
        base.tour,
        base.stop,
        language,
        name,
        old["text"] if old else None,
        new["text"] if new else None,
    )


def _facts(base: Change, old: Json, new: Json) -> Iterator[Change]:
    for name in _FACTS:
        # An older release lacks the lists that are empty in a newer one.
        if (old.get(name) or None) != (new.get(name) or None):
            before, after = (
                _fact_text(name, fields.get(name)) for fields in (old, new)
            )
            yield Change("facts", base.tour, base.stop, None, name, before, after)


def _fact_text(name: str, fact: object) -> str | None:
    """Return a fact in a few words, where it is a number or words; None for others."""
    if name == "duration_min" and isinstance(fact, int):
        hours, minutes = divmod(fact, 60)
        words = f"{hours} h {minutes}" if minutes else f"{hours} h"
        return words if hours else f"{minutes} min"
    if isinstance(fact, dict):
        fact = fact.get("text")
    return fact if isinstance(fact, str) else None


def _scene(base: Change, old: Json | None, new: Json | None) -> Iterator[Change]:
    if _files(old) == _files(new):
        return
    what: ChangeKind = (
        "scene" if old and new else "scene_added" if new else "scene_removed"
    )
    pictures = (_first_poster(old), _first_poster(new))
    more = scene_bytes(new) - scene_bytes(old)
    yield Change(what, base.tour, base.stop, pictures=pictures, bytes_more=more)


def _sound(base: Change, old: Json, new: Json) -> Iterator[Change]:
    one, other = (stop.get("audio", {}).get("url") for stop in (old, new))
    if one == other:
        return
    what: ChangeKind = (
        "sound" if one and other else "sound_added" if other else "sound_removed"
    )
    yield Change(what, base.tour, base.stop)


def _files(scene: Json | None) -> object:
    """Return what a scene is made of, its words aside."""
    if scene is None:
        return None
    words = {"alt", "credits", "title", "text", "captions", "license"}

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if k not in words}
        return [bare(item) for item in value] if isinstance(value, list) else value

    return bare(scene)


def scene_bytes(scene: Json | None) -> int:
    """Return the bytes that a phone fetches to show a scene whole.

    Of each list of files, wherever it stands in the scene, the heaviest counts.
    """
    if scene is None:
        return 0
    shown = (value for name, value in scene.items() if name not in _BESIDE)
    return sum(map(_heaviest_bytes, shown))


def _heaviest_bytes(value: object) -> int:
    if isinstance(value, dict):
        return sum(map(_heaviest_bytes, value.values()))
    if not isinstance(value, list | tuple):
        return 0
    items = [item for item in value if isinstance(item, dict)]
    files = [item["bytes"] for item in items if "bytes" in item]
    return max(files) if files else sum(map(_heaviest_bytes, items))


def _placement(stop: Json) -> object:
    """Return how a scene is held, how codes are printed aside."""
    printed = {"code_text", "code_width_m", "target", "picture"}
    anchors = stop.get("anchors", [])
    return [{k: v for k, v in a.items() if k not in printed} for a in anchors]


def _poster(stop: Json) -> str | None:
    return _first_poster(stop.get("scene"))


def _first_poster(scene: Json | None) -> str | None:
    poster = scene.get("poster", []) if scene else []
    jpegs = [v for v in poster if v["type"] == "image/jpeg"] or poster
    smallest = min(jpegs, key=lambda v: v["width_px"], default=None)
    return str(smallest["url"]) if smallest else None


def _point(point: Mapping[str, float] | None) -> str | None:
    if point is None:
        return None
    return f"{point['latitude_deg']:.6f}, {point['longitude_deg']:.6f}"


def _sources(stop: Json) -> list[str]:
    found = (
        source if isinstance(source, str) else source["text"]
        for source in stop.get("sources", [])
    )
    return list(found)
