"""Read a museum's whole folder, and check the rules that hold across its files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from statistics import median
from typing import TYPE_CHECKING

from tours import vocabulary
from tours.catalogue import codes as codes_rules
from tours.catalogue import keys as keys_rules
from tours.catalogue import museum as museum_rules
from tours.catalogue import quantities as quantities_rules
from tours.codes import FILE_NAME as LOCK_NAME
from tours.codes import Registry, is_example_address
from tours.codes_lock import CodesLock, read_codes_lock
from tours.diagnostics import Location
from tours.museum_folder import MuseumFolder
from tours.quantities import distance_km
from tours.reading.context import Context
from tours.reading.key_groups import score_mismatch
from tours.reading.places import SiteReading, read_site
from tours.reading.questions import check_questions
from tours.reading.tours import (
    TourReading,
    read_museum_root,
    read_tour,
    report_missing_reviews,
)
from tours.source import read_source
from tours.suggestions import suggest_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from tours.diagnostics import Diagnostic
    from tours.model import Coordinates, Museum, Site
    from tours.reading.fields import Fields
    from tours.source.nodes import Node

MUSEUM_NAME = "museum.yaml"
TOURS_NAME = "tours"
SITES_NAME = "sites"
MAX_DISTANCE_KM = 60.0
"""From the middle of a tour: farther than any one crosses in a visit."""


@dataclass(frozen=True, slots=True)
class MuseumReading:
    """A museum as its folder describes it, with every finding."""

    museum: Museum | None
    """Holds the tours and stops that are valid; None when not even ``museum.yaml`` is.

    Publish it only where `has_errors` is False.
    """
    diagnostics: tuple[Diagnostic, ...]
    """In the order of files, lines and columns."""
    registry: Registry
    """The codes given so far; empty, without address, when they can't be read."""

    @property
    def has_errors(self) -> bool:
        """Whether something stops publication."""
        return any(finding.is_error for finding in self.diagnostics)


def read_museum(
    folder: Path, unsaved: Mapping[Path, bytes] | None = None
) -> MuseumReading:
    """Return the museum in a folder, with every finding in all its files.

    Parameters
    ----------
    folder
        Holds ``museum.yaml``, ``sites/*.yaml``, ``tours/*.yaml``, ``codes.lock.yaml`` and the media that
        tours name. Findings give their paths as ``folder / relative``.
    unsaved
        What some of the files would hold, by their paths as findings give them.
    """
    findings: list[Diagnostic] = []
    context = Context(findings, MuseumFolder(folder), unsaved=unsaved or {})
    museum, fields = _museum(context)
    if fields is None and not context.folder.names(folder):
        return MuseumReading(None, tuple(findings), Registry(""))
    if fields is not None:
        context = replace(context, languages=fields.context.languages)
    context, sites = _sites(context)
    tours = _tours(context, museum)
    _check_names(context, tours, sites)
    unplaced = {read.id: read.site for read in sites if read.site}
    for tour in tours:
        named = tour.tour.sites if tour.tour else ()
        # Once only, though several tours may go by a site.
        own = [unplaced.pop(name) for name in named if name in unplaced]
        _check_places(context, tour, own)
    _check_sites(context, tours, sites)
    _check_questions(tours)
    _check_reviews(tours)
    lock = _lock(context, museum, fields, tours)
    return MuseumReading(
        museum=_whole(museum, sites, tours),
        diagnostics=tuple(sorted(findings)),
        registry=lock.registry,
    )


def _museum(context: Context) -> tuple[Museum | None, Fields | None]:
    path = context.folder.path / MUSEUM_NAME
    names = context.folder.names(context.folder.path)
    if MUSEUM_NAME not in names:
        nearest = suggest_name(MUSEUM_NAME, names, 0.8)
        context.report(
            museum_rules.NO_MUSEUM_FILE, Location(path), found=nearest or "museum.yaml"
        )
        return None, None
    context, root = _root(context, path, vocabulary.MUSEUM)
    return read_museum_root(context, root) if root else (None, None)


def _root(
    context: Context, path: Path, table: vocabulary.Table
) -> tuple[Context, Node | None]:
    """Return a file's root, and the context in which to read it."""
    unsaved = context.unsaved.get(path)
    source = read_source(path, _mismatch_scorer(table), unsaved)
    context.findings.extend(source.diagnostics)
    return replace(context, recovered_lines=source.recovered_lines), source.root


@cache
def _mismatch_scorer(table: vocabulary.Table) -> Callable[[Node], int]:
    """Return the function that scores how far a root is from a table, cached by table."""
    return lambda root: score_mismatch(root, table)


def _sites(context: Context) -> tuple[Context, tuple[SiteReading, ...]]:
    """Return the sites, and the context in which tours name them."""
    found = []
    all_read = True
    for path in _paths(context, SITES_NAME):
        own, root = _root(context, path, vocabulary.SITE)
        site = read_site(own, root) if root else None
        all_read = all_read and site is not None and site.id is not None
        if site is not None:
            found.append(site)
    names = tuple(site.id for site in found if site.id)
    return replace(context, sites=names if all_read else None), tuple(found)


def _tours(context: Context, museum: Museum | None) -> tuple[TourReading, ...]:
    paths = list(_paths(context, TOURS_NAME))
    if not paths:
        context.report(
            museum_rules.NO_TOURS, Location(context.folder.path / MUSEUM_NAME)
        )
    tours = []
    for path in paths:
        own, root = _root(context, path, vocabulary.TOUR)
        tour = read_tour(own, root, museum) if root else None
        if tour:
            tours.append(tour)
    return tuple(tours)


def _paths(context: Context, folder: str) -> Iterator[Path]:
    """Yield the YAML files of a folder, and report those with another ending."""
    directory = context.folder.path / folder
    for name in context.folder.names(directory):
        path = directory / name
        if name.startswith(".") or name.endswith("~") or path.is_dir():
            continue
        if name.endswith(".yaml"):
            yield path
        else:
            stem, _, ending = name.rpartition(".")
            is_named_twice = stem.endswith(".yaml")
            context.report(
                museum_rules.ENDING_ADDED if is_named_twice else museum_rules.NOT_READ,
                Location(path),
                name=name,
                folder=folder,
                ending=f".{ending}",
                example=stem if is_named_twice else f"{stem or name}.yaml",
            )


def _check_names(
    context: Context, tours: Iterable[TourReading], sites: Iterable[SiteReading]
) -> None:
    """Report two tours, two sites, or two stops of a tour, with one name."""
    seen: dict[str, Location] = {}
    for tour in tours:
        _check_name(context, tour.id, tour.id_location, seen)
        stops: dict[str, Location] = {}
        for stop in tour.stops:
            _check_name(context, stop.id, stop.id_location, stops)
    places: dict[str, Location] = {}
    for site in sites:
        _check_name(context, site.id, site.id_location, places)


def _check_name(
    context: Context, name: str | None, place: Location, seen: dict[str, Location]
) -> None:
    first = seen.setdefault(name, place) if name else place
    if first is not place:
        other = f"{first.path.name}:{first.line}"
        context.report(keys_rules.REPEATED_NAME, place, value=name, other=other)


def _check_places(context: Context, tour: TourReading, sites: list[Site]) -> None:
    """Report points far from the tour, and whether swapping their numbers fixes them.

    The middle of all points is the reference, and not the start: a wrong start would
    make every stop look far.
    """
    points = [("at", stop.at) for stop in tour.stops if stop.at]
    points.extend(("at", site.position) for site in sites if site.position)
    picture = tour.tour.plan.picture if tour.tour and tour.tour.plan else None
    if picture and picture.is_too_wide:
        points.append(("top_left", picture.top_left))
        points.append(("bottom_right", picture.bottom_right))
    if tour.start:
        points.insert(0, ("start", tour.start))
    if len(points) < 2:  # noqa: PLR2004 - a point alone is far from nothing
        return
    reference = _middle([point for _, point in points])
    for key, point in points:
        _check_place(context, key, point, reference)


def _middle(points: list[Coordinates]) -> tuple[float, float]:
    if len(points) == 2:  # noqa: PLR2004 - no majority: the start, or the first stop
        return points[0].latitude_deg, points[0].longitude_deg
    return (
        median(point.latitude_deg for point in points),
        median(point.longitude_deg for point in points),
    )


def _check_place(
    context: Context, key: str, point: Coordinates, reference: tuple[float, float]
) -> None:
    pair = point.latitude_deg, point.longitude_deg
    km = distance_km(pair, reference)
    if km <= MAX_DISTANCE_KM:
        return
    swapped = pair[1], pair[0]
    if abs(swapped[0]) <= 90 and distance_km(swapped, reference) <= MAX_DISTANCE_KM:  # noqa: PLR2004 - a latitude
        context.report(
            quantities_rules.SWAPPED_COORDINATES,
            point.location,
            fix=f"{swapped[0]}, {swapped[1]}",
            key=key,
            km=round(km),
            swapped=f"{swapped[0]}, {swapped[1]}",
        )
    else:
        context.report(quantities_rules.FAR_AWAY, point.location, km=round(km))


def _check_sites(
    context: Context, tours: tuple[TourReading, ...], sites: tuple[SiteReading, ...]
) -> None:
    """Report sites that no tour goes by, unless a tour could not be read to its end."""
    if any(finding.is_error for finding in context.findings):
        return
    named = {name for read in tours if read.tour for name in read.tour.sites}
    for site in sites:
        if site.id is not None and site.id not in named:
            context.report(museum_rules.UNUSED_SITE, site.id_location, value=site.id)


def _check_questions(tours: tuple[TourReading, ...]) -> None:
    """Report what questions name and is not there, within each tour."""
    homes = {stop.id: tour.id for tour in tours for stop in tour.stops}
    for read in tours:
        if read.tour is None:
            continue
        own = [stop.id for stop in read.stops if stop.id]
        others = {s: t for s, t in homes.items() if s and t and s not in own}
        check_questions(read.context, read.tour, own, others)


def _check_reviews(tours: tuple[TourReading, ...]) -> None:
    """Report tours that nobody signed off, in a museum that signs its tours off."""
    if not any(read.tour and read.tour.reviews for read in tours):
        return
    for read in tours:
        if not read.has_reviews:
            report_missing_reviews(
                read.context, read.id_location, read.context.languages or ("fr",)
            )


def _lock(
    context: Context,
    museum: Museum | None,
    fields: Fields | None,
    tours: tuple[TourReading, ...],
) -> CodesLock:
    path = context.folder.path / LOCK_NAME
    if LOCK_NAME not in context.folder.names(context.folder.path):
        return CodesLock(Registry(museum.address if museum else ""), {}, ())
    lock = read_codes_lock(path)
    context.findings.extend(lock.diagnostics)
    if lock.diagnostics:
        return lock
    written = fields.value("address") if fields else None
    locked = lock.registry.address
    if (
        museum
        and written
        and museum.address != locked
        and not is_example_address(locked)
    ):
        context.report(
            codes_rules.ADDRESS_DIFFERS,
            written.node.location,
            value=museum.address,
            locked=locked,
        )
    _check_withdrawn(context, lock, tours)
    return lock


def _check_withdrawn(
    context: Context, lock: CodesLock, tours: tuple[TourReading, ...]
) -> None:
    """Report codes whose stop is gone, unless a tour could not be read to its end."""
    if any(finding.is_error for finding in context.findings):
        return
    there = {(tour.id, stop.id) for tour in tours for stop in tour.stops}
    for code in lock.registry.codes:
        if (code.tour, code.stop) not in there:
            context.report(
                codes_rules.WITHDRAWN_STOP,
                lock.places[code.code],
                code=code.code,
                tour=code.tour,
                stop=code.stop,
            )


def _whole(
    museum: Museum | None,
    sites: tuple[SiteReading, ...],
    tours: tuple[TourReading, ...],
) -> Museum | None:
    if museum is None:
        return None
    return replace(
        museum,
        sites=tuple(read.site for read in sites if read.site),
        tours=tuple(read.tour for read in tours if read.tour),
    )
