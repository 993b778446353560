"""Messages of the pages for staff, in French and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publishing.text.localization import format_date, scene_kinds, ui_strings

if TYPE_CHECKING:
    from datetime import date

    from publishing.release.diff import Change, ChangeKind
    from tours.diagnostics import Language

_WHAT: dict[ChangeKind, tuple[str, str]] = {
    "tour_added": ("Nouvelle visite : {after}", "New tour: {after}"),
    "tour_removed": ("Visite retirée : {after}", "Tour taken away: {after}"),
    "language_added": ("Nouvelle langue : {language}", "New language: {language}"),
    "language_removed": ("Langue retirée : {language}", "Language gone: {language}"),
    "stop_added": ("Nouvel arrêt : {after}", "New stop: {after}"),
    "stop_removed": ("Arrêt supprimé : {before}", "Stop taken away: {before}"),
    "stop_withdrawn": ("Arrêt retiré : sa page dira pourquoi", "Stop withdrawn: its page will say why"),
    "stop_reopened": ("Arrêt de nouveau ouvert", "Stop open again"),
    "stop_moved": ("Arrêt déplacé : {before} devient {after}", "Stop moved: {before} becomes {after}"),
    "text": ("{field} : nouveau texte ({language})", "{field}: new text ({language})"),
    "translated": ("{field} : traduction ajoutée ({language})", "{field}: translation added ({language})"),
    "scene_added": ("Il y a désormais quelque chose à voir", "There is now something to see"),
    "scene_removed": ("Il n’y a plus rien à voir", "There is nothing to see any more"),
    "scene": ("Ce que l’on voit change", "What is seen changes"),
    "sound_added": ("Un son à écouter", "A sound to hear"),
    "sound_removed": ("Le son disparaît", "The sound goes"),
    "sound": ("Le son change", "The sound changes"),
    "placement": ("La scène se pose autrement", "The scene is placed otherwise"),
    "position": ("Position : {before} devient {after}", "Position: {before} becomes {after}"),
    "sources": ("Les sources changent", "Sources change"),
    "code": ("Code imprimé : {before} devient {after}", "Printed code: {before} becomes {after}"),
    "facts": ("{field} : {before} devient {after}", "{field}: {before} becomes {after}"),
}  # fmt: skip
_GIVEN: dict[ChangeKind, tuple[str, str]] = {
    "position": ("Position donnée : {after}", "Position given: {after}"),
    "code": ("Reçoit le code {after}", "Gets the code {after}"),
    "facts": ("{field} : désormais {after}", "{field}: now {after}"),
}
"""Of what was not there before."""
_TAKEN: dict[ChangeKind, tuple[str, str]] = {
    "position": ("Position retirée : {before}", "Position taken away: {before}"),
    "code": ("Perd le code {before}", "Loses the code {before}"),
    "facts": ("{field} : {before} n’y est plus", "{field}: {before} is gone"),
}
"""Of what is no longer there."""
_OTHER = ("{field} : autre qu’avant", "{field}: other than before")
"""Of a fact that has no short words."""
_FIELDS: dict[str, tuple[str, str]] = {
    "title": ("Titre", "Title"),
    "text": ("Texte", "Text"),
    "easy": ("Version facile à lire", "Easy-to-read version"),
    "safety": ("Prudence", "Caution"),
    "way": ("Chemin", "Way"),
    "summary": ("Résumé", "Summary"),
    "alt": ("Description", "Description"),
    "offline": ("« Sans réseau »", "“No network”"),
    "site": ("Lieu", "Place"),
    "label": ("Étiquette", "Label"),
    "access": ("Accessibilité", "Accessibility"),
    "duration_min": ("Durée", "Duration"),
    "license": ("Licence", "Licence"),
    "credits": ("Crédits", "Credits"),
    "sources": ("Source", "Source"),
    "questions": ("Question", "Question"),
    "hunts": ("Chasse au trésor", "Treasure hunt"),
    "note": ("Note d’accès", "Access note"),
    "why": ("Raison du retrait", "Why it was withdrawn"),
}
_PAGE: dict[str, tuple[str, str]] = {
    "report_title": ("Rapport", "Report"),
    "diff_title": ("Ce que la prochaine publication changerait", "What the next release would change"),
    "since": ("par rapport à la publication du {day}", "compared with the release of {day}"),
    "waiting": ("{count} fichiers restent à fabriquer : ce qu’ils changeront n’est pas montré. Lancez « ecomusee build ».", "{count} files are still to be made: what they will change is not shown. Run `ecomusee build`."),
    "unmade": ("Restent à fabriquer\u00a0: {paths}. Ce rapport n’en dit rien de plus\u00a0: lancez « ecomusee build », puis de nouveau « ecomusee report ».", "Still to be made: {paths}. This report tells no more of them: run `ecomusee build`, then `ecomusee report` again."),
    "unmade_more": ("et {count} de plus", "and {count} more"),
    "no_savings_of_made": ("De ce qui est déjà fabriqué, rien de notable.", "Nothing of note in what is made already."),
    "no_change_of_made": ("Ce qui reste à fabriquer mis à part, rien ne changerait pour les visiteurs.", "But for what is still to be made, nothing would change for visitors."),
    "no_change": ("Rien ne changerait pour les visiteurs.", "Nothing would change for visitors."),
    "by_machine": ("automatique, non relue", "by a machine, not read"),
    "before": ("Avant", "Before"),
    "after": ("Après", "After"),
    "served_since": ("en ligne depuis le {day}", "served since {day}"),
    "never_published": ("Rien n’est encore publié.", "Nothing is published yet."),
    "stops": ("arrêts", "stops"),
    "errors": ("à corriger", "to mend"),
    "warnings": ("à vérifier", "to check"),
    "without_code": ("étiquettes à imprimer", "labels to print"),
    "changes": ("changements à publier", "changes to publish"),
    "to_do": ("À faire", "To do"),
    "translations": ("Langues", "Languages"),
    "tour": ("Visite", "Tour"),
    "language": ("Langue", "Language"),
    "written": ("Textes écrits", "Texts written"),
    "lacking": ("Manquent", "Lacking"),
    "number": ("N°", "No."),
    "stop": ("Arrêt", "Stop"),
    "shows": ("Montre", "Shows"),
    "voices": ("Voix", "Voices"),
    "easy": ("Facile à lire", "Easy to read"),
    "sources": ("Sources", "Sources"),
    "license": ("Licence", "Licence"),
    "code": ("Étiquette", "Label"),
    "on_phone": ("Sur un téléphone", "On a phone"),
    "on_iphone": ("iPhone (USDZ)\u00a0: +\u00a0{weight}", "iPhone (USDZ): +\u00a0{weight}"),
    "withdrawn": ("retiré", "withdrawn"),
    "to_be_made": ("à fabriquer", "to be made"),
    "voice_person": ("une personne", "a person"),
    "voice_machine": ("voix de synthèse", "synthetic"),
    "voice_none": ("aucune", "none"),
    "not_printed": ("pas de code", "no code"),
    "printed_on": ("dessinée le {day}", "drawn on {day}"),
    "print_new": ("à imprimer", "to be printed"),
    "print_changed": ("à imprimer de nouveau", "to be printed again"),
    "kind_none": ("texte seul", "text alone"),
    "models": ("Modèles 3D", "3D models"),
    "for_specialists": ("Pour les spécialistes", "For specialists"),
    "gpu": ("Mémoire d’affichage", "Graphics memory"),
    "level_usdz": ("iPhone (fichier USDZ)", "iPhone (USDZ file)"),
    "over_by_rule": ("Un écart est plus grand que visé. Le modèle est publié ainsi : si la comparaison ci-dessus vous gêne, « ecomusee build --search » fait souvent mieux.", "An error is greater than wanted. The model is published so: if the comparison above disturbs you, `ecomusee build --search` often does better."),
    "over_searched": ("Un écart est plus grand que visé : c’est le plus petit que la recherche ait trouvé dans le poids permis. Si la comparaison ci-dessus vous gêne, simplifiez l’objet ou ses très petites pièces dans le logiciel 3D.", "An error is greater than wanted: it is the least that the search found within the weight allowed. If the comparison above disturbs you, simplify the object or its very small parts in the 3D program."),
    "with_occlusion": ("Vous avez demandé que les creux soient assombris (« occlusion: yes ») : les ombres ajoutées comptent dans l’écart. Pour y renoncer, retirez cette ligne.", "You asked for darkened hollows (`occlusion: yes`): the shadows that are added count as an error. To do without, remove that line."),
    "error_without_occlusion": ("sans les creux assombris\u00a0: {error}", "without darkened hollows: {error}"),
    "occlusion_offer": ("Un modèle tout gris se lit parfois mieux quand ses creux sont assombris. Ce serait un choix : le modèle ne serait plus tout à fait celui de votre fichier, et pèserait {weight} sur un téléphone, au lieu de {now}. Si vous le voulez, écrivez « occlusion: yes » sous « model: », au même retrait.", "A model of one grey can sometimes be read better with its hollows darkened. It would be a choice: the model would no longer be quite that of your file, and would weigh {weight} on a phone instead of {now}. If you want it, write `occlusion: yes` below `model:`, indented alike."),
    "occlusion_offer_title": ("Assombrir les creux\u00a0?", "Darken the hollows?"),
    "as_sent": ("Comme envoyé", "As sent"),
    "with_hollows": ("Creux assombris", "Hollows darkened"),
    "models_help": ("Les plus lourds d’abord. L’écart dit combien on voit la différence entre le fichier du musée et celui qui est envoyé : 0, aucune ; 1, la plus grande.", "The heaviest first. The error says how much one sees of the difference between the museum’s file and what is sent: 0 none, 1 the greatest."),
    "models_how": ("L’écart est celui de FLIP, une mesure de ce que l’œil remarque d’une image à l’autre, prise sur le fichier envoyé, décodé à nouveau, vu de six côtés. Mémoire d’affichage : celle que prend la puce graphique du téléphone (GPU). Ordres de dessin : combien lui sont donnés pour chaque image.", "The error is FLIP’s, a measure of what the eye notices from one picture to the other, of the file that is sent, decoded again, from six sides. Graphics memory: what the phone’s graphics chip (GPU) takes. Draws: how many it is told for each picture."),
    "times_help": ("Les durées (3G, 4G, 5G) sont celles d’un téléchargement, connexion déjà ouverte :", "Times (3G, 4G, 5G) are those of fetching a file on a connection that is open already:"),
    "network": ("{name} à {speed} Mbit/s et {ms} ms ({source})", "{name} at {speed} Mb/s and {ms} ms ({source})"),
    "savings": ("Ce qui pourrait encore être allégé", "What could still weigh less"),
    "savings_total": ("Environ {weight} en tout, le plus gros d’abord.", "About {weight} in all, the largest first."),
    "no_savings": ("Rien de notable : tout est aussi léger qu’il peut l’être.", "Nothing of note: all is as light as it can be."),
    "save_search": ("Lancez « ecomusee build --search », une fois pour toutes. C’est ce que pèserait le fichier pour téléphone : la recherche vient d’être essayée sur chacun.", "Run `ecomusee build --search`, once. It is what the file for phones would weigh: the search was tried on each just now."),
    "usdz_to_spare": ("{weight} pour iPhone (USDZ), écart {error} où {most} suffit", "{weight} for iPhones (USDZ), error {error} where {most} is enough"),
    "save_usdz": ("Lancez « ecomusee build --search », une fois pour toutes : ces fichiers pour iPhone sont plus fidèles que visé, donc plus lourds. De combien ils s’allégeront n’est pas essayé ici, ni compté dans le total.", "Run `ecomusee build --search`, once: these files for iPhones are truer than wanted, and so heavier. How much lighter they get is not tried here, nor counted in the total."),
    "tried_error": ("écart\u00a0{error}", "error\u00a0{error}"),
    "not_promised": ("Ce qu’une recherche ôterait aux modèles n’est pas essayé avec « --no-pictures ».", "What a search would save of models is not tried with `--no-pictures`."),
    "save_mono": ("Une voix seule n’a pas besoin de deux canaux : exportez-la en mono.", "A voice alone needs no two channels: export it in mono."),
    "save_grain": ("Son grain pèse plus que ce qu’elle montre : réduisez le bruit, ou reprenez-la d’un meilleur tirage.", "Its grain weighs more than what it shows: remove noise, or scan a better print."),
    "differences": ("Écart visuel, point par point", "Visual error, point by point"),
    "all_seen": ("et plus", "and more"),
    "visual_error": ("Écart", "Error"),
    "error_aim": ("visé : {most} au plus", "wanted: {most} at most"),
    "unseen": ("pas mesuré", "not measured"),
    "draw_calls": ("Ordres de dessin", "Draws"),
    "compare_with": ("Comparer avec", "Compare with"),
    "source": ("fichier du musée", "museum’s file"),
    "slide": ("Glissez pour comparer", "Slide to compare"),
    "source_is": ("Fichier du musée : {weight}, {triangles} triangles.", "The museum’s file: {weight}, {triangles} triangles."),
    "level_preview": ("aperçu", "preview"),
    "level_phone": ("téléphone", "phone"),
    "level_high": ("détaillé", "detailed"),
    "level": ("Niveau", "Level"),
    "weight": ("Poids", "Weight"),
    "triangles": ("Triangles", "Triangles"),
    "targets": ("Images et étiquettes à reconnaître", "Pictures and labels to recognise"),
    "targets_help": ("Le programme même des téléphones les a cherchées dans des vues calculées : de près, de loin, de biais, dans la pénombre, avec un reflet, derrière quelqu’un, tremblées. À partir de 80, rien à redire. Les distances et les angles sont ceux où elles sont reconnues neuf fois sur dix.", "The phones’ own program has looked for them in computed views: near, far, from the side, in half-light, with a reflection, behind somebody, shaken. From 80 on all is well. Distances and angles are those at which they are recognised nine times in ten."),
    "label_of": ("Étiquette {code}, arrêt «\u00a0{stop}\u00a0»", "Label {code}, stop ‘{stop}’"),
    "printed_width": ("imprimée sur {width} de large", "printed {width} wide"),
    "code_width": ("carré de {width} de côté", "code of {width} a side"),
    "fetched": ("{weight} à télécharger", "{weight} to fetch"),
    "fetched_nothing": ("rien à télécharger", "nothing to fetch"),
    "of_hundred": ("sur 100", "of 100"),
    "from_front": ("de face, jusqu’à", "from the front, up to"),
    "from_side": ("de biais, jusqu’à", "from the side, up to"),
    "as_compared": ("Comme un téléphone la compare", "As a phone compares it"),
    "heat": ("En clair, ce qui la fait reconnaître\u00a0; dans l’ombre, ce qui n’aide pas", "Bright: what it is recognised by; dark: what is of no help"),
    "heat_of_labels": ("En clair, ce que l’on retrouve\u00a0; les étiquettes d’un musée sont essayées ensemble", "Bright: what is found again; a museum’s labels are tried together"),
    "well_recognised": ("Bien reconnue.", "Well recognised."),
    "taken_for": ("Un téléphone peut la prendre pour : {codes}.", "A phone may take it for: {codes}."),
    "taken_for_none": ("N’est prise pour aucune autre étiquette.", "It is taken for no other label."),
    "not_tried": ("Pas encore essayée : lancez « ecomusee build ».", "Not tried yet: run `ecomusee build`."),
}  # fmt: skip


def describe_change(change: Change, language: Language) -> str:
    """Return a change as a sentence."""
    place = 0 if language == "fr" else 1
    return _sentence(change)[place].format(
        before=change.before,
        after=change.after,
        language=change.language,
        field=field_name(change.field, language) if change.field else "",
    )


def _sentence(change: Change) -> tuple[str, str]:
    if change.what == "facts" and not (change.before or change.after):
        return _OTHER
    if change.what in _GIVEN and not change.before:
        return _GIVEN[change.what]
    if change.what in _TAKEN and not change.after:
        return _TAKEN[change.what]
    return _WHAT[change.what]


def format_day(iso: str | date, language: Language) -> str:
    """Return an ISO 8601 day or moment as a day in words."""
    written = format_date(str(iso)[:10], ui_strings(language).words)
    return written.replace(" ", "\u00a0")


def message(key: str, language: Language) -> str:
    """Return the message of a key, with its placeholders."""
    kind = scene_kinds().get(key.removeprefix("kind_"))
    if kind and key.startswith("kind_"):
        return kind["staff"][language]
    return _PAGE[key][0 if language == "fr" else 1]


def field_name(field: str, language: Language) -> str:
    """Return the name of a field."""
    key, _, number = field.partition("/")
    names = _FIELDS.get(key)
    name = key if names is None else names[0 if language == "fr" else 1]
    return f"{name} {number}".strip()
