"""How a tour or a site is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tours import vocabulary
from tours.model import Access
from tours.reading import values
from tours.reading.fields import Fields
from tours.reading.texts import texts

if TYPE_CHECKING:
    from tours.model import Wheelchair
    from tours.reading.fields import Context, Value


def access_at(context: Context, value: Value) -> Access | None:
    """Return what a person with a wheelchair, a pram or tired legs must know."""
    group = value.group(context)
    if group is None:
        return None
    fields = Fields(
        context.about(vocabulary.ACCESS.fr, vocabulary.ACCESS.en),
        group,
        vocabulary.ACCESS,
        value.location,
    )
    wheelchair = fields.read("wheelchair", values.choice)
    steps, note = fields.read("steps", values.count), fields.read("note", texts)
    if wheelchair is None:
        return None
    return Access(cast("Wheelchair", wheelchair), steps, note)
