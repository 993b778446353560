"""Facts and pictures of image targets and labels in the report."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assets_pipeline.tasks.store import STORE, Store
from assets_pipeline.tasks.task import Task
from publishing import qr
from publishing.labels.recognition import cached_recognition, tracked_labels
from tours.model import PictureAnchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PIL import Image

    from assets_pipeline.build.partial_build import PartialBuild
    from tours.bundle import Recognition
    from tours.codes import Registry
    from tours.diagnostics import Diagnostic
    from tours.manifest import Manifest
    from tours.model import Museum

_EDGE_PX = 480
_MODULE_PX = 12


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """Recognition of an image target or a label."""

    name: str
    """The picture's path, or the label's code."""
    width_m: float
    """As printed: of a label, its code's."""
    recognition: Recognition | None
    """None where nobody tried it yet."""
    size_bytes: int = 0
    """What a phone fetches to recognise it; nothing for a label."""
    finding: Diagnostic | None = None
    """What was found in its trial, if anything."""
    stop: str | None = None
    """Of a label: the stop whose scene stands by it."""
    alike: tuple[str, ...] = ()
    """Of a label: the codes of others that it is taken for."""
    shown: bytes | None = None
    """As a phone compares it, WebP; None where not drawn."""
    heat: bytes | None = None
    """The same under its heat map."""

    @property
    def is_label(self) -> bool:
        """Whether it is one of the museum's own labels."""
        return self.stop is not None


def picture_target_facts(museum: Museum, ready: PartialBuild) -> Iterator[TargetFacts]:
    """Yield the facts of each image target, each once."""
    seen = set()
    for _, stop in museum.stops():
        for anchor in stop.anchors:
            if not isinstance(anchor, PictureAnchor):
                continue
            key = str(anchor.picture.path), anchor.width.metres
            made = ready.index.targets.get(key)
            if made is None or key in seen:
                continue
            seen.add(key)
            place = anchor.picture.location
            finding = next((d for d in ready.diagnostics if d.location == place), None)
            yield TargetFacts(*key, made.recognition, made.file.size_bytes, finding)


def label_target_facts(
    museum: Museum,
    manifests: Sequence[Manifest],
    registry: Registry,
    build_dir: Path,
) -> Iterator[TargetFacts]:
    """Yield the facts of each tracked label."""
    trials = cached_recognition(museum, manifests, registry, Store(build_dir / STORE))
    for (tour, stop), (text, width_m) in tracked_labels(manifests).items():
        measured = trials.get((tour, stop)) if trials else None
        yield TargetFacts(
            text.rpartition("/")[2],
            width_m,
            measured.recognition if measured else None,
            stop=stop,
            alike=tuple(t.rpartition("/")[2] for t in measured.alike)
            if measured
            else (),
        )


def draw_target(one: TargetFacts, museum: Museum) -> TargetFacts:
    """Return a target with its picture and its heat map."""
    import numpy as np  # noqa: PLC0415  half a second, with what follows
    from PIL import Image  # noqa: PLC0415

    from assets_pipeline.errors.exceptions import AssetError  # noqa: PLC0415
    from assets_pipeline.image_targets.heat_map import decode_heat  # noqa: PLC0415
    from assets_pipeline.image_targets.report import render_heat_map  # noqa: PLC0415
    from assets_pipeline.images.photographs import read_photograph  # noqa: PLC0415
    from assets_pipeline.resolver import Resolver  # noqa: PLC0415

    if one.is_label:
        dark = np.pad(np.array(qr.matrix(qr.payload(museum.address, one.name))), 4)
        squares = np.where(dark, 20, 245).astype(np.uint8)
        grey = Image.fromarray(np.kron(squares, np.ones((_MODULE_PX,) * 2, np.uint8)))
    else:
        task = Task("target", str(museum.folder), one.name, width_m=one.width_m)
        try:
            grey = read_photograph(task, Resolver(museum.folder)).convert("L")
        except AssetError:
            return one  # reported among the findings
    grey.thumbnail((_EDGE_PX, _EDGE_PX))
    shown = replace(one, shown=_webp(grey))
    if one.recognition is None or not one.recognition.heat:
        return shown
    heat = render_heat_map(grey, decode_heat(one.recognition.heat))
    heat.thumbnail((_EDGE_PX, _EDGE_PX))
    return replace(shown, heat=_webp(heat))


def _webp(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=80)
    return buffer.getvalue()
