"""Why a model can't be used, in French and English, with the remedy.

Errors are raised with one of them (`assets_pipeline.errors.exceptions.AssetError.from_cause`), and
curators read it in their own language. A reason that only a programmer could follow has
none: curators are told the place and what kind of fault it is
(``assets_pipeline.findings.unreadable_files``). Those of pictures, sounds and films are in
``assets_pipeline.errors.media_causes``.
"""

from __future__ import annotations

from dataclasses import dataclass

from assets_pipeline.errors.typography import english, french


@dataclass(frozen=True, slots=True)
class CauseText:
    """A reason and a remedy in one language; ``{name}`` stands for a value."""

    reason: str
    remedy: str
    """Empty where the finding's own is the right one."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a file can't be used and what to do about it, in French and English."""

    fr: CauseText
    en: CauseText

    def format(self, values: dict[str, object]) -> Cause:
        """Return the cause with values in place of their names."""
        fr, en = (
            CauseText(words.reason.format_map(values), words.remedy.format_map(values))
            for words in (self.fr, self.en)
        )
        return Cause(fr, en)


def define_cause(fr: str, en: str, remedies: tuple[str, str] = ("", "")) -> Cause:
    """Return a cause with the typographic signs of each language.

    Parameters
    ----------
    fr, en
        The reason, a sentence of which the file is the subject.
    remedies
        What to do, in French and in English.
    """
    of_french, of_english = french(fr, "", remedies[0]), english(en, "", remedies[1])
    return Cause(
        CauseText(of_french.what, of_french.remedy),
        CauseText(of_english.what, of_english.remedy),
    )


_EXPORT_AGAIN = "Exportez-le de nouveau.", "Export it again."
_FIT_FORM = (
    "Exportez-le en GLB (glTF 2.0), avec des textures PNG ou JPEG.",
    "Export it as GLB (glTF 2.0), with PNG or JPEG textures.",
)

# Of any format.
UNSUPPORTED_FORMAT = define_cause(
    "C'est {what_fr}, qui ne se lit pas ici.",
    "It is {what_en}, which is not read.",
    ("{remedy_fr}", "{remedy_en}"),
)
UNKNOWN_EXTENSION = define_cause(
    "Les fichiers en « {ending} » ne se lisent pas ici.",
    "Files in '{ending}' are not read.",
    _FIT_FORM,
)
NO_EXTENSION = define_cause(
    "Son nom n'a pas de fin comme « .glb », qui dirait comment le lire.",
    "Its name has no ending such as '.glb', which would tell how to read it.",
    _FIT_FORM,
)
MISNAMED = define_cause(
    "C'est {what_fr} ; renommer un fichier ne le convertit pas.",
    "It is {what_en}; to rename a file is not to convert it.",
    ("{remedy_fr}", "{remedy_en}"),
)
NOT_A_MODEL = define_cause(
    "C'est {what_fr}.", "It is {what_en}.", ("{remedy_fr}", "{remedy_en}")
)
WRONG_EXTENSION = define_cause(
    "Son contenu est celui d'un fichier « {ending} ».",
    "Its content is that of a '{ending}' file.",
    (
        "Renommez-le en « {name} », et écrivez ce nom dans la visite.",
        "Rename it '{name}', and write that name in the tour.",
    ),
)
POINTS_OR_LINES_ONLY = define_cause(
    "Il est fait de points ou de lignes, sans aucune surface.",
    "It is made of points or lines, and of no surface.",
    (
        "Faites d'abord un maillage du nuage de points, par exemple dans MeshLab ou CloudCompare.",
        "Make a mesh of the point cloud first, for instance in MeshLab or CloudCompare.",
    ),
)
GAUSSIAN_SPLATS = define_cause(
    "Il est fait de taches de couleur (« gaussian splatting »), sans aucune surface.",
    "It is made of blots of colour (Gaussian splatting), and of no surface.",
    (
        "Exportez plutôt le maillage (« mesh ») du même relevé, en GLB ou en PLY.",
        "Export the mesh of the same survey instead, as GLB or PLY.",
    ),
)
NO_FACES = define_cause("Il ne contient aucune face.", "It holds no face.")
NO_TRIANGLES = define_cause(
    "Rien de ce qu'il montre n'est fait de surfaces.",
    "It shows no triangle: nothing in its scene can be drawn.",
)
ZERO_EXTENT = define_cause(
    "Tous ses sommets sont en un seul point, ou infiniment loin.",
    "All vertices stand at one point, or infinitely far.",
)
TOO_LARGE_TO_RENDER = define_cause(
    "Il ferait {km_fr} km : son unité n'est pas celle qu'il dit.",
    "It would measure {km_en} km: its unit is not what it says.",
    (
        "Écrivez la vraie sous « model: », par exemple « units: mm ».",
        "Write the true one under `model:`, for instance `units: mm`.",
    ),
)
PRECISION_LOST_FAR_FROM_ORIGIN = define_cause(
    "Il est enregistré si loin de son origine que ses positions sont arrondies à {step} près.",
    "It was written so far from its origin that its positions are rounded to {step}.",
    (
        "Exportez-le de nouveau avec un décalage (« shift ») qui le ramène près de l'origine.",
        "Export it again with a shift that brings it near the origin.",
    ),
)
NON_FINITE_NUMBERS = define_cause(
    "Des positions ou des couleurs n'y sont pas de vrais nombres.",
    "Its positions or colours hold numbers that are not finite.",
    _EXPORT_AGAIN,
)
VERTEX_INDEX_OUT_OF_RANGE = define_cause(
    "Une face y désigne un sommet qui n'existe pas.",
    "A face names a vertex that does not exist.",
)
LINE_UNREADABLE = define_cause(
    "La ligne {line} ne se lit pas : « {text} ».",
    "Line {line} can't be read: '{text}'.",
)
FILE_TOO_LARGE = define_cause("Il pèse {mebibytes} Mio.", "It weighs {mebibytes} MiB.")
ARCHIVE_TOO_LARGE = define_cause(
    "Une fois déplié, il dépasserait {mebibytes} Mio.",
    "Once unfolded it would take more than {mebibytes} MiB.",
)
TOO_MANY_ELEMENTS = define_cause(
    "Il annonce {count} éléments d'une même sorte.",
    "It announces {count} elements of one kind.",
)
TOO_MANY_TRIANGLES = define_cause(
    "Il annonce plus de {most} millions de triangles : {millions} millions.",
    "It announces more than {most} million triangles: {millions} million.",
)
OUT_OF_MEMORY = define_cause(
    "Il demande plus de mémoire que n'en a cette machine, ou qu'une tâche n'en peut prendre.",
    "It takes more memory than this machine has, or than a task may take.",
)
OUT_OF_TIME = define_cause(
    "Il demande plus de {minutes} minutes de calcul.",
    "It takes more than {minutes} minutes of computing.",
)

# Of glTF.
GLB_MAGIC_MISSING = define_cause(
    "Il ne commence pas comme un fichier GLB.",
    "It does not begin with 'glTF', as GLB files do.",
    (
        "Vérifiez que c'est bien le fichier du modèle, et copiez-le ou exportez-le de nouveau.",
        "Check that this is the model's file, and copy or export it again.",
    ),
)
GLB_LENGTH_MISMATCH = define_cause(
    "Il annonce {said} octets et en a {held}.",
    "The file says {said} bytes and has {held}.",
    (
        "Copiez-le de nouveau en entier, ou exportez-le de nouveau.",
        "Copy it again whole, or export it again.",
    ),
)
TRUNCATED = define_cause(
    "Il s'arrête avant la fin des données qu'il annonce.",
    "It ends before the data that it announces.",
)
UNSUPPORTED_GLTF_VERSION = define_cause(
    "C'est du glTF {version} ; seule la version 2 se lit ici.",
    "It is glTF {version}; only version 2 is read.",
    (
        "Exportez-le de nouveau en glTF 2.0 (.glb), depuis une version récente du logiciel 3D.",
        "Export it again as glTF 2.0 (.glb), from a recent version of the 3D program.",
    ),
)
UNSUPPORTED_REQUIRED_EXTENSION = define_cause(
    "Il ne se lit pas sans l'extension glTF « {name} », que ce programme ne connaît pas.",
    "It can't be read without the glTF extension '{name}', which this program does not know.",
    (
        "Exportez-le de nouveau en GLB sans cette extension.",
        "Export it again as GLB without that extension.",
    ),
)
INDEX_OUT_OF_RANGE = define_cause(
    "À « {place} », il désigne le numéro {index}, compté depuis 0, d'une liste qui en a {count}.",
    "At '{place}' it names number {index}, counted from 0, of a list of {count}.",
)
FIELD_MISSING = define_cause("Il y manque « {place} ».", "It lacks '{place}'.")
FIELD_INCONSISTENT = define_cause(
    "Ce que dit « {place} » ne s'accorde pas avec le reste du fichier.",
    "What '{place}' says does not agree with the rest: it {reason}.",
)
NODE_WITH_TWO_PARENTS = define_cause(
    "Son nœud {node} est rangé sous deux autres à la fois.",
    "Its node {node} hangs under two others at once.",
    (
        "Dans le logiciel 3D, donnez à chaque objet un seul parent, puis exportez de nouveau.",
        "In the 3D program give each object one parent, then export again.",
    ),
)
NODE_CYCLE = define_cause(
    "Un de ses nœuds est rangé sous lui-même.",
    "One of its nodes hangs under itself.",
    _EXPORT_AGAIN,
)
NESTED_TOO_DEEP = define_cause(
    "Ses éléments y sont emboîtés sur plus de {most} niveaux.",
    "Its elements hang within each other more than {most} deep.",
    (
        "Dans le logiciel 3D, défaites les emboîtements inutiles, puis exportez de nouveau.",
        "In the 3D program undo needless nesting, then export again.",
    ),
)
BUFFER_MISSING = define_cause(
    "Les données de « {place} » manquent : le fichier ne dit pas où elles sont.",
    "The bytes of '{place}' are missing: it does not say where they are.",
    (
        "Exportez-le de nouveau, en un seul fichier GLB.",
        "Export it again, as one GLB file.",
    ),
)
JSON_MALFORMED = define_cause(
    "Son texte n'est pas du JSON entier.", "Its text is not JSON, or not whole."
)
COMPRESSED_DATA_DAMAGED = define_cause(
    "Ses données compressées par {by} ne se décodent pas.",
    "The {by} data can't be decoded.",
    (
        "Exportez-le de nouveau, sans compression.",
        "Export it again, without compression.",
    ),
)

# Of the other formats.
STL_TRUNCATED = define_cause(
    "Ce n'est ni un STL en texte, ni un STL binaire entier.",
    "It is neither text nor whole binary STL.",
)
PLY_HEADER_MISSING = define_cause(
    "Son en-tête PLY manque.", "The file has no PLY header."
)
PLY_HEADER_LINE = define_cause(
    "Son en-tête PLY a une ligne qui ne se lit pas : « {text} ».",
    "Its PLY header has a line that can't be read: '{text}'.",
)
PLY_ROW_MISMATCH = define_cause(
    "Une ligne n'y a pas les nombres que promet l'en-tête.",
    "A line does not hold the numbers that the header promises.",
)
XML_MALFORMED = define_cause(
    "Son texte XML s'interrompt ou se contredit à la ligne {line}.",
    "The XML breaks off at line {line}: {said}.",
)
THREEMF_PART_MISSING = define_cause(
    "Il manque « {name} » dans le paquet 3MF.",
    "The 3MF package lacks '{name}'.",
)
MTL_LINE = define_cause(
    "Dans « {name} », la ligne {line} ne se lit pas : « {text} ».",
    "In '{name}', line {line} can't be read: '{text}'.",
    (
        "Corrigez cette ligne du fichier .mtl, ou exportez le modèle de nouveau.",
        "Mend that line of the .mtl file, or export the model again.",
    ),
)

# Of zips.
_PLAIN_ZIP = (
    "Refaites un zip ordinaire, sans mot de passe, et en entier.",
    "Pack the files again as a plain zip, without a password.",
)
ZIP_DAMAGED = define_cause(
    "Ce n'est pas un zip entier.", "The file is no whole zip.", _PLAIN_ZIP
)
ZIP_MEMBER_DAMAGED = define_cause(
    "Dans le zip, « {name} » est abîmé.",
    "In the zip, '{name}' is damaged.",
    ("Refaites le zip, ou copiez-le de nouveau en entier.", "Copy it again whole."),
)
ZIP_ENCRYPTED = define_cause(
    "Le zip demande un mot de passe.", "The zip asks for a password.", _PLAIN_ZIP
)
ZIP_COMPRESSION_UNSUPPORTED = define_cause(
    "Le zip est compressé d'une façon qui ne se lit pas ici.",
    "The zip is packed in a way that is not read.",
    _PLAIN_ZIP,
)
ZIP_EMPTY = define_cause(
    "Le zip ne contient aucun modèle.",
    "The zip holds no model.",
    (
        "Mettez-y le modèle, dans un format qui se lit ici : {known}.",
        "Pack the model, in a format that is read: {known}.",
    ),
)
ZIP_WITHOUT_READABLE_MODEL = define_cause(
    "Le zip ne contient aucun modèle lisible : « {name} » est {what_fr}.",
    "The zip holds no model that is read: '{name}' is {what_en}.",
    ("{remedy_fr}", "{remedy_en}"),
)
ZIP_WITH_SEVERAL_MODELS = define_cause(
    "Le zip contient plusieurs modèles : {names}.",
    "The zip holds several models: {names}.",
    ("Ne gardez qu'un modèle dans le zip.", "Keep one model in the zip."),
)
ZIP_WITH_TOO_MANY_FILES = define_cause(
    "Le zip contient {count} fichiers.",
    "The zip holds {count} files.",
    (
        "N'y mettez qu'un modèle et ses images.",
        "Pack one model and its pictures.",
    ),
)
