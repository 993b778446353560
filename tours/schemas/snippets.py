"""A stop of each kind, ready to be filled in: offered by editors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tours.diagnostics import Language


@dataclass(frozen=True, slots=True)
class Snippet:
    """Lines to write; ``${1:word}`` is a place that the editor goes to, and its first words."""

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
