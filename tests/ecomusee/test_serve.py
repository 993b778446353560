"""What the terminal says is where the visit is."""

import json
import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

Command = Callable[..., Any]


@contextmanager
def _serving(folder: Path, *arguments: str) -> Iterator[dict[str, Any]]:
    """Give what `ecomusee serve` says once it is ready; stop it afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ecomusee", "serve", "--json", *arguments],
        cwd=folder,
        env={**os.environ, "XDG_STATE_HOME": str(folder / "state")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield json.loads(line)
    finally:
        process.terminate()
        process.communicate()
    assert process.returncode == 0


def _free_pair() -> int:
    """Return a port that is free, as the next one is."""
    for port in range(18443, 18643, 2):
        with socket.socket() as one, socket.socket() as two:
            try:
                one.bind(("", port))
                two.bind(("", port + 1))
            except OSError:
                continue
            return port
    pytest.skip("no two neighbouring ports are free")


def test_museum_without_release_is_built_first(museum: Path, tmp_path: Path) -> None:
    with _serving(tmp_path, "--port", "0") as said:
        page = urlopen(f"{said['address']}fr/promenade/pont/", timeout=10).read()  # noqa: S310 - our own server

    assert "Un pont." in page.decode()


@pytest.mark.usefixtures("published")
def test_release_is_served_without_its_museum(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    """A server holds a copy of the releases and nothing of the museum."""
    ecomusee("build")
    (tmp_path / "content").rename(tmp_path / "elsewhere")

    with _serving(tmp_path, "--port", "0", "--release", "build/petit") as said:
        page = urlopen(f"{said['address']}healthz", timeout=10)  # noqa: S310 - our own server

    assert page.status == 200


@pytest.mark.usefixtures("published")
def test_phone_is_served_over_https_that_it_can_trust(
    museum: Path, tmp_path: Path
) -> None:
    port = str(_free_pair())
    with _serving(tmp_path, "--phone", "--port", port, "--host", "127.0.0.1") as said:
        page = urlopen(said["trust"], timeout=10).read().decode()  # noqa: S310 - our own server
        authority = urlopen(  # noqa: S310 - our own server
            said["trust"].replace("/-/trust", "/-/ecomusee.crt"), timeout=10
        ).read()
        context = ssl.create_default_context(cadata=ssl.DER_cert_to_PEM_cert(authority))
        visit = urlopen(said["address"], timeout=10, context=context)  # noqa: S310 - our own server

    assert said["address"].startswith("https://127.0.0.1:")
    assert said["address"] in page
    assert visit.status == 200


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("switch", [(), ("--guide",)])
def test_guided_visits_are_off_unless_asked_for(
    museum: Path, tmp_path: Path, switch: tuple[str, ...]
) -> None:
    with _serving(tmp_path, "--port", "0", *switch) as said:
        answer = urlopen(f"{said['address']}-/guide", timeout=10).read()  # noqa: S310 - our own server

    assert json.loads(answer) == {"guide": bool(switch)}


def test_nothing_published(ecomusee: Command, tmp_path: Path) -> None:
    run = ecomusee("serve", "--release", ".", "--language", "en")

    assert run.exit_code == 2
    assert "nothing is published in ." in run.err


@pytest.mark.usefixtures("published")
def test_port_in_use(ecomusee: Command, museum: Path) -> None:
    ecomusee("build")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        run = ecomusee("serve", "--port", port, "--language", "en")

    assert run.exit_code == 2
    assert "another program uses this port" in run.err


@pytest.mark.usefixtures("published")
def test_damaged_release_is_not_served(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    ecomusee("build")
    (release,) = (tmp_path / "build" / "petit" / "releases").glob("*/release.json")
    release.write_text("{", encoding="utf-8")

    run = ecomusee("serve", "--port", "0", "--language", "en")

    assert run.exit_code == 3
    assert "ecomusee rollback" in run.err
