"""Read and write the settings that searches chose (the museum's recorded file).

A search looks at renderings, which another processor may round otherwise. With its
decisions beside the museum's texts, every machine ships the same files, and none has
to search again: ``decisions.json`` in the museum's folder, one entry a model. An entry
counts only for the very files that it was made of, and for the same search.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from assets_pipeline.gltf.orient import OrientOptions
    from assets_pipeline.lod.budgets import LevelName
    from assets_pipeline.lod.levels import Level, LodDecision

FILE_NAME: Final = "decisions.json"
SEARCH_VERSION: Final = 7
"""Raised when plans are made of other things, or carried out otherwise."""
_MOST_BYTES: Final = 10_000_000

Json = dict[str, Any]  # of our own writing, read back under guards


def read_recorded_settings(folder: Path) -> dict[str, str]:
    """Return a museum's recorded entries by model name; none without a file.

    A damaged file is as good as none: what it held is searched for again.
    """
    path = folder / FILE_NAME
    try:
        if path.stat().st_size > _MOST_BYTES:
            return {}
        models = json.loads(path.read_bytes())["models"]
        return {str(name): _text(entry) for name, entry in models.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def to_bytes(decided: Iterable[tuple[str, str]]) -> bytes:
    """Return the content of `FILE_NAME` for pairs of a name and an entry."""
    models = {name: json.loads(entry) for name, entry in decided}
    text = json.dumps({"models": models}, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode() + b"\n"


def digest_inputs(
    options: OrientOptions, reads: Mapping[str, str | None], added: str = ""
) -> str:
    """Return the digest of all that a model's chosen settings depend on.

    Parameters
    ----------
    options
        What the numbers of the model's file mean.
    reads
        Digests of its files.
    added
        What is baked that they don't hold.
    """
    parts: list[object] = [SEARCH_VERSION, options.metres_per_unit, options.up]
    parts += [sorted(reads.items()), *([added] if added else [])]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def write_entry(digest: str, levels: Iterable[Level]) -> str:
    """Return the recorded entry of a model; without LODs where it was made by rule."""
    lods = {
        level.profile.name: {
            "plan": level.decision.plan.to_json(),
            "visual_error": level.decision.visual_error,
            **({"is_repainted": True} if level.decision.is_rebaked else {}),
        }
        for level in levels
    }
    return _text({"made_of": digest, "levels": lods})


def read_entry(entry: str, digest: str) -> dict[LevelName, LodDecision] | None:
    """Return the decisions of an entry; None when it is of other inputs, or damaged."""
    from assets_pipeline.lod.levels import LodDecision  # noqa: PLC0415  # 200 ms, not for `read_recorded_settings`
    from assets_pipeline.lod.settings import settings_from_json  # noqa: PLC0415

    record = _entry(entry)
    if record.get("made_of") != digest:
        return None
    try:
        return {
            name: LodDecision(
                settings_from_json(level["plan"]),
                _number(level["visual_error"]),
                is_rebaked=bool(level.get("is_repainted")),
            )
            for name, level in record["levels"].items()
        } or None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def differ(wanted: str, made: str) -> bool:
    """Whether a recorded entry asks for other settings than the product was made with."""
    one, other = _entry(wanted), _entry(made)
    return one != other and one.get("made_of") == other.get("made_of")


def is_outdated(wanted: str, made: str) -> bool:
    """Whether a recorded entry was made of other inputs, or by an older search."""
    one, other = _entry(wanted), _entry(made)
    return bool(one) and one.get("made_of") != other.get("made_of")


def is_searched(entry: str) -> bool:
    """Whether an entry holds any decision."""
    return bool(_entry(entry).get("levels"))


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _entry(text: str) -> Json:
    entry = json.loads(text or "{}")
    return entry if isinstance(entry, dict) else {}


def _text(entry: object) -> str:
    return json.dumps(entry, ensure_ascii=False, sort_keys=True)
