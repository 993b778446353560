"""Settings of a box, and what is wrong with them: every value, with reason and remedy."""

from __future__ import annotations

import dataclasses
import ipaddress
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ecomusee.localization import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS_FILE: Final = "box.json"
CERTIFICATE: Final = "/etc/ecomusee/certificate/fullchain.pem"
KEY: Final = "/etc/ecomusee/certificate/privkey.pem"
RELEASES: Final = "/srv/ecomusee"
PROGRAM: Final = "/opt/ecomusee/bin/ecomusee"
ADDRESS: Final = "192.168.77.1"
PREFIX: Final = 24
_SSID_BYTES: Final = 32
_PASSPHRASE: Final = (8, 63)
_INTERFACE_CHARACTERS: Final = 15
_CHANNELS_2_4_GHZ: Final = range(1, 14)
_CHANNELS_5_GHZ: Final = (36, 40, 44, 48)
_WITHOUT_12_AND_13: Final = ("US", "CA")
_NOT_CERTIFIED: Final = (
    "local", "lan", "home", "internal", "intranet", "corp", "localhost", "arpa", "test", "invalid",
)  # fmt: skip
_OFTEN_MEANT: Final = {"UK": "GB", "EN": "GB", "FRA": "FR", "SW": "CH", "DA": "DK"}


@dataclass(frozen=True, slots=True)
class BoxSettings:
    """What `ecomusee box` was asked for, not yet checked."""

    name: str
    """Host of the visit, as printed codes have it."""
    ssid: str
    passphrase: str = ""
    """Empty for an open network."""
    interface: str = "wlan0"
    country: str = "FR"
    channel: int = 6
    address: str = ADDRESS
    """Of the box on its own network, /24."""
    certificate: str = CERTIFICATE
    key: str = KEY
    releases: str = RELEASES
    program: str = PROGRAM
    guide: bool = False
    """Whether guides may lead groups (guide mode)."""

    @property
    def network(self) -> ipaddress.IPv4Network:
        """Return the network of the Wi-Fi; the settings must be right."""
        return ipaddress.IPv4Interface(f"{self.address}/{PREFIX}").network

    def as_json(self) -> bytes:
        """Return the settings as they are kept beside the files."""
        values = dataclasses.asdict(self)
        return (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode()


def settings_from_json(content: bytes) -> BoxSettings:
    """Return settings that were kept.

    Raises
    ------
    ValueError
        If they were changed into something else.
    """
    values = json.loads(content)
    fields = {field.name: field for field in dataclasses.fields(BoxSettings)}
    if not isinstance(values, dict) or not values.keys() <= fields.keys():
        message = "no settings of a box"
        raise ValueError(message)
    kinds = {"channel": int, "guide": bool}
    for name, value in values.items():
        if type(value) is not kinds.get(name, str):
            message = f"{name} is of another kind"
            raise ValueError(message)
    try:
        return BoxSettings(**values)
    except TypeError as error:
        raise ValueError(str(error)) from error


@dataclass(frozen=True, slots=True)
class BoxFinding:
    """Something to mend or to look at, in both languages."""

    about: str
    """The option, without dashes, or the file."""
    fact: Message
    reason: Message
    remedy: Message
    is_error: bool = True


def check_settings(settings: BoxSettings) -> tuple[BoxFinding, ...]:
    """Return everything that is wrong with settings, in the order of the options."""
    return tuple(finding for check in _CHECKS for finding in check(settings))


def _name(settings: BoxSettings) -> Iterator[BoxFinding]:
    name = settings.name
    labels = name.split(".")
    is_host = len(name) <= 253 and all(  # noqa: PLR2004 - RFC 1035, section 2.3.4
        re.fullmatch(r"(?!-)[a-z0-9-]{1,63}(?<!-)", label) for label in labels
    )
    if not is_host or len(labels) < 2:  # noqa: PLR2004 - a name and a domain
        yield BoxFinding(
            "name",
            Message(
                fr=f"« {name} » n’est pas un nom de domaine",
                en=f"'{name}' is no domain name",
            ),
            Message(
                fr="Les étiquettes mènent à ce nom, et le certificat est fait pour lui.",
                en="Labels lead to this name, and the certificate is made for it.",
            ),
            Message(
                fr="écrivez le nom seul, en minuscules, sans https:// ni accents : --name visite.musee.fr",
                en="write the name alone, in lower case, without https:// or accents: --name visit.museum.org",
            ),
        )
    elif labels[-1] in _NOT_CERTIFIED or labels[-1].isdigit():
        yield BoxFinding(
            "name",
            Message(
                fr=f"« {name} » ne peut pas avoir de certificat",
                en=f"'{name}' can't have a certificate",
            ),
            Message(
                fr="Sans certificat reconnu, les téléphones refusent l’appareil photo, la réalité augmentée et la visite sans réseau.",
                en="Without a recognised certificate, phones refuse camera, augmented reality and the visit offline.",
            ),
            Message(
                fr="choisissez un nom sous un domaine que le musée possède : --name visite.musee.fr",
                en="choose a name under a domain that the museum owns: --name visit.museum.org",
            ),
        )
    elif labels[-1] == "example":
        yield BoxFinding(
            "name",
            Message(
                fr=f"« {name} » est un nom d’exemple",
                en=f"'{name}' is a name for examples",
            ),
            Message(
                fr="Personne ne peut le posséder : aucun certificat ne sera fait pour lui.",
                en="Nobody can own it: no certificate will be made for it.",
            ),
            Message(
                fr="bon pour un essai ; écrivez le vrai nom avant d’imprimer",
                en="good for a trial; write the true name before printing",
            ),
            is_error=False,
        )


def _ssid(settings: BoxSettings) -> Iterator[BoxFinding]:
    ssid = settings.ssid
    size = len(ssid.encode())
    if not 1 <= size <= _SSID_BYTES:
        yield BoxFinding(
            "ssid",
            Message(
                fr=f"le nom du réseau prend {size} octets",
                en=f"the network's name takes {size} bytes",
            ),
            Message(
                fr="Un réseau Wi-Fi en a de 1 à 32 ; une lettre accentuée en prend deux.",
                en="A Wi-Fi network has from 1 to 32; a letter with an accent takes two.",
            ),
            Message(
                fr='choisissez un nom court : --ssid "Musée de la mine"',
                en='choose a short name: --ssid "Mining museum"',
            ),
        )
    elif ssid != ssid.strip() or not ssid.isprintable():
        yield BoxFinding(
            "ssid",
            Message(
                fr="le nom du réseau commence ou finit par un espace, ou contient un signe invisible",
                en="the network's name begins or ends with a space, or has an invisible sign",
            ),
            Message(
                fr="Personne ne le verrait dans la liste des réseaux, ni ne saurait le taper.",
                en="Nobody would see it in the list of networks, nor know how to type it.",
            ),
            Message(fr="retirez-le", en="remove it"),
        )


def _passphrase(settings: BoxSettings) -> Iterator[BoxFinding]:
    text = settings.passphrase
    least, most = _PASSPHRASE
    if not text:
        return
    if not least <= len(text) <= most:
        yield BoxFinding(
            "passphrase",
            Message(
                fr=f"le mot de passe a {len(text)} signes",
                en=f"the passphrase has {len(text)} signs",
            ),
            Message(
                fr="Un réseau WPA2 en veut de 8 à 63 : les téléphones refusent les autres.",
                en="A WPA2 network wants from 8 to 63: phones refuse others.",
            ),
            Message(
                fr="allongez-le, ou retirez --passphrase pour un réseau ouvert",
                en="lengthen it, or leave out --passphrase for an open network",
            ),
        )
    elif not re.fullmatch(r"[!-~](?:[ -~]*[!-~])?", text):
        yield BoxFinding(
            "passphrase",
            Message(
                fr="le mot de passe a un accent, un signe rare, ou un espace au bord",
                en="the passphrase has an accent, a rare sign, or a space at its edge",
            ),
            Message(
                fr="Les téléphones ne l’écrivent pas tous de même, et la connexion échouerait.",
                en="Phones do not all write it alike, and the connection would fail.",
            ),
            Message(
                fr="n’écrivez que des lettres sans accent, des chiffres et des tirets",
                en="write plain letters, digits and hyphens only",
            ),
        )


def _interface(settings: BoxSettings) -> Iterator[BoxFinding]:
    name = settings.interface
    if name == "lo" or not re.fullmatch(
        rf"[A-Za-z0-9][A-Za-z0-9_.-]{{0,{_INTERFACE_CHARACTERS - 1}}}", name
    ):
        yield BoxFinding(
            "interface",
            Message(
                fr=f"« {name} » n’est pas le nom d’une carte Wi-Fi",
                en=f"'{name}' is not the name of a Wi-Fi card",
            ),
            Message(
                fr="Linux les nomme en quinze signes au plus : wlan0, wlp2s0.",
                en="Linux names them in fifteen signs at most: wlan0, wlp2s0.",
            ),
            Message(
                fr="sur la petite machine, « ip link » les montre toutes",
                en="on the small computer, `ip link` shows them all",
            ),
        )


def _country(settings: BoxSettings) -> Iterator[BoxFinding]:
    country = settings.country
    meant = _OFTEN_MEANT.get(country.upper())
    if meant is not None or not re.fullmatch(r"[A-Z]{2}", country):
        example = meant or (country.upper() if len(country) == 2 else "FR")  # noqa: PLR2004 - ISO 3166
        yield BoxFinding(
            "country",
            Message(
                fr=f"« {country} » n’est pas le code d’un pays",
                en=f"'{country}' is not the code of a country",
            ),
            Message(
                fr="La carte Wi-Fi en tire les canaux et la puissance que la loi permet.",
                en="The Wi-Fi card takes from it the channels and the power that the law allows.",
            ),
            Message(
                fr=f"deux capitales : --country {example}",
                en=f"two capitals: --country {example}",
            ),
        )


def _channel(settings: BoxSettings) -> Iterator[BoxFinding]:
    channel = settings.channel
    is_forbidden = channel > 11 and settings.country in _WITHOUT_12_AND_13  # noqa: PLR2004 - of 2.4 GHz
    is_low = channel in _CHANNELS_2_4_GHZ
    if channel in _CHANNELS_5_GHZ or (is_low and not is_forbidden):
        return
    yield BoxFinding(
        "channel",
        Message(
            fr=f"le canal {channel} ne convient pas",
            en=f"channel {channel} does not do",
        ),
        Message(
            fr="Ceux de 1 à 13 vont à tous les téléphones (1 à 11 en Amérique du Nord) ; 36, 40, 44 et 48 "
            "sont plus rapides et portent moins loin ; sur les autres, la carte doit se taire dès qu’un radar parle.",
            en="Those from 1 to 13 suit every phone (1 to 11 in North America); 36, 40, 44 and 48 are "
            "faster and reach less far; on others, the card must be silent as soon as a radar speaks.",
        ),
        Message(fr="prenez --channel 6", en="take --channel 6"),
    )


def _address(settings: BoxSettings) -> Iterator[BoxFinding]:
    try:
        address = ipaddress.IPv4Address(settings.address)
        last = int(address) & 0xFF
        is_usable = address.is_private and not address.is_loopback and last == 1
    except ValueError:
        is_usable = False
    if not is_usable or settings.address.startswith("169.254."):
        yield BoxFinding(
            "address",
            Message(
                fr=f"« {settings.address} » n’est pas une adresse pour la petite machine",
                en=f"'{settings.address}' is no address for the small computer",
            ),
            Message(
                fr="Elle prend la première adresse d’un réseau privé, et donne les suivantes aux téléphones.",
                en="It takes the first address of a private network, and gives the next ones to phones.",
            ),
            Message(
                fr=f"prenez --address {ADDRESS}, ou une autre qui finit par .1 si le bâtiment s’en sert déjà",
                en=f"take --address {ADDRESS}, or another that ends in .1 if the building uses it already",
            ),
        )


def _paths(settings: BoxSettings) -> Iterator[BoxFinding]:
    for name in ("certificate", "key", "releases", "program"):
        path: str = getattr(settings, name)
        if not re.fullmatch(r"/[\w./@+,-]+", path, re.ASCII):
            yield BoxFinding(
                name,
                Message(
                    fr=f"« {path} » n’est pas un chemin de la petite machine",
                    en=f"'{path}' is no path of the small computer",
                ),
                Message(
                    fr="Au démarrage elle le lit tel quel : il part de la racine, sans espace ni accent.",
                    en="It reads it as it stands when it starts: from the root, without spaces or accents.",
                ),
                Message(
                    fr=f"écrivez-le entier : --{name} /srv/ecomusee/…",
                    en=f"write it whole: --{name} /srv/ecomusee/…",
                ),
            )


_CHECKS: Final = (
    _name,
    _ssid,
    _passphrase,
    _interface,
    _country,
    _channel,
    _address,
    _paths,
)
