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
"""For a page's own ``<meta>``, where browsers refuse ``frame-ancestors``."""
HEADER_POLICY = f"{META_POLICY}; frame-ancestors 'none'"
"""For the header ``Content-Security-Policy``, which a server sends with every page."""
