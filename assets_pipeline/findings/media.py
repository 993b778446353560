"""Words of findings about panoramas, sounds, captions, films and synthetic voices."""

from __future__ import annotations

from assets_pipeline.errors.typography import english, french
from tours.diagnostics import Rule, Severity

PANORAMA_SHAPE = Rule(
    "A032",
    Severity.ERROR,
    french(
        "Le panorama « {file} » mesure {size} : il n'est pas deux fois plus large que haut.",
        "Un tour complet fait 360° sur 180° ; avec d'autres proportions, tout paraîtrait déformé.",
        "Exportez-le en « équirectangulaire », 2:1, par exemple 8192 × 4096 ; une vue partielle se montre comme affiche, ou avec « compare: ».",
    ),
    english(
        "The panorama '{file}' measures {size}: it is not twice as wide as high.",
        "A whole turn spans 360° by 180°; with other proportions all would look distorted.",
        "Export it as 'equirectangular', 2:1, for instance 8192 × 4096; a partial view can be shown as a poster or by `compare:`.",
    ),
)
PANORAMA_SMALL = Rule(
    "A033",
    Severity.WARNING,
    french(
        "Le panorama « {file} » n'a que {width} px de large.",
        "Sur un téléphone on n'en voit qu'un quart à la fois : ce sera flou.",
        "Fournissez-le en 4096 px de large au moins, sans l'agrandir.",
    ),
    english(
        "The panorama '{file}' is only {width} px wide.",
        "A phone shows a quarter of it at a time: it will be blurred.",
        "Give it at least 4096 px wide, without enlarging it.",
    ),
)
RECORDING_SILENT = Rule(
    "A034",
    Severity.WARNING,
    french(
        "Le son « {file} » est muet.",
        "Le visiteur croirait son téléphone en panne.",
        "Écoutez-le ; s'il est vide, exportez de nouveau la bonne piste.",
    ),
    english(
        "The sound '{file}' is silent.",
        "Visitors would think their phone is broken.",
        "Listen to it; if it is empty, export the right track again.",
    ),
)
RECORDING_QUIET = Rule(
    "A035",
    Severity.WARNING,
    french(
        "Le son « {file} » est très faible : {level} LUFS.",
        "Il est amplifié de {gain} dB, et le bruit de fond avec lui.",
        "Enregistrez plus près du micro, vers -20 LUFS.",
    ),
    english(
        "The sound '{file}' is very faint: {level} LUFS.",
        "It is amplified by {gain} dB, and so is its background noise.",
        "Record closer to the microphone, at about -20 LUFS.",
    ),
)
RECORDING_CLIPPED = Rule(
    "A036",
    Severity.WARNING,
    french(
        "Le son « {file} » sature : ses crêtes sont coupées.",
        "Cela grésille, et aucun réglage ne le répare après coup.",
        "Baissez le niveau d'enregistrement et refaites la prise, ou exportez depuis l'original.",
    ),
    english(
        "The sound '{file}' is clipped: its peaks are cut off.",
        "It crackles, and nothing mends that afterwards.",
        "Lower the recording level and record again, or export from the original.",
    ),
)
RECORDING_UNEVEN = Rule(
    "A037",
    Severity.WARNING,
    french(
        "Le son « {file} » arrive à {level} LUFS, et non à {wanted}.",
        "Quelques pointes très fortes empêchent de le monter : il paraîtra plus faible que les autres.",
        "Adoucissez ces pointes dans un logiciel de son, puis exportez de nouveau.",
    ),
    english(
        "The sound '{file}' ends at {level} LUFS instead of {wanted}.",
        "A few very loud peaks keep it from being raised: it will seem fainter than the others.",
        "Soften these peaks in a sound editor, then export again.",
    ),
)
CUE_UNREADABLE = Rule(
    "A040",
    Severity.ERROR,
    french(
        "Dans « {file} », ligne {line}, les temps « {shown} » ne se lisent pas.",
        "Les mots de cette réplique ne s'afficheraient pas.",
        "Écrivez par exemple « 00:01:02.500 --> 00:01:05.000 », avec un point avant les millièmes.",
    ),
    english(
        "In '{file}', line {line}, the times '{shown}' can't be read.",
        "The words of this cue would not appear.",
        "Write for instance `00:01:02.500 --> 00:01:05.000`, with a point before the thousandths.",
    ),
)
CUE_BACKWARDS = Rule(
    "A041",
    Severity.ERROR,
    french(
        "Dans « {file} », ligne {line}, la réplique « {shown} » finit avant de commencer, ou commence avant la précédente.",
        "Le texte ne suivrait pas la voix.",
        "Remettez les répliques dans l'ordre, chacune finissant après son début.",
    ),
    english(
        "In '{file}', line {line}, the cue '{shown}' ends before it starts, or starts before the one above.",
        "The words would not follow the voice.",
        "Put the cues in order, each ending after its start.",
    ),
)
CUES_OVERLAP = Rule(
    "A042",
    Severity.WARNING,
    french(
        "Dans « {file} », ligne {line}, la réplique « {shown} » commence avant la fin de la précédente.",
        "Deux textes se superposent à l'écran.",
        "Faites finir la précédente plus tôt, sauf si deux personnes parlent ensemble.",
    ),
    english(
        "In '{file}', line {line}, the cue '{shown}' starts before the one above ends.",
        "Two texts are on screen at once.",
        "End the one above earlier, unless two people speak together.",
    ),
)
CUE_TOO_FAST = Rule(
    "A043",
    Severity.WARNING,
    french(
        "Dans « {file} », ligne {line}, la réplique demande de lire {speed} signes par seconde.",
        "Au-delà de {most}, peu de gens ont le temps de lire.",
        "Laissez-la plus longtemps, partagez-la en deux ou raccourcissez-la.",
    ),
    english(
        "In '{file}', line {line}, the cue asks to read {speed} characters a second.",
        "Above {most}, few people have the time to read.",
        "Leave it longer, split it in two or shorten it.",
    ),
)
CAPTIONS_EMPTY = Rule(
    "A044",
    Severity.ERROR,
    french(
        "Le fichier « {file} » ne contient aucune réplique.",
        "Rien ne s'afficherait pour qui n'entend pas.",
        "Écrivez-y les mots entendus, chacun sous ses temps.",
    ),
    english(
        "The file '{file}' holds no cue.",
        "Nothing would appear for those who can't hear.",
        "Write the words that are heard into it, each under its times.",
    ),
)
CAPTIONS_TOO_LONG = Rule(
    "A045",
    Severity.WARNING,
    french(
        "Le fichier « {file} » va jusqu'à {end}, mais « {heard} » ne dure que {length}.",
        "Les mots ne sont sans doute pas ceux de cet enregistrement.",
        "Vérifiez que les deux fichiers vont ensemble, ou retirez les répliques en trop.",
    ),
    english(
        "The file '{file}' goes on to {end}, but '{heard}' lasts only {length}.",
        "Its words are probably not those of this recording.",
        "Check that the two files belong together, or remove the cues at the end.",
    ),
)
VIDEO_WITHOUT_CAPTIONS = Rule(
    "A051",
    Severity.ERROR,
    french(
        "La vidéo « {file} » a du son, mais pas de sous-titres en « {language} ».",
        "Qui n'entend pas, ou n'a pas mis le son, ne saurait pas ce qui s'y dit.",
        "Sous « video: », ajoutez par exemple « captions: {addition} » et déposez ce fichier WebVTT.",
    ),
    english(
        "The film '{file}' has sound, but no captions in '{language}'.",
        "Those who can't hear, or have the sound off, would not know what is said.",
        "Under `video:`, add for instance `captions: {addition}` and put that WebVTT file there.",
    ),
)
VOICE_UNKNOWN = Rule(
    "A060",
    Severity.WARNING,
    french(
        "Aucune voix de synthèse ne parle « {language} ».",
        "L'arrêt « {stop} » reste sans voix dans cette langue ; les autres en ont une.",
        "Enregistrez une personne et déposez le son avec « audio: ». Voix connues : {known}.",
    ),
    english(
        "No synthetic voice speaks '{language}'.",
        "The stop '{stop}' stays without a voice in this language; the others have one.",
        "Record a person and add the sound with `audio:`. Voices known: {known}.",
    ),
)
