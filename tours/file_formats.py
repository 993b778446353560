"""File formats by their first bytes, and by endings that are not read as models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

START_BYTES: Final = 512
"""Of a file, enough for `detect_format`."""
Family = Literal["page", "document", "archive", "pointer", "picture", "media"]
"""``pointer``: of Git LFS; ``media``: a sound or a film, whose containers are the same."""
_PICTURE: frozenset[Family] = frozenset({"picture"})
_MEDIA: frozenset[Family] = frozenset({"media"})
REMEDIES: dict[Family, tuple[str, str]] = {
    "page": (
        "Téléchargez-le de nouveau : le site a donné une page au lieu du fichier, souvent faute d’y être connecté.",
        "Download it again: the site gave a page instead of the file, often for want of being signed in.",
    ),
    "archive": (
        "Décompressez-le, et donnez le fichier qu’il contient.",
        "Unpack it, and give the file that it holds.",
    ),
    "pointer": (
        "Dans le dossier du musée, lancez « git lfs pull ».",
        "In the museum’s folder, run `git lfs pull`.",
    ),
}


@dataclass(frozen=True, slots=True)
class Format:
    """What a file is by its first bytes, in French and English."""

    family: Family
    fr: str
    """With its article: ``une page web (HTML)``."""
    en: str


_HTML = Format("page", "une page web (HTML)", "a web page (HTML)")
_DOCUMENTS: Final[tuple[tuple[bytes, Format], ...]] = (
    (b"{\\rtf", Format("document", "un document de traitement de texte (RTF)", "a word processor’s document (RTF)")),
    (b"pk\x03\x04", Format("archive", "un document Word, LibreOffice ou une archive ZIP", "a Word or LibreOffice document, or a ZIP archive")),
    (b"\xd0\xcf\x11\xe0", Format("document", "un ancien document Word ou Excel", "an old Word or Excel document")),
    (b"%pdf", Format("document", "un document PDF", "a PDF document")),
    (b"<!doctype", _HTML),
    (b"<html", _HTML),
    (b"<?xml", Format("document", "un fichier XML", "an XML file")),
)  # fmt: skip
"""How files of other programs begin, in small letters."""
_SVG = Format("document", "un dessin vectoriel (SVG)", "a vector drawing (SVG)")
_LFS = Format("pointer", "un renvoi de Git LFS, sans le fichier lui-même", "a pointer of Git LFS, without the file itself")  # fmt: skip
_STARTS: Final[tuple[tuple[bytes, Format], ...]] = (
    (b"version https://git-lfs", _LFS),
    (b"Rar!\x1a\x07", Format("archive", "une archive (RAR)", "an archive (RAR)")),
    (b"7z\xbc\xaf\x27\x1c", Format("archive", "une archive (7z)", "an archive (7z)")),
    (b"\x89PNG\r\n\x1a\n", Format("picture", "une image PNG", "a PNG picture")),
    (b"\xff\xd8\xff", Format("picture", "une image JPEG", "a JPEG picture")),
    (b"GIF87a", Format("picture", "une image GIF", "a GIF picture")),
    (b"GIF89a", Format("picture", "une image GIF", "a GIF picture")),
    (b"II*\0", Format("picture", "une image TIFF", "a TIFF picture")),
    (b"MM\0*", Format("picture", "une image TIFF", "a TIFF picture")),
    (b"ID3", Format("media", "un son MP3", "an MP3 sound")),
    (b"fLaC", Format("media", "un son FLAC", "a FLAC sound")),
    (b"OggS", Format("media", "un son ou un film Ogg", "an Ogg sound or film")),
    (b"\x1a\x45\xdf\xa3", Format("media", "un film WebM ou Matroska", "a WebM or Matroska film")),
)  # fmt: skip
_RIFFS: Final = {
    b"WEBP": Format("picture", "une image WebP", "a WebP picture"),
    b"WAVE": Format("media", "un son WAV", "a WAV sound"),
}
_BMP = Format("picture", "une image BMP", "a BMP picture")
_ISO_PICTURE = Format("picture", "une image HEIC ou AVIF", "a HEIC or AVIF picture")
_ISO_MEDIA = Format("media", "un son ou un film MP4", "an MP4 sound or film")
_ISO_PICTURES: Final = frozenset(
    (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
)  # fmt: skip
"""Major brands of ISO/IEC 23008-12 files; all others of the container are sounds and films."""


def detect_document(start: bytes) -> Format | None:
    """Return what a file of another program is: a web page, a PDF, an archive; else None."""
    text = start[:200].lstrip(b"\xef\xbb\xbf \r\n").lower()
    return next((kind for sign, kind in _DOCUMENTS if text.startswith(sign)), None)


def detect_format(start: bytes) -> Format | None:
    """Return what a file is by its first `START_BYTES`; None where they are not certain.

    Plain text is not certain, nor is MPEG audio without a tag.
    """
    document = detect_document(start)
    if document is not None:
        is_xml = document.en == "an XML file"
        return _SVG if is_xml and b"<svg" in start.lower() else document
    if start[4:8] == b"ftyp":
        return _ISO_PICTURE if start[8:12] in _ISO_PICTURES else _ISO_MEDIA
    if start.startswith(b"RIFF"):
        return _RIFFS.get(start[8:12])
    if start.startswith(b"BM") and start[6:10] == bytes(4):
        return _BMP  # two letters alone might be a text's
    if start.lstrip().startswith(b"<svg"):
        return _SVG
    return next((kind for sign, kind in _STARTS if start.startswith(sign)), None)


@dataclass(frozen=True, slots=True)
class UnsupportedFormat:
    """A format that is not read, in French and English."""

    what_fr: str
    """With its article: ``un fichier FBX``."""
    what_en: str
    remedy_fr: str
    """A sentence."""
    remedy_en: str
    is_shape: bool = True
    """Whether it may hold what a model should."""

    def values(self) -> dict[str, str]:
        """Return the values that a finding's sentences name."""
        return {
            "what_fr": self.what_fr,
            "what_en": self.what_en,
            "remedy_fr": self.remedy_fr,
            "remedy_en": self.remedy_en,
        }


def find_unsupported_format(ending: str) -> UnsupportedFormat | None:
    """Return the unsupported format of a file name's ending (``.fbx``), or None."""
    return _BY_ENDING.get(ending.lower())


def _article(name: str) -> str:
    return "an" if name in ("FBX", "X3D", "Alembic", "IGES") else "a"


_THROUGH_BLENDER = (
    "Dans Blender : « Fichier › Importer », puis « Fichier › Exporter › glTF 2.0 (.glb) ».",
    "In Blender: File › Import, then File › Export › glTF 2.0 (.glb).",
)
_FROM_ITS_PROGRAM = (
    "Dans le logiciel qui l’a fait, exportez-le en glTF (.glb) ou, à défaut, en FBX, que Blender importe et exporte en « glTF 2.0 (.glb) ».",
    "In the program that made it, export it as glTF (.glb) or else as FBX, which Blender imports and exports as glTF 2.0 (.glb).",
)
_THROUGH_FREECAD = (
    "Ouvrez-le dans FreeCAD, choisissez l’objet, puis « Fichier › Exporter » en glTF (.glb).",
    "Open it in FreeCAD, select the object, then File › Export as glTF (.glb).",
)
_THROUGH_IFC = (
    "Ouvrez-le, au format IFC, dans FreeCAD ou dans Blender avec l’extension Bonsai, puis exportez-le en glTF (.glb).",
    "Open it, as IFC, in FreeCAD or in Blender with the Bonsai extension, then export it as glTF (.glb).",
)
_MESH_FIRST = (
    "Faites-en d’abord un maillage, dans MeshLab ou CloudCompare, et enregistrez-le en PLY.",
    "Make a mesh of it first, in MeshLab or CloudCompare, and save it as PLY.",
)
_UNPACK = (
    "Décompressez l’archive et donnez le modèle qu’elle contient, ou un .zip du modèle et de ses images.",
    "Unpack it and give the model that it holds, or a .zip of the model and its pictures.",
)
_THE_MODEL_ITSELF = (
    "Donnez le fichier du modèle 3D lui-même.",
    "Give the file of the 3D model itself.",
)

_BLEND = UnsupportedFormat(
    "un fichier Blender",
    "a Blender file",
    "Dans Blender : « Fichier › Exporter › glTF 2.0 (.glb) ».",
    "In Blender: File › Export › glTF 2.0 (.glb).",
)
_SKETCHUP = UnsupportedFormat(
    "un fichier SketchUp",
    "a SketchUp file",
    "Dans SketchUp : « Fichier › Exporter › Modèle 3D », en .glb ou, dans les anciennes versions, en COLLADA (.dae).",
    "In SketchUp: File › Export › 3D Model, as .glb or, in older versions, as COLLADA (.dae).",
)
_OTHERS = UnsupportedFormat(
    "un fichier d’un logiciel 3D", "a file of a 3D program", *_FROM_ITS_PROGRAM
)
_MESHES = {
    "FBX": (".fbx",),
    "3DS": (".3ds",),
    "USD": (".usd", ".usda", ".usdc", ".usdz"),
    "VRML": (".wrl", ".vrml"),
    "X3D": (".x3d",),
    "Alembic": (".abc",),
}
_DRAWINGS = {
    "STEP": (".step", ".stp"),
    "IGES": (".iges", ".igs"),
    "BREP": (".brep",),
    "DWG": (".dwg",),
    "DXF": (".dxf",),
    "SolidWorks": (".sldprt", ".sldasm"),
}
_CLOUDS = (".e57", ".las", ".laz", ".xyz", ".pts", ".ptx", ".pcd", ".asc", ".rcp")
_ARCHIVES = (".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz")
_PICTURES = (
    *(".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".bmp"),
    *(".tif", ".tiff", ".heic", ".heif", ".tga", ".psd", ".svg"),
)
_BY_ENDING: Final[dict[str, UnsupportedFormat]] = {
    **{
        ending: UnsupportedFormat(
            f"un fichier {name}", f"{_article(name)} {name} file", *_THROUGH_BLENDER
        )
        for name, endings in _MESHES.items()
        for ending in endings
    },
    **{
        ending: UnsupportedFormat(
            f"un fichier {name}", f"{_article(name)} {name} file", *_THROUGH_FREECAD
        )
        for name, endings in _DRAWINGS.items()
        for ending in endings
    },
    ".blend": _BLEND,
    ".skp": _SKETCHUP,
    ".ifc": UnsupportedFormat(
        "une maquette IFC", "a building model (IFC)", *_THROUGH_IFC
    ),
    ".rvt": UnsupportedFormat(
        "une maquette Revit", "a building model (Revit)", *_THROUGH_IFC
    ),
    **dict.fromkeys((".max", ".ma", ".mb", ".c4d", ".3dm", ".lwo", ".ztl"), _OTHERS),
    **dict.fromkeys(
        _CLOUDS, UnsupportedFormat("un nuage de points", "a point cloud", *_MESH_FIRST)
    ),
    **dict.fromkeys(
        _ARCHIVES, UnsupportedFormat("une archive", "an archive", *_UNPACK)
    ),
    **dict.fromkeys(
        _PICTURES,
        UnsupportedFormat("une image", "a picture", *_THE_MODEL_ITSELF, is_shape=False),
    ),
    ".pdf": UnsupportedFormat(
        "un document PDF", "a PDF document", *_THE_MODEL_ITSELF, is_shape=False
    ),
    ".mtl": UnsupportedFormat(
        "la liste des matériaux d’un OBJ",
        "the list of an OBJ’s materials",
        "Donnez le fichier .obj qu’elle accompagne, et laissez-la à côté de lui.",
        "Give the .obj file that it goes with, and leave it beside that.",
        is_shape=False,
    ),
    ".bin": UnsupportedFormat(
        "la partie binaire d’un glTF",
        "the binary part of a glTF",
        "Donnez le fichier .gltf qu’elle accompagne, et laissez-la à côté de lui.",
        "Give the .gltf file that it goes with, and leave it beside that.",
        is_shape=False,
    ),
    ".html": UnsupportedFormat(
        "une page web",
        "a web page",
        "Téléchargez le modèle de nouveau : le site a donné une page au lieu du fichier, souvent faute d’y être connecté.",
        "Download the model again: the site gave a page instead of the file, often for want of being signed in.",
        is_shape=False,
    ),
    ".git-lfs": UnsupportedFormat(
        "un renvoi de Git LFS, sans le fichier lui-même",
        "a pointer of Git LFS, without the file itself",
        "Dans le dossier du musée, lancez « git lfs pull ».",
        "In the museum’s folder, run `git lfs pull`.",
        is_shape=False,
    ),
}


@dataclass(frozen=True, slots=True)
class FileKind:
    """The file name endings of one kind of media, and its usual folder."""

    folder: str
    """Where museums usually keep them, for examples."""
    endings: tuple[str, ...]
    fr: str
    """What such a file is, with its article: ``une image``."""
    en: str
    families: frozenset[Family] = frozenset()
    """Of what formats it may be, by its first bytes."""


MODELS = FileKind(
    "models",
    (".glb", ".gltf", ".obj", ".dae", ".3mf", ".ply", ".stl", ".off", ".zip"),
    "un modèle 3D",
    "a 3D model",
    frozenset({"archive"}),
)


PICTURES = FileKind(
    "images",
    (
        *(".jpg", ".jpeg", ".png", ".webp", ".avif"),
        *(".tif", ".tiff", ".bmp", ".heic", ".heif"),
    ),
    "une image",
    "a picture",
    _PICTURE,
)


PANORAMAS = FileKind("panoramas", PICTURES.endings, "une image", "a picture", _PICTURE)


PLANS = FileKind("plans", (".geojson", ".json"), "un fichier GeoJSON", "a GeoJSON file")


RECORDINGS = FileKind(
    "audio",
    (".m4a", ".mp3", ".ogg", ".opus", ".wav", ".flac"),
    "un son",
    "a sound",
    _MEDIA,
)


TRANSCRIPTS = FileKind("audio", (".vtt",), "un texte WebVTT", "a WebVTT text")


VIDEOS = FileKind(
    "video", (".mp4", ".m4v", ".mov", ".webm", ".mkv"), "un film", "a film", _MEDIA
)


CAPTIONS = FileKind("video", TRANSCRIPTS.endings, TRANSCRIPTS.fr, TRANSCRIPTS.en)


DESCRIBED = FileKind(
    "video",
    VIDEOS.endings + RECORDINGS.endings,
    "un film ou un son",
    "a film or a sound",
    _MEDIA,
)
