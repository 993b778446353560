"""Make a model's LODs: from recorded settings, by search, or by rule."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

import brotli  # type: ignore[import-untyped]  # C, without types

from assets_pipeline import progress
from assets_pipeline.errors.exceptions import EmptyModelError, UnsupportedFormatError
from assets_pipeline.lod.budgets import HIGH, PHONE, PREVIEW, PROFILES
from assets_pipeline.lod.measurements import MeasurementCache
from assets_pipeline.lod.rules import (
    LIMITS,
    choose_settings,
    compare_with_budgets,
    encode_within_memory,
    has_ktx2,
)
from assets_pipeline.lod.search import Search
from assets_pipeline.lod.settings import LodEncoder
from assets_pipeline.rendering import views
from assets_pipeline.transforms.compress_textures import TextureCache

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.gltf.materials import Image
    from assets_pipeline.lod.budgets import LevelName, Profile
    from assets_pipeline.lod.rules import BudgetedLod
    from assets_pipeline.lod.settings import LodSettings
    from assets_pipeline.rendering.visual_error import VisualErrorMeter
    from assets_pipeline.transforms.compress_textures import TextureKey

_LOG = logging.getLogger(__name__)
_SEARCHED: Final = ((0.0, 0.4), (0.4, 0.8), (0.8, 1.0))
"""Of the time that a search takes, what it spends on each level; the last is often spared."""
_OF_PREVIEW: Final = 0.4
"""Of the time that two levels take by rule, the first's share."""
LIGHT_BYTES: Final = 24_000
"""A file that is fetched in a few packets: nothing is gained by a search."""
_ASKED_AGAIN: Final = 2
_WIRE_QUALITY: Final = 5
_LESS: Final = 0.98
_MORE_TRIANGLES: Final = 1.25
_WORTH_A_LEVEL: Final = 0.85
"""Of the error of the level below, what a finer one may have at most."""


@dataclass(frozen=True, slots=True)
class LodDecision:
    """Settings chosen for one LOD, and its visual error."""

    plan: LodSettings
    visual_error: float | None
    """Of the file that is sent, in views and lights that the search did not see; None
    when nobody looked."""
    is_rebaked: bool = False
    """Whether textures are laid out anew over fewer triangles."""


@dataclass(frozen=True, slots=True)
class Level:
    """One LOD, encoded."""

    profile: Profile
    decision: LodDecision
    fitted: BudgetedLod


class LodSource(Protocol):
    """Gives the source document of an LOD: oriented, pruned, welded, with normals."""

    def __call__(self, profile: Profile, *, rebakes: bool | None = None) -> Document:
        """Return a document to be left unchanged, baked where that is worth it.

        Parameters
        ----------
        profile
            Of the level.
        rebakes
            Whether textures are laid out anew where that is worth it; None: by rule.
        """
        ...


def make_levels(
    start: LodSource,
    decided: Mapping[LevelName, LodDecision] | None = None,
    meter: VisualErrorMeter | None = None,
    kept: MutableMapping[TextureKey, Image] | None = None,
) -> list[Level]:
    """Return the LODs of a model, the lightest first.

    Parameters
    ----------
    start
        Gives what a level is made of.
    decided
        Carried out as they are, without a look; None for none.
    meter
        Knows the source, and guides a search where nothing is decided; without one,
        levels are made by rule.
    kept
        Encoded textures, those of earlier runs among them.
    """
    made = TextureCache({} if kept is None else kept)
    if decided is not None:
        return list(_as_decided(start, made, decided))
    if meter is None:
        preview = _by_rule(PREVIEW, start, made)
        progress.update(_OF_PREVIEW)
        return [preview, _by_rule(PHONE, start, made)]
    found: list[Level] = []
    measurements: defaultdict[tuple[int, int], MeasurementCache] = defaultdict(
        MeasurementCache
    )
    for number, profile in enumerate(PROFILES):
        if profile is HIGH and _is_true(found[-1]):
            break
        encoder = LodEncoder(start(profile, rebakes=True), profile, made)
        if profile is HIGH and not _has_more(found[-1], encoder):
            break
        plain = start(profile, rebakes=False)
        other = None
        if plain is not encoder.document:
            other = LodEncoder(plain, profile, made)
        with progress.subrange(*_SEARCHED[number]):
            found.append(find_level(encoder, other, meter, measurements))
    if _adds_nothing(found):
        found.pop()
    return found


def find_level(
    encoder: LodEncoder,
    other: LodEncoder | None,
    meter: VisualErrorMeter,
    measurements: defaultdict[tuple[int, int], MeasurementCache],
) -> Level:
    """Return the better of a level that is laid out anew and of one that is not.

    Parameters
    ----------
    encoder
        Of the source whose textures are laid out anew where that is worth it.
    other
        Of the source as it is; None where that is the same.
    meter
        Knows the source.
    measurements
        By source and bits of dark colours; share it between levels.
    """
    level = _found(encoder, meter, measurements)
    if other is None:
        return level
    level = replace(level, decision=replace(level.decision, is_rebaked=True))
    if _is_worse(other, level, meter):
        return level
    return choose_level(level, _found(other, meter, measurements))


def _as_decided(
    start: LodSource, made: TextureCache, decided: Mapping[LevelName, LodDecision]
) -> Iterator[Level]:
    chosen = [profile for profile in PROFILES if profile.name in decided]
    for number, profile in enumerate(chosen, 1):
        yield _decided(profile, start, made, decided[profile.name])
        progress.update(number / len(chosen))


def _decided(
    profile: Profile, start: LodSource, made: TextureCache, decision: LodDecision
) -> Level:
    document = start(profile, rebakes=decision.is_rebaked)
    return make_level(profile, decision, LodEncoder(document, profile, made))


def _by_rule(profile: Profile, start: LodSource, made: TextureCache) -> Level:
    encoder = LodEncoder(start(profile), profile, made)
    return make_level(profile, LodDecision(choose_settings(encoder), None), encoder)


def make_level(profile: Profile, decision: LodDecision, encoder: LodEncoder) -> Level:
    """Return the LOD that chosen settings give."""
    encoded = encode_within_memory(encoder, decision.plan, LIMITS.get(profile.name))
    return Level(profile, decision, compare_with_budgets(encoded, profile))


def _found(
    encoder: LodEncoder,
    meter: VisualErrorMeter,
    measurements: defaultdict[tuple[int, int], MeasurementCache],
) -> Level:
    """Return the best level that a search finds, with the error that it really has."""
    profile = encoder.profile
    shared = measurements[id(encoder.document), profile.dark_color_bits]
    decision = search_settings(encoder, meter, shared)
    return _looked_again(make_level(profile, decision, encoder), meter)


def _is_worse(other: LodEncoder, level: Level, meter: VisualErrorMeter) -> bool:
    """Whether the finest of another start can't do as well as a level does."""
    error = level.decision.visual_error
    if error is None or not level.fitted.is_within_bytes:
        return False
    finest = other.encode(Search.finest_of(other))
    least = meter.error(finest.content, views.SEARCH_RIG)
    return least > max(error, level.profile.most_error)


def choose_level(one: Level, other: Level) -> Level:
    """Return the smaller of two within the error limit, else the truer that fits."""

    def order(level: Level) -> tuple[bool, float, int]:
        error = level.decision.visual_error
        over = 1.0 if error is None else max(0.0, error - level.profile.most_error)
        wire = len(brotli.compress(level.fitted.content, quality=_WIRE_QUALITY))
        return not level.fitted.is_within_bytes, over, wire

    return min(one, other, key=order)


def _looked_again(level: Level, meter: VisualErrorMeter) -> Level:
    """Return a level with the error that it really has, where KTX2 took WebP's place."""
    decision, fitted = level.decision, level.fitted
    if decision.visual_error is None or not has_ktx2(fitted.document):
        return level
    error = round(meter.error(fitted.content, views.CHECK_RIG), 5)
    return replace(level, decision=replace(decision, visual_error=error))


def search_settings(
    encoder: LodEncoder, meter: VisualErrorMeter, measurements: MeasurementCache
) -> LodDecision:
    """Return the best settings found for an LOD, and their measured error."""
    profile = encoder.profile
    search = Search(encoder, meter, measurements)
    plan = search.finest
    try:
        # Whoever optimizes one file asks for its smallest, however light it is.
        light = 0 if profile.name == "free" else LIGHT_BYTES
        if encoder.encode(plan).size > light:
            plan, error = _held(search, meter, encoder)
        else:
            error = meter.error(encoder.encode(plan).content, views.CHECK_RIG)
    except (UnsupportedFormatError, EmptyModelError) as problem:
        # What can't be looked at is made by rule, as phones may well show it.
        _LOG.info("no search for %s: %s", profile.name, problem)
        return LodDecision(choose_settings(encoder), None)
    return LodDecision(plan, round(error, 5))


def _held(
    search: Search, meter: VisualErrorMeter, encoder: LodEncoder
) -> tuple[LodSettings, float]:
    """Return the smallest plan that keeps its budget in the check too, and its error.

    The check looks closer than the search, which is asked for less where that shows.
    """
    most = budget = encoder.profile.most_error
    plan = search.find(budget).plan
    error = meter.error(encoder.encode(plan).content, views.CHECK_RIG)
    for _ in range(_ASKED_AGAIN):
        if error <= most:
            break
        budget *= min(_LESS, most / error)
        closer = search.find(budget).plan
        if closer == plan:
            break  # nothing truer keeps within the bytes
        plan = closer
        error = meter.error(encoder.encode(plan).content, views.CHECK_RIG)
    return plan, error


def _is_true(phone: Level) -> bool:
    """Whether the phone's level already looks as the finest would have to."""
    error = phone.decision.visual_error
    return error is None or error <= HIGH.most_error


def _has_more(phone: Level, encoder: LodEncoder) -> bool:
    """Whether there is much more to show than the phone's level may."""
    finest = Search.finest_of(encoder)
    below = Search.finest_of(LodEncoder(encoder.document, phone.profile))
    more = finest.triangles / below.triangles
    return (
        more >= _MORE_TRIANGLES or replace(finest, triangles=below.triangles) != below
    )


def _adds_nothing(found: list[Level]) -> bool:
    if found[-1].profile is not HIGH:
        return False
    below, error = (level.decision.visual_error for level in found[-2:])
    return below is None or error is None or error > _WORTH_A_LEVEL * below
