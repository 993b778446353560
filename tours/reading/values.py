"""Read single values: names, choices, flags, addresses, colours, licences."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tours import quantities
from tours.catalogue import keys as keys_rules
from tours.catalogue import museum as museum_rules
from tours.catalogue import texts as texts_rules
from tours.licenses import (
    LICENSES,
    find_incompatible_licenses,
    is_known_license,
    suggest_license,
)
from tours.reading.fields import CONFIDENT_SIMILARITY
from tours.source.text import excerpt
from tours.suggestions import fold_accents, slugify, suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tours.diagnostics import Location
    from tours.reading.context import Context, Value

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_NAME_CHARACTERS = 60
_LIKE = 0.5
"""A licence less like what was typed is another one."""
COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def text(context: Context, value: Value) -> str | None:
    """Return a text on one line or several."""
    scalar = value.scalar(context)
    return scalar.text.strip() if scalar else None


def name(context: Context, value: Value) -> str | None:
    """Return a short name for page addresses."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    if NAME.fullmatch(scalar.text) and len(scalar.text) <= MAX_NAME_CHARACTERS:
        return scalar.text
    meant = slugify(scalar.text, "nom-court")
    context.report(
        keys_rules.BAD_NAME,
        scalar.location,
        fix=meant if meant != "nom-court" else None,
        value=excerpt(scalar.text),
        example=f"{value.key.name}: {meant}",
    )
    return None


def check_names(context: Context, named: Iterable[tuple[str | None, Location]]) -> None:
    """Report two items of one list that have one name."""
    seen: dict[str, Location] = {}
    for name_, place in named:
        first = seen.setdefault(name_, place) if name_ else place
        if first is not place:
            other = f"{first.path.name}:{first.line}"
            context.report(keys_rules.REPEATED_NAME, place, value=name_, other=other)


def choice(context: Context, value: Value) -> str | None:
    """Return one of the key's choices."""
    scalar = value.scalar(context)
    if scalar is None or scalar.text in value.key.choices:
        return scalar.text if scalar else None
    context.report(
        keys_rules.UNKNOWN_CHOICE,
        scalar.location,
        fix=_choice_surely(scalar.text, value.key.choices),
        key=value.key.name,
        value=excerpt(scalar.text),
        known=", ".join(value.key.choices),
        near=_choice_meant(scalar.text, value.key.choices),
    )
    return None


def flag(context: Context, value: Value) -> bool | None:
    """Return whether something is said to be so."""
    scalar = value.scalar(context)
    if scalar is None or scalar.text.lower() in FLAGS:
        return FLAGS[scalar.text.lower()] if scalar else None
    meant = _choice_meant(scalar.text, ("true", "false"))
    context.report(
        keys_rules.UNKNOWN_CHOICE,
        scalar.location,
        fix=_choice_surely(scalar.text, ("true", "false")),
        key=value.key.name,
        value=excerpt(scalar.text),
        known="true, false",
        near=meant,
    )
    return None


def site(context: Context, value: Value) -> str | None:
    """Return the short name of a site that exists."""
    found = name(context, value)
    if found is None or context.sites is None or found in context.sites:
        return found
    nearest = suggest_name(found, context.sites)
    context.report(
        museum_rules.UNKNOWN_SITE
        if nearest
        else museum_rules.UNKNOWN_SITE_NO_SUGGESTION,
        value.node.location,
        fix=suggest_name(found, context.sites, CONFIDENT_SIMILARITY),
        value=found,
        near=nearest,
        example=f"sites/{found}.yaml",
    )
    return None


FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_FRENCH_CHOICES = {
    "vrai": "true", "faux": "false", "synthese": "synthetic", "synthetique": "synthetic",
    "de synthese": "synthetic",
    "oui": "yes", "non": "no", "partiel": "partial", "partiellement": "partial",
    "en partie": "partial", "true": "yes", "false": "no", "sol": "ground", "mur": "wall",
    "etiquette": "label", "image": "picture", "photo": "picture", "qr": "label",
    "qr code": "label", "qrcode": "label", "code": "label", "marker": "label", "floor": "ground",
    "metre": "m", "metres": "m", "millimetres": "mm", "centimetres": "cm", "pouces": "in",
}  # fmt: skip


def _choice_meant(typed: str, choices: tuple[str, ...]) -> str:
    french = _FRENCH_CHOICES.get(fold_accents(typed), "")
    if french in FLAGS and french not in choices:
        french = str(FLAGS[french]).lower()
    return (
        french if french in choices else suggest_name(typed, choices, 0.0) or choices[0]
    )


def _choice_surely(typed: str, choices: tuple[str, ...]) -> str | None:
    """Return the choice meant, if it is written in French or hardly misspelt."""
    meant = _choice_meant(typed, choices)
    is_sure = (
        fold_accents(typed) in _FRENCH_CHOICES
        or suggest_name(typed, choices, CONFIDENT_SIMILARITY) == meant
    )
    return meant if is_sure else None


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
    context.report(
        museum_rules.BAD_ADDRESS,
        scalar.location,
        value=excerpt(scalar.text),
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
    meant = quantities.suggest_color(scalar.text)
    # A name may be any shade: which one is the museum's to say.
    is_sure = meant and not scalar.text.isalpha() and scalar.first == scalar.location
    context.report(
        museum_rules.BAD_COLOR,
        scalar.location,
        fix=f'"{meant}"' if is_sure else None,
        value=excerpt(scalar.text),
        example=meant or "#9c2f1f",
    )
    return None


def license_id(context: Context, value: Value) -> str | None:
    """Return a licence; one that we don't know is kept, with a warning."""
    scalar = value.scalar(context)
    if scalar and not is_known_license(scalar.text):
        context.report(
            museum_rules.UNKNOWN_LICENSE,
            scalar.location,
            fix=suggest_license(scalar.text),
            value=excerpt(scalar.text),
            near=_license_like(scalar.text),
        )
    clashing = find_incompatible_licenses(scalar.text) if scalar else None
    if scalar and clashing:
        first, second = clashing
        context.report(
            texts_rules.LICENSES_CLASH, scalar.location, first=first, second=second
        )
    return scalar.text.strip() if scalar else None


def _license_like(typed: str) -> str:
    """Return a known licence that is like what was typed, or the museum's own name for it."""
    found = suggest_license(typed) or suggest_name(typed, LICENSES, _LIKE)
    return found or f"LicenseRef-{slugify(typed, 'Musee')}"


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
