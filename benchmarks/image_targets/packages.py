"""Peers that npm carries, unpacked under build/ and never into the client."""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Package:
    """One package's tarball, known by its content."""

    name: str
    version: str
    sha256: str

    @property
    def tarball(self) -> str:
        """The file's name, as npm makes it."""
        return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}.tgz"


MINDAR = Package(
    "mind-ar",
    "1.2.5",
    "e14a0f6e1bdd85beb757d72354999a967efcaaac2fc9a036ce1852ea2d6c5193",
)
"""MIT."""

OPENCV_JS = Package(
    "@techstark/opencv-js",
    "4.12.0-release.1",
    "e5745fae26adb6ba79e90ef3bf3b639b5b696187f7230c1b346785bc4a759a85",
)
"""Apache-2.0."""


def unpacked(package: Package, cache: Path) -> Path:
    """Return a package's folder, fetched by npm the first time and checked."""
    folder = cache / "peers" / package.tarball.removesuffix(".tgz")
    if folder.is_dir():
        return folder / "package"
    folder.parent.mkdir(parents=True, exist_ok=True)
    wanted = f"{package.name}@{package.version}"
    command = ["npm", "pack", "--silent", wanted]
    subprocess.run(command, cwd=folder.parent, check=True, capture_output=True)
    path = folder.parent / package.tarball
    if hashlib.sha256(path.read_bytes()).hexdigest() != package.sha256:
        message = f"{path} is not the {wanted} that was measured"
        raise ValueError(message)
    with tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"
