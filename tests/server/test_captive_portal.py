"""On a Wi-Fi of the museum's own: what phones are told, and a certificate that is renewed."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import ssl
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

from server.app import create_app
from server.captive_portal import CaptivePortal, create_plain_app
from server.certificate_files import (
    CertificateFacts,
    CertificateFilesError,
    RenewedCertificate,
    read_certificate,
)
from server.connectivity_checks import CHECKS
from server.runner import Listening, serving
from server.tls import issue_certificate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.server.conftest import Build

    Renew = Callable[[str], bool]

NOW = dt.datetime.now(dt.UTC)


class Validity:
    """Whether the certificate is valid, as the test has it."""

    def __init__(self) -> None:
        self.is_valid = True

    def __call__(self) -> bool:
        """Return what the test says."""
        return self.is_valid


@pytest.fixture
def validity() -> Validity:
    """Begin with a certificate that phones accept."""
    return Validity()


@pytest.fixture
async def plain(build: Build, validity: Callable[[], bool]) -> AsyncIterator[str]:
    """Serve a portal; give the address of its plain port."""
    portal = CaptivePortal("visite.example", validity)
    app = create_app(build.folder, portal=portal)
    listening = Listening(port=0, plain_port=0, plain_app=create_plain_app(app, portal))
    async with serving(app, listening) as (_, (host, port)):
        yield f"http://{host}:{port}"


async def _ask(address: str, host: str) -> tuple[int, str | None, bytes]:
    async with (
        ClientSession() as session,
        session.get(
            address,
            headers={"Host": host, "Accept-Encoding": "identity"},
            allow_redirects=False,
        ) as reply,
    ):
        return reply.status, reply.headers.get("Location"), await reply.read()


@pytest.mark.parametrize("host", CHECKS)
async def test_a_connectivity_check_is_answered(plain: str, host: str) -> None:
    for path, (status, _, content) in CHECKS[host].items():
        asked = "/hotspot-detect.html" if path == "*" else path

        assert await _ask(plain + asked, host) == (status, None, content)


async def test_nothing_else_is_served_in_the_name_of_others(plain: str) -> None:
    status, _, _ = await _ask(f"{plain}/fr/", "connectivitycheck.gstatic.com")

    assert status == 404


async def test_the_plain_port_leads_to_https(plain: str) -> None:
    answer = await _ask(f"{plain}/K7QM?a=%C3%A9", "visite.example")

    assert answer[:2] == (307, "https://visite.example/K7QM?a=%C3%A9")


async def test_an_address_typed_as_numbers_leads_to_the_name(plain: str) -> None:
    _, location, _ = await _ask(f"{plain}/", "192.168.77.1")

    assert location == "https://visite.example/"


async def test_the_visit_is_served_without_https_once_the_certificate_ended(
    plain: str, build: Build, validity: Validity
) -> None:
    validity.is_valid = False

    status, _, content = await _ask(f"{plain}/fr/forge/plan/", "visite.example:80")

    assert (status, content) == (200, build.contents["/fr/forge/plan/;"])


@pytest.fixture
def renewal(tmp_path: Path) -> tuple[RenewedCertificate, ssl.SSLContext, Renew]:
    """Give a certificate, what trusts it, and a function that replaces one of its files."""
    one = issue_certificate(["127.0.0.1"], tmp_path / "state")
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    shutil.copy(one.chain, chain)
    shutil.copy(one.key, key)
    renewed = RenewedCertificate(chain, key)
    again = issue_certificate(["127.0.0.1"], tmp_path / "state")

    def renew(which: str) -> bool:
        found = (again.chain, chain) if which == "chain" else (again.key, key)
        shutil.copy(*found)
        return renewed.take_up_renewal()

    return renewed, ssl.create_default_context(cafile=again.authority), renew


async def test_a_renewed_certificate_is_taken_up(
    build: Build, renewal: tuple[RenewedCertificate, ssl.SSLContext, Renew]
) -> None:
    """While its two files do not fit each other, the old one serves on."""
    renewed, trusting, renew = renewal
    app = create_app(build.folder)
    app.cleanup_ctx.append(renewed.kept_fresh)
    async with serving(app, Listening(port=0, tls=renewed.context)) as ((host, port),):
        before = await _serial(host, port, trusting)
        is_taken_half_way = await asyncio.to_thread(renew, "chain")
        half_way = await _serial(host, port, trusting)
        is_taken = await asyncio.to_thread(renew, "key")
        after = await _serial(host, port, trusting)

    assert (is_taken_half_way, half_way) == (False, before)
    assert is_taken
    assert after != before


async def _serial(host: str, port: int, trusting: ssl.SSLContext) -> str:
    """Return the serial number of the certificate that a new visitor is shown."""
    _, writer = await asyncio.open_connection(host, port, ssl=trusting)
    certificate = writer.get_extra_info("peercert")
    writer.close()
    await writer.wait_closed()
    return str(certificate["serialNumber"])


def test_a_certificate_without_its_key_is_refused(tmp_path: Path) -> None:
    one = issue_certificate(["127.0.0.1"], tmp_path / "one")
    other = issue_certificate(["127.0.0.1"], tmp_path / "other")

    with pytest.raises(CertificateFilesError, match="not the key of"):
        RenewedCertificate(one.chain, other.key)


@pytest.mark.parametrize(
    ("content", "told"), [(None, "No such file"), (b"<html>", "no certificate in PEM")]
)
def test_what_is_no_certificate_is_told_in_words(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    chain = tmp_path / "fullchain.pem"
    if content is not None:
        chain.write_bytes(content)

    with pytest.raises(CertificateFilesError, match=told) as raised:
        read_certificate(chain)

    assert "Errno" not in str(raised.value)


@pytest.mark.parametrize(
    ("host", "is_covered"),
    [("visite.musee.fr", True), ("autre.musee.fr", True), ("musee.fr", False),
     ("a.autre.musee.fr", False), ("autre.fr", False)],
)  # fmt: skip
def test_a_wildcard_covers_one_level(host: str, is_covered: bool) -> None:  # noqa: FBT001 - pytest names it
    facts = CertificateFacts(("visite.musee.fr", "*.musee.fr"), NOW, NOW)

    assert facts.covers(host) is is_covered
