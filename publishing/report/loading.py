"""How long a file takes to come to a phone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Network:
    """What a phone gets, far from a city's middle."""

    name: str
    bits_a_second: float
    round_trip_s: float


NETWORKS = (
    Network("3G", 1.6e6, 0.150),
    Network("4G", 9e6, 0.085),
    Network("5G", 60e6, 0.030),
)
"""The first is the line that Lighthouse simulates for phones, and our own budgets are set by."""
_ROUND_TRIPS = 2
"""The request, and the slow start of a connection that is open already."""


def seconds(size_bytes: int) -> tuple[tuple[str, float], ...]:
    """Return how long a file takes on each network."""
    return tuple(
        (
            network.name,
            _ROUND_TRIPS * network.round_trip_s
            + size_bytes * 8 / network.bits_a_second,
        )
        for network in NETWORKS
    )
