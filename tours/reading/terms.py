"""Values of the museum's own: its address, its colour, its licence."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tours.catalogue import museum as museum_rules
from tours.catalogue import prose as prose_rules
from tours.licenses import LICENSES, clash, is_known, license_meant
from tours.near import near, slug
from tours.reading import guesses
from tours.source.shown import shown

if TYPE_CHECKING:
    from tours.reading.fields import Context, Value

_LIKE = 0.5
"""A licence less like what was typed is another one."""
COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def address(context: Context, value: Value) -> str | None:
    """Return the public address: ``https://`` and a host, without a closing slash."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    host = _host(scalar.text)
    clean = scalar.text.strip().removesuffix("/")
    if host and clean == f"https://{host}":
        return clean
    example = f"https://{host}" if host else "https://visite.mon-musee.fr"
    context.tell(
        museum_rules.BAD_ADDRESS,
        scalar.location,
        value=shown(scalar.text),
        example=example,
    )
    return None


def color(context: Context, value: Value) -> str | None:
    """Return ``#rrggbb`` in lower case."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    if COLOR.fullmatch(scalar.text):
        return scalar.text.lower()
    meant = guesses.color(scalar.text)
    # A name may be any shade: which one is the museum's to say.
    is_sure = meant and not scalar.text.isalpha() and scalar.first == scalar.location
    context.tell(
        museum_rules.BAD_COLOR,
        scalar.location,
        mend=f'"{meant}"' if is_sure else None,
        value=shown(scalar.text),
        example=meant or "#9c2f1f",
    )
    return None


def license_id(context: Context, value: Value) -> str | None:
    """Return a licence; one that we don't know is kept, with a warning."""
    scalar = value.scalar(context)
    if scalar and not is_known(scalar.text):
        context.tell(
            museum_rules.UNKNOWN_LICENSE,
            scalar.location,
            mend=license_meant(scalar.text),
            value=shown(scalar.text),
            near=_license_like(scalar.text),
        )
    clashing = clash(scalar.text) if scalar else None
    if scalar and clashing:
        first, second = clashing
        context.tell(
            prose_rules.LICENSES_CLASH, scalar.location, first=first, second=second
        )
    return scalar.text.strip() if scalar else None


def _license_like(typed: str) -> str:
    """Return a known licence that is like what was typed, or the museum's own name for it."""
    found = license_meant(typed) or near(typed, LICENSES, _LIKE)
    return found or f"LicenseRef-{slug(typed, 'Musee')}"


def _host(typed: str) -> str | None:
    """Return the host meant by an address, spelt in ASCII, or None."""
    text = re.sub(r"^(https?):?/*\s*(?=\w)", r"\1://", typed.strip().lower())
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    label = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    if not re.fullmatch(rf"(?:{label}\.)+{label}", host) or len(host) > 253:  # noqa: PLR2004 - RFC 1035
        return None
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    return None
