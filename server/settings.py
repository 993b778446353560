"""Settings of the server, with defaults."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GuideSettings:
    """Limits and patience of guide mode."""

    most_rooms: int = 30
    """Rooms at once."""
    most_rooms_an_address: int = 20
    """Of them opened from one network address: behind a proxy, all have the same."""
    most_followers: int = 60
    """Phones in a room, besides the guide's."""
    room_lifetime_s: float = 4 * 3600.0
    """No visit lasts longer."""
    room_idle_s: float = 3600.0
    """A room ends when nothing was shown, and nobody came or left, for this long."""
    lost_guide_s: float = 15 * 60.0
    """A room whose guide does not come back ends after this long,"""
    empty_room_s: float = 5 * 60.0
    """and after this long if nobody follows."""
    guide_grace_s: float = 8.0
    """A guide who turns a page is away for a moment; followers are told after this long."""
    first_message_s: float = 10.0
    """A socket that has not said by then what it wants is closed."""
    heartbeat_s: float = 20.0
    """How often a phone is pinged; one that is silent for half as long again is dropped."""
    keepalive_s: float = 10.0
    """How often the state is told though it has not changed: a page knows it is heard."""
    messages_per_second: float = 20.0
    """Of a guide."""
    handshakes_per_minute: int = 2400
    """From one network address: behind a proxy, twenty groups that turn a page at once."""
    failures_per_minute: int = 300
    """From one network address: rooms that do not exist, wrong keys, wrong messages."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Memory, timeouts and headers of the server."""

    small_file_bytes: int = 128 * 1024
    """Files up to this size are answered from memory, larger ones from the disk cache."""
    memory_bytes: int = 64 * 1024 * 1024
    """What small files may take together; the smallest are kept first."""
    header_timeout_s: float = 10.0
    """A request whose header has begun to arrive must be whole after this long."""
    keepalive_timeout_s: float = 75.0
    """An idle connection is kept this long: a visitor reads a stop in a minute."""
    send_timeout_s: float = 60.0
    """A visitor who takes not one byte for this long has left."""
    drain_s: float = 0.0
    """Between being told to stop and closing the door; ``/healthz`` says 503 meanwhile."""
    stop_timeout_s: float = 30.0
    """What responses under way get to end in, once told to stop."""
    watch_s: float = 1.0
    """How often the file ``current`` is looked at."""
    has_hsts: bool = False
    """Say that this host speaks TLS only. Never for a certificate made on the spot."""
    guide: GuideSettings | None = None
    """Guide mode; None where it is off."""
