"""Every finding about what curators give, in French and English; codes A.

A code never changes its meaning and is never used again. Where a file can't be used,
its cause says why and what to do (``assets_pipeline.errors.causes``); a reason that only the
program that exported it would understand is quoted in English, as a technical detail.
"""

from __future__ import annotations

from assets_pipeline.errors.typography import english as _english
from assets_pipeline.errors.typography import french as _french
from assets_pipeline.findings import (
    animations,
    extensions,
    image_targets,
    media,
    occlusion,
    visual_error,
)
from tours.diagnostics import Rule, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


SIZE_DISAGREES = Rule(
    "A001",
    _ERROR,
    _french(
        "La hauteur écrite est {written}, celle du modèle {measured}.",
        "Posé sur place, l'objet aurait {percent} % de la hauteur écrite.",
        "Écrivez « height: {measured} » si le modèle dit vrai ; sinon, corrigez le modèle.",
    ),
    _english(
        "The height written is {written}, that of the model {measured}.",
        "Placed on site, the object would have {percent} % of the height written.",
        "Write `height: {measured}` if the model is right; if not, mend the model.",
    ),
)
SIZE_TELLS_SOURCE = Rule(
    "A002",
    _ERROR,
    _french(
        "La hauteur écrite est {written}, celle du modèle {measured}.",
        "L'écart s'explique : avec {explained_fr}, elle serait de {would_be}.",
        "Au même retrait que « model: », {edits_fr}.",
    ),
    _english(
        "The height written is {written}, that of the model {measured}.",
        "The difference has a likely cause: with {explained_en} it would be {would_be}.",
        "Indented as `model:` is, {edits_en}.",
    ),
)
SIZE_UNLIKELY = Rule(
    "A003",
    _WARNING,
    _french(
        "Le modèle « {file} » fait {measured} dans sa plus grande dimension.",
        "Sans « height: », rien ne vérifie cette taille : est-ce bien la sienne ?",
        "Mesurez l'objet et écrivez par exemple « height: 2 m » ; ajoutez « units: » si le fichier n'est pas en mètres.",
    ),
    _english(
        "The model '{file}' measures {measured} in its greatest dimension.",
        "Without `height:` nothing checks this size: is it right?",
        "Measure the object and write for instance `height: 2 m`; add `units:` if the file is not in metres.",
    ),
)
FAR_FROM_ORIGIN = Rule(
    "A004",
    _WARNING,
    _french(
        "Le modèle « {file} » se trouve à {distance} de l'origine de son fichier.",
        "C'est l'origine que l'on pose sur place : l'objet apparaîtrait aussi loin du visiteur.",
        "Dans le logiciel 3D, placez l'origine au pied de l'objet, puis exportez de nouveau.",
    ),
    _english(
        "The model '{file}' stands {distance} from its file's origin.",
        "The origin is what is placed on site: the object would appear that far from the visitor.",
        "In the 3D program, put the origin at the object's foot, then export again.",
    ),
)
BROUGHT_NEAR = Rule(
    "A028",
    _WARNING,
    _french(
        "Le modèle « {file} » se trouve à {km_fr} km de l'origine de son fichier, comme un relevé en Lambert 93 ou en UTM.",
        "Placé ainsi, personne ne le verrait : son pied, au point ({x} ; {y} ; {z}) du fichier, est mis à l'origine.",
        "Rien n'est à changer. Pour que plusieurs relevés gardent leur place entre eux, réunissez-les en un seul fichier.",
    ),
    _english(
        "The model '{file}' stands {km_en} km from its file's origin, as surveys in UTM do.",
        "Placed so, nobody would see it: its foot, at ({x}; {y}; {z}) in the file, is made the origin.",
        "Nothing needs to be changed. To keep the places of several surveys beside each other, join them in one file.",
    ),
)
MODEL_DAMAGED = Rule(
    "A010",
    _ERROR,
    _french(
        "Le modèle « {file} » est abîmé ou incomplet.",
        "Il ne peut pas être montré. {reason_fr}",
        "{remedy_fr}",
    ),
    _english(
        "The model '{file}' is damaged or cut short.",
        "It can't be shown. {reason_en}",
        "{remedy_en}",
    ),
)
MODEL_UNSUPPORTED = Rule(
    "A011",
    _ERROR,
    _french(
        "Le modèle « {file} » ne peut pas être lu tel qu'il est.",
        "{reason_fr}",
        "{remedy_fr}",
    ),
    _english(
        "The model '{file}' can't be read as it is.",
        "{reason_en}",
        "{remedy_en}",
    ),
)
MODEL_TOO_LARGE = Rule(
    "A012",
    _ERROR,
    _french(
        "Le modèle « {file} » est trop lourd.",
        "Aucun téléphone ne l'ouvrirait. {reason_fr}",
        "{remedy_fr}",
    ),
    _english(
        "The model '{file}' is too heavy.",
        "No phone would open it. {reason_en}",
        "{remedy_en}",
    ),
)
MODEL_EMPTY = Rule(
    "A013",
    _ERROR,
    _french(
        "Le modèle « {file} » ne montre rien.",
        "{reason_fr}",
        "{remedy_fr}",
    ),
    _english(
        "The model '{file}' shows nothing.",
        "{reason_en}",
        "{remedy_en}",
    ),
)
PATH_REFUSED = Rule(
    "A014",
    _ERROR,
    _french(
        "Le fichier « {file} » renvoie hors du dossier du musée.",
        "Par sécurité, rien n'est lu ailleurs, ni sur le disque ni sur le réseau : {place}.",
        "Déposez le fichier voulu à côté du modèle et exportez de nouveau, avec des chemins relatifs.",
    ),
    _english(
        "The file '{file}' points outside the museum's folder.",
        "For safety nothing is read elsewhere, on disk or on a network: {place}.",
        "Put the file that is meant beside the model and export again, with relative paths.",
    ),
)
PART_MISSING = Rule(
    "A015",
    _ERROR,
    _french(
        "Le modèle « {file} » a besoin d'un fichier qui manque : {place}",
        "Sans lui, le modèle ne peut pas être montré.",
        "Déposez ce fichier dans le dossier du musée, ou exportez le modèle en un seul fichier GLB.",
    ),
    _english(
        "The model '{file}' needs a file that is missing: {place}",
        "Without it the model can't be shown.",
        "Add this file to the museum's folder, or export the model as one GLB file.",
    ),
)
LOOK_MISSING = Rule(
    "A016",
    _WARNING,
    _french(
        "Le modèle « {file} » nomme un fichier qui manque : {place}",
        "La forme sera montrée sans cette couleur ou cette texture.",
        "Déposez ce fichier dans le dossier du musée, ou exportez le modèle en un seul fichier GLB.",
    ),
    _english(
        "The model '{file}' names a file that is missing: {place}",
        "The shape will be shown without that colour or texture.",
        "Add this file to the museum's folder, or export the model as one GLB file.",
    ),
)
MODEL_MISNAMED = Rule(
    "A017",
    _ERROR,
    _french(
        "Le modèle « {file} » n'est pas ce que dit son nom.",
        "{reason_fr}",
        "{remedy_fr}",
    ),
    _english(
        "The model '{file}' is not what its name says.",
        "{reason_en}",
        "{remedy_en}",
    ),
)
MODEL_PICTURE_UNREADABLE = Rule(
    "A018",
    _ERROR,
    _french(
        "L'image « {place} » du modèle « {file} » ne peut pas être lue.",
        "{reason_fr} Sans elle, le modèle n'aurait pas ses couleurs.",
        "{remedy_fr}",
    ),
    _english(
        "The picture '{place}' of the model '{file}' can't be read.",
        "{reason_en} Without it the model would lack its colours.",
        "{remedy_en}",
    ),
)
MODEL_LEFT_OUT = Rule(
    "A019",
    _WARNING,
    _french(
        "Le zip « {file} » contient aussi le modèle « {place} », qui n'est pas montré.",
        "D'un zip, un seul modèle est montré : celui dont le format garde le plus.",
        "Si c'est l'autre qu'il faut montrer, ne gardez que lui dans le zip.",
    ),
    _english(
        "The zip '{file}' also holds the model '{place}', which is not shown.",
        "Of a zip one model is shown: the one whose format keeps most.",
        "If the other is the one to show, keep that alone in the zip.",
    ),
)
PICTURE_TAKEN = Rule(
    "A027",
    _WARNING,
    _french(
        "Le modèle « {file} » ne nomme aucune image ; il est habillé de la seule qui l'accompagne, « {place} ».",
        "Un OBJ ne nomme ses images que dans un fichier .mtl, qui manque ou ne dit rien.",
        "Regardez le modèle. Si l'image n'est pas la sienne, rangez-la ailleurs ; sinon, un export en GLB garde tout en un seul fichier.",
    ),
    _english(
        "The model '{file}' names no picture; it is dressed in the only one that comes with it, '{place}'.",
        "An OBJ names its pictures only in a .mtl file, which is missing or says nothing.",
        "Look at the model. If the picture is not its own, keep it elsewhere; else, an export as GLB keeps all in one file.",
    ),
)
OVER_BYTES = Rule(
    "A020",
    _WARNING,
    _french(
        "Le modèle « {file} », même réduit, pèse {kilobytes} ko en version « {lod} » ; le but est {most} ko.",
        "Il s'ouvrira plus lentement, surtout là où le réseau est faible.",
        "Simplifiez l'objet ou réduisez ses textures et ses animations.",
    ),
    _english(
        "The model '{file}', even reduced, weighs {kilobytes} kB in its '{lod}' version; the aim is {most} kB.",
        "It will open more slowly, above all where the network is poor.",
        "Simplify the object, or reduce its textures and animations.",
    ),
)
OVER_TRIANGLES = Rule(
    "A021",
    _WARNING,
    _french(
        "Le modèle « {file} », même réduit, garde {triangles} triangles en version « {lod} » ; le but est {most}.",
        "Il pourrait saccader sur un téléphone modeste.",
        "Simplifiez l'objet dans le logiciel 3D, en premier lieu ses très petites pièces.",
    ),
    _english(
        "The model '{file}', even reduced, keeps {triangles} triangles in its '{lod}' version; the aim is {most}.",
        "It may stutter on a modest phone.",
        "Simplify the object in the 3D program, its very small parts first.",
    ),
)
OVER_GPU_MEMORY = Rule(
    "A022",
    _WARNING,
    _french(
        "Le modèle « {file} » prend {megabytes} Mo de la mémoire graphique d'un {phone_fr} ; le but est {most} Mo au plus.",
        "S'il est modeste, il pourrait fermer la page ou cesser de montrer le modèle.",
        "Réunissez ses images en un plus petit nombre dans le logiciel 3D : chacune coûte jusqu'à {each} Mo, quoi qu'elle montre.",
    ),
    _english(
        "The model '{file}' takes {megabytes} MB of {phone_en} graphics memory; the aim is {most} MB at most.",
        "A modest one may close the page, or cease to show the model.",
        "Put its pictures together into fewer in the 3D program: each costs up to {each} MB, whatever it shows.",
    ),
)
DECISIONS_OUTDATED = Rule(
    "A023",
    _WARNING,
    _french(
        "Ce qui est décidé dans « {decisions} » pour le modèle « {file} » ne vaut plus.",
        "Le fichier a changé, ou le programme, depuis la recherche : le modèle est préparé par règle, plus lourd ou moins fidèle.",
        "Lancez « ecomusee build --search », et gardez le nouveau « {decisions} » avec le contenu.",
    ),
    _english(
        "What '{decisions}' decides about the model '{file}' no longer applies.",
        "The file has changed, or the program, since the search: the model is made by rule, heavier or less true.",
        "Run `ecomusee build --search`, and keep the new '{decisions}' with the content.",
    ),
)
PICTURE_UNREADABLE = Rule(
    "A030",
    _ERROR,
    _french(
        "L'image « {file} » ne peut pas être lue.",
        "Elle manquerait sur la page. {reason_fr}",
        "{remedy_fr}",
    ),
    _english(
        "The picture '{file}' can't be read.",
        "It would be missing from the page. {reason_en}",
        "{remedy_en}",
    ),
)
RECORDING_UNREADABLE = Rule(
    "A031",
    _ERROR,
    _french(
        "Le fichier « {file} » n'est pas ce que dit son nom.",
        "Il ne se lirait sur aucun téléphone. {reason_fr}",
        "{remedy_fr}",
    ),
    _english(
        "The file '{file}' is not what its name says.",
        "No phone would play it. {reason_en}",
        "{remedy_en}",
    ),
)
TOOL_MISSING = Rule(
    "A090",
    _ERROR,
    _french(
        "Il manque une partie du programme pour préparer « {file} ».",
        "Ce qui manque : « {place} ».",
        "Lancez « ecomusee doctor », qui dit quoi installer.",
    ),
    _english(
        "A part of the program is missing to prepare '{file}'.",
        "Detail: {place}: {reason}.",
        "Run `ecomusee doctor`, which says what to install.",
    ),
)
PROGRAM_FAILED = Rule(
    "A091",
    _ERROR,
    _french(
        "Le programme a échoué sur « {file} ». La faute est la sienne.",
        "Les autres fichiers n'en souffrent pas. Détail : {reason}.",
        "Signalez-le en joignant le fichier ; en attendant, exportez-le autrement.",
    ),
    _english(
        "The program failed on '{file}'. The fault is its own.",
        "No other file suffers from it. Detail: {reason}.",
        "Report it with the file attached; meanwhile, export it differently.",
    ),
)

_OTHERS = (
    extensions,
    occlusion,
    visual_error,
    media,
    animations,
    image_targets,
)
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            value
            for values in (globals(), *map(vars, _OTHERS))
            for value in values.values()
            if isinstance(value, Rule)
        ),
        key=lambda rule: rule.code,
    )
)
"""The whole catalogue, by code."""
BY_CODE = {rule.code: rule for rule in RULES}
