"""JSON Schemas and snippets for curators' editors, made from the vocabulary.

Made from `tours.vocabulary`. The schema is looser than `tours.reading`, which alone
decides: an editor that underlines too much is switched off.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tours import vocabulary
from tours.file_formats import (
    CAPTIONS,
    DESCRIBED,
    MODELS,
    PANORAMAS,
    PICTURES,
    PLANS,
    RECORDINGS,
    TRANSCRIPTS,
    VIDEOS,
)
from tours.languages import LANGUAGES
from tours.licenses import LICENSES
from tours.reading.values import COLOR, FLAGS, MAX_NAME_CHARACTERS, NAME
from tours.source import read_source
from tours.source.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from tours.diagnostics import Language
    from tours.file_formats import FileKind
    from tours.vocabulary import Key, Table

Schema = dict[str, Any]
"""JSON: its values are of every kind."""
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TAG = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$"
_TEXT: Schema = {"type": "string", "minLength": 1}
_NUMBER = r"\d+([.,]\d+)?"
_LENGTH = rf"^[-−]?{_NUMBER} ?(mm|cm|m|km|in|ft)( ?\d\d)?$"
_ABOUT = r"([Aa]bout|[Ee]nviron|[Cc]irca|[Cc]a\.|[~≈])"
_HEIGHT = rf"^({_ABOUT} ?)?{_LENGTH.removeprefix('^')}"
_ANGLE = rf"^[-−]?{_NUMBER} ?°$"


def make_author_schemas(language: Language) -> dict[str, Schema]:
    """Return the schemas of ``museum``, ``site`` and ``tour``, their words in one language."""
    return {
        "museum": _root(vocabulary.MUSEUM, "museum.yaml", language),
        "site": _root(vocabulary.SITE, "sites/*.yaml", language),
        "tour": _root(vocabulary.TOUR, "tours/*.yaml", language),
    }


def _root(table: Table, title: str, language: Language) -> Schema:
    return {
        "$schema": _DRAFT,
        "title": title,
        **_group(table, language),
        "$defs": {"texts": _texts(), "language": _language()},
    }


def _group(table: Table, language: Language) -> Schema:
    properties = {key.name: _described(key, language) for key in table.keys}
    if table.by:
        properties["by"] = {**properties["by"], "enum": [table.by]}
    return {
        "type": "object",
        "description": table.fr if language == "fr" else table.en,
        "properties": properties,
        "required": [key.name for key in table.keys if key.required],
        "additionalProperties": False,
    }


def _described(key: Key, language: Language) -> Schema:
    example = key.example.partition(": ")[2]
    if language == "fr":
        said, told = f"{key.fr}\n\nExemple : {example}", "écrivez par exemple"
    else:
        said, told = f"{key.en}\n\nExample: {example}", "write for instance"
    schema = {**_value(key, language), "description": said}
    if key.shape in ("group", "groups", "list", "texts", "wording"):
        return schema
    colon = " :" if language == "fr" else ":"
    return _explained(schema, f"{key.name}{colon} {told} {key.example}")


def _explained(schema: Schema, message: str) -> Schema:
    """Return a value's schema that editors explain by a sentence, not by a pattern."""
    if "anyOf" in schema:
        branches = [_explained(branch, message) for branch in schema["anyOf"]]
        return {**schema, "anyOf": branches}
    return {**schema, "errorMessage": message}


def _value(key: Key, language: Language) -> Schema:
    if key.shape in _SIMPLE:
        return _SIMPLE[key.shape]
    if key.shape == "plan":
        return {"anyOf": [_file(PLANS), _one_of(key.inside, language)]}
    if key.shape == "choice":
        return {"type": "string", "enum": list(key.choices)}
    if key.shape == "group":
        return _one_of(key.inside, language)
    if key.shape == "groups":
        group = _one_of(key.inside, language)
        return {"anyOf": [group, {"type": "array", "minItems": 1, "items": group}]}
    items = _one_of(key.inside, language) if key.inside else _SIMPLE["wording"]
    if key.name == "stops":
        items = {**items, "defaultSnippets": _snippets(language)}
    return {"type": "array", "minItems": 1, "items": items}


def _snippets(language: Language) -> list[Schema]:
    """Return a stop of each kind, as editors offer it under ``stops``."""
    return [
        {
            "label": snippet.prefix,
            "description": snippet.name[language],
            "body": _read(snippet.body[language]),
        }
        for snippet in SNIPPETS
    ]


def _read(lines: str) -> Any:  # noqa: ANN401 - JSON
    """Return the item that lines give."""
    root = read_source(Path("snippet.yaml"), unsaved=lines.encode()).root
    return _as_json(root.items[0]) if isinstance(root, Sequence) else None


def _as_json(node: Node) -> Any:  # noqa: ANN401 - JSON
    if isinstance(node, Mapping):
        return {entry.key: _as_json(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [_as_json(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else None


def _one_of(tables: tuple[Table, ...], language: Language) -> Schema:
    """Return the schema of a group of one of several kinds.

    Kinds told by a value are apart; those told by their keys are one group, so that an
    editor offers all keys while none is written.
    """
    groups = [_group(table, language) for table in tables]
    first = groups[0]
    if len(groups) == 1:
        return first
    if all(table.by for table in tables):
        return {"oneOf": groups}
    properties = {n: p for group in groups for n, p in group["properties"].items()}
    always = [n for n in first["required"] if all(n in g["required"] for g in groups)]
    return {
        **first,
        "properties": properties,
        "required": always,
        "anyOf": [
            {"required": [n for n in group["required"] if n not in always]}
            for group in groups
        ],
    }


def _texts() -> Schema:
    return {
        "anyOf": [
            _TEXT,
            {
                "type": "object",
                "minProperties": 1,
                "patternProperties": {_TAG: _TEXT},
                "additionalProperties": False,
            },
        ]
    }


def _language() -> Schema:
    return {
        "type": "string",
        "pattern": _TAG,
        "examples": sorted(tag for tag in LANGUAGES if len(tag) == 2),  # noqa: PLR2004 - ISO 639-1
    }


def _file(kind: FileKind) -> Schema:
    endings = "|".join(ending.removeprefix(".") for ending in kind.endings)
    both = "|".join((endings, endings.upper()))
    return {"type": "string", "pattern": rf"^[^\\:]+\.({both})$"}


_SIMPLE: dict[str, Schema] = {
    "name": {
        "type": "string",
        "pattern": f"^{NAME.pattern}$",
        "maxLength": MAX_NAME_CHARACTERS,
    },
    "text": _TEXT,
    "texts": {"$ref": "#/$defs/texts"},
    "wording": {"$ref": "#/$defs/texts"},
    "languages": {
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": {"$ref": "#/$defs/language"},
    },
    "length": {"type": "string", "pattern": _LENGTH},
    "height": {"type": "string", "pattern": _HEIGHT},
    "offset": {
        "anyOf": [{"type": "string", "pattern": _LENGTH}, {"type": "integer", "const": 0}]
    },
    "angle": {"type": "string", "pattern": _ANGLE},
    "azimuth": {"type": "string", "pattern": _ANGLE},
    "view_direction": {"type": "string", "pattern": "°.*°$"},
    "position": {"type": "string", "pattern": r"^[^,;]+[,;][^,;]+[,;][^,;]+$"},
    "spot": {
        "anyOf": [
            {"type": "string", "pattern": "°.*°$"},
            {"type": "string", "pattern": f"^{NAME.pattern}$"},
        ]
    },
    "amount": {
        "anyOf": [{"type": "string", "pattern": r"^[-−]?\d"}, {"type": "number"}]
    },
    "date": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "reviews": {
        "type": "object",
        "minProperties": 1,
        "patternProperties": {_TAG: {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2} \S+ \S"}},
        "additionalProperties": False,
    },
    "flag": {"enum": [True, False, *FLAGS]},
    "direction": {
        "anyOf": [
            {"type": "string", "pattern": _ANGLE},
            {"type": "string", "pattern": "^(north|south|east|west)([ -]?(north|south|east|west))*$"},
            {"type": "string", "pattern": "^[NSEWnsew]{1,3}$"},
        ]
    },
    "duration": {"type": "string", "pattern": r"^\d+([.,]\d+)? ?(min|h( ?\d+)?( ?min)?)$"},
    "scale": {"type": "string", "pattern": r"^\d+ ?[:/] ?\d+$"},
    "coordinates": {"type": "string", "pattern": r"\d.*\d"},
    "count": {"type": "integer", "minimum": 0},
    "address": {"type": "string", "pattern": "^https://[a-z0-9.-]+/?$"},
    "color": {"type": "string", "pattern": f"^{COLOR.pattern}$"},
    "license": {**_TEXT, "examples": list(LICENSES)},
    "model_file": _file(MODELS),
    "panorama_file": _file(PANORAMAS),
    "picture_file": _file(PICTURES),
    "plan_file": _file(PLANS),
    "poster": {"anyOf": [{"type": "string", "const": "auto"}, _file(PICTURES)]},
    "audio_files": _file(RECORDINGS),
    "transcript_files": _file(TRANSCRIPTS),
    "video_files": _file(VIDEOS),
    "caption_files": _file(CAPTIONS),
    "described_files": _file(DESCRIBED),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Snippet:
    """An editor's snippet; ``${1:word}`` is a tab stop and its placeholder."""

    prefix: str
    name: dict[Language, str]
    body: dict[Language, str]


def _stop(
    prefix: str,
    fr: tuple[str, str, str, str],
    en: tuple[str, str, str, str],
    shows: str,
) -> Snippet:
    """Return a snippet from (what it is, short name, title, what is seen) in both languages."""
    bodies: dict[Language, str] = {}
    names: dict[Language, str] = {"fr": fr[0], "en": en[0]}
    said: dict[Language, tuple[str, str, str, str]] = {"fr": fr, "en": en}
    words: dict[Language, str] = {
        "fr": "Ce que les visiteurs lisent.",
        "en": "What visitors read.",
    }
    for language, (_, id_, title, alt) in said.items():
        head = (
            f"- stop: ${{1:{id_}}}\n  title:\n    {language}: ${{2:{title}}}\n"
            f"  text:\n    {language}: ${{3:{words[language]}}}"
        )
        seen = f"\n    alt:\n      {language}: ${{9:{alt}}}" if alt else ""
        bodies[language] = head + shows.replace("LANG", language) + seen
    return Snippet(prefix, names, bodies)


SNIPPETS = (
    _stop(
        "stop-text",
        ("Arrêt à lire", "pont", "Le pont", ""),
        ("Stop to read", "bridge", "The bridge", ""),
        "",
    ),
    _stop(
        "stop-audio",
        ("Arrêt à écouter", "cloche", "La cloche", ""),
        ("Stop to hear", "bell", "The bell", ""),
        "\n  audio: ${4:audio/cloche.{lang\\}.m4a}\n  transcript: ${5:audio/cloche.{lang\\}.vtt}",
    ),
    _stop(
        "stop-model",
        ("Arrêt avec un modèle 3D", "phare", "Le phare", "Tour blanche, une lanterne au sommet."),
        ("Stop with a 3D model", "light", "The light", "White tower, a lantern at its top."),
        "\n  label:\n    height: ${4:1.20 m}\n    slope: ${5:30°}\n  placed:\n    - by: label\n"
        "      ahead: ${6:10 m}\n  shows:\n    model: ${7:models/phare.glb}\n    height: ${8:24 m}",
    ),
    _stop(
        "stop-picture-anchor",
        ("Arrêt avec un modèle tenu par une image", "plan", "Le plan", "Maquette des ateliers."),
        ("Stop with a model held by a picture", "plan", "The plan", "Model of the workshops."),
        "\n  placed:\n    - by: picture\n      picture: ${4:image_targets/plan.jpg}\n"
        "      width: ${5:42 cm}\n  shows:\n    model: ${6:models/ateliers.glb}\n    scale: ${7:1:200}",
    ),
    _stop(
        "stop-panorama",
        ("Arrêt avec un panorama", "galerie", "La galerie", "Galerie boisée, une voie étroite."),
        ("Stop with a panorama", "gallery", "The gallery", "Timbered gallery, a narrow track."),
        "\n  shows:\n    panorama: ${4:panoramas/galerie.jpg}\n    starts: ${5:0°}",
    ),
    _stop(
        "stop-compare",
        ("Arrêt qui compare deux images", "place", "La place", "La place, vide puis bordée de maisons."),
        ("Stop that compares two pictures", "square", "The square", "The square, empty, then with houses."),
        "\n  shows:\n    compare:\n      then:\n        picture: ${4:images/place-hier.jpg}\n"
        "        title:\n          LANG: ${5:1900}\n      now:\n"
        "        picture: ${6:images/place-aujourdhui.jpg}\n        title:\n          LANG: ${7:2026}",
    ),
    _stop(
        "stop-video",
        ("Arrêt avec une vidéo", "coulee", "La coulée", "Du métal en fusion dans une rigole."),
        ("Stop with a video", "casting", "The casting", "Molten metal in a channel."),
        "\n  shows:\n    video: ${4:video/coulee.{lang\\}.mp4}\n    captions: ${5:video/coulee.{lang\\}.vtt}",
    ),
)  # fmt: skip
