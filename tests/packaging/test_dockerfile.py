"""The Dockerfile's own steps, carried out in empty roots on a machine without an engine.

``FROM`` an image of Debian is a root made by debootstrap, ``FROM`` a stage is a copy of
its root, ``COPY`` copies, ``RUN`` and ``CMD`` are a chroot. What an engine adds (layers,
networks, limits) is not tested.
"""

import fnmatch
import json
import os
import shlex
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from urllib.request import urlopen

import pytest

REPOSITORY = Path(__file__).parents[2]
PORT = 8080
USER_ID = 1000
SHM = Path("dev") / "shm"
ROOTS_BYTES = 6_000_000_000
"""Room to ask for; the roots take a third of it."""


def _why_not() -> str | None:
    if os.geteuid() != 0:
        return "only root can make a root"
    for program in ("debootstrap", "chroot", "unshare"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", PORT)) == 0:
            return f"port {PORT}, which the image serves on, is taken"
    return None


pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(_why_not() is not None, reason=str(_why_not())),
]


@dataclass
class Stage:
    """The root of a stage, and what its instructions have set so far."""

    root: Path
    workdir: str = "/"
    user: str = "root"
    environment: dict[str, str] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)

    def command(self, words: list[str]) -> list[str]:
        """Return the command that runs words inside, and leaves no mount behind."""
        settings = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            **_registry_settings(),
            **self.environment,
        }
        ids = {"root": "0:0", "ecomusee": f"{USER_ID}:{USER_ID}"}[self.user]
        inside = shlex.join(
            [
                "chroot",
                f"--userspec={ids}",
                str(self.root),
                "env",
                "--ignore-environment",
                f"--chdir={self.workdir}",
                *(f"{name}={value}" for name, value in settings.items()),
                *words,
            ]
        )
        mounts = (
            ["mount", "-t", "proc", "proc", str(self.root / "proc")],
            ["mount", "-t", "tmpfs", "-o", "mode=1777", "shm", str(self.root / SHM)],
        )
        steps = " && ".join([*map(shlex.join, mounts), f"exec {inside}"])
        return ["unshare", "--mount", "sh", "-c", steps]

    def run(self, words: list[str]) -> str:
        """Run words inside and return what they print."""
        done = subprocess.run(
            self.command(words),
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert done.returncode == 0, (
            f"{words} ended with {done.returncode}:\n{done.stdout[-4000:]}"
        )
        return done.stdout


class Engine:
    """The few instructions that our Dockerfile uses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stages: dict[str, Stage] = {}

    def build(self, dockerfile: Path) -> dict[str, Stage]:
        """Carry out a whole Dockerfile and return its stages."""
        text = dockerfile.read_text(encoding="utf-8").replace("\\\n", " ")
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                instruction, _, rest = line.partition(" ")
                getattr(self, f"_{instruction.lower()}")(rest.strip())
        return self._stages

    def _from(self, rest: str) -> None:
        source, _, name = rest.split()
        root = self._folder / name
        if source in self._stages:
            parent = self._stages[source]
            subprocess.run(["cp", "--archive", parent.root, root], check=True)
            self._stage = Stage(root, parent.workdir, "root", dict(parent.environment))
        else:
            _debootstrap(source.removeprefix("debian:").removesuffix("-slim"), root)
            (root / SHM).mkdir(exist_ok=True)
            self._stage = Stage(root)
        self._stages[name] = self._stage

    def _workdir(self, rest: str) -> None:
        self._stage.workdir = rest
        (self._stage.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)

    def _copy(self, rest: str) -> None:
        *options, source, target = rest.split()
        folder = self._stage.root / self._stage.workdir.lstrip("/") / target
        if options:
            origin = self._stages[options[0].removeprefix("--from=")].root
            shutil.copytree(origin / source.lstrip("/"), folder, dirs_exist_ok=True)
        elif (REPOSITORY / source).is_dir():
            shutil.copytree(
                REPOSITORY / source, folder, dirs_exist_ok=True, ignore=_ignored
            )
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / source, folder)

    def _run(self, rest: str) -> None:
        self._stage.run(shlex.split(rest))

    def _arg(self, rest: str) -> None:
        """Leave build arguments to `_registry_settings`."""

    def _expose(self, rest: str) -> None:
        assert int(rest) == PORT

    def _user(self, rest: str) -> None:
        self._stage.user = rest

    def _env(self, rest: str) -> None:
        name, _, value = rest.partition("=")
        self._stage.environment[name] = value

    def _words(self, instruction: str, rest: str) -> None:
        self._stage.words[instruction] = json.loads(rest[rest.index("[") :])

    def _entrypoint(self, rest: str) -> None:
        self._words("ENTRYPOINT", rest)

    def _cmd(self, rest: str) -> None:
        self._words("CMD", rest)

    def _healthcheck(self, rest: str) -> None:
        self._words("HEALTHCHECK", rest)


def _ignored(folder: str, names: list[str]) -> set[str]:
    """Return what .dockerignore keeps out of a folder of the repository."""
    lines = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    kept = [Path(rule[1:]) for rule in rules if rule.startswith("!")]
    ignored = set()
    for name in names:
        path = (Path(folder) / name).relative_to(REPOSITORY)
        # What is kept, what it holds, and the folders on the way to it.
        allowed = any(
            {path, *path.parents} & {rule} or path in rule.parents for rule in kept
        )
        denied = any(
            fnmatch.fnmatch(f"/{path}", f"/{rule}".replace("/**/", "/*"))
            or (rule.startswith("**/") and name == rule[3:])
            for rule in rules[1:]
            if not rule.startswith("!")
        )
        if denied or not allowed:
            ignored.add(name)
    return ignored


def _debootstrap(suite: str, root: Path) -> None:
    """Make a bare Debian, from wherever this machine takes its packages."""
    subprocess.run(
        ["debootstrap", "--variant=minbase", suite, root, _debian_mirror()],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for name in ("hosts", "resolv.conf"):
        shutil.copy(f"/etc/{name}", root / "etc" / name)
    for file in Path("/etc/apt/apt.conf.d").iterdir():
        if "Acquire::" in file.read_text(encoding="utf-8"):
            shutil.copy(file, root / "etc/apt/apt.conf.d")
    authorities = Path("/etc/ssl/certs/ca-certificates.crt")
    if authorities.exists():
        (root / "authorities.crt").write_bytes(authorities.read_bytes())


def _debian_mirror() -> str:
    sources = [
        Path("/etc/apt/sources.list"),
        *Path("/etc/apt/sources.list.d").glob("*"),
    ]
    for source in sources:
        text = source.read_text(encoding="utf-8") if source.is_file() else ""
        for word in text.split():
            if word.startswith(("http://", "https://")) and "security" not in word:
                return word
    pytest.skip("this machine names no Debian mirror")


def _registry_settings() -> dict[str, str]:
    """Return how this machine reaches its registries, for programs inside a root."""
    wanted = ("pip_", "npm_config_", "http_proxy", "https_proxy", "no_proxy")
    settings = {
        name: value
        for name, value in os.environ.items()
        if name.lower().startswith(wanted)
    }
    asked = subprocess.run(
        ["npm", "config", "get", "registry"],
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode == 0:
        settings["npm_config_registry"] = asked.stdout.strip()
    return {
        **settings,
        "PIP_CERT": "/authorities.crt",
        "NODE_EXTRA_CA_CERTS": "/authorities.crt",
    }


@pytest.fixture(scope="module")
def stages() -> Iterator[dict[str, Stage]]:
    """Build every stage of the Dockerfile; in memory where there is plenty."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder made there has a name of its own
    is_roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOTS_BYTES
    folder = Path(mkdtemp(prefix="roots-", dir=memory if is_roomy else None))
    folder.chmod(0o755)
    try:
        yield Engine(folder).build(REPOSITORY / "Dockerfile")
    finally:
        subprocess.run(["rm", "--recursive", folder], check=True)


@pytest.fixture(scope="module")
def releases(stages: dict[str, Stage], write_museum: Callable[[Path], None]) -> Path:
    """Build a museum in the studio, as its user, and return its folder of releases."""
    studio = stages["studio"]
    folder = studio.root / studio.workdir.lstrip("/")
    write_museum(folder / "content" / "petit")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, USER_ID, USER_ID)
    studio.run([*studio.words["ENTRYPOINT"], *studio.words["CMD"]])
    return folder / "build" / "petit"


def test_studio_lacks_nothing(stages: dict[str, Stage], releases: Path) -> None:
    doctor = json.loads(stages["studio"].run(["ecomusee", "doctor", "--json"]))

    assert [check["name"] for check in doctor["checks"] if not check["met"]] == []


def test_serving_image_carries_no_modelling_code(stages: dict[str, Stage]) -> None:
    packages = stages["serve"].run(["/opt/ecomusee/bin/pip", "list", "--format=freeze"])

    assert "aiohttp" in packages
    for package in ("trimesh", "opencv", "numpy", "hatchling"):
        assert package not in packages


def test_release_is_served_by_a_user_without_rights(
    stages: dict[str, Stage], releases: Path
) -> None:
    serve = stages["serve"]
    shutil.copytree(releases, serve.root / "release", dirs_exist_ok=True)
    server = subprocess.Popen(
        serve.command(serve.words["CMD"]), stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        said = next(line for line in server.stdout if "Ctrl-C" in line)
        page = urlopen(f"http://127.0.0.1:{PORT}/fr/promenade/borne/", timeout=10)
        text = page.read().decode()
        status = Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8")
        serve.run(serve.words["HEALTHCHECK"])
    finally:
        server.terminate()
        server.communicate()

    assert said
    assert "Une borne de pierre." in text
    assert f"Uid:\t{USER_ID}\t{USER_ID}\t{USER_ID}" in status
    assert server.returncode == 0
