"""Settings of the server, with defaults."""

from dataclasses import dataclass


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
