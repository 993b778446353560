"""Read ``museum.yaml`` and the files of tours, with their reviews."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tours import quantities, vocabulary
from tours.catalogue import keys as keys_rules
from tours.catalogue import quantities as quantities_rules
from tours.catalogue import texts as texts_rules
from tours.model import Museum, Review, Tour
from tours.reading import measures, proofreading, values
from tours.reading.context import LicenseTerms, Value
from tours.reading.fields import Fields
from tours.reading.key_groups import normalise_stops
from tours.reading.places import check_plan, read_access, read_plan
from tours.reading.questions import read_hunts
from tours.reading.stops import StopReading, read_stop
from tours.reading.texts import languages as language_tags
from tours.reading.texts import (
    report_languages,
    report_undeclared_language,
    texts,
    wording,
)
from tours.source.nodes import InvalidNode, Scalar
from tours.source.text import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tours.diagnostics import Location
    from tours.model import Coordinates
    from tours.reading.context import Context
    from tours.source.nodes import Entry, Mapping, Node

DEFAULT_COLOR = "#1d4e79"
RESERVED_TOURS = frozenset({"check", "code", "sites"})
"""Names that pages of the site's own have under ``/<lang>/``."""
_SIGNED = re.compile(r"(.+?)(?:\s+(?:by|par)\s+|\s*[,;–—]\s+)(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TourReading:
    """A tour as far as it could be read: rules across tours need its name and places."""

    id: str | None
    id_location: Location
    start: Coordinates | None
    stops: tuple[StopReading, ...]
    tour: Tour | None
    """None once a problem that leaves no valid tour was reported."""
    context: Context
    """With the tour's languages, for rules across tours."""
    has_reviews: bool
    """Whether the tour says who read it through, rightly or not."""


def read_museum_root(
    context: Context, node: Node
) -> tuple[Museum | None, Fields | None]:
    """Return the museum, without its tours, written at the root of ``museum.yaml``.

    The fields come too, for rules that need the place of one of them.
    """
    context = context.for_file().with_subject(
        vocabulary.MUSEUM.fr, vocabulary.MUSEUM.en
    )
    group = _root(context, node, vocabulary.MUSEUM)
    if group is None:
        return None, None
    fields = Fields(context, group, vocabulary.MUSEUM, node.location)
    tags = fields.read("languages", language_tags) or ()
    fields.context = replace(fields.context, languages=tags)
    id_, name = fields.read("museum", values.name), fields.read("name", texts)
    address = fields.read("address", values.address)
    color = fields.read("color", values.color)
    license_ = fields.read("license", values.license_id)
    summary, notice = fields.read("summary", texts), fields.read("notice", texts)
    contact = fields.read("contact", values.text)
    credits_ = fields.read("credits", wording)
    report_languages(fields.context, _announced(fields))
    if id_ is None or name is None or address is None or license_ is None or not tags:
        return None, fields
    museum = Museum(
        id=id_,
        folder=context.folder.path,
        name=name,
        languages=tags,
        address=address,
        color=color or DEFAULT_COLOR,
        license=license_,
        credits=credits_,
        summary=summary,
        notice=notice,
        contact=contact,
        sites=(),
        tours=(),
        location=node.location,
    )
    return museum, fields


def read_tour(
    context: Context, node: Node, museum: Museum | None
) -> TourReading | None:
    """Return the tour written at the root of a file of ``tours/``.

    Parameters
    ----------
    context
        With the museum's languages, which are the tour's where it announces none.
    node
        The file's root.
    museum
        What the tour inherits from; None where ``museum.yaml`` could not be read.
    """
    context = context.for_file().with_subject(vocabulary.TOUR.fr, vocabulary.TOUR.en)
    group = _root(context, node, vocabulary.TOUR)
    if group is None:
        return None
    fields = Fields(context, group, vocabulary.TOUR, node.location)
    tags = _tour_languages(fields)
    fields.context = replace(
        fields.context, languages=tags, terms=_terms(fields, museum)
    )
    id_ = _tour_name(fields)
    named = fields.value("tour")
    start = fields.read("start", measures.coordinates)
    stops = _stops(fields)
    tour = _tour(fields, id_, start, museum)
    report_languages(fields.context, _announced(fields))
    if tour:
        own = (read.stop for read in stops if read.stop)
        placed = (replace(stop, site=stop.site or tour.site) for stop in own)
        tour = replace(tour, stops=tuple(placed))
        check_plan(fields, tour)
    location = named.node.location if named else node.location
    return TourReading(
        id_, location, start, stops, tour, fields.context, fields.has("reviewed")
    )


def _terms(fields: Fields, museum: Museum | None) -> LicenseTerms:
    """Return what holds for all that the tour shows and that says nothing else."""
    value = fields.value("license")
    written = (
        value.node.text.strip() if value and isinstance(value.node, Scalar) else ""
    )
    is_credited = fields.has("credits") or bool(museum and museum.credits)
    return LicenseTerms(written or (museum.license if museum else ""), is_credited)


def _announced(fields: Fields) -> Location | None:
    value = fields.value("languages")
    return value.location if value else None


def _root(context: Context, node: Node, table: vocabulary.Table) -> Mapping | None:
    return Value(node, table.keys[0], node.location).group(context)


def _tour_languages(fields: Fields) -> tuple[str, ...]:
    """Return the tour's languages, each of them one of the museum's."""
    of_museum = fields.context.languages
    written = fields.value("languages")
    if written is None:
        return of_museum
    tags = language_tags(fields.context, written) or ()
    foreign = [tag for tag in tags if of_museum and tag not in of_museum]
    for tag in foreign:
        fields.context.report(
            texts_rules.LANGUAGE_NOT_OF_MUSEUM,
            written.location,
            value=tag,
            known=", ".join(of_museum),
        )
    # Read on in all of them, or their texts would be reported a second time.
    return tags


def _tour_name(fields: Fields) -> str | None:
    name, written = fields.read("tour", values.name), fields.value("tour")
    if written and name in RESERVED_TOURS:
        fields.context.report(
            keys_rules.RESERVED_NAME, written.node.location, value=name
        )
        return None
    return name


def _stops(fields: Fields) -> tuple[StopReading, ...]:
    value = fields.value("stops")
    if value is None:
        return ()
    value = replace(value, node=normalise_stops(fields.context, value.node))
    items = value.items(fields.context)
    if items is None:
        return ()
    read = [read_stop(fields.context, item, value.key) for item in items]
    stops = tuple(stop for stop in read if stop)
    proofreading.check_repeated_stops(fields.context, [stop.fields for stop in stops])
    return stops


def _machine_translated(context: Context, value: Value) -> tuple[str, ...] | None:
    """Return some of the tour's languages."""
    tags = language_tags(context, value) or ()
    known = context.languages
    for tag in tags:
        if known and tag not in known:
            context.report(
                keys_rules.UNKNOWN_CHOICE,
                value.location,
                key=value.key.name,
                value=tag,
                known=", ".join(known),
                near=known[-1],
            )
    return tuple(tag for tag in tags if tag in known)


def _tour(
    fields: Fields, id_: str | None, start: Coordinates | None, museum: Museum | None
) -> Tour | None:
    title = fields.read("title", texts)
    optional = {name: fields.read(name, texts) for name in ("summary", "safety")}
    duration = fields.read("duration", measures.duration)
    access = fields.read("access", read_access)
    license_ = fields.read("license", values.license_id)
    credits_ = fields.read("credits", wording)
    site = fields.read("site", values.site)
    plan_ = fields.read("plan", read_plan)
    reviews = fields.read("reviewed", read_reviews) or ()
    hunts = fields.read("hunts", read_hunts) or ()
    by_machine = fields.read("machine_translated", _machine_translated) or ()
    if id_ is None or title is None or museum is None or not fields.context.languages:
        return None
    return Tour(
        id=id_,
        languages=fields.context.languages,
        title=title,
        summary=optional["summary"],
        duration_min=duration,
        start=start,
        access=access,
        safety=optional["safety"],
        license=license_ or museum.license,
        credits=credits_ or museum.credits,
        site=site,
        plan=plan_,
        stops=(),
        location=fields.place,
        reviews=reviews,
        machine_translated=by_machine,
        hunts=hunts,
    )


def read_reviews(context: Context, value: Value) -> tuple[Review, ...] | None:
    """Return the languages signed off; those announced and not signed are reported."""
    group = value.group(context)
    if group is None:
        return None
    if not group.entries:
        context.report(keys_rules.EMPTY_VALUE, value.location, key=value.key.name)
        return None
    found: list[Review] = []
    tried: set[str] = set()
    for entry in group.entries:
        if context.languages and entry.key not in context.languages:
            report_undeclared_language(context, entry, tried)
            return None
        tried.add(entry.key)
        review = _review(context, entry)
        if review:
            found.append(review)
    missing = [tag for tag in context.languages if tag not in tried]
    if missing:
        report_missing_reviews(context, value.location, missing)
    return tuple(found)


def report_missing_reviews(
    context: Context, place: Location, missing: Iterable[str]
) -> None:
    """Report languages that nobody has signed off."""
    tags = list(missing)
    context.report(
        texts_rules.NOT_REVIEWED,
        place,
        missing=", ".join(tags),
        example=f"{tags[0]}: {_example(tags[0])}",
    )


def _review(context: Context, entry: Entry) -> Review | None:
    node = entry.value
    if isinstance(node, InvalidNode):
        return None
    text = node.text.strip() if isinstance(node, Scalar) else ""
    match = _SIGNED.fullmatch(text)
    day = quantities.parse_date(match[1]) if match else None
    if match and day:
        return Review(entry.key, day, match[2])
    meant = quantities.suggest_date(match[1]) if match else None
    if match and meant and isinstance(node, Scalar):
        context.report(
            quantities_rules.NOT_A_DATE,
            node.place(0, len(match[1])),
            fix=quantities.suggest_certain_date(match[1]) if node.first else None,
            key=entry.key,
            value=excerpt(match[1]),
            example=excerpt(f"{meant}{text[len(match[1]) :]}"),
        )
        return None
    example = _example(entry.key)
    context.report(
        texts_rules.NOT_A_REVIEW,
        node.location if text else entry.location,
        value=excerpt(text or entry.key),
        example=f"{entry.key}: {excerpt(example)}",
    )
    return None


def _example(tag: str) -> str:
    return (
        "2026-11-20 by Jeanne Martin" if tag != "fr" else "2026-11-20 par Jeanne Martin"
    )
