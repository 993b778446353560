"""A tour with one stop of every kind, made by hand in French or in English."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tours.manifest import (
    AccessView,
    Alternate,
    ChoicesAnswerView,
    ChoiceView,
    ComparedView,
    CompareView,
    FilmView,
    HotspotView,
    HuntView,
    ImageVariant,
    LabelAnswerView,
    Media,
    NumberAnswerView,
    PanoramaView,
    PlaceAnswerView,
    Point,
    QuestionView,
    SiteRef,
    SiteView,
    StopView,
    Text,
    TrackView,
    VideoView,
    WithdrawnView,
    hunt_url,
    site_url,
    stop_url,
    tour_url,
)

if TYPE_CHECKING:
    from tours.manifest import Manifest, SceneView

TOUR = "charbon-et-eau"
LANGUAGES = ("fr", "en")
LICENSE = "CC-BY-SA-4.0"
TRANSCRIPT = f"/media/{'2' * 64}.vtt"
CAPTIONS = f"/media/{'3' * 64}.vtt"
TRANSCRIPTS = {
    TRANSCRIPT: (
        "WEBVTT\n\nNOTE not said\n\n1\n00:00.000 --> 00:02.000\nVoici un <b>marteau</b>"
        "\n\n00:02.100 --> 00:04.000\nde cent tonnes.\n\n"
        "00:07.000 --> 00:09.000\n<v Ève>Il se tait &amp; attend.\n"
    ),
    CAPTIONS: "WEBVTT\n\n00:00.000 --> 00:02.000\nLa vapeur siffle.\n",
}


def picture(name: str, width: int = 960, height: int = 720) -> tuple[ImageVariant, ...]:
    """Return a picture in two encodings of two sizes, told apart by a sign."""
    kinds = (("avif", "image/avif"), ("jpg", "image/jpeg"))
    return tuple(
        ImageVariant(
            f"/media/{name}{i}{extension[0]}".ljust(71, name) + f".{extension}",
            30_000 * (i + 1),
            media_type,
            width * (i + 1) // 2,
            height * (i + 1) // 2,
        )
        for extension, media_type in kinds
        for i in range(2)
    )


def wide(manifest: Manifest) -> Manifest:
    """Return the museum and language of a manifest with the tour of every kind."""
    language = manifest.language
    spoken = language if language in LANGUAGES else "fr"
    makers = _French if spoken == "fr" else _English
    stops = tuple(
        replace(stop, number=number, url=stop_url(TOUR, stop.id, language))
        for number, stop in enumerate(_stops(makers, spoken, language), 1)
    )
    tour = replace(
        manifest.tour,
        id=TOUR,
        url=tour_url(TOUR, language),
        title=Text(makers.tour, spoken),
        summary=Text(makers.summary, spoken),
        duration_min=120,
        stops=stops,
        site=_site("blanzy", makers.mine, spoken, language),
        hunts=(
            HuntView(
                "petits",
                hunt_url(TOUR, "petits", language),
                Text(makers.hunt, spoken),
                7,
            ),
        ),
        other_sites=(_site("ecuisses", makers.lock, spoken, language),),
    )
    alternates = tuple(
        Alternate(a.language, tour_url(TOUR, a.language)) for a in manifest.alternates
    )
    return replace(manifest, tour=tour, alternates=alternates)


class _French:
    tour = "Le charbon et l'eau"
    summary = "Descendre au fond de la mine, puis remonter le canal."
    mine, lock = "La mine, à Blanzy", "L'écluse, à Écuisses"
    place_text = "Deux puits creusés à partir de 1857."
    gallery, gallery_alt = "Au fond de la mine", "Galerie boisée, une berline à droite."
    gallery_text = "Tournez sur vous-même, ou faites glisser l'image."
    tub, tub_text = "La berline", "On y chargeait le charbon abattu."
    props, props_text = "Le boisage", "Le bois craque avant de céder, et prévient."
    square, square_alt = "De la halle à la place", "Le même marteau, deux fois."
    square_text = "Faites glisser le trait."
    then, now = "1877, dans la halle", "Aujourd'hui, sur la place"
    blow, blow_alt = (
        "Un coup de marteau",
        "La masse monte, puis tombe sur le fer rouge.",
    )
    blow_text = "Cent tonnes montent de cinq mètres."
    engine = "La machine d'extraction"
    engine_text = "Une machine à vapeur de 1885 enroulait le câble des cages."
    canal, canal_text = "Le canal du Centre", "Commencé en 1784, ouvert de 1791 à 1793."
    lamp, lamp_why = "La lampisterie", "La salle est en travaux jusqu'au printemps."
    hunt, ask, hint = "Les petits mineurs", "Que cherchait-on ?", "C'est noir."
    coal, wood = "Du charbon", "Du bois"
    explained = "La mine donnait du charbon."
    way = "Remontez au jour et entrez dans la salle de la machine."


class _English:
    tour = "Coal and water"
    summary = "Down the mine, then up the canal."
    mine, lock = "The mine, in Blanzy", "The lock, in Écuisses"
    place_text = "Two shafts sunk from 1857."
    gallery, gallery_alt = "Down the mine", "Timbered gallery, a tub to the right."
    gallery_text = "Turn around, or drag the picture."
    tub, tub_text = "The tub", "The hewn coal was loaded into it."
    props, props_text = "The timbering", "Timber creaks before it gives way."
    square, square_alt = "From the hall to the square", "The same hammer, twice."
    square_text = "Drag the line."
    then, now = "1877, in the hall", "Today, in the square"
    blow, blow_alt = "One blow", "The mass rises, then falls on the red-hot iron."
    blow_text = "A hundred tonnes rise by five metres."
    engine, engine_text = "The winding engine", "A steam engine wound the rope."
    canal, canal_text = (
        "The canal du Centre",
        "Begun in 1784, opened from 1791 to 1793.",
    )
    lamp, lamp_why = "The lamp room", "The room is being repaired until spring."
    hunt, ask, hint = "The young miners", "What was sought?", "It is black."
    coal, wood = "Coal", "Wood"
    explained = "The mine gave coal."
    way = "Come back up to daylight and go into the engine room."


Words = type[_French] | type[_English]


def _stops(w: Words, spoken: str, language: str) -> tuple[StopView, ...]:
    def stop(name: str, title: str, text: str) -> StopView:
        written = (Text(title, spoken), Text(text, spoken))
        return StopView(
            name,
            1,
            "",
            *written,
            (),
            ("canal.example (dates)",),
            way=Text(w.way, spoken),
        )

    lock = SiteRef("ecuisses", Text(w.lock, spoken), site_url("ecuisses", language))
    sound = Media(f"/media/{'1' * 64}.opus", 320_000, "audio/ogg; codecs=opus")
    fallback = Media(f"/media/{'1' * 64}.m4a", 640_000, "audio/mp4")
    return (
        replace(
            stop("galerie", w.gallery, w.gallery_text),
            offline=True, scene=_panorama(w, spoken), code="PANA", position=Point(46.7013, 4.3827),
            questions=_questions(w, spoken, language),
        ),
        replace(
            stop("hier-aujourdhui", w.square, w.square_text),
            scene=_compare(w, spoken), code="CMPR",
        ),
        replace(
            stop("lampisterie", w.lamp, w.lamp_why),
            withdrawn=WithdrawnView("2026-11-01", Text(w.lamp_why, spoken)), code="GNNE", sources=(),
        ),
        replace(
            stop("frappe", w.blow, w.blow_text),
            scene=_video(w, spoken), code="VDEA",
            audio=sound, audio_fallback=fallback, audio_duration_s=9.0,
            transcript=Media(TRANSCRIPT, 300, "text/vtt"), recording_language=spoken,
        ),
        replace(
            stop("machine", w.engine, w.engine_text),
            audio=sound, audio_fallback=fallback, audio_duration_s=64.0,
            audio_is_synthetic=True, recording_language=spoken, code="MCHN",
        ),
        replace(stop("canal", w.canal, w.canal_text), site=lock, way=None),
    )  # fmt: skip


def _questions(w: Words, spoken: str, language: str) -> tuple[QuestionView, ...]:
    """Return a question of each kind but a model's, the last of no hunt."""
    url = stop_url(TOUR, "machine", language)
    answers = (
        ChoicesAnswerView(
            "choices",
            (
                ChoiceView(Text(w.coal, spoken), right=True),
                ChoiceView(Text(w.wood, spoken), right=False),
            ),
        ),
        PlaceAnswerView("place", 95.0, -10.0, 12.0, 1),
        PlaceAnswerView("place", 95.0, -10.0, 20.0),
        NumberAnswerView("number", 0.6, 0.1, "m"),
        LabelAnswerView("find", "machine", url, Text(w.engine, spoken), "MCHN"),
    )
    return tuple(
        QuestionView(
            f"galerie-{number}",
            Text(w.ask, spoken),
            answer,
            (Text(w.hint, spoken),) * (2 if number == 1 else 0),
            Text(w.explained, spoken),
            "petits" if number < len(answers) else None,
        )
        for number, answer in enumerate(answers, 1)
    )


def _site(name: str, title: str, spoken: str, language: str) -> SiteView:
    w = _French if spoken == "fr" else _English
    return SiteView(
        name,
        site_url(name, language),
        Text(title, spoken),
        ("canal.example (puits)",),
        tuple(Alternate(tag, site_url(name, tag)) for tag in LANGUAGES),
        Text(w.place_text, spoken),
        Point(46.7013, 4.3827),
        "34 rue du Bois Clair, 71450 Blanzy",
        AccessView("partial", 0),
    )


def _panorama(w: Words, spoken: str) -> SceneView:
    spots = ((95.0, -10.0, w.tub, w.tub_text), (350.0, 25.0, w.props, w.props_text))
    return PanoramaView(
        "panorama",
        Text(w.gallery_alt, spoken),
        picture("p"),
        picture("q", 4096, 2048),
        0.0,
        tuple(
            HotspotView(a, e, Text(t, spoken), Text(x, spoken)) for a, e, t, x in spots
        ),
        LICENSE,
    )


def _compare(w: Words, spoken: str) -> SceneView:
    return CompareView(
        "compare",
        Text(w.square_alt, spoken),
        picture("t"),
        ComparedView(Text(w.then, spoken), picture("t")),
        ComparedView(Text(w.now, spoken), picture("n")),
        LICENSE,
    )


def _video(w: Words, spoken: str) -> SceneView:
    films = (
        Media(f"/media/{'7' * 64}.webm", 900_000, "video/webm"),
        Media(f"/media/{'8' * 64}.mp4", 1_400_000, "video/mp4"),
    )
    return VideoView(
        "video",
        Text(w.blow_alt, spoken),
        picture("v", 1280, 720),
        files=films,
        width_px=1280,
        height_px=720,
        duration_s=20.0,
        captions=(
            TrackView("fr", Media(CAPTIONS, 60, "text/vtt")),
            TrackView("en", Media(f"/media/{'4' * 64}.vtt", 60, "text/vtt")),
        ),
        license=LICENSE,
        described=FilmView(films, 1280, 720, 20.0),
        described_language=spoken,
        sign=FilmView(films, 720, 720, 20.0),
    )
