"""Jinja environment of the pages: globals, template cache, content security policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined

from publishing.itinerary import (
    access_of_stop,
    open_stops,
    site_of_stop,
    starting_site,
    tour_posters,
    withdrawn_stops,
)
from publishing.pages import plan_svg
from publishing.pages.localizer import localizer
from publishing.pages.pictures import placeholder, video_poster
from publishing.pages.questions import (
    candidates,
    hunt_steps,
    label_questions,
    question_groups,
)
from publishing.pages.scenes import (
    full_panorama,
    hotspot_directions,
    is_tracked,
    scene_kind,
)
from publishing.pages.transcript import transcript_paragraphs
from publishing.text import localization
from publishing.text.attribution import named_license, parse_source
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


class _TemplateCache(BytecodeCache):
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


TEMPLATE_CACHE = _TemplateCache()
"""Of every museum: the templates are the same."""


def page_environment(style_url: str, transcripts: Mapping[str, str]) -> Environment:
    """Return the Jinja environment of the pages of one museum."""
    environment = Environment(
        loader=PackageLoader("publishing.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=TEMPLATE_CACHE,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        style_url=style_url,
        policy=META_POLICY,
        typeset=typeset,
        localizer=localizer,
        named_license=named_license,
        parse_source=parse_source,
        hotspot_directions=hotspot_directions,
        video_poster=video_poster,
        full_panorama=full_panorama,
        site_of_stop=site_of_stop,
        access_of_stop=access_of_stop,
        starting_site=starting_site,
        scene_kind=scene_kind,
        is_tracked=is_tracked,
        open_stops=open_stops,
        withdrawn_stops=withdrawn_stops,
        tour_posters=tour_posters,
        placeholder=placeholder,
        candidates=candidates,
        hunt_steps=hunt_steps,
        label_questions=label_questions,
        question_groups=question_groups,
        transcript_paragraphs=lambda url: transcript_paragraphs(
            transcripts.get(url, "")
        ),
        geo_uri=localization.geo_uri,
        shape_path=plan_svg.shape_path,
        ground_image=plan_svg.ground_image,
        line_path=plan_svg.line_path,
        mark_title=plan_svg.mark_title,
        leg_distance=plan_svg.leg_distance,
        format_distance=plan_svg.format_distance,
        walking_time=plan_svg.walking_time,
    )
    return environment
