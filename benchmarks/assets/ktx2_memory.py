"""Compare KTX2 with WebP: bytes, graphics memory, visual error, decibels.

    python -m benchmarks.assets.ktx2_memory MODEL...

Every picture of a model, at the phone's sizes, is encoded as WebP by the rules' plan and
as KTX2: ETC1S at several qualities, normal maps as UASTC, or ETC1S throughout. Printed
are ratios to WebP; visual errors are of the files decoded again, in the views of the
check; decibels are of all pictures together against their sources, same size.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import brotli
import numpy as np

from assets_pipeline.codecs import ktx2
from assets_pipeline.gltf import ktx2_header, measure
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.images.decoding import open_image
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.rules import choose_settings
from assets_pipeline.lod.settings import EncodedLod, LodEncoder
from assets_pipeline.models.clean_model import clean_model, reduce_model
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.rendering import views
from assets_pipeline.rendering.visual_error import VisualErrorMeter
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.task import Task
from assets_pipeline.transforms.compress_textures import (
    TextureCache,
    TextureSetting,
    texture_roles,
)
from assets_pipeline.transforms.ktx2_textures import TextureMemoryLimit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assets_pipeline.gltf.materials import Image
    from assets_pipeline.lod.settings import LodSettings

QUALITIES: Final = (48, 128, 255)
WEBP: Final = (50, 65, 80)


def main() -> None:
    """Print one table a model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path, nargs="+")
    for path in parser.parse_args().models:
        _table(path)


def _table(path: Path) -> None:
    options = OrientOptions()
    document = read_document(PurePosixPath(path.name), options, Resolver(path.parent))
    extents = measure.compute_extents(document)
    clean_model(document)
    source = write_glb(document)
    reduce_model(document, Task("model", "", path.name))
    made = TextureCache()
    encoder = LodEncoder(document, PHONE, made)
    plan = choose_settings(encoder)
    base = encoder.encode(_at(plan, WEBP[0]))
    roles = texture_roles(document)
    sized = (made.sized[image.content, roles[id(image)]] for image in document.images())
    truth = [np.asarray(one.pixels.convert("RGB"), np.float64) for one in sized]
    print(f"{path.name}: {len(truth)} pictures, {encoder.triangles} triangles")
    print(f"{'':14}{'bytes':>12}{'graphics':>13}{'FLIP':>8}{'dB':>7}{'seconds':>9}")
    tries = [
        *((f"WebP {quality}", _at(plan, quality), None) for quality in WEBP),
        *(
            (f"KTX2 {quality}", plan, TextureMemoryLimit(0, quality))
            for quality in QUALITIES
        ),
    ]
    with VisualErrorMeter(source, extents) as meter:
        for name, tried, memory in tries:
            start = time.perf_counter()
            if memory is None:
                encoded = encoder.encode(tried)
            else:
                encoded = encoder.encode_within(tried, memory)
            seconds = time.perf_counter() - start
            error = meter.error(encoded.content, views.CHECK_RIG)
            told = f"{error:>8.4f}{_decibels(encoded, truth):>7.1f}{seconds:>9.1f}"
            print(f"{name:14}{_sizes(encoded, base, told)}", flush=True)


def _at(plan: LodSettings, quality: int) -> LodSettings:
    """Return a plan with one quality of WebP for all pictures."""

    def set_to(setting: TextureSetting) -> TextureSetting:
        return TextureSetting(setting.edge_px, quality)

    color, normal, packed = map(set_to, (plan.color, plan.normal, plan.packed))
    return replace(plan, color=color, normal=normal, packed=packed)


def _sizes(encoded: EncodedLod, base: EncodedLod, told: str) -> str:
    """Return a row: bytes on the wire and in graphics memory, what is told, ratios."""
    sent, sent_base = (len(brotli.compress(a.content)) for a in (encoded, base))
    held, held_base = (measure.estimate_gpu_bytes(a.document) for a in (encoded, base))
    ratios = f"bytes x{sent / sent_base:.2f}, memory x{held / held_base:.2f}"
    return f"{sent:>12,}{held / 1e6:>10.1f} MB{told}   {ratios}"


def _decibels(encoded: EncodedLod, truth: list[NDArray[np.float64]]) -> float:
    """Return the PSNR of all pictures together, against their sources at this size."""
    made = [_pixels(image) for image in _images(encoded)]
    errors = [((a - b) ** 2).ravel() for a, b in zip(made, truth, strict=True)]
    return float(10 * np.log10(255**2 / max(1e-9, np.concatenate(errors).mean())))


def _images(encoded: EncodedLod) -> list[Image]:
    return encoded.document.images()


def _pixels(image: Image) -> NDArray[np.float64]:
    """Return (h, w, 3) stored values."""
    if image.media_type == ktx2_header.MEDIA_TYPE:
        return ktx2.decode_ktx2(image.content, "x")[..., :3].astype(np.float64)
    picture = open_image(image.content, "x").convert("RGB")
    return np.asarray(picture, np.float64)


if __name__ == "__main__":
    main()
