"""Words of findings about glTF extensions that are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.errors.typography import english as _english
from assets_pipeline.errors.typography import french as _french
from tours.diagnostics import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

EXTENSIONS_LEFT_OUT = Rule(
    "A029",
    Severity.WARNING,
    _french(
        "Le modèle « {file} » emploie des extensions de glTF qui sont laissées de côté : {names}.",
        "{why_fr}",
        "{remedy_fr}",
    ),
    _english(
        "The model '{file}' uses extensions of glTF that are left out: {names}.",
        "{why_en}",
        "{remedy_en}",
    ),
)
_MOST_NAMED: Final = 6


def _why(french: tuple[str, str], english: tuple[str, str]) -> dict[str, str]:
    """Return what it means that extensions are left out, and what to do about it."""
    of_french, of_english = _french(*french, ""), _english(*english, "")
    return {
        "why_fr": of_french.what,
        "remedy_fr": of_french.why,
        "why_en": of_english.what,
        "remedy_en": of_english.why,
    }


_SEEN: Final = _why(
    (
        "Ce qu'elles ajoutent ne parvient pas aux téléphones : il peut y paraître autrement que dans le logiciel qui l'a exporté.",
        "Comparez la page avec l'original. S'il manque quelque chose, exportez-le de nouveau sans ces extensions.",
    ),
    (
        "What they add does not reach phones: it may look otherwise there than in the program that exported it.",
        "Compare the page with the original. If something is missing, export it again without these extensions.",
    ),
)
_UNSEEN: Final = _why(
    (
        "Ce sont des notes pour d'autres logiciels : sans elles, il paraît le même.",
        "Rien n'est à corriger. Pour ne plus lire ceci, exportez-le de nouveau sans elles.",
    ),
    (
        "They are notes for other programs: without them it looks the same.",
        "There is nothing to mend. To read this no more, export it again without them.",
    ),
)
LEFT_OUT_REASONS: Final = (_SEEN, _UNSEEN)


def left_out_values(names: Sequence[str], *, are_seen: bool) -> dict[str, str]:
    """Return the values of `EXTENSIONS_LEFT_OUT` for some extensions.

    Parameters
    ----------
    names
        Of those that are left out.
    are_seen
        Whether the model may look otherwise without them.
    """
    more = [] if len(names) <= _MOST_NAMED else ["…"]
    shown = ", ".join([*names[:_MOST_NAMED], *more])
    return {"names": shown, **(_SEEN if are_seen else _UNSEEN)}
