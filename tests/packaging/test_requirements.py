"""What is installed is pinned, checked, and comes from wherever a museum takes packages."""

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("assets_pipeline", "ecomusee", "publishing", "server", "tours")
REQUIREMENTS = sorted((REPOSITORY / "requirements").glob("*.txt"))
REGISTRY = re.compile(
    r"""\b(?:py-?pi|pythonhosted|npmjs|yarnpkg|unpkg|jsdelivr)\.(?:org|com|io|net)\b
    |\b(?:deb|security|snapshot|ftp)\.debian\.org\b
    |--(?:extra-)?index-url\b|--find-links\b|\bhttps?://[^\s"']*/simple\b""",
    re.VERBOSE,
)


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    paths = (REPOSITORY / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def _pins(path: Path) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)==([\w.!+-]+)", _text(path), re.MULTILINE)
    return dict(found)


def test_no_file_names_a_registry() -> None:
    """A museum may use its own mirror, and a lock that names another host defeats it."""
    this = Path(__file__)

    naming = {
        path.relative_to(REPOSITORY).as_posix(): found.group()
        for path in _tracked()
        if path != this and (found := REGISTRY.search(_text(path)))
    }

    assert naming == {}


def test_npm_lock_holds_checksums_and_no_addresses() -> None:
    text = (REPOSITORY / "client" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]

    assert not re.search(r'"resolved"', text)
    assert all("integrity" in package for name, package in packages.items() if name)


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(path: Path) -> None:
    blocks = re.split(r"\n(?=\S)", _text(path))
    requirements = [block for block in blocks if not block.startswith("#")]

    assert requirements
    for block in requirements:
        assert re.match(r"[\w.-]+==", block), block
        assert "--hash=sha256:" in block, block


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_parts_fit_the_whole(path: Path) -> None:
    """What is shipped is what is tested: one version of each package in all files."""
    whole = _pins(REPOSITORY / "requirements" / "test.txt")

    pins = _pins(path)

    assert {name: whole.get(name, version) for name, version in pins.items()} == pins


def test_what_the_program_asks_for_is_pinned() -> None:
    project = tomllib.loads(_text(REPOSITORY / "pyproject.toml"))["project"]
    asked = {
        "run.txt": project["dependencies"],
        "assets.txt": [
            *project["dependencies"],
            *project["optional-dependencies"]["assets"],
        ],
        "cluster.txt": project["optional-dependencies"]["cluster"],
    }

    for name, requirements in asked.items():
        pins = {pin.lower() for pin in _pins(REPOSITORY / "requirements" / name)}
        names = {re.split(r"[^\w.-]", item)[0].lower() for item in requirements}
        assert names <= pins


@pytest.mark.parametrize("package", PACKAGES)
def test_what_the_program_imports_is_asked_for(package: str) -> None:
    """What comes along with another package may one day come no more."""
    project = tomllib.loads(_text(REPOSITORY / "pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["assets"], *extras["cluster"]]
    names = {re.split(r"[^\w.-]", item)[0].lower() for item in asked}
    found = packages_distributions()

    imported = {
        module
        for path in (REPOSITORY / package).rglob("*.py")
        for module in _imported(path)
        if module in found
    }

    for module in imported - set(PACKAGES):
        assert names & {name.lower() for name in found[module]}, module


def _imported(path: Path) -> Iterator[str]:
    """Give the top-level modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(_text(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
