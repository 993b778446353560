"""What pages may load: themselves, and nothing from anybody else."""

from __future__ import annotations

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
