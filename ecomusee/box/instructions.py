"""How staff install a box: one page of plain text in French, one in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ecomusee.box.settings import BoxSettings

FRENCH, ENGLISH = "LISEZ-MOI.txt", "README.txt"
_TEXTS: Final = {
    FRENCH: """\
La visite sans internet, sur {name}

Il faut : une petite machine sous Debian 12 ou plus récent, avec une carte Wi-Fi qui sait faire
point d’accès (« iw list » y dit « AP »), nommée {interface}.

Une fois, la machine reliée à internet par un câble :

 1. sudo apt install hostapd dnsmasq nftables certbot
 2. Installez ecomusee : la commande doit être {program}
 3. sudo adduser --system --group --no-create-home ecomusee
 4. Copiez-y ce que « ecomusee build » a publié (le dossier build/<musée>) dans {releases}
 5. Depuis ce dossier-ci : sudo cp -r --preserve=mode etc/. /etc/
 6. Le certificat, par le DNS de votre domaine (DNS-01) : la machine n’a besoin d’être jointe
    par personne. Avec certbot et le greffon de votre hébergeur de DNS :
      sudo certbot certonly --dns-<hébergeur> -d {name}
    puis une première copie :
      sudo RENEWED_LINEAGE=/etc/letsencrypt/live/{name} /etc/letsencrypt/renewal-hooks/deploy/ecomusee
 7. sudo systemctl unmask hostapd
    sudo systemctl enable --now ecomusee-network hostapd dnsmasq ecomusee

Vérifier, avant d’installer et ensuite à chaque saison :

      ecomusee box --check --out <ce dossier>

Il dit aussi combien de jours il reste au certificat. Un certificat dure 200 jours au plus depuis
mars 2026, 100 à partir de mars 2027, 47 à partir de mars 2029. certbot le renouvelle tout seul dès
que la machine a internet : branchez le câble une journée, au moins aussi souvent.

Si le certificat s’éteint quand même (une fermeture d’hiver) : http://{name}/ sert encore textes,
images, sons et modèles ; l’appareil photo, la réalité augmentée et « emporter la visite » reviennent
avec le renouvellement. Les codes imprimés, eux, mènent à https:// : le téléphone y montre un
avertissement. Rebranchez le câble : le nouveau certificat est pris en une minute, sans rien relancer.
""",
    ENGLISH: """\
The visit without internet, at {name}

You need: a small computer with Debian 12 or newer, and a Wi-Fi card that can be an access point
(`iw list` says "AP" there), named {interface}.

Once, with the computer on the internet by a cable:

 1. sudo apt install hostapd dnsmasq nftables certbot
 2. Install ecomusee: the command must be {program}
 3. sudo adduser --system --group --no-create-home ecomusee
 4. Copy there what `ecomusee build` published (the folder build/<museum>) to {releases}
 5. From this folder: sudo cp -r --preserve=mode etc/. /etc/
 6. The certificate, by your domain's DNS (DNS-01): nobody needs to reach the computer.
    With certbot and the plugin of your DNS provider:
      sudo certbot certonly --dns-<provider> -d {name}
    then a first copy:
      sudo RENEWED_LINEAGE=/etc/letsencrypt/live/{name} /etc/letsencrypt/renewal-hooks/deploy/ecomusee
 7. sudo systemctl unmask hostapd
    sudo systemctl enable --now ecomusee-network hostapd dnsmasq ecomusee

To check, before installing and then each season:

      ecomusee box --check --out <this folder>

It also tells how many days the certificate has left. A certificate lives 200 days at most since
March 2026, 100 from March 2027, 47 from March 2029. certbot renews it by itself as soon as the
computer has internet: plug the cable in for a day, at least as often.

If the certificate ends all the same (a winter's closing): http://{name}/ still serves texts,
pictures, sounds and models; camera, augmented reality and taking the visit along wait for the
renewal. Printed codes lead to https://, where the phone shows a warning. Plug the cable in again:
the new certificate is taken up within a minute, with nothing to restart.
""",
}


def instructions(settings: BoxSettings) -> dict[str, str]:
    """Return both pages by their file names."""
    return {
        name: text.format(
            name=settings.name,
            interface=settings.interface,
            program=settings.program,
            releases=settings.releases,
        )
        for name, text in _TEXTS.items()
    }
