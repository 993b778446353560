"""A box: its files are right, whole, never over another's work, and serve phones."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import shutil
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from ecomusee.box.certificate import check_certificate
from ecomusee.box.files import DNSMASQ, HOSTAPD, SERVER_UNIT, box_files
from ecomusee.box.folder import write_folder
from ecomusee.box.programs import check_with_programs
from ecomusee.box.settings import BoxSettings, check_settings, settings_from_json
from server.connectivity_checks import CHECKS
from server.tls import CertificateFiles, issue_certificate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Command = Callable[..., Any]
SETTINGS = BoxSettings(
    "petit.example", "Musée", "lampe-de-mineur", interface="boxwifi0"
)
WRITE = ("box", "--ssid", "Musée", "--passphrase", "lampe-de-mineur")


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"name": "https://visite.musee.fr"}, "name"),
        ({"name": "musee"}, "name"),
        ({"name": "visite.local"}, "name"),
        ({"ssid": ""}, "ssid"),
        ({"ssid": "é" * 17}, "ssid"),
        ({"ssid": "Mine "}, "ssid"),
        ({"passphrase": "court"}, "passphrase"),
        ({"passphrase": "w" * 64}, "passphrase"),
        ({"passphrase": "clé-de-la-mine"}, "passphrase"),
        ({"interface": "lo"}, "interface"),
        ({"interface": "wlan0; reboot"}, "interface"),
        ({"country": "UK"}, "country"),
        ({"country": "fr"}, "country"),
        ({"channel": 14}, "channel"),
        ({"channel": 52}, "channel"),
        ({"channel": 13, "country": "US"}, "channel"),
        ({"address": "8.8.8.1"}, "address"),
        ({"address": "192.168.77.5"}, "address"),
        ({"key": "privkey.pem"}, "key"),
        ({"program": "/opt/mes programmes/ecomusee"}, "program"),
    ],
)
def test_wrong_value_is_told_alone(change: dict[str, Any], about: str) -> None:
    settings = dataclasses.replace(SETTINGS, name="visite.musee.fr")

    (finding,) = check_settings(dataclasses.replace(settings, **change))

    assert (finding.about, finding.is_error) == (about, True)
    for message in (finding.fact, finding.reason, finding.remedy):
        assert message.fr != message.en


def test_settings_are_read_as_they_were_kept() -> None:
    assert settings_from_json(SETTINGS.as_json()) == SETTINGS


@pytest.mark.parametrize("spoilt", [b"{", b"[]", b'{"name": 1}', b'{"colour": "red"}'])
def test_spoilt_settings_are_refused(spoilt: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        settings_from_json(spoilt)


@pytest.mark.parametrize("change", [{}, {"passphrase": ""}, {"channel": 36}])
def test_programs_accept_the_files(change: dict[str, Any]) -> None:
    """Those of dnsmasq, hostapd, nftables and systemd that are here."""
    settings = dataclasses.replace(SETTINGS, **change)

    findings, tried = check_with_programs(box_files(settings, CHECKS))

    if not tried:
        pytest.skip("neither dnsmasq nor hostapd, nft or systemd-analyze is here")
    assert findings == ()


@pytest.mark.skipif(not shutil.which("dnsmasq"), reason="dnsmasq is missing")
def test_a_program_that_refuses_a_file_is_told() -> None:
    files = box_files(SETTINGS, CHECKS)
    spoilt = files[DNSMASQ].replace(b"bind-dynamic", b"bind-dynamicly")

    findings, _ = check_with_programs({**files, DNSMASQ: spoilt})

    assert [finding.about for finding in findings] == [DNSMASQ]
    assert "dnsmasq refuses this file" in findings[0].fact.en


def test_second_run_changes_nothing(ecomusee: Command, museum: Path) -> None:
    first = ecomusee(*WRITE, "--json").document

    second = ecomusee("box", "--json")

    assert HOSTAPD in first["written"]
    assert (second.exit_code, second.document["written"]) == (0, [])


def test_one_option_changes_what_it_is_about(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    ecomusee(*WRITE)

    run = ecomusee("box", "--channel", "11", "--json")

    assert run.document["written"] == [HOSTAPD, "box.json"]
    hostapd = tmp_path / "box" / HOSTAPD
    assert "channel=11\n" in hostapd.read_text(encoding="utf-8")
    assert stat.S_IMODE(hostapd.stat().st_mode) == 0o600


@pytest.mark.parametrize("guide", [True, False])
def test_guided_visits_are_allowed_where_asked(guide: bool) -> None:  # noqa: FBT001 - pytest names it
    settings = dataclasses.replace(SETTINGS, guide=guide)

    unit = box_files(settings, CHECKS)[SERVER_UNIT].decode()

    assert (" --guide\n" in unit) is guide
    assert settings_from_json(settings.as_json()) == settings


def test_a_file_that_somebody_changed_is_kept(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    ecomusee(*WRITE)
    hostapd = tmp_path / "box" / HOSTAPD
    hostapd.write_text("mine\n", encoding="utf-8")

    refused = ecomusee("box", "--channel", "11", "--language", "en")
    kept = hostapd.read_text(encoding="utf-8")
    replaced = ecomusee("box", "--channel", "11", "--replace")

    assert (refused.exit_code, kept) == (2, "mine\n")
    assert f"somebody changed {HOSTAPD}, and nothing is written" in refused.err
    assert replaced.exit_code == 0
    assert "channel=11" in hostapd.read_text(encoding="utf-8")


def test_a_wrong_value_writes_nothing(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    run = ecomusee("box", "--ssid", "Mine", "--passphrase", "court")

    assert run.exit_code == 1
    assert "--passphrase : erreur : le mot de passe a 5 signes" in run.out
    assert not (tmp_path / "box").exists()


def test_a_name_that_printed_codes_do_not_lead_to_is_refused(
    ecomusee: Command, museum: Path
) -> None:
    run = ecomusee(*WRITE, "--name", "visite.musee.fr", "--language", "en")

    assert run.exit_code == 1
    assert "printed codes lead to petit.example, and not to visite.musee.fr" in run.out


def test_nothing_is_replaced_unless_all_could_be_written(tmp_path: Path) -> None:
    """The second file can't be written: where its folder should be, a file stands."""
    write_folder(tmp_path, {"a": b"before"})
    (tmp_path / "b").write_bytes(b"in the way")

    with pytest.raises(OSError, match="b"):
        write_folder(tmp_path, {"a": b"after", "b/c": b"new"})

    assert (tmp_path / "a").read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_label_of_the_wifi_is_drawn_from_the_box(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    ecomusee(*WRITE)

    run = ecomusee("labels", "--wifi", "box", "--json")

    assert run.exit_code == 0
    assert (tmp_path / run.document["file"]).read_bytes().startswith(b"%PDF")


def test_label_of_a_wifi_that_was_not_prepared(ecomusee: Command, museum: Path) -> None:
    run = ecomusee("labels", "--wifi", "box", "--language", "en")

    assert run.exit_code == 2
    assert "box was not written by `ecomusee box`" in run.err


@pytest.mark.parametrize(
    ("days", "told", "is_error"),
    [(0, "ends in 89 days", None), (80, "the certificate ends in 9 days", False),
     (91, "the certificate ended on", True)],
)  # fmt: skip
def test_days_left_of_a_certificate(
    tmp_path: Path,
    days: int,
    told: str,
    is_error: bool | None,  # noqa: FBT001 - pytest names it
) -> None:
    files = issue_certificate(["petit.example"], tmp_path / "state")
    settings = dataclasses.replace(SETTINGS, certificate=str(files.chain))
    now = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)

    facts, findings = check_certificate(settings, now)

    assert facts is not None
    if is_error is None:
        assert findings == ()
        assert facts.days_left(now) == 89
    else:
        assert [finding.is_error for finding in findings] == [is_error]
        assert told in findings[0].fact.en


def test_a_certificate_for_another_name_is_told(tmp_path: Path) -> None:
    files = issue_certificate(["autre.example"], tmp_path / "state")
    settings = dataclasses.replace(SETTINGS, certificate=str(files.chain))

    _, (finding,) = check_certificate(settings, dt.datetime.now(dt.UTC))

    assert finding.fact.en.startswith("the certificate is for autre.example")


# A phone and a box in network namespaces, which only an administrator may make.

_NAMESPACES = ("ecm-box", "ecm-phone")
_NEEDED = ("ip", "dnsmasq", "udhcpc")
_LEASE = """#!/bin/sh
[ "$1" = bound ] || exit 0
ip address replace "$ip/$mask" dev "$interface"
ip route replace default via "$router"
env >"$LEASE"
"""
_DNS = """
import json, socket, struct, sys
def ask(name, kind):
    labels = b"".join(bytes([len(l)]) + l.encode() for l in name.split("."))
    query = struct.pack(">6H", 7, 0x100, 1, 0, 0, 0) + labels + struct.pack(">BHH", 0, kind, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.settimeout(5)
        asked.sendto(query, (sys.argv[1], 53))
        answer = asked.recv(4096)
    _, flags, _, count, _, _ = struct.unpack(">6H", answer[:12])
    return flags & 15, socket.inet_ntoa(answer[-4:]) if count and kind == 1 else count
print(json.dumps([ask(n, int(k)) for n, k in (p.split("/") for p in sys.argv[2:])]))
"""


def _lacking() -> str | None:
    if sys.platform != "linux" or os.geteuid() != 0:
        return "network namespaces need root on Linux"
    missing = [name for name in _NEEDED if not shutil.which(name)]
    if missing:
        return f"not installed: {', '.join(missing)}"
    tried = subprocess.run(
        ["unshare", "--net", "true"], capture_output=True, check=False
    )
    return None if tried.returncode == 0 else "this machine refuses network namespaces"


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def _on_phone(*command: str, **environment: str) -> str:
    done = subprocess.run(
        ["ip", "netns", "exec", _NAMESPACES[1], *command],
        check=True,
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, **environment},
    )
    return done.stdout


@pytest.fixture
def namespaces() -> Iterator[None]:
    """Make a box and a phone, joined as by Wi-Fi; take both away."""
    if reason := _lacking():
        pytest.skip(reason)
    box, phone = _NAMESPACES
    try:
        for name in _NAMESPACES:
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        _ip("-n", box, "link", "add", "boxwifi0", "type", "veth",
            "peer", "name", "wlan0", "netns", phone)  # fmt: skip
        _ip("-n", box, "address", "add", "192.168.77.1/24", "dev", "boxwifi0")
        _ip("-n", box, "link", "set", "boxwifi0", "up")
        _ip("-n", phone, "link", "set", "wlan0", "up")
        yield
    finally:
        for name in _NAMESPACES:
            subprocess.run(["ip", "netns", "delete", name], check=False)


@pytest.fixture
def box(
    namespaces: None, published: Path, ecomusee: Command, tmp_path: Path
) -> Iterator[CertificateFiles]:
    """Run on the box what its files say; give the certificate it serves."""
    assert ecomusee("build").exit_code == 0
    files = issue_certificate(["petit.example"], tmp_path / "state")
    write_folder(tmp_path / "box", box_files(SETTINGS, CHECKS))
    config = tmp_path / "dnsmasq.conf"
    text = (tmp_path / "box" / DNSMASQ).read_text(encoding="utf-8")
    config.write_text(text.replace("/run/ecomusee.leases", str(tmp_path / "leases")))
    inside = ("ip", "netns", "exec", _NAMESPACES[0])
    commands: list[list[str]] = [
        [*inside, "dnsmasq", "--keep-in-foreground", f"--conf-file={config}",
         "--pid-file=", "--user=root", "--log-facility=-"],
        [*inside, sys.executable, "-m", "ecomusee", "serve", "--json",
         "--release", str(tmp_path / "build" / "petit"), "--host", "192.168.77.1",
         "--port", "443", "--certificate", str(files.chain), "--key", str(files.key),
         "--portal", "petit.example"],
    ]  # fmt: skip
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for command in commands
    ]
    try:
        serving = running[1].stdout
        assert serving is not None
        assert json.loads(serving.readline())["address"] == "https://petit.example:443/"
        yield files
    finally:
        for process in running:
            process.terminate()
            process.communicate(timeout=15)


def test_a_phone_on_the_wifi_finds_the_visit(
    box: CertificateFiles, tmp_path: Path
) -> None:
    """A lease, the museum's name and no other, the portal's word, the visit over HTTPS."""
    script, lease = tmp_path / "lease.sh", tmp_path / "lease.txt"
    script.write_text(_LEASE)
    script.chmod(0o755)

    _on_phone("udhcpc", "-i", "wlan0", "-q", "-n", "-f", "-t", "5", "-T", "1",
              "-O", "114", "-s", str(script), LEASE=str(lease))  # fmt: skip
    given = dict(line.partition("=")[::2] for line in lease.read_text().splitlines())
    names = ("petit.example/1", "petit.example/28", "captive.apple.com/1",
             "www.wikipedia.org/1", "mask.icloud.com/1")  # fmt: skip
    answers = json.loads(_on_phone(sys.executable, "-c", _DNS, given["dns"], *names))
    curl = [sys.executable, "-c", _FETCH, str(box.authority)]
    fetched = json.loads(_on_phone(*curl))

    assert given["ip"].startswith("192.168.77.")
    assert given["router"] == given["dns"] == "192.168.77.1"
    assert bytes.fromhex(given["opt114"]) == b"https://petit.example/captive-portal"
    # The name, and no IPv6 of it; what phones check; nothing else exists.
    assert answers[:3] == [[0, "192.168.77.1"], [0, 0], [0, "192.168.77.1"]]
    assert [code for code, _ in answers[3:]] == [3, 3]
    assert fetched["portal"] == [
        200,
        "application/captive+json",
        {"captive": False, "venue-info-url": "https://petit.example/"},
    ]
    assert fetched["visit"] == [200, True]
    assert fetched["plain"] == [307, "https://petit.example/fr/promenade/pont/?a=b"]
    assert fetched["apple"] == [200, "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>"]  # fmt: skip
    assert fetched["android"] == [204, ""]


_FETCH = """
import http.client, json, socket, ssl, sys
def ask(address, host, path, context=None):
    if context is None:
        door = http.client.HTTPConnection(address, 80, timeout=10)
    else:
        door = http.client.HTTPSConnection(host, 443, timeout=10, context=context)
        door._create_connection = lambda *_a, **_k: socket.create_connection((address, 443), 10)
    door.request("GET", path, headers={"Host": host})
    answer = door.getresponse()
    return answer, answer.read().decode()
box, context = "192.168.77.1", ssl.create_default_context(cafile=sys.argv[1])
portal, told = ask(box, "petit.example", "/captive-portal", context)
visit, page = ask(box, "petit.example", "/fr/promenade/pont/", context)
plain, _ = ask(box, "petit.example", "/fr/promenade/pont/?a=b")
apple, success = ask(box, "captive.apple.com", "/hotspot-detect.html")
android, nothing = ask(box, "connectivitycheck.gstatic.com", "/generate_204")
print(json.dumps({
    "portal": [portal.status, portal.getheader("Content-Type"), json.loads(told)],
    "visit": [visit.status, "Un pont." in page],
    "plain": [plain.status, plain.getheader("Location")],
    "apple": [apple.status, success],
    "android": [android.status, nothing],
}))
"""
