"""The labels of a museum, as PDF sheets ready to print."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from publishing import qr
from publishing.errors import LabelError
from publishing.label_layout import Label
from publishing.label_sheet import draw_sheets
from publishing.label_signs import signs_of
from publishing.label_sizes import READING_DISTANCE_M
from publishing.label_words import label_words
from publishing.typesetting import missing_signs, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publishing.label_sizes import Format
    from tours.codes import Registry
    from tours.manifest import Manifest, StopView, Text


def label_sheet(
    labels: Sequence[Label],
    *,
    reading_distance_m: float = READING_DISTANCE_M,
    form: Format | None = None,
) -> bytes:
    """Return a PDF of labels.

    Every QR code has been read back from the PDF. The same labels always give the same
    bytes.

    Parameters
    ----------
    labels
        Those of `labels_of`, or some of them.
    reading_distance_m
        How far phones are held, hence how large codes are: see `label_sizes.module_mm`.
    form
        Of the labels; None for the smallest paper that holds their codes.

    Raises
    ------
    LabelError
        If a label can't be drawn, or does not read back: the message names it.
    """
    if not labels:
        message = "no stop has a code, hence no label"
        raise LabelError(message)
    language = labels[0].languages[0]
    title = f"{label_words(language).sheet} · {labels[0].museum}"
    return draw_sheets(labels, title, language, reading_distance_m, form)


def labels_of(manifests: Sequence[Manifest], registry: Registry) -> tuple[Label, ...]:
    """Return what the label of each stop with a code says, tours and stops in order.

    Parameters
    ----------
    manifests
        One for each tour and language of the museum, tours in order.
    registry
        The museum's codes, those given since the manifests were compiled included.

    Raises
    ------
    LabelError
        If the fonts can't draw what one must say: the message names it.
    """
    tours = dict.fromkeys(manifest.tour.id for manifest in manifests)
    return tuple(
        label
        for tour in tours
        for label in _of_tour([m for m in manifests if m.tour.id == tour], registry)
    )


def unprintable(
    manifests: Sequence[Manifest],
) -> Iterator[tuple[Manifest, StopView, str]]:
    """Give the stops whose title has signs that the labels' fonts lack, and these."""
    for manifest in manifests:
        for stop in manifest.tour.stops:
            missing = missing_signs(_printable(stop.title))
            if missing and stop.title.language == manifest.language:
                yield manifest, stop, missing


def _of_tour(editions: Sequence[Manifest], registry: Registry) -> Iterator[Label]:
    """Give the labels of one tour, from its manifests in all its languages."""
    first = editions[0]
    for place, stop in enumerate(first.tour.stops):
        code = registry.code_of(first.tour.id, stop.id)
        if code is not None:
            yield _label(editions, [m.tour.stops[place] for m in editions], code)


def _label(editions: Sequence[Manifest], stops: Sequence[StopView], code: str) -> Label:
    first, museum = editions[0], editions[0].museum
    name = f"{first.tour.id}/{stops[0].id}"
    titles = _shown(stop.title for stop in stops)
    museums = _shown(edition.museum.name for edition in editions)
    tours = _shown(edition.tour.title for edition in editions)
    if not (titles and museums and tours):
        message = f"the label of {name} can't be drawn: its fonts lack the signs"
        raise LabelError(message)
    notices = (edition.museum.notice for edition in editions)
    scenes = (stop.scene for stop in stops)
    return Label(
        name=name,
        number=stops[0].number,
        code=code,
        address=f"{urlsplit(museum.address).netloc}/{code}",
        payload=qr.payload(museum.address, code),
        museum=museums[0][1],
        tour=tours[0][1],
        color=museum.color,
        titles=tuple(text for _, text in titles),
        sights=_shown(scene.alt for scene in scenes if scene is not None),
        notices=tuple(text for _, text in _shown(n for n in notices if n is not None)),
        languages=tuple(edition.language for edition in editions),
        signs=signs_of(first.tour, stops[0]),
    )


def _shown(texts: Iterable[Text]) -> tuple[tuple[str, str], ...]:
    """Return (language, text) of what the fonts can draw, each text once."""
    distinct: dict[str, str] = {}
    for text in texts:
        distinct.setdefault(_printable(text), text.language)
    return tuple(
        (language, text)
        for text, language in distinct.items()
        if text and not missing_signs(text)
    )


def _printable(text: Text) -> str:
    return printable(text.text, text.language)
