"""File formats that are not read as models, and how to convert each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


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
