"""Print a museum's labels: assign codes, draw and verify sheets, record them.

Labels need no media, so nothing is made of models: they can be printed where only texts
are written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publishing import checks, qr
from publishing.disk import Disk
from publishing.labels import code_lock, content, image_targets, sheets
from publishing.labels.formats import READING_DISTANCE_M, code_width_m
from publishing.labels.recognition import (
    measure_recognition,
    scale_to_print,
    tracked_labels,
)
from publishing.release import draft
from tours.bundle import (
    Bundle,
    BundleIndex,
    Extents,
    MediaFile,
    Panorama,
    Picture,
    PictureVariant,
    Recording,
    Video,
)
from tours.checks import read_museum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from assets_pipeline.tasks.store import Store
    from publishing.labels.formats import LabelFormat
    from publishing.labels.recognition import RecognitionByStop, TrackedLabels
    from tours.codes import RegisteredCode, Registry
    from tours.diagnostics import Diagnostic
    from tours.manifest import Manifest
    from tours.model import Museum

_FILE = MediaFile("0" * 64, 0, "", "application/octet-stream")
_PICTURE = Picture((PictureVariant(_FILE, 1, 1),))
_BUNDLE = Bundle(Extents((0, 0, 0), (1, 1, 1)), (), _FILE, _PICTURE, 0)


@dataclass(frozen=True, slots=True)
class PrintResult:
    """Result of printing labels: findings, PDFs, codes and recognition."""

    diagnostics: tuple[Diagnostic, ...]
    """Every finding, errors and warnings, by place."""
    pdf: Path | None = None
    """The sheets of labels; None when findings stopped it, or when none was wanted."""
    pictures_pdf: Path | None = None
    """The pictures to recognise, at their true width; None where there are none."""
    pictures: int = 0
    """How many of them."""
    drawn: tuple[RegisteredCode, ...] = ()
    """The codes that have a label, in the order they were given."""
    assigned: tuple[RegisteredCode, ...] = ()
    """Those that were given now, for ever."""
    to_print: Mapping[str, code_lock.Reason] = field(default_factory=dict)
    """The codes whose labels were never drawn before, or said other things."""
    trials: RecognitionByStop = field(default_factory=dict)
    """What is foretold of the labels that carry a scene; nothing where none was tried."""

    @property
    def has_errors(self) -> bool:
        """Whether findings stopped it."""
        return any(finding.is_error for finding in self.diagnostics)


def print_labels(
    folder: Path,
    pdf: Path,
    *,
    today: date,
    reading_distance_m: float = READING_DISTANCE_M,
    form: LabelFormat | None = None,
    is_only_new: bool = False,
    store: Store | None = None,
    disk: Disk | None = None,
) -> PrintResult:
    """Assign codes, and write the PDFs of labels and image targets, or change nothing.

    Codes are written down first, and only once every label has been drawn and read
    back: no label is ever printed whose code is not kept. What labels say is noted last:
    none passes for printed that nobody can print.

    Parameters
    ----------
    folder
        The museum's folder; ``codes.lock.yaml`` is written there.
    pdf
        The file to write; pictures to recognise go beside it, in ``…-pictures.pdf``.
    today
        Written beside each new code, and where a label is new or says other things.
    reading_distance_m
        How far phones are held, hence how large codes are.
    form
        Of the labels; None for the smallest paper that holds their codes.
    is_only_new
        Draw the labels that are to be printed, and nothing else.
    store
        The museum's, where what was foretold of its labels is remembered; labels are not
        tried without one.
    disk
        For tests that stop the program half-way.

    Raises
    ------
    BusyError
        If another program gives codes there.
    LabelError
        If a label can't be drawn or does not read back: the message names it.
    CodesExhaustedError
        If no code is left to give.
    """
    disk = disk or Disk()
    reading = read_museum(folder)
    if reading.museum is None or reading.has_errors:
        return PrintResult(reading.diagnostics)
    museum = reading.museum
    found = [*reading.diagnostics, *checks.check_address(museum)]
    if any(finding.is_error for finding in found):
        return PrintResult(tuple(sorted(found)))
    with code_lock.lock_codes(folder, reading.registry) as registry:
        wanted = code_lock.add_missing_codes(museum, registry, today)
        manifests = draft.compile_manifests(museum, _no_media(), wanted)
        found += checks.check_titles(museum, manifests)
        found += checks.check_code_widths(museum, manifests, reading_distance_m, form)
        widths = _widths_m(tracked_labels(manifests), reading_distance_m, form)
        trials = _recognition(museum, manifests, wanted, store, widths)
        found += checks.check_label_recognition(museum, trials)
        every = content.compose_labels(manifests, wanted)
        reasons = code_lock.labels_to_print(every, wanted)
        chosen = [label for label in every if not is_only_new or label.code in reasons]
        if is_only_new and not chosen:
            return PrintResult(tuple(sorted(found)))
        sheet = sheets.draw_labels_pdf(
            chosen, reading_distance_m=reading_distance_m, form=form
        )
        targets = (
            () if is_only_new else image_targets.compose_target_sheets(museum, wanted)
        )
        name = museum.name.best(museum.languages)[1]
        large = (
            image_targets.draw_target_sheets(folder, targets, name) if targets else None
        )
        code_lock.write_codes(folder, registry, wanted, disk)
        beside = pdf.with_stem(f"{pdf.stem}-pictures")
        disk.make_folder(pdf.parent)
        disk.replace(pdf, sheet)
        if large:
            disk.replace(beside, large)
        noted = code_lock.record_printed(chosen, wanted, today)
        code_lock.write_codes(folder, wanted, noted, disk)
    drawn = {label.code for label in chosen}
    return PrintResult(
        tuple(sorted(found)),
        pdf,
        beside if large else None,
        len(targets),
        tuple(entry for entry in noted.codes if entry.code in drawn),
        noted.codes[len(registry.codes) :],
        reasons,
        trials,
    )


def _recognition(
    museum: Museum,
    manifests: Sequence[Manifest],
    registry: Registry,
    store: Store | None,
    widths_m: Mapping[str, float],
) -> RecognitionByStop:
    """Return how tracked labels are recognised at their printed widths."""
    if store is None:
        return {}
    measured = measure_recognition(museum, manifests, registry, store)
    return scale_to_print(measured or {}, tracked_labels(manifests), widths_m)


def _widths_m(
    stops: TrackedLabels, reading_distance_m: float, form: LabelFormat | None
) -> dict[str, float]:
    """Return how wide each code is printed, by what it says."""
    return {
        text: code_width_m(len(qr.matrix(text)), reading_distance_m, form)
        for text, _ in stops.values()
    }


def _no_media() -> BundleIndex:
    """Return an index that has an empty file for whatever is asked."""
    return BundleIndex(
        models=defaultdict(lambda: _BUNDLE),
        pictures=defaultdict(lambda: _PICTURE),
        recordings=defaultdict(lambda: Recording(_FILE, 0.0)),
        panoramas=defaultdict(lambda: Panorama((), _PICTURE)),
        videos=defaultdict(lambda: Video((), 1, 1, 0.0, _PICTURE)),
    )
