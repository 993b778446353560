"""Encode response heads: status line, headers, Date, security headers."""

from __future__ import annotations

import time
from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Header = tuple[str, str]

CONTENT_SECURITY_POLICY = "; ".join(
    (
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
        "frame-ancestors 'none'",
    )
)
PERMISSIONS_POLICY = ", ".join(
    (
        "accelerometer=(self)",
        "camera=(self)",
        "geolocation=(self)",
        "gyroscope=(self)",
        "magnetometer=(self)",
        "xr-spatial-tracking=(self)",
        "microphone=()",
        "payment=()",
        "usb=()",
    )
)
_EVERYTHING: tuple[Header, ...] = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
# A worker obeys the policy that came with its own script, hence the second tuple.
_CODE: tuple[Header, ...] = (("Content-Security-Policy", CONTENT_SECURITY_POLICY),)
_DOCUMENT: tuple[Header, ...] = (
    *_CODE,
    ("Permissions-Policy", PERMISSIONS_POLICY),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
_DOCUMENT_TYPES = frozenset({"text/html", "application/xhtml+xml", "image/svg+xml"})
_CODE_TYPES = frozenset({"text/javascript", "application/javascript"})
_STRICT_TRANSPORT: Header = ("Strict-Transport-Security", "max-age=31536000")


def security_headers(media_type: str, *, has_hsts: bool) -> tuple[Header, ...]:
    """Return the headers that a response of this type needs, and no more."""
    essence = media_type.partition(";")[0].strip().lower()
    if essence in _DOCUMENT_TYPES:
        headers = _EVERYTHING + _DOCUMENT
    elif essence in _CODE_TYPES:
        headers = _EVERYTHING + _CODE
    else:
        headers = _EVERYTHING
    return (*headers, _STRICT_TRANSPORT) if has_hsts else headers


def encode_headers(headers: Iterable[Header]) -> bytes:
    """Return headers as they go over the wire, each with its line end."""
    return "".join(f"{name}: {value}\r\n" for name, value in headers).encode("latin-1")


_START_LINES = {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode()
    for status in HTTPStatus
}


def status_line(status: int) -> bytes:
    """Return the status line of a response."""
    return _START_LINES[status]


class _DateLine:
    """The ``Date`` header, written once a second (RFC 9110, section 6.6.1)."""

    def __init__(self) -> None:
        self._second = 0
        self._line = b""

    def __call__(self) -> bytes:
        second = int(time.time())
        if second != self._second:
            self._second = second
            self._line = f"Date: {formatdate(second, usegmt=True)}\r\n".encode()
        return self._line


date_line = _DateLine()
"""Return the ``Date`` header of this moment, with its line end."""
