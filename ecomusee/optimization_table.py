"""Tell what an optimization changed: a table before and after, and sentences."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from ecomusee.localization import Message
from ecomusee.number_format import NumberFormat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from assets_pipeline.optimization.result import Optimized, OptimizedFile
    from ecomusee.terminal import Terminal
    from tours.diagnostics import Language

_BEFORE = Message(fr="avant", en="before")
_AFTER = Message(fr="après", en="after")
_ROWS: Final = (
    Message(fr="octets", en="bytes"),
    Message(fr="part de l’original", en="share of source"),
    Message(fr="triangles", en="triangles"),
    Message(fr="tracés séparés", en="draw calls"),
    Message(fr="images", en="textures"),
    Message(fr="mémoire graphique", en="graphics memory"),
    Message(fr="écart visuel", en="visual error"),
)
_WRITTEN = Message(fr="{source} → {paths}", en="{source} → {paths}")
_LARGER = Message(
    fr="→ Le résultat pèse plus que l’original ({after} contre {before}) : il était déjà "
    "compressé autrement. Gardez l’original, ou acceptez plus d’écart (--error).",
    en="→ The result is larger than the source ({after} against {before}), which was "
    "compressed by other means. Keep the source, or allow more visual error (--error).",
)
_EXCEEDED: Final = {
    "error": Message(
        fr="→ {name} : l’écart visuel est de {value}, la limite de {limit}.",
        en="→ {name}: the visual error is {value}, the limit {limit}.",
    ),
    "bytes": Message(
        fr="→ {name} : {value} octets, la limite est de {limit}.",
        en="→ {name}: {value} bytes, the limit is {limit}.",
    ),
    "triangles": Message(
        fr="→ {name} : {value} triangles, la limite est de {limit}.",
        en="→ {name}: {value} triangles, the limit is {limit}.",
    ),
}
_UNSEEN = Message(
    fr="→ {name} : l’écart visuel n’a pas pu être mesuré.",
    en="→ {name}: the visual error could not be measured.",
)
_MOVED = Message(
    fr="→ Le modèle était loin de l’origine : son pied, au point ({point}) m, est devenu l’origine.",
    en="→ The model was far from the origin: its foot, at ({point}) m, became the origin.",
)
_MISSING = Message(
    fr="→ Fichier nommé, mais absent : {names}.",
    en="→ A file is named, but missing: {names}.",
)
_GUESSED = Message(
    fr="→ {names}, à côté, est pris pour l’image du modèle.",
    en="→ {names}, beside it, is taken for the model's texture.",
)
_IGNORED = Message(
    fr="→ Extensions laissées de côté : {names}.", en="→ Extensions left out: {names}."
)
_OTHERS = Message(
    fr="→ Autres modèles du zip, laissés de côté : {names}.",
    en="→ Other models of the zip, left out: {names}.",
)


def tell(
    source: str, made: Optimized, paths: Sequence[Path], terminal: Terminal
) -> None:
    """Print the table of one model and what is to be known of it."""
    names = ", ".join(path.as_posix() for path in paths) or "-"
    terminal.say(_WRITTEN, source=source, paths=names)
    terminal.write("\n".join(table_lines(made, terminal.language)))
    for phrase, values in warnings(made, terminal.language):
        terminal.say(phrase, **values)


def table_lines(made: Optimized, language: Language) -> list[str]:
    """Return the lines of the table, columns aligned."""
    after = _AFTER.text(language)
    names = [after] if len(made.files) == 1 else [file.name for file in made.files]
    rows = [["", _BEFORE.text(language), *names], *table_rows(made, language)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  "
        + row[0].ljust(widths[0])
        + "".join(
            "  " + cell.rjust(width)
            for cell, width in zip(row[1:], widths[1:], strict=True)
        )
        for row in rows
    ]


def table_rows(made: Optimized, language: Language) -> list[list[str]]:
    """Return the rows of the table: a label, the source, each file."""
    numbers = NumberFormat(language)
    costs = [made.source, *(file.facts for file in made.files)]
    sizes = [cost.size_bytes for cost in costs]
    errors = [file.visual_error for file in made.files]
    columns = (
        [numbers.count(size) for size in sizes],
        ["", *(numbers.share(size / max(1, sizes[0])) for size in sizes[1:])],
        [numbers.count(cost.triangles) for cost in costs],
        [numbers.count(cost.draw_calls) for cost in costs],
        [numbers.count(cost.textures) for cost in costs],
        [numbers.bytes(cost.gpu_bytes) for cost in costs],
        ["", *("?" if e is None else numbers.share(e) for e in errors)],
    )
    return [
        [label.text(language), *cells]
        for label, cells in zip(_ROWS, columns, strict=True)
    ]


def warnings(
    made: Optimized, language: Language
) -> Iterator[tuple[Message, dict[str, object]]]:
    """Yield what is to be known of an optimized model, as messages and their values."""
    numbers = NumberFormat(language)
    if made.is_larger:
        after, before = len(made.glb), made.source.size_bytes
        yield (
            _LARGER,
            {"after": numbers.bytes(after), "before": numbers.bytes(before)},
        )
    for file in made.files:
        yield from _on_file(file, made, numbers)
    if made.moved_from_m is not None:
        point = " ; ".join(numbers.share(along) for along in made.moved_from_m)
        yield _MOVED, {"point": point}
    for phrase, names in (
        (_MISSING, made.missing_files),
        (_GUESSED, made.guessed_files),
        (_OTHERS, made.ignored_models),
        (_IGNORED, made.ignored_extensions),
    ):
        if names:
            yield phrase, {"names": ", ".join(names)}


def _on_file(
    file: OptimizedFile, made: Optimized, numbers: NumberFormat
) -> Iterator[tuple[Message, dict[str, object]]]:
    if file.visual_error is None:
        yield _UNSEEN, {"name": file.name}
    told = {
        "error": (numbers.number(f"{file.visual_error or 0:.4f}"), file.max_error),
        "bytes": (numbers.count(file.facts.size_bytes), made.max_bytes),
        "triangles": (numbers.count(file.facts.triangles), made.max_triangles),
    }
    for limit in file.exceeded:
        value, most = told[limit]
        shown = numbers.number(f"{most:,}") if most is not None else ""
        yield _EXCEEDED[limit], {"name": file.name, "value": value, "limit": shown}


def optimized_json(made: Optimized, paths: Sequence[Path]) -> dict[str, object]:
    """Return an optimized model as JSON values, without its contents."""
    return {
        "source": asdict(made.source),
        "outputs": [
            {
                "name": file.name,
                "path": path.as_posix(),
                **asdict(file.facts),
                "visual_error": file.visual_error,
                "max_error": file.max_error,
                "exceeded": list(file.exceeded),
            }
            for file, path in zip(made.files, paths, strict=True)
        ],
        "is_larger": made.is_larger,
        "moved_from_m": made.moved_from_m,
        "ignored_extensions": list(made.ignored_extensions),
        "missing_files": list(made.missing_files),
        "guessed_files": list(made.guessed_files),
        "ignored_models": list(made.ignored_models),
        "warnings": {
            language: [
                phrase.text(language, **values)
                for phrase, values in warnings(made, language)
            ]
            for language in ("fr", "en")
        },
    }
