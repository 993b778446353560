"""What pages may load: themselves, and nothing from anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined

from publishing.itinerary import (
    access_of_stop,
    closed_stops,
    covers,
    departure,
    open_stops,
    site_of_stop,
)
from publishing.pages import plan_svg
from publishing.pages.localizer import voice
from publishing.pages.pictures import still, tile
from publishing.pages.scenes import is_tracked, kind_of, spots, whole_picture
from publishing.pages.transcript import paragraphs
from publishing.text import localization
from publishing.text.attribution import named_license, source
from publishing.text.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2.bccache import Bucket


_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "connect-src 'self' blob:",
    "font-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
)
META_POLICY = "; ".join(_DIRECTIVES)
"""For a page's own ``<meta>``, where browsers refuse ``frame-ancestors``.

A server says the same in a header, with ``frame-ancestors 'none'``; on a host that
sends no header the page still guards itself.
"""


class _Compiled(BytecodeCache):
    """Templates compiled once a process: two thirds of the time of making pages."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a template's bucket, if it was compiled before from the same text."""
        content = self._kept.get(f"{bucket.key}{bucket.checksum}")
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a template was compiled to."""
        self._kept[f"{bucket.key}{bucket.checksum}"] = bucket.bytecode_to_string()


COMPILED = _Compiled()
"""Of every museum: the templates are the same."""


def page_environment(style_url: str, transcripts: Mapping[str, str]) -> Environment:
    """Return the Jinja environment of the pages of one museum."""
    environment = Environment(
        loader=PackageLoader("publishing.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=COMPILED,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        style_url=style_url,
        policy=META_POLICY,
        typeset=typeset,
        voice=voice,
        named_license=named_license,
        source=source,
        spots=spots,
        poster_of=still,
        whole_picture=whole_picture,
        site_of_stop=site_of_stop,
        access_of_stop=access_of_stop,
        departure=departure,
        kind_of=kind_of,
        is_tracked=is_tracked,
        open_stops=open_stops,
        closed_stops=closed_stops,
        covers=covers,
        tile_of=tile,
        said=lambda url: paragraphs(transcripts.get(url, "")),
        geo_uri=localization.geo_uri,
        plan_path=plan_svg.path,
        ground_image=plan_svg.ground_image,
        plan_track=plan_svg.track,
        plan_named=plan_svg.named,
        distance=plan_svg.distance,
        how_far=plan_svg.how_far,
        on_foot=plan_svg.minutes,
    )
    return environment
