"""``ecomusee inspect``: statistics of a model file, and its cost on a phone."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ecomusee.errors import ExitCode
from ecomusee.file_inspection import check_is_file, run_isolated
from ecomusee.localization import Message
from ecomusee.number_format import NumberFormat

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from assets_pipeline.inspection.inventory import Inspection
    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from tours.diagnostics import Language

Lines: TypeAlias = "Iterator[tuple[Message, dict[str, object]]]"

SUMMARY = Message(
    fr="dire ce que contient un modèle, et ce qu’il coûterait à un téléphone",
    en="tell what a model holds, and what it would cost a phone",
)
_FILE = Message(fr="fichier du modèle", en="the model's file")
_UNITS = Message(
    fr="unité des nombres du fichier (sinon m)",
    en="unit of the file's numbers (else m)",
)
_UP = Message(
    fr="axe du fichier qui monte (sinon y)", en="the file's axis that goes up (else y)"
)

_READING = Message(fr="Lecture de {name}…", en="Reading {name}…")
_WEIGHT = Message(
    fr="Fichiers  {files}, en tout {size} : {seconds} s de chargement en 4G",
    en="Files     {files}, in all {size}: {seconds} s to load over 4G",
)
_SIZE = Message(
    fr="Taille    {width} de large, {height} de haut, {depth} de profondeur",
    en="Size      {width} wide, {height} high, {depth} deep",
)
_DRAWN = Message(
    fr="Dessin    triangles {triangles}, sommets {vertices}, matériaux {materials}, tracés séparés {calls}",
    en="Drawing   triangles {triangles}, vertices {vertices}, materials {materials}, separate draws {calls}",
)
_TREE = Message(
    fr="Contenu   scènes {scenes}, nœuds {nodes}, maillages {meshes}",
    en="Holds     scenes {scenes}, nodes {nodes}, meshes {meshes}",
)
_GPU = Message(
    fr="Mémoire   {size} une fois chargé, dont {textures} d’images",
    en="Memory    {size} once loaded, pictures {textures} of it",
)
_TEXTURE = Message(
    fr="Image     {name} : {width} × {height} px, {media_type}, {size} ({slots})",
    en="Picture   {name}: {width} × {height} px, {media_type}, {size} ({slots})",
)
_MOTION = Message(
    fr="Animation {name} : {seconds} s, canaux {channels}",
    en="Animation {name}: {seconds} s, channels {channels}",
)
_UNPLAYED = Message(
    fr="→ Aucune animation n’est jouée : rien n’y bouge, ou elles durent plus de {most} min.",
    en="→ No animation is played: nothing moves in them, or they last over {most} min.",
)
_PLAYED_ALONE = Message(
    fr="→ Animation que les visiteurs voient : la n° {number} ({name}), la première où "
    "quelque chose bouge. Les autres, non.",
    en="→ The animation that visitors see: number {number} ({name}), the first where "
    "anything moves. The others they do not.",
)
_BODY = Message(
    fr="Squelette os {joints}, formes à mélanger {targets}",
    en="Skeleton  joints {joints}, shapes to blend {targets}",
)
_EXTENSIONS = Message(fr="Extensions {names}", en="Extensions {names}")
_LEFT_OUT = Message(
    fr="→ Extensions que la fabrication laisse de côté : {names}.",
    en="→ Extensions that the build leaves out: {names}.",
)
_NOTES_LEFT_OUT = Message(
    fr="→ Extensions que la fabrication laisse de côté, sans que rien ne se voie : {names}.",
    en="→ Extensions that the build leaves out, which nobody sees: {names}.",
)
_REPEATED = Message(
    fr="→ Sommets qui en répètent un autre : {count}. La fabrication les soude.",
    en="→ Vertices that repeat another: {count}. The build welds them.",
)
_USELESS = Message(
    fr="→ Triangles vides : {empty} ; en double : {double}.",
    en="→ Empty triangles: {empty}; doubled: {double}.",
)
_NO_NORMALS = Message(
    fr="→ Aucune normale : la fabrication les calcule.",
    en="→ No normals: the build computes them.",
)
_WHITE = Message(
    fr="→ Ni image ni couleur de sommets : seuls les matériaux colorent ce modèle.",
    en="→ Neither picture nor vertex colour: materials alone colour this model.",
)
_GUESSED = Message(
    fr="→ Aucun fichier .mtl : {name}, à côté, est pris pour l’image du modèle.",
    en="→ No .mtl file: {name}, beside it, is taken for the model's picture.",
)
_MISSING = Message(
    fr="→ Fichier nommé, mais absent : {name}. La forme sera montrée sans lui.",
    en="→ A file is named, but missing: {name}. The shape will be shown without it.",
)
_OTHER_MODEL = Message(
    fr="→ Autre modèle du zip, qui n’est pas montré : {name}.",
    en="→ Another model of the zip, which is not shown: {name}.",
)
_HEAVY = Message(
    fr="→ La fabrication garde au plus {limit} triangles pour les téléphones.",
    en="→ The build keeps at most {limit} triangles for phones.",
)
_FAULTS = Message(
    fr="→ Écarts à la norme glTF 2.0 : {count}. La fabrication les répare où elle peut ; "
    "d’autres programmes, non.",
    en="→ Departures from glTF 2.0: {count}. The build mends them where it can; other "
    "programs may not.",
)
_FAULT = Message(fr="  {place} : {reason}", en="  {place}: {reason}")
_FAULT_FOR_PROGRAMMERS = Message(
    fr="  {place} (en anglais, pour un développeur) : {reason}",
    en="  {place}: {reason}",
)
_BAKED = Message(
    fr="→ Relevé coloré par sommets : la fabrication met ses couleurs et son relief en images.",
    en="→ A scan coloured by vertex: the build puts its colours and relief into pictures.",
)
_REPAINTED = Message(
    fr="→ Modèle dense avec images : la fabrication les redessine sur moins de triangles.",
    en="→ A dense model with pictures: the build draws them anew over fewer triangles.",
)
_WIDE = Message(
    fr="→ La fabrication réduit les images de plus de {limit} px de côté.",
    en="→ The build reduces pictures over {limit} px wide or high.",
)
_UNLIKELY = Message(
    fr="→ {size} dans sa plus grande dimension : si c’est faux, dites l’unité du fichier, "
    "« --units mm » par exemple.",
    en="→ {size} in its greatest dimension: if that is wrong, tell the file's unit, "
    "`--units mm` for instance.",
)
_UPRIGHT = Message(
    fr="→ Axe pris pour celui qui monte : y. Ce format ne le dit pas ; si l’objet est couché, "
    "essayez « --up z », puis écrivez « up: z » dans la visite.",
    en="→ The axis taken to go up: y. This format does not tell; if the object lies down, "
    "try `--up z`, then write `up: z` in the tour.",
)
_WITHOUT_AXIS = (".obj", ".stl", ".ply", ".off")
_AWAY = Message(
    fr="→ À {away} de l’origine du fichier, comme un relevé : la fabrication prend pour "
    "origine son pied, au point ({point}).",
    en="→ It stands {away} from the file's origin, as surveys do: the build makes its foot "
    "the origin, at ({point}).",
)
_SHOWN_FAULTS = 5
_NAMELESS = Message(fr="sans nom", en="nameless")

_BITS_A_SECOND_4G = 10e6
_LEAST_M, _MOST_M = 0.05, 300.0
"""From a medal to a slag heap: outside, a unit was most often forgotten."""


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    parser.option("file", help=_FILE, type=Path, metavar="FILE")
    parser.option("--units", help=_UNITS, choices=("m", "cm", "mm", "in", "ft"))
    parser.option("--up", help=_UP, choices=("x", "y", "z"))


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Print what the file holds, then what the build will do about it."""
    from assets_pipeline.inspection.inventory import inspect_task
    from assets_pipeline.tasks.task import Task
    from tours.vocabulary import UNITS

    file: Path = options.file
    check_is_file(file)
    folder, units = str(file.absolute().parent), UNITS[options.units or "m"]
    task = Task("model", folder, file.name, metres_per_unit=units, up=options.up or "y")
    step = _READING.text(terminal.language, name=file.name)
    found = run_isolated(inspect_task, task, file, terminal, step=step)
    if found is None:
        return ExitCode.FINDINGS
    for phrase, values in (
        *_facts(found, terminal.language),
        *_advice(found, terminal.language),
        *_on_axis(options),
    ):
        terminal.say(phrase, **values)
    terminal.document(
        file=file.as_posix(),
        **asdict(found),
        missing_attributes=found.missing_attributes,
        is_scan=found.is_scan,
        texture_gpu_bytes=found.texture_gpu_bytes,
    )
    return ExitCode.CLEAN


def _facts(found: Inspection, language: Language) -> Lines:
    units = NumberFormat(language)
    seconds = found.size_bytes * 8 / _BITS_A_SECOND_4G
    width, height, depth = map(units.metres, found.size_m)
    yield (
        _WEIGHT,
        {
            "files": found.files,
            "size": units.bytes(found.size_bytes),
            "seconds": units.number(f"{seconds:.1f}"),
        },
    )
    yield _SIZE, {"width": width, "height": height, "depth": depth}
    yield (
        _DRAWN,
        {
            "triangles": found.triangles,
            "calls": found.draw_calls,
            "vertices": found.vertices,
            "materials": found.materials,
        },
    )
    yield (
        _TREE,
        {"scenes": found.scenes, "nodes": found.nodes, "meshes": found.meshes},
    )
    textures = units.bytes(found.texture_gpu_bytes)
    yield _GPU, {"size": units.bytes(found.gpu_bytes), "textures": textures}
    yield from _parts(found, units, _NAMELESS.text(language))


def _parts(found: Inspection, units: NumberFormat, nameless: str) -> Lines:
    for texture in found.textures:
        yield (
            _TEXTURE,
            {
                "name": texture.name or nameless,
                "width": texture.width_px,
                "height": texture.height_px,
                "media_type": texture.media_type,
                "size": units.bytes(texture.size_bytes),
                "slots": ", ".join(texture.slots),
            },
        )
    for motion in found.animations:
        yield (
            _MOTION,
            {
                "name": motion.name or nameless,
                "seconds": units.number(f"{motion.duration_s:.1f}"),
                "channels": motion.channels,
            },
        )
    if found.joints or found.morph_targets:
        yield _BODY, {"joints": found.joints, "targets": found.morph_targets}
    if found.extensions:
        yield _EXTENSIONS, {"names": ", ".join(found.extensions)}


def _advice(found: Inspection, language: Language) -> Lines:
    from assets_pipeline.lod.budgets import PHONE

    if found.faults:
        yield _FAULTS, {"count": len(found.faults)}
    for fault in found.faults[:_SHOWN_FAULTS]:
        phrase = _FAULT_FOR_PROGRAMMERS if fault.reason_fr is None else _FAULT
        told = fault.reason_fr if language == "fr" else None
        yield phrase, {"place": fault.place, "reason": told or fault.reason}
    for phrase, names in (
        (_LEFT_OUT, [n for n in found.left_out if n not in found.unseen]),
        (_NOTES_LEFT_OUT, found.unseen),
    ):
        if names:
            yield phrase, {"names": ", ".join(names)}
    yield from _on_files(found)
    yield from _on_surfaces(found)
    yield from _on_motion(found, language)
    if found.triangles > PHONE.most_triangles:
        yield _HEAVY, {"limit": PHONE.most_triangles}
    if found.is_scan and found.triangles > 2 * PHONE.most_triangles:
        yield _BAKED, {}
    if found.is_paintable and found.triangles > 2 * PHONE.most_triangles:
        yield _REPAINTED, {}
    if any(max(t.width_px, t.height_px) > PHONE.edge_px for t in found.textures):
        yield _WIDE, {"limit": PHONE.edge_px}
    yield from _on_place(found, NumberFormat(language))


def _on_axis(options: argparse.Namespace) -> Lines:
    if options.up is None and options.file.suffix.lower() in _WITHOUT_AXIS:
        yield _UPRIGHT, {}


def _on_place(found: Inspection, units: NumberFormat) -> Lines:
    if found.lost_foot is not None:
        point = " ; ".join(units.number(f"{along:.3f}") for along in found.lost_foot)
        yield _AWAY, {"away": units.metres(found.away_m), "point": point}
    longest = max(found.size_m)
    if not _LEAST_M <= longest <= _MOST_M:
        yield _UNLIKELY, {"size": units.metres(longest)}


def _on_files(found: Inspection) -> Lines:
    for phrase, names in (
        (_MISSING, found.missing),
        (_GUESSED, found.guesses),
        (_OTHER_MODEL, found.other_models),
    ):
        for name in names:
            yield phrase, {"name": name}


def _on_motion(found: Inspection, language: Language) -> Lines:
    from assets_pipeline.usdz.sampled_animation import LONGEST_S

    played = [i for i, motion in enumerate(found.animations) if motion.is_played]
    if found.animations and not played:
        yield _UNPLAYED, {"most": LONGEST_S // 60}
    elif len(found.animations) > 1:
        (index,) = played
        name = found.animations[index].name or _NAMELESS.text(language)
        yield _PLAYED_ALONE, {"number": index + 1, "name": name}


def _on_surfaces(found: Inspection) -> Lines:
    if found.repeated_vertices:
        yield _REPEATED, {"count": found.repeated_vertices}
    if found.empty_triangles or found.double_triangles:
        yield (
            _USELESS,
            {"empty": found.empty_triangles, "double": found.double_triangles},
        )
    if "NORMAL" in found.missing_attributes:
        yield _NO_NORMALS, {}
    if not found.textures and "COLOR_0" in found.missing_attributes:
        yield _WHITE, {}
