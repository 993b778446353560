"""One value as it was typed: signs that are no part of it, and what stands in its place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tours.catalogue import habits, prose, saving, syntax
from tours.catalogue import keys as rules
from tours.source.nodes import Scalar
from tours.source.shown import shown, written
from tours.source.spaces import HIDDEN

if TYPE_CHECKING:
    from tours.diagnostics import Location
    from tours.reading.fields import Context, Value
    from tours.vocabulary import Key

_CURLY_QUOTED = re.compile(r"\s*(?:([“”„«])([^“”„«»]+)[“”»]|([‘’])([^‘’]+)[‘’])\s*")


def without_false_signs(context: Context, value: Value, scalar: Scalar) -> Scalar:
    """Return a value without the signs that a word processor has added to it."""
    hidden = HIDDEN.search(scalar.text)
    if hidden:
        place = scalar.place(hidden.start(), hidden.end())
        code = f"U+{ord(hidden[0]):04X}"
        mend = "" if scalar.first else None
        context.tell(saving.STRANGE_SIGN, place, mend=mend, sign=code)
        return replace(scalar, text=HIDDEN.sub("", scalar.text), first=None)
    if scalar.text[-1:] in (",", ";") and scalar.first:
        return _without_last_comma(context, value, scalar)
    quoted = _CURLY_QUOTED.fullmatch(scalar.text)
    if quoted is None:
        return scalar
    inner = (quoted[2] or quoted[4]).strip()
    context.tell(
        prose.CURLY_QUOTES,
        scalar.location,
        mend=written(inner),
        key=value.key.name,
        quote=quoted[1] or quoted[3],
        example=shown(written(inner)),
    )
    return replace(scalar, text=inner, first=None)


def _without_last_comma(context: Context, value: Value, scalar: Scalar) -> Scalar:
    """Return a value without the comma that parts items in other kinds of file."""
    text = scalar.text.rstrip(",; ")
    sign = len(scalar.text) - 1
    context.tell(
        habits.LAST_COMMA,
        scalar.place(sign, sign + 1),
        mend="",
        sign=scalar.text[-1],
        key=value.key.name,
        remedy=shown(f"{value.key.name}: {text}"),
    )
    return replace(scalar, text=text, first=None)


def tell_note(context: Context, place: Location, key: str, note: str) -> None:
    """Tell of a key that only a note follows: perhaps a text that begins with ``#``."""
    context.tell(habits.ONLY_A_NOTE, place, key=key, note=shown(note))


def tell_empty(context: Context, value: Value) -> None:
    """Tell of a value that is not there, or that a ``#`` has taken away."""
    comment = value.node.comment if isinstance(value.node, Scalar) else ""
    color = re.match(r"#[0-9a-fA-F]{3,8}\b", comment)
    name = shown(value.key.name)
    if color:
        remedy = f'{name}: "{color[0]}"'
        context.tell(syntax.VALUE_IN_COMMENT, value.location, key=name, remedy=remedy)
    elif comment.strip("# "):
        tell_note(context, value.location, name, comment)
    else:
        context.tell(rules.EMPTY_VALUE, value.location, key=name)


def quoting(key: Key) -> dict[str, str]:
    """Return, for a key that holds prose, how a colon in it is written."""
    if not key.is_prose:
        return {"quoting_fr": "", "quoting_en": ""}
    return {
        "quoting_fr": " — un texte qui contient un deux-points va entre guillemets droits",
        "quoting_en": " — a text with a colon in it goes in straight quotes",
    }
