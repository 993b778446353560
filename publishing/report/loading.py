"""How long a file takes to come to a phone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Network:
    """What a phone gets, far from a city's middle."""

    name: str
    megabits_a_second: float
    round_trip_ms: int
    source: str
    """Who says so, as the report names it."""

    def seconds(self, size_bytes: int) -> float:
        """Return how long a file takes, on a connection that is open already."""
        waiting_s = _ROUND_TRIPS * self.round_trip_ms / 1000
        return waiting_s + size_bytes * 8 / (self.megabits_a_second * 1e6)


NETWORKS = (
    Network("3G", 1.6, 150, "WebPageTest 3G Fast, Lighthouse"),
    Network("4G", 9.0, 170, "WebPageTest 4G"),
    Network("5G", 50.0, 30, "3GPP TS 22.261, 7.1-1, rural macro"),
)
"""The first is what Lighthouse simulates for phones, and what our own budgets are set by
(github.com/GoogleChrome/lighthouse, docs/throttling.md); the second is WebPageTest's
(github.com/WPO-Foundation/webpagetest, www/settings/connectivity.ini.sample). Of 5G, the
standard says the rate that the countryside is to have; the round trip is supposed."""
_ROUND_TRIPS = 2
"""The request, and the slow start of a connection that is open already."""


def seconds(size_bytes: int) -> tuple[tuple[str, float], ...]:
    """Return how long a file takes on each network."""
    return tuple((network.name, network.seconds(size_bytes)) for network in NETWORKS)
