"""Findings on a box's certificate: for which names, and how long it lasts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ecomusee.box.settings import BoxFinding
from ecomusee.localization import Message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from ecomusee.box.settings import BoxSettings
    from server.certificate_files import CertificateFacts

_SOON_DAYS: Final = 21
_RENEW = Message(
    fr="branchez la machine à internet, puis : sudo certbot renew",
    en="plug the computer into the internet, then: sudo certbot renew",
)
_WITHOUT = Message(
    fr="Dès lors, les codes imprimés mènent à un avertissement ; http:// sert encore textes, images, "
    "sons et modèles, sans appareil photo ni réalité augmentée.",
    en="From then on, printed codes lead to a warning; http:// still serves texts, pictures, sounds "
    "and models, without camera or augmented reality.",
)


def check_certificate(
    settings: BoxSettings, now: dt.datetime
) -> tuple[CertificateFacts | None, tuple[BoxFinding, ...]]:
    """Return what the certificate says, None where there is none here, and findings on it."""
    from server.certificate_files import CertificateFilesError, read_certificate

    path = Path(settings.certificate)
    if not path.exists():
        return None, (_absent(settings),)
    try:
        facts = read_certificate(path)
    except CertificateFilesError as error:
        return None, (_unreadable(settings, error),)
    return facts, tuple(_findings(facts, settings, now))


def _findings(
    facts: CertificateFacts, settings: BoxSettings, now: dt.datetime
) -> Iterator[BoxFinding]:
    if not facts.covers(settings.name):
        names = ", ".join(facts.names) or "—"
        yield BoxFinding(
            settings.certificate,
            Message(
                fr=f"le certificat est pour {names}, et la visite est à {settings.name}",
                en=f"the certificate is for {names}, and the visit is at {settings.name}",
            ),
            Message(
                fr="Chaque téléphone montrerait un avertissement.",
                en="Every phone would show a warning.",
            ),
            Message(
                fr=f"demandez-en un pour ce nom : sudo certbot certonly --dns-<hébergeur> -d {settings.name}",
                en=f"ask for one with this name: sudo certbot certonly --dns-<provider> -d {settings.name}",
            ),
        )
    days = facts.days_left(now)
    end = f"{facts.ends:%Y-%m-%d}"
    if days < 0:
        fact = Message(
            fr=f"le certificat est éteint depuis le {end}",
            en=f"the certificate ended on {end}",
        )
        yield BoxFinding(settings.certificate, fact, _WITHOUT, _RENEW)
    elif days < _SOON_DAYS:
        fact = Message(
            fr=f"le certificat s’éteint dans {days} jours, le {end}",
            en=f"the certificate ends in {days} days, on {end}",
        )
        yield BoxFinding(settings.certificate, fact, _WITHOUT, _RENEW, is_error=False)


def _absent(settings: BoxSettings) -> BoxFinding:
    return BoxFinding(
        settings.certificate,
        Message(
            fr="il n’y a pas de certificat sur cette machine",
            en="there is no certificate on this computer",
        ),
        Message(
            fr="Sans lui, ni appareil photo, ni réalité augmentée, ni visite emportée.",
            en="Without it, no camera, no augmented reality and no visit taken along.",
        ),
        Message(
            fr="lancez cette vérification sur la petite machine elle-même, ou suivez le point 6 de LISEZ-MOI.txt",
            en="run this check on the small computer itself, or follow point 6 of README.txt",
        ),
        is_error=False,
    )


def _unreadable(settings: BoxSettings, error: Exception) -> BoxFinding:
    return BoxFinding(
        settings.certificate,
        Message(
            fr=f"le certificat ne se lit pas ({error})",
            en=f"the certificate can't be read ({error})",
        ),
        Message(fr="Le serveur ne démarrerait pas.", en="The server would not start."),
        Message(
            fr="copiez-le de nouveau : point 6 de LISEZ-MOI.txt",
            en="copy it again: point 6 of README.txt",
        ),
    )
