"""Points on the map, as they are pasted or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tours.catalogue import values as rules
from tours.model import Coordinates
from tours.reading import guesses, quantities
from tours.reading.values import out_of_range
from tours.source.nodes import Mapping, Scalar, Sequence
from tours.source.shown import shown

if TYPE_CHECKING:
    from tours.reading.fields import Context, Value


def coordinates(context: Context, value: Value) -> Coordinates | None:
    """Return a point on the map."""
    if isinstance(value.node, (Mapping, Sequence)):
        _tell_coordinates_in_parts(context, value, value.node)
        return None
    scalar = value.scalar(context)
    if scalar is None:
        return None
    pair = quantities.coordinates(scalar.text)
    if pair is None:
        meant = guesses.coordinates(scalar.text)
        context.tell(
            rules.NOT_COORDINATES,
            scalar.location,
            mend=meant,
            key=value.key.name,
            value=shown(scalar.text),
            example=meant or "46.7867, 4.4328",
        )
        return None
    latitude, longitude = pair
    if abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004 - the globe's limits
        out_of_range(context, value, scalar, "-90, -180", "90, 180")
        return None
    return Coordinates(latitude, longitude, scalar.location)


def _tell_coordinates_in_parts(
    context: Context, value: Value, node: Mapping | Sequence
) -> None:
    """Tell of ``[46.78, 4.43]`` and ``{ lat: 46.78, lon: 4.43 }``."""
    is_group = isinstance(node, Mapping)
    parts = (
        [entry.value for entry in node.entries]
        if isinstance(node, Mapping)
        else list(node.items)
    )
    texts = [part.text for part in parts if isinstance(part, Scalar)]
    typed = ", ".join(texts)
    context.tell(
        rules.NOT_COORDINATES,
        value.location,
        key=value.key.name,
        value=f"{{ {shown(typed)} }}" if is_group else f"[{shown(typed)}]",
        example=guesses.coordinates(typed) or "46.7867, 4.4328",
    )
