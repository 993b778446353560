"""A phone on the same network gets HTTPS, and is told how to trust it."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import ssl
import stat
import sys
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession, TCPConnector, web
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from server.app import create_app
from server.certificate_page import PhoneCertificate
from server.runner import Listening, serving
from server.tls import (
    CertificateError,
    CertificateFiles,
    certificate_hosts,
    issue_certificate,
    lan_addresses,
    tls_context,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.server.conftest import Ask, Build, Start, Visit

    PhoneMode = tuple[str, str, ssl.SSLContext]

LARGE_BYTES = 3_000_001
HOSTS = ("192.168.1.20", "localhost", "127.0.0.1", "musee.local")


def test_the_certificate_is_what_phones_accept(tmp_path: Path) -> None:
    """iOS: names as SAN, made for servers, no longer than 825 days."""
    files = issue_certificate(HOSTS, tmp_path / "state")

    leaf = x509.load_pem_x509_certificate(files.chain.read_bytes())
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert names.get_values_for_type(x509.IPAddress) == [
        ipaddress.ip_address("127.0.0.1"),
        ipaddress.ip_address("192.168.1.20"),
    ]
    assert names.get_values_for_type(x509.DNSName) == ["localhost", "musee.local"]
    assert ExtendedKeyUsageOID.SERVER_AUTH in usage
    assert (leaf.not_valid_after_utc - leaf.not_valid_before_utc).days <= 825


def test_a_phone_trusts_once(tmp_path: Path) -> None:
    """The authority stays; what it certifies follows this machine's addresses."""
    first = issue_certificate(["localhost"], tmp_path)
    authority, chain = first.authority.read_bytes(), first.chain.read_bytes()

    second = issue_certificate(["localhost", "10.0.0.7"], tmp_path)

    assert second.authority.read_bytes() == authority
    assert second.chain.read_bytes() != chain


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_keys_are_their_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "ecomusee"

    issue_certificate(["localhost"], folder)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_a_spoilt_authority_is_told(tmp_path: Path) -> None:
    issue_certificate(["localhost"], tmp_path).authority.write_text("spoilt")

    with pytest.raises(CertificateError, match="remove that folder"):
        issue_certificate(["localhost"], tmp_path)


def test_addresses_are_those_a_phone_can_reach() -> None:
    for text in lan_addresses():
        assert not ipaddress.ip_address(text).is_loopback


def test_this_machine_may_come_too() -> None:
    assert {"localhost", "127.0.0.1", "::1"} <= set(certificate_hosts())


@pytest.fixture
def files(tmp_path: Path) -> CertificateFiles:
    """Make a certificate for this machine."""
    return issue_certificate(["127.0.0.1"], tmp_path / "state")


@pytest.fixture
def trusting(files: CertificateFiles) -> ssl.SSLContext:
    """Trust that certificate, as a phone does that was told to."""
    return ssl.create_default_context(cafile=files.authority)


@pytest.fixture
def phone_app(build: Build, files: CertificateFiles) -> web.Application:
    """Make the application as for a phone."""
    return create_app(build.folder, trust=PhoneCertificate.of(files.authority, 8443))


@pytest.fixture
def context(files: CertificateFiles) -> ssl.SSLContext:
    """Speak TLS with that certificate."""
    return tls_context(files)


@pytest.fixture
def listening(context: ssl.SSLContext) -> Listening:
    """Listen with TLS, and without it beside."""
    return Listening(port=0, tls=context, plain_port=0)


@pytest.fixture
async def phone_mode(
    phone_app: web.Application, listening: Listening, trusting: ssl.SSLContext
) -> AsyncIterator[PhoneMode]:
    """Serve as for a phone; give the addresses and what trusts the certificate."""
    async with serving(phone_app, listening) as addresses:
        (host, tls_port), (_, plain_port) = addresses
        yield f"https://{host}:{tls_port}", f"http://{host}:{plain_port}", trusting


@pytest.mark.parametrize(
    "target", ["/fr/forge/marteau/", "/media/medium.glb", "/media/large.glb"]
)
async def test_a_release_is_served_over_tls(
    phone_mode: PhoneMode, build: Build, target: str
) -> None:
    secure, _, context = phone_mode

    async with (
        ClientSession(connector=TCPConnector(ssl=context)) as session,
        session.get(secure + target, headers={"Accept-Encoding": "identity"}) as reply,
    ):
        assert await reply.read() == build.contents[f"{target};"]


async def test_a_visitor_over_tls_who_takes_nothing_is_dropped(
    start: Start, visit: Visit, context: ssl.SSLContext, trusting: ssl.SSLContext
) -> None:
    server = await start(tls=context, send_timeout_s=0.05)
    visitor, other = await visit(server, trusting), await visit(server, trusting)
    for each in (visitor, other):
        await each.ask("/healthz")
    visitor.writer.transport.pause_reading()

    visitor.writer.write(b"GET /media/large.glb HTTP/1.1\r\nHost: x\r\n\r\n" * 8)
    async with asyncio.timeout(5):
        while len(server.runner.server.connections) > 1:
            await other.ask("/healthz")
    visitor.writer.transport.resume_reading()

    with contextlib.suppress(ConnectionResetError):
        assert len(await visitor.reader.read()) < 8 * LARGE_BYTES


async def test_a_part_is_served_over_tls(phone_mode: PhoneMode, build: Build) -> None:
    secure, _, context = phone_mode

    async with (
        ClientSession(connector=TCPConnector(ssl=context)) as session,
        session.get(
            f"{secure}/media/large.glb", headers={"Range": "bytes=1000000-2000000"}
        ) as reply,
    ):
        assert reply.status == 206
        assert (
            await reply.read()
            == build.contents["/media/large.glb;"][1_000_000:2_000_001]
        )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr-FR", "Réglages des certificats"),
        ("en", "Certificate Trust Settings"),
        ("de", "Android"),
    ],
)
async def test_a_phone_is_told_how_to_trust(
    phone_mode: PhoneMode, language: str, words: str
) -> None:
    _, plain, _ = phone_mode

    async with (
        ClientSession() as session,
        session.get(f"{plain}/-/trust", headers={"Accept-Language": language}) as reply,
    ):
        text = await reply.text()

    assert words in text
    assert 'href="/-/ecomusee.crt"' in text
    assert 'href="https://127.0.0.1:8443/"' in text
    assert "default-src 'none'" in reply.headers["content-security-policy"]


async def test_a_phone_gets_the_certificate_to_trust(
    phone_mode: PhoneMode, trusting: ssl.SSLContext
) -> None:
    _, plain, _ = phone_mode

    async with (
        ClientSession() as session,
        session.get(f"{plain}/-/ecomusee.crt") as reply,
    ):
        content = await reply.read()

    assert reply.headers["content-type"] == "application/x-x509-ca-cert"
    assert content == trusting.get_ca_certs(binary_form=True)[0]


async def test_a_strange_host_is_not_repeated(phone_mode: PhoneMode) -> None:
    _, plain, _ = phone_mode

    async with (
        ClientSession() as session,
        session.get(
            f"{plain}/-/trust", headers={"Host": "evil.example/<x>[:"}
        ) as reply,
    ):
        assert "evil" not in await reply.text()


async def test_nothing_of_this_is_there_otherwise(ask: Ask) -> None:
    for target in ("/-/trust", "/-/ecomusee.crt"):
        assert (await ask(target)).status == 404
