"""Read file names: the file exists, in the museum's folder, and is of the right kind."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tours.catalogue import files as files_rules
from tours.catalogue import keys as keys_rules
from tours.diagnostics import Location
from tours.file_formats import (
    CAPTIONS,
    DESCRIBED,
    MODELS,
    PANORAMAS,
    PICTURES,
    PLANS,
    RECORDINGS,
    REMEDIES,
    START_BYTES,
    TRANSCRIPTS,
    VIDEOS,
    FileKind,
    detect_format,
    find_unsupported_format,
)
from tours.geojson import GeoJsonError, GeoJsonMistake, read_geojson
from tours.model import FileReference, LocalizedFile
from tours.museum_folder import NameDifference
from tours.source.nodes import Scalar
from tours.source.text import excerpt, quote_if_needed
from tours.suggestions import fold_accents

if TYPE_CHECKING:
    from tours.diagnostics import Rule
    from tours.file_formats import Format
    from tours.model import MapData
    from tours.reading.context import Context, Value


_ALIKE_FR = " : seuls les accents, les espaces ou les tirets diffèrent"
_ALIKE_EN = ": only accents, spaces or hyphens differ"
_LANG = "{lang}"
_LIKE_LANG = re.compile(
    r"\$\{lang\}|%lang%|\{\{ ?lang ?\}\}|[\[<(]lang[\])>]"
    r"|\{(?!lang\})(?:LANG|Lang|lng|lg|langue|language|locale|[a-z]{2})\}"
)
"""What other programs write for it, or one language's own code."""
_DRIVE = re.compile(r"[A-Za-z]:")
_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_DIFFERENCES = {
    NameDifference.CASE: files_rules.CASE_DIFFERS,
    NameDifference.ACCENTS: files_rules.ACCENTS_DIFFER,
}
_PLAN_SLIPS: dict[GeoJsonMistake, Rule] = {
    GeoJsonMistake.JSON: files_rules.NOT_JSON,
    GeoJsonMistake.SHAPE: files_rules.NOT_GEOJSON,
    GeoJsonMistake.PROJECTED: files_rules.PROJECTED,
    GeoJsonMistake.LARGE: files_rules.TOO_DETAILED,
}


def model_file(context: Context, value: Value) -> FileReference | None:
    """Return the file of a 3D model."""
    return _file(context, value, MODELS)


def panorama_file(context: Context, value: Value) -> FileReference | None:
    """Return the file of a panorama."""
    return _file(context, value, PANORAMAS)


def picture_file(context: Context, value: Value) -> FileReference | None:
    """Return the file of a picture."""
    return _file(context, value, PICTURES)


def plan_file(context: Context, value: Value) -> MapData | None:
    """Return what a file of map data draws."""
    file = _file(context, value, PLANS)
    if file is None:
        return None
    path = context.folder.path / file.path
    try:
        return read_geojson(path.read_bytes())
    except OSError:
        context.report(
            files_rules.NOT_FOUND_NO_SUGGESTION, file.location, path=str(file.path)
        )
    except GeoJsonError as error:
        # Only what is not JSON has a line to go to; the rest is reported where it is named.
        is_placed = error.mistake is GeoJsonMistake.JSON
        place = Location(path, error.line, error.column) if is_placed else file.location
        rule = _PLAN_SLIPS[error.mistake]
        context.report(rule, place, path=str(file.path), value=error.shown)
    return None


_NO_POSTER = frozenset(
    (
        "auto",
        "automatique",
        "automatic",
        "none",
        "no",
        "non",
        "aucune",
        "aucun",
        "false",
    )
)


def poster(context: Context, value: Value) -> FileReference | None:
    """Return the file of a poster; None as well for ``auto``."""
    text = value.node.text.strip() if isinstance(value.node, Scalar) else ""
    if text == "auto":
        return None
    if fold_accents(text) in _NO_POSTER:
        context.report(
            keys_rules.UNKNOWN_CHOICE,
            value.node.location,
            fix="auto",
            key=value.key.name,
            value=excerpt(text),
            known="auto, images/….jpg",
            near="auto",
        )
        return None
    return _file(context, value, PICTURES)


def audio_files(context: Context, value: Value) -> LocalizedFile | None:
    """Return a recording, in the languages that it exists in."""
    return _localized(context, value, RECORDINGS)


def transcript_files(context: Context, value: Value) -> LocalizedFile | None:
    """Return a recording's texts, in the languages that they exist in."""
    return _localized(context, value, TRANSCRIPTS)


def video_files(context: Context, value: Value) -> LocalizedFile | None:
    """Return a film, in each language; one film for all where its name has none."""
    found = _localized(context, value, VIDEOS)
    if found is None or _LANG in getattr(value.node, "text", ""):
        return found
    file = found.files[0][1]
    tags = context.languages or ("fr",)
    return LocalizedFile(tuple((tag, file) for tag in tags), found.location)


def caption_files(context: Context, value: Value) -> LocalizedFile | None:
    """Return a film's captions, in the languages that they exist in."""
    return _localized(context, value, CAPTIONS)


def described_files(context: Context, value: Value) -> LocalizedFile | None:
    """Return a film, or its sound, with audio description, in each language there is."""
    return _localized(context, value, DESCRIBED)


def _file(context: Context, value: Value, kind: FileKind) -> FileReference | None:
    scalar = value.scalar(context)
    if scalar is None or not _is_fit(context, value, scalar, kind):
        return None
    return _existing(context, scalar, scalar.text.strip(), kind)


def _localized(context: Context, value: Value, kind: FileKind) -> LocalizedFile | None:
    scalar = value.scalar(context)
    if scalar is None or not _is_fit(context, value, scalar, kind):
        return None
    text = scalar.text.strip()
    braces = _LIKE_LANG.search(text) or re.search(
        r"\{[^{}]*\}", text.replace(_LANG, "")
    )
    if braces:
        is_language = _LIKE_LANG.search(text) is not None
        context.report(
            files_rules.UNKNOWN_BRACES,
            scalar.location,
            fix=_LIKE_LANG.sub(_LANG, text) if is_language else None,
            name=excerpt(braces[0]),
        )
        return None
    languages = context.languages or ("fr",)
    if _LANG not in text:
        file = _existing(context, scalar, text, kind)
        return LocalizedFile(((languages[0], file),), scalar.location) if file else None
    return _in_each_language(context, value, scalar, kind)


def _in_each_language(
    context: Context, value: Value, scalar: Scalar, kind: FileKind
) -> LocalizedFile | None:
    """Return the files there are; absent ones are an error only where all are."""
    text, languages = scalar.text.strip(), context.languages or ("fr",)
    paths = {tag: text.replace(_LANG, tag) for tag in languages}
    there = [tag for tag in languages if context.folder.find(PurePosixPath(paths[tag]))]
    if not there:
        _existing(context, scalar, paths[languages[0]], kind)
        return None
    missing = [t for t in languages if t not in (*there, *context.guessed_languages)]
    if missing:
        context.report(
            files_rules.MISSING_RECORDING,
            scalar.location,
            key=value.key.name,
            missing=", ".join(missing),
            example=paths[missing[0]],
        )
    found = ((tag, _existing(context, scalar, paths[tag], kind)) for tag in there)
    files = tuple((tag, file) for tag, file in found if file)
    return LocalizedFile(files, scalar.location) if files else None


def _is_fit(context: Context, value: Value, scalar: Scalar, kind: FileKind) -> bool:
    """Return whether a path may be looked for; what is wrong with it is reported."""
    text = scalar.text.strip()
    found: tuple[Rule, str] | None = None
    base = re.split(r"[\\/]", text)[-1]
    example = f"{kind.folder}/{base}"
    if text.lower().startswith("file:"):
        found = files_rules.OUTSIDE_FOLDER, example
    elif _URL.match(text):
        found = files_rules.WEB_ADDRESS, example
    elif (
        text.startswith(("/", "\\", "~"))
        or _DRIVE.match(text)
        or ".." in re.split(r"[\\/]", text)
    ):
        found = files_rules.OUTSIDE_FOLDER, example
    elif "\\" in text:
        found = files_rules.BACKSLASH_IN_PATH, text.replace("\\", "/")
    elif text and context.folder.is_folder(PurePosixPath(text)):
        _report_folder(context, value, scalar, kind)
        return False
    elif "." not in base and (real := _of_any_ending(context, text, kind)):
        context.report(
            files_rules.NOT_FOUND,
            scalar.location,
            fix=real,
            path=excerpt(text),
            near=real,
            how_fr="",
            how_en="",
        )
        return False
    elif not text.lower().endswith(kind.endings):
        found = files_rules.WRONG_KIND, ""
    if found:
        rule, example = found
        is_fixed = rule is files_rules.BACKSLASH_IN_PATH
        context.report(
            rule,
            scalar.location,
            fix=quote_if_needed(example) if is_fixed else None,
            path=excerpt(text),
            key=value.key.name,
            known=", ".join(kind.endings),
            example=excerpt(example),
            **_remedy(text, kind),
        )
    return found is None


def _report_folder(
    context: Context, value: Value, scalar: Scalar, kind: FileKind
) -> None:
    text = scalar.text.strip()
    inside = [
        path
        for path in context.folder.files()
        if path.is_relative_to(text) and path.name.lower().endswith(kind.endings)
    ]
    known = ", ".join(kind.endings)
    context.report(
        files_rules.IS_FOLDER,
        scalar.location,
        path=excerpt(text),
        key=value.key.name,
        remedy_fr=f"Écrivez le nom du fichier : {inside[0]}"
        if inside
        else f"Écrivez le nom d’un fichier qui finisse par : {known}.",
        remedy_en=f"Write the file’s name: {inside[0]}"
        if inside
        else f"Write the name of a file that ends with: {known}.",
    )


def _remedy(text: str, kind: FileKind) -> dict[str, str]:
    """Return what to do with a file of another kind than is asked for."""
    foreign = (
        find_unsupported_format(PurePosixPath(text).suffix) if kind is MODELS else None
    )
    if foreign is None:
        return {
            "remedy_fr": "Convertissez le fichier, ou choisissez-en un autre.",
            "remedy_en": "Convert the file, or choose another.",
        }
    what_fr, what_en = foreign.what_fr, foreign.what_en
    return {
        "remedy_fr": f"C’est {what_fr}. {foreign.remedy_fr}",
        "remedy_en": f"This is {what_en}. {foreign.remedy_en}",
    }


def _of_any_ending(context: Context, text: str, kind: FileKind) -> str | None:
    """Return the file whose name lacks nothing but its ending, or None."""
    for ending in kind.endings:
        found = context.folder.find(PurePosixPath(text + ending)) if text else None
        if found:
            return str(found[0])
    return None


def _letters(name: str) -> str:
    """Return a name without what is easily typed otherwise: accents, spaces, hyphens."""
    return re.sub(r"[\s_’'-]+", "", fold_accents(name))


def _existing(
    context: Context, scalar: Scalar, text: str, kind: FileKind
) -> FileReference | None:
    """Return the file under exactly this name, or None once its absence is reported."""
    path, folder = PurePosixPath(text), context.folder
    found = folder.find(path)
    if found is None:
        nearest = folder.nearest(text, kind.endings)
        rule = files_rules.NOT_FOUND if nearest else files_rules.NOT_FOUND_NO_SUGGESTION
        is_alike = nearest is not None and _letters(nearest) == _letters(text)
        context.report(
            rule,
            scalar.location,
            path=excerpt(text),
            near=nearest,
            how_fr=_ALIKE_FR if is_alike else "",
            how_en=_ALIKE_EN if is_alike else "",
        )
        return None
    real, difference = found
    if difference in _DIFFERENCES:
        is_whole = text == scalar.text.strip()  # and not one of several languages
        context.report(
            _DIFFERENCES[difference],
            scalar.location,
            fix=quote_if_needed(str(real)) if is_whole else None,
            path=excerpt(text),
            near=str(real),
        )
    elif not folder.is_inside(path):
        context.report(
            files_rules.OUTSIDE_FOLDER,
            scalar.location,
            path=excerpt(text),
            example=excerpt(text),
        )
    elif folder.is_empty(path):
        context.report(files_rules.EMPTY_MEDIA, scalar.location, path=excerpt(text))
    elif (other := _other_format(context, path, kind)) is not None:
        context.report(
            files_rules.WRONG_CONTENT,
            scalar.location,
            path=excerpt(text),
            what_fr=other.fr,
            what_en=other.en,
            wanted_fr=kind.fr,
            wanted_en=kind.en,
            **_remedy_of(other, kind),
        )
    else:
        return FileReference(path, scalar.location)
    return None


def _other_format(
    context: Context, path: PurePosixPath, kind: FileKind
) -> Format | None:
    """Return what a file certainly is, where that is nothing of the kind asked for."""
    if kind is PLANS:  # read whole, and said to be no JSON
        return None
    found = detect_format(context.folder.read_start(path, START_BYTES))
    if found is None or found.family in kind.families:
        return None
    # XML is COLLADA too, which the pipeline looks into.
    is_collada = kind is MODELS and path.suffix.lower() == ".dae"
    return None if is_collada and found.family == "document" else found


def _remedy_of(other: Format, kind: FileKind) -> dict[str, str]:
    """Return how to get the file that was meant."""
    known = ", ".join(kind.endings)
    fr, en = REMEDIES.get(
        other.family,
        (
            f"Donnez le bon fichier, ou exportez celui-ci dans un format qui finisse par : {known}.",
            f"Give the right file, or export this one in a format that ends with: {known}.",
        ),
    )
    return {"remedy_fr": fr, "remedy_en": en}
