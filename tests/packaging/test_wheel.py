"""What a museum installs: the wheel, alone, on a machine without Node."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Environment:
    """An environment of its own, whose PATH reaches nothing else."""

    folder: Path

    @property
    def scripts(self) -> Path:
        """Where its programs are."""
        return self.folder / "bin"

    def run(
        self, program: str, *arguments: str, cwd: Path
    ) -> subprocess.CompletedProcess[str]:
        """Run one of its programs to its end."""
        return subprocess.run(
            [self.scripts / program, *arguments],
            cwd=cwd,
            env=self.variables,
            capture_output=True,
            text=True,
            check=False,
        )

    def install(self, *arguments: str) -> None:
        """Install into it."""
        done = self.run("pip", "install", "--quiet", *arguments, cwd=REPOSITORY)
        assert done.returncode == 0, done.stderr

    @property
    def variables(self) -> dict[str, str]:
        """What its programs see: this machine's, but for what leads elsewhere."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
        }
        return {**kept, "PATH": str(self.scripts), "LC_ALL": "en_GB.UTF-8"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Install the wheel, and the packages that serving needs."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    environment = Environment(folder)
    environment.install("--require-hashes", "--requirement", "requirements/run.txt")
    environment.install("--no-index", "--no-deps", str(wheel))
    return environment


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory, write_museum: Callable[[Path], None]
) -> Path:
    """Make a folder that holds a museum with one model."""
    place = tmp_path_factory.mktemp("place")
    write_museum(place / "content" / "petit")
    return place


@pytest.mark.parametrize(
    "name",
    [
        "assets_pipeline/wasm/BASIS-LICENSE.md",
        "assets_pipeline/wasm/basis.json",
        "assets_pipeline/wasm/basis.wasm",
        "assets_pipeline/wasm/meshopt_encoder.wasm",
        "assets_pipeline/wasm/meshopt_simplifier.wasm",
        "publishing/client/client.json",
        "publishing/fonts/AtkinsonHyperlegibleNext-Bold.ttf",
        "publishing/fonts/OFL.txt",
        "publishing/pages/style.css",
        "publishing/text/scene_kinds.json",
        "publishing/text/strings/fr.json",
        "publishing/pages/templates/stop.html",
        "tours/schemas/manifest.schema.json",
    ],
)
def test_wheel_carries_what_is_not_python(wheel: Path, name: str) -> None:
    assert name in zipfile.ZipFile(wheel).namelist()


def test_wheel_carries_the_program_alone(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    packages = {"assets_pipeline", "ecomusee", "publishing", "server", "tours"}
    assert {top for top in tops if ".dist-info" not in top} == packages


def test_serving_environment_says_what_building_needs(
    environment: Environment, place: Path
) -> None:
    doctor = environment.run("ecomusee", "doctor", cwd=place)
    build = environment.run("ecomusee", "build", cwd=place)

    assert (doctor.returncode, build.returncode) == (3, 3)
    assert "pip install 'numpy>=2.3'" in doctor.stdout
    assert re.search(r"can't make models\. It lacks: .*\bnumpy\b", build.stderr)


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="assets are built on Linux x86-64")
def test_museum_is_built_and_served_without_node(
    environment: Environment, place: Path
) -> None:
    environment.install("--require-hashes", "--requirement", "requirements/assets.txt")
    build = environment.run("ecomusee", "build", "--jobs", "1", cwd=place)
    assert build.returncode == 0, build.stdout + build.stderr

    server = subprocess.Popen(
        [environment.scripts / "ecomusee", "serve", "--port", "0", "--json"],
        cwd=place,
        env=environment.variables,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        address = json.loads(server.stdout.readline())["address"]
        page = urlopen(f"{address}fr/promenade/borne/", timeout=10).read().decode()  # noqa: S310 - our own server
    finally:
        server.terminate()
        server.communicate()
    assert "Une borne de pierre." in page
    assert server.returncode == 0
