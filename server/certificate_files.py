"""Serve a certificate that somebody renews: load it, follow its renewal, tell its end.

A certificate lives 200 days at most since March 2026, 100 from March 2027 and 47 from March
2029 (CA/Browser Forum, ballot SC-081): a program renews it, and a server must take the new
one up by itself.

Raised here: `CertificateFilesError`, when the files can't be served.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography import x509

from server.tls import alpn_context

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp import web

_LOGGER = logging.getLogger("ecomusee.server")
_WATCH_S: Final = 60.0


class CertificateFilesError(Exception):
    """The certificate or its key can't be read, or they do not belong together."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says."""

    names: tuple[str, ...]
    """Hosts, a wildcard's ``*.`` included."""
    begins: dt.datetime
    ends: dt.datetime

    def covers(self, host: str) -> bool:
        """Return whether it is for a host (RFC 9525, section 6.3)."""
        _, _, parent = host.partition(".")
        return host in self.names or f"*.{parent}" in self.names

    def days_left(self, now: dt.datetime) -> int:
        """Return whole days until it ends, negative once it has."""
        return (self.ends - now).days


def read_certificate(chain: Path) -> CertificateFacts:
    """Return what the first certificate of a PEM file says.

    Raises
    ------
    CertificateFilesError
        If there is none.
    """
    try:
        leaf = x509.load_pem_x509_certificate(chain.read_bytes())
    except OSError as error:
        raise CertificateFilesError(_reason(error)) from error
    except ValueError as error:
        message = f"{chain.name}: no certificate in PEM"
        raise CertificateFilesError(message) from error
    try:
        extension = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        names = tuple(extension.value.get_values_for_type(x509.DNSName))
    except x509.ExtensionNotFound:
        names = ()
    return CertificateFacts(names, leaf.not_valid_before_utc, leaf.not_valid_after_utc)


def _reason(error: OSError) -> str:
    """Return the file and the system's word, without its number."""
    return (
        f"{error.filename}: {error.strerror}" if error.filename else f"{error.strerror}"
    )


class RenewedCertificate:
    """A certificate on disk and the TLS context that follows its renewal."""

    def __init__(self, chain: Path, key: Path) -> None:
        """Load it.

        Raises
        ------
        CertificateFilesError
            If the files can't be read, or do not belong together.
        """
        self._chain, self._key = chain, key
        self.context = alpn_context()
        self._seen = self._stamp()
        self.facts = self._load()

    def is_valid(self) -> bool:
        """Return whether phones accept it today."""
        return self.facts.begins <= dt.datetime.now(dt.UTC) < self.facts.ends

    async def kept_fresh(self, _app: web.Application) -> AsyncIterator[None]:
        """Take up a renewed certificate while the application runs."""
        watch = asyncio.create_task(self._watch())
        yield
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch

    def take_up_renewal(self) -> bool:
        """Load the files again if they have changed; return whether they were taken up.

        While they are being replaced they may not fit each other: the old certificate
        serves on, and they are tried again.
        """
        try:
            stamp = self._stamp()
            if stamp == self._seen:
                return False
            self.facts = self._load()
        except CertificateFilesError as error:
            _LOGGER.warning("the renewed certificate is not taken up: %s", error)
            return False
        self._seen = stamp
        _LOGGER.info("a renewed certificate is served; it ends on %s", self.facts.ends)
        return True

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_WATCH_S)
            await asyncio.to_thread(self.take_up_renewal)

    def _load(self) -> CertificateFacts:
        facts = read_certificate(self._chain)
        try:
            # Tried apart: a context is left without a key when one does not fit.
            alpn_context().load_cert_chain(self._chain, self._key)
            self.context.load_cert_chain(self._chain, self._key)
        except ssl.SSLError as error:  # an OSError as well
            message = (
                f"{self._key.name}: not the key of {self._chain.name} ({error.reason})"
            )
            raise CertificateFilesError(message) from error
        except OSError as error:
            raise CertificateFilesError(_reason(error)) from error
        return facts

    def _stamp(self) -> tuple[tuple[int, int], ...]:
        stamps = []
        for path in (self._chain, self._key):
            try:
                status = path.stat()
            except OSError as error:
                raise CertificateFilesError(_reason(error)) from error
            stamps.append((status.st_mtime_ns, status.st_ino))
        return tuple(stamps)
