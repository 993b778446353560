"""TLS for phones on the local network: a local authority and the certificates it issues.

Phones give a page the camera, WebXR and a service worker over HTTPS only. The museum's
own authority is made once and kept, so that a phone learns to trust it once; what it
certifies is made anew each time, for the addresses this machine has today.

Raised here: `CertificateError`, when what was kept can't be used any more.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import socket
import ssl
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import trustme

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAF_DAYS = 90
"""iOS refuses more than 825, even of an authority that the phone trusts."""
_CLOCK_SLIP = dt.timedelta(days=1)
_ORGANIZATION = "ecomusee"
_FAR_ADDRESSES = (
    (socket.AF_INET, "192.0.2.1"),
    (socket.AF_INET, "10.255.255.254"),
    (socket.AF_INET, "172.31.255.254"),
    (socket.AF_INET, "192.168.255.254"),
)
"""Nothing is sent there: asking the way tells which of our addresses would be used."""
_ANY_PORT = 9


class CertificateError(Exception):
    """The authority kept in the state folder can't be read: it must be made anew."""


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """Where a certificate and its authority are kept, all PEM."""

    authority: Path
    """What a phone must trust; no secret."""
    chain: Path
    key: Path


def issue_certificate(hosts: Iterable[str], folder: Path) -> CertificateFiles:
    """Return a certificate for hosts, valid for three months from now.

    Parameters
    ----------
    hosts
        IP addresses and names that phones will type.
    folder
        Kept between runs, one a person; made if absent. Keys are readable by their
        owner alone.

    Raises
    ------
    CertificateError
        If the authority kept there can't be read.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = CertificateFiles(
        folder / "authority.pem", folder / "chain.pem", folder / "key.pem"
    )
    authority = _authority(files.authority, folder / "authority.key.pem")
    now = dt.datetime.now(dt.UTC)
    leaf = authority.issue_cert(
        *sorted(set(hosts)),
        organization_name=_ORGANIZATION,
        organization_unit_name=socket.gethostname(),
        not_before=now - _CLOCK_SLIP,
        not_after=now + dt.timedelta(days=_LEAF_DAYS),
    )
    _write(files.chain, b"".join(blob.bytes() for blob in leaf.cert_chain_pems))
    _write(files.key, leaf.private_key_pem.bytes())
    return files


def tls_context(files: CertificateFiles) -> ssl.SSLContext:
    """Return the SSL context of a server with a certificate."""
    context = alpn_context()
    context.load_cert_chain(files.chain, files.key)
    return context


def alpn_context() -> ssl.SSLContext:
    """Return the SSL context of a server that has no certificate yet."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.set_alpn_protocols(["http/1.1"])
    return context


def lan_addresses() -> tuple[str, ...]:
    """Return this machine's IPv4 addresses on its networks, the one to the world first.

    Loopback and link-local addresses are left out: no phone can reach them.
    """
    found = [_address_towards(family, far) for family, far in _FAR_ADDRESSES]
    found += _addresses_by_name()
    usable = (text for text in found if text and _is_reachable(text))
    return tuple(dict.fromkeys(usable))


def certificate_hosts() -> tuple[str, ...]:
    """Return every name and address of this machine for its certificate."""
    name = socket.gethostname()
    names = [name] if _is_host_name(name) else []
    names += [f"{name}.local"] if names and "." not in name else []
    return (*lan_addresses(), *names, "localhost", "127.0.0.1", "::1")


def state_folder() -> Path:
    """Return the user's state folder of the program."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "ecomusee"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "ecomusee"
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "ecomusee"


def _authority(certificate: Path, key: Path) -> trustme.CA:
    if certificate.exists() and key.exists():
        try:
            return trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
        except (ValueError, OSError) as error:
            message = f"the authority in {certificate.parent} can't be read: remove that folder"
            raise CertificateError(message) from error
    authority = trustme.CA(
        path_length=0,
        organization_name=_ORGANIZATION,
        organization_unit_name=socket.gethostname(),
    )
    _write(key, authority.private_key_pem.bytes())
    _write(certificate, authority.cert_pem.bytes())
    return authority


def _write(path: Path, content: bytes) -> None:
    """Write a file whole, readable by its owner alone from its first byte."""
    handle, name = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)


def _address_towards(family: socket.AddressFamily, far: str) -> str | None:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, _ANY_PORT))
            return str(probe.getsockname()[0])
    except OSError:
        return None


def _addresses_by_name() -> list[str]:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return []
    return [str(address[0]) for *_, address in found]


def _is_reachable(text: str) -> bool:
    address = ipaddress.ip_address(text)
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)


def _is_host_name(name: str) -> bool:
    """Return whether a certificate can carry this machine's name."""
    labels = name.split(".")
    return all(
        label and label.isascii() and label.replace("-", "").isalnum()
        for label in labels
    )
