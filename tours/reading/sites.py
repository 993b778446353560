"""A site's file, whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tours import vocabulary
from tours.model import Site
from tours.reading import places, values
from tours.reading.access import access_at
from tours.reading.fields import Fields, Value
from tours.reading.prose import check_sources
from tours.reading.texts import sources as sources_of
from tours.reading.texts import tell_languages, texts

if TYPE_CHECKING:
    from tours.diagnostics import Location
    from tours.reading.fields import Context
    from tours.source.nodes import Node


@dataclass(frozen=True, slots=True)
class SiteReading:
    """A site as far as it could be read: tours need its name."""

    id: str | None
    id_location: Location
    site: Site | None
    """None once a problem that leaves no valid site was told."""


def site_at(context: Context, node: Node) -> SiteReading | None:
    """Return the site written at the root of a file of ``sites/``.

    Parameters
    ----------
    context
        With the museum's languages.
    node
        The file's root.
    """
    table = vocabulary.SITE
    context = context.of_file().about(table.fr, table.en)
    group = Value(node, table.keys[0], node.location).group(context)
    if group is None:
        return None
    fields = Fields(context, group, table, node.location)
    id_, name = fields.read("site", values.name), fields.read("name", texts)
    text = fields.read("text", texts)
    position = fields.read("at", places.coordinates)
    address = fields.read("address", values.text)
    access = fields.read("access", access_at)
    sources = fields.read("sources", sources_of) or ()
    check_sources(fields)
    tell_languages(fields.context, None)
    named = fields.value("site")
    location = named.node.location if named else node.location
    if id_ is None or name is None:
        return SiteReading(id_, location, None)
    site = Site(
        id=id_,
        name=name,
        text=text,
        position=position,
        address=address,
        access=access,
        sources=sources,
        location=location,
    )
    return SiteReading(id_, location, site)
