"""Mistakes that curators make, each to be made in any of three museums of other habits.

A mistake finds a line by what it says and spoils it; ``‸`` marks where the finding must
point. The three museums differ in indentation, braces, order of keys, quotes, comments.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tours.checks import read_museum

FOLDER = Path(__file__).parent / "contexts"
CONTEXTS = tuple(sorted(path.name for path in FOLDER.iterdir()))
TOUR = "tours/visite.yaml"
MUSEUM = "museum.yaml"
SITE = "sites/le-creusot.yaml"
MARK = "‸"
_FILE = re.compile(r"\b[a-z_]+/[\w.{}-]+\.\w+")


@dataclass(frozen=True)
class Mistake:
    """One slip: the line that it falls on, and what the line becomes."""

    code: str
    name: str
    find: str
    """A pattern of the line."""
    to: str
    """What it becomes, with ``‸`` where the finding points; several lines are possible."""
    at: str = ""
    """Instead of the mark: a pattern, with groups, of the nearest line that it points at."""
    file: str = TOUR
    drops: bool = False
    """Whether the lines that belong to the found one go with it."""

    @property
    def id(self) -> str:
        """A name for tests."""
        return f"{self.code}-{self.name}"


class Place(NamedTuple):
    """Where a finding points."""

    code: str
    file: str
    line: int
    column: int


class Cut(NamedTuple):
    """Lines that a mistake replaces, and where it is told."""

    file: str
    start: int
    end: int
    lines: tuple[str, ...]
    place: Place
    is_elsewhere: bool
    """Whether the place is one of the right file's lines, and none of the new ones."""


def cut(mistake: Mistake, context: str) -> Cut:
    """Return what a mistake does to a museum."""
    lines = _lines(context, mistake.file)
    index = next(i for i, line in enumerate(lines) if re.search(mistake.find, line))
    end = index + 1
    if mistake.drops:
        own = _indent(lines[index])
        while _indent(next(filter(str.strip, lines[end:]), "")) > own:
            end += 1
    spoilt = re.sub(mistake.find, mistake.to, lines[index], count=1)
    new = [] if not spoilt and mistake.drops else spoilt.split("\n")
    if mistake.at:
        nearest = sorted(range(len(lines)), key=lambda i: abs(i - index))
        line = next(i for i in nearest if re.search(mistake.at, lines[i]))
        found = re.search(mistake.at, lines[line])
        assert found is not None
        assert found.lastindex is not None
        column = found.start(found.lastindex)
    else:
        at = next(i for i, text in enumerate(new) if MARK in text)
        line, column = index + at, new[at].index(MARK)
    place = Place(mistake.code, mistake.file, line + 1, column + 1)
    new = [text.replace(MARK, "") for text in new]
    return Cut(mistake.file, index, end, tuple(new), place, bool(mistake.at))


def spoilt(folder: Path, context: str, cuts: list[Cut]) -> list[Place]:
    """Spoil files of a museum's folder; return where each mistake must be told."""
    places = []
    for file in {cut_.file for cut_ in cuts}:
        own = sorted(cut_ for cut_ in cuts if cut_.file == file)
        lines, shift = list(_lines(context, file)), 0
        moved = []
        for start, end, new in ((c.start, c.end, c.lines) for c in own):
            lines[start + shift : end + shift] = new
            moved.append((start, len(new) - (end - start)))
            shift += moved[-1][1]
        for own_cut in own:
            line = own_cut.place.line - 1
            until = line if own_cut.is_elsewhere else own_cut.start
            by = sum(n for start, n in moved if start < until)
            places.append(own_cut.place._replace(line=line + by + 1))
        (folder / file).write_text("\n".join(lines), encoding="utf-8")
    return sorted(places)


ENTANGLED = frozenset(
    frozenset(pair)
    for pair in (
        # A key that goes under ``label`` announces one: that it is missing is told next.
        ("T032-key-one-level-out", "T048-label-not-described"),
        # What holds the scene is not known yet.
        ("T012-alias", "T048-label-not-described"),
        # The whole item is to be deleted.
        ("T049-placed-on-the-floor", "T061-not-a-length"),
        ("T049-placed-on-the-floor", "T062-not-an-angle"),
        ("T049-placed-on-the-floor", "T038-choice-in-french"),
        ("T049-placed-on-the-floor", "T048-label-not-described"),
    )
)
"""Pairs of which one makes the other void."""


def are_apart(one: Cut, other: Cut) -> bool:
    """Return whether two mistakes can be made at once, and neither undoes the other."""
    if one.file != other.file:
        return True
    first, second = sorted((one, other))
    points = {(cut_.place.line - 1) for cut_ in (one, other)}
    return first.end <= second.start and not any(
        cut_.start <= line < cut_.end
        for cut_ in (one, other)
        for line in points - {cut_.place.line - 1}
    )


def museum(context: str, folder: Path) -> Path:
    """Return a copy of a museum with all the files that its texts name."""
    shutil.copytree(FOLDER / context, folder)
    for path in sorted(folder.glob("*/*.yaml")):
        for name in _FILE.findall(path.read_text(encoding="utf-8")):
            for tag in ("fr", "en"):
                file = folder / name.replace("{lang}", tag)
                file.parent.mkdir(exist_ok=True)
                if not file.exists() and file.suffix != ".yaml":
                    file.write_bytes(b"a file of this kind")
    return folder


def told(folder: Path) -> list[Place]:
    """Return where a museum's findings point."""
    return sorted(
        Place(
            finding.code,
            finding.location.path.relative_to(folder).as_posix(),
            finding.location.line,
            finding.location.column,
        )
        for finding in read_museum(folder).diagnostics
    )


def restored(context: str, folder: Path, file: str) -> None:
    """Put a spoilt file back."""
    shutil.copyfile(FOLDER / context / file, folder / file)


def _lines(context: str, file: str) -> list[str]:
    return (FOLDER / context / file).read_text(encoding="utf-8").split("\n")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" -"))


def _value(code: str, name: str, key: str, new: str, **more: str) -> Mistake:
    """Return a mistake in the value of a key, where it stands alone on its line."""
    old = more.pop("old", r"[^#\n]+?")
    find = rf"^([ -]*{key}: +){old}(?P<rest> *(?:#.*)?)$"
    return Mistake(code, name, find, rf"\1‸{new}\g<rest>", **more)


_IN_STOP = r"^ *- +(stop):"
_LABEL_HEIGHT = r"(?:1\.40 m|95 cm|140 cm)"
_TRUE_HEIGHT = r"(?:21 m|about 24 m|310 cm)"
_ALT = r"(?:Une machine|Tour blanche|Bâti)[^\n]*"

MISTAKES = (
    # How YAML is written.
    Mistake("T002", "tab-for-indent", r"^ +(offline: .*)", "‸\t\\1"),
    Mistake("T002", "tab-after-colon", r"^(duration:) +", r"\1‸\t"),
    Mistake("T003", "no-break-indent", r"^( *)  (transcript: )", "\\1‸\u00a0\u00a0\\2"),
    Mistake("T004", "colon-in-a-text", rf"^( +fr: +)({_ALT})$", r"\1Vue ‸: \2"),
    Mistake("T005", "key-twice", r"^(start: .*)$", "\\1\n‸start: 1.5, 2.5"),
    Mistake("T006", "a-space-too-many", r"^( +)(offline: )", r"\1 ‸\2"),
    Mistake("T007", "quote-left-open", rf"^( +fr: +)({_ALT})$", r'\1‸"\2'),
    Mistake("T009", "apostrophe-in-quotes", rf"^( +fr: +)({_ALT})$", r"\1'Vue d‸'\2'"),
    Mistake("T012", "text-begins-with-a-star", rf"^( +fr: +)({_ALT})$", r"\1‸**\2**"),
    Mistake("T012", "alias", r"^(.*\bby: +)(label)$", r"\1‸*\2"),
    Mistake("T013", "colon-glued", r"^(duration: +)(.*)$", r"‸duration:\2"),
    Mistake("T014", "line-without-a-key", r"^(start: .*)$", "\\1\n‸à compléter plus tard"),
    Mistake("T015", "three-dashes", r"^(start: .*)$", "\\1\n‸---"),
    Mistake("T024", "dash-glued", r"^( *)- +(stop: +(?:plan|maquette|immeuble))", r"\1‸-\2"),
    Mistake("T025", "backslash-in-quotes", rf"^( +fr: +)({_ALT})$", r'\1"C:‸\\Images \2"'),
    Mistake("T029", "colon-left-out", r"^( *(?:- +)?)(sources):", r"\1‸\2"),
    Mistake("T157", "text-not-shifted", r"^( *)offline: .*$", "\\1way:\n\\1  fr: |\n\\1  ‸Par la cour.\n\\1  en: Across."),
    Mistake("T158", "long-dash", r"^( *)-( +stop: +(?:plan|maquette|immeuble))", r"\1‸–\2"),
    Mistake("T159", "dash-left-out", r"^( *)-( +)(at: +-?\d+°.*)", r"\1 \2‸\3"),
    # What other programs have left, or what their habits make people write.
    Mistake("T160", "comma-after-a-value", r"^(duration: +[^#\n]*\w)(.*)$", r"\1‸,\2"),
    Mistake("T161", "text-beside-its-sign", r"^( *)offline: .*$", "\\1way: ‸| Par la cour,\n\\1  et tout droit."),
    Mistake("T162", "two-slashes", r"^(start: .*)$", "\\1\n‸// à revoir : la place"),
    Mistake("T162", "note-of-a-page", r"^(start: .*)$", "\\1\n‸<!-- à revoir -->"),
    Mistake("T163", "frame-of-an-example", r"^(start: .*)$", "\\1\n‸```"),
    Mistake("T164", "two-versions", r"^(duration: +)(.*)$", "‸<<<<<<< HEAD\n\\1\\2\n=======\n\\1 1 h\n>>>>>>> paul"),
    Mistake("T165", "title-as-in-markdown", rf"^( +)(fr:)( +)({_ALT})$", r"\1‸\2\3# \4"),
    Mistake("T166", "equals-between-braces", r"^( *)offline: .*$", "\\1way: ‸{ fr = Par la cour, en = Across }"),
    Mistake("T167", "quotes-around-a-line", r"^duration: +(.*)$", r'‸"duration: \1"'),
    Mistake("T168", "language-in-a-key", r"^( *)offline: .*$", "\\1‸way_fr: Par la cour.\n\\1way_en: Across."),
    Mistake("T170", "parentheses", r"^( *)offline: .*$", "\\1way: ‸( fr: Par la cour, en: Across )"),
    Mistake("T171", "two-keys-on-a-line", r"^( *)offline: .*$", "\\1way: ‸fr: Par la cour, en: Across"),
    Mistake("T172", "comma-left-out", r"^( *)offline: .*$", "\\1way: { fr: Par la cour ‸en: Across }"),
    Mistake("T173", "picture-in-a-text", rf"^( +fr: +)({_ALT})$", r"\1Vue ‸![d’ici](x.jpg)"),
    Mistake("T174", "bracket-too-many", r"^( *)offline: .*$", "\\1way: { fr: Par la cour, en: Across }‸}"),
    Mistake("T175", "signs-of-a-template", rf"^( +fr: +)({_ALT})$", r"\1‸{{ alt }}"),
    Mistake("T176", "link-to-a-file", rf"^( +fr: +)({_ALT})$", r"\1Voir le [plan](‸plan.pdf)."),
    Mistake("T057", "languages-not-shifted", r"^( *)offline: .*$", "\\1way:\n\\1‸fr: Par la cour.\n\\1en: Across."),
    Mistake("T013", "no-space-before-a-bar", r"^( *)offline: .*$", "\\1way:\n\\1  ‸fr:|\n\\1    Par la cour.\n\\1  en: Across."),
    Mistake("T158", "number-for-a-dash", r"^( *)-( +stop: +(?:plan|maquette|immeuble))", r"\1‸2.\2"),
    _value("T066", "address-of-a-map", "start", "https://maps.example/@46.7867,4.4328,17z"),
    Mistake("T179", "number-after-a-hash", rf"^( +fr: +)({_ALT})$", r"\1‸Vue #3"),
    Mistake("T004", "in-a-second-line", r"^( *)offline: .*$", "\\1way:\n\\1  fr: Par la cour\n\\1    puis ‸: tout droit.\n\\1  en: Across."),
    # Signs.
    Mistake("T011", "hidden-sign", r"^( *poster: +images/\w+)(\.\w+)", "\\1‸\u200b\\2"),
    Mistake("T011", "hidden-sign-in-a-key", r"^( *)(tran)(script: )", "\\1\\2‸\u00ad\\3"),
    _value("T149", "curly-quotes", "duration", "“45 min”"),
    # Keys.
    Mistake("T030", "french-key", r"^( *)transcript:", r"\1‸transcription:"),
    Mistake("T030", "misspelt-key", r"^( *)(duration):", r"\1‸durration:"),
    Mistake("T030", "capital", r"^( *)(safety):", r"\1‸Safety:"),
    Mistake("T031", "key-like-no-other", r"^(start: .*)$", "\\1\n‸budget: 300"),
    Mistake("T031", "settings-of-another-program", r"^(start: .*)$", "\\1\n‸nav: 3"),
    Mistake("T032", "key-one-level-out", r"^( *)(offline: .*)$", "\\1\\2\n\\1‸slope: 30°"),
    Mistake("T033", "no-title", r"^title:.*$", "", at=r"^(tour):", drops=True),
    Mistake("T033", "no-text", r"^ *text: *(?:#.*)?$", "", at=_IN_STOP, drops=True),
    Mistake("T034", "nothing-after-a-key", r"^( *)(duration: ).*$", r"\1‸duration:"),
    Mistake("T035", "list-for-a-value", r"^( *)duration: .*$", r"\1‸duration: [a, b]"),
    Mistake("T036", "value-for-a-list", r"^( *)placed: *$", r"\1‸placed: label", drops=True),
    Mistake("T037", "value-for-a-group", r"^( *)label: *$", r"\1‸label: sur un mur", drops=True),
    _value("T038", "choice-in-french", "on", "plafond"),
    _value("T038", "flag-of-another-program", "offline", "on"),
    _value("T039", "name-with-accents", "tour", "Ma visite", old=r"[\w-]+"),
    _value("T039", "name-in-capitals", "stop", "Plan", old="(?:plan|maquette|immeuble)"),
    _value("T040", "name-twice", "stop", "galerie", old="(?:film|cinema|greve)"),
    _value("T041", "name-of-a-page", "tour", "code", old=r"[\w-]+"),
    Mistake("T044", "two-scenes", r"^( *)(poster: .*)$", "\\1\\2\n\\1‸video: video/x.mp4"),
    Mistake("T045", "no-description", r"^ *alt: *$", "", at=r"^ *(shows):", drops=True),
    Mistake("T046", "code-in-a-tour", r"^( *)(offline: .*)$", "\\1\\2\n\\1‸code: K7QM"),
    Mistake("T048", "label-not-described", r"^ *label: *$", "", at=r"- +(by): +label", drops=True),
    _value("T049", "placed-on-the-floor", "by", "floor", old="label"),
    # Languages.
    Mistake("T050", "misspelt-language", rf"^( +)fr:( +{_ALT})$", r"\1‸rf:\2"),
    Mistake("T051", "translation-forgotten", rf"^( +)fr:( +{_ALT})$", "", at=r"^ *(alt):"),
    Mistake("T052", "language-by-its-name", r"^(languages: \[.*)\ben\b", r"\1‸anglais", file=MUSEUM),
    Mistake("T053", "language-twice", r"^(languages: \[ ?fr)", r"\1, ‸fr", file=MUSEUM),
    # Quantities.
    _value("T060", "no-unit", "height", "1.40", old=_LABEL_HEIGHT),
    _value("T060", "no-unit-for-an-angle", "slope", "30"),
    _value("T061", "not-a-length", "ahead", "dix pas"),
    _value("T062", "not-an-angle", "turn", "à droite"),
    _value("T063", "french-compass-point", "faces", "sud-ouest"),
    _value("T064", "not-a-duration", "duration", "une heure"),
    _value("T065", "not-a-scale", "scale", "deux cents"),
    _value("T066", "decimal-commas", "start", "46,7867, 4,4328"),
    _value("T067", "beyond-the-limits", "slope", "120°"),
    _value("T068", "centimetres-for-metres", "height", "2100 m", old=_TRUE_HEIGHT),
    _value("T071", "not-a-count", "steps", "douze"),
    _value("T072", "day-month-year", "since", "01/11/2026"),
    _value("T073", "one-angle-of-two", "at", "95°", old=r"-?\d+°, -?\d+°"),
    # Files.
    Mistake("T080", "misspelt-file", r"^( *panorama: +)(panoramas/\w+)(\w\.jpg)", r"\1‸\2x\3"),
    Mistake("T082", "capitals", r"^( *panorama: +)(panoramas/\w+)\.jpg", r"\1‸\2.JPG"),
    _value("T084", "outside-the-folder", "model", "../autre/x.glb", old=r"models/(?:marteau|phare|metier)\S*"),
    _value("T085", "wrong-kind", "panorama", "panoramas/galerie.pdf"),
    _value("T087", "backslash-in-a-path", "panorama", r"panoramas\\x.jpg"),
    _value("T088", "web-address", "model", "https://x.example/a.glb", old=r"models/(?:marteau|phare|metier)\S*"),
    _value("T090", "braces-not-known", "captions", "video/x.{langue}.vtt"),
    Mistake("T091", "no-transcript", r"^ *transcript: .*$", "", at=r"^ *(audio):"),
    # The museum.
    _value("T103", "address-with-a-path", "address", "https://x.example/visite", file=MUSEUM),
    _value("T104", "colour-by-name", "color", "rouge", file=MUSEUM),
    _value("T105", "licence-not-known", "license", "Creative Commons", file=MUSEUM),
    Mistake("T020", "colour-in-a-comment", r"""^(color): +.*$""", "‸color: #9c2f1f", file=MUSEUM),
    # What is shown, where.
    Mistake("T033", "no-panorama", r"^ *panorama: .*$", "", at=r"^ *(shows):"),
    Mistake("T130", "nothing-shown", r"^( *)shows: *$", r"\1‸shows: {}", drops=True),
    _value("T132", "misspelt-site", "site", "le-cruesot"),
    _value("T133", "no-such-site", "site", "besancon-nord"),
    Mistake("T136", "key-of-another-scene", r"^( *)(starts: .*)$", "\\1\\2\n\\1‸scale: 1:2"),
    # What texts say.
    Mistake("T140", "no-source", r"^ *sources: *$", "", at=r"fr: .*(100 tonnes)|lampe de (1000)|fr: +(>)$", drops=True),
    Mistake("T142", "long-easy-sentence", r"^( *)easy:( .*)?$", "\\1easy:\n\\1  fr: ‸" + "un mot " * 12 + "\n\\1  en: A word.", drops=True),
    Mistake("T144", "french-under-english", r"^( +en: +)(?:A four|White|Wooden).*$", r"\1‸Une tour qui est sur le quai, avec des bandes rouges et une lampe."),
    Mistake("T146", "to-be-written", rf"^( +fr: +){_ALT}$", r"\1‸à compléter"),
    Mistake("T147", "html", rf"^( +fr: +)({_ALT})$", r"\1Vue‸<br>\2"),
    Mistake("T148", "stars-left-open", rf"^( +fr: +)({_ALT})$", r"\1Une ‸**vue."),
    Mistake("T154", "licences-that-clash", r"^(license: +)CC-BY-4.0$", r"\1‸CC-BY-SA-4.0 AND CC-BY-NC-SA-4.0"),
    Mistake("T155", "not-signed-off", r"^ +en: +2026.*$|(?<=Petit), en: 2026-\d\d-\d\d by Ann Lee", "", at=r"^(reviewed):"),
    Mistake("T156", "signed-without-a-name", r"^(.*\bfr: +)2026-\d\d-\d\d par \w+ \w+", r"\1‸2026-11-20"),
)  # fmt: skip
