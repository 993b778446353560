"""Count handshakes and failures of each network address, without keeping any address.

An address is known by a digest under a key that this process alone has, and that is
forgotten with the counts at every minute's end.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets

_WINDOW_S = 60.0
_MOST_ADDRESSES = 4096
"""Counted apart in a minute; those beyond share one count."""
_OTHERS = b""
_IPV6_NETWORK_BITS = 64
"""What one subscriber is given: its addresses count as one."""


class AddressLimits:
    """How often an address may knock within a minute, and how often in vain."""

    def __init__(self, handshakes: int, failures: int) -> None:
        self._most_handshakes, self._most_failures = handshakes, failures
        self._window_end = 0.0
        self._key = b""
        self._handshakes: dict[bytes, int] = {}
        self._failures: dict[bytes, int] = {}

    def admit(self, address: str | None, now: float) -> bool:
        """Count a handshake; return whether it may go on."""
        tag = self._tag(address, now)
        count = self._handshakes.get(tag, 0) + 1
        self._handshakes[tag] = count
        return (
            count <= self._most_handshakes
            and self._failures.get(tag, 0) < self._most_failures
        )

    def count_failure(self, address: str | None, now: float) -> None:
        """Count a room that does not exist, a wrong key, a message against the schema."""
        tag = self._tag(address, now)
        self._failures[tag] = self._failures.get(tag, 0) + 1

    def _tag(self, address: str | None, now: float) -> bytes:
        if now >= self._window_end:
            self._window_end = now + _WINDOW_S
            self._key = secrets.token_bytes(16)
            self._handshakes, self._failures = {}, {}
        tag = address_digest(address, self._key)
        is_known = tag in self._handshakes or tag in self._failures
        return tag if is_known or len(self._handshakes) < _MOST_ADDRESSES else _OTHERS


def address_digest(address: str | None, key: bytes) -> bytes:
    """Return what stands for an address, for whoever has the key."""
    return hashlib.blake2b(_network(address).encode(), key=key, digest_size=8).digest()


def _network(address: str | None) -> str:
    """Return an address, or of IPv6 its network."""
    try:
        parsed = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, _IPV6_NETWORK_BITS), strict=False))
