"""A YAML language server spoken to as editors do: JSON-RPC over its standard streams."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import IO, Any, Self

ROOT = Path(__file__).parent
PROGRAM = (
    ROOT / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
)


class Server:
    """One server, for a museum's folder open in an editor of a language."""

    def __init__(self, folder: Path, language: str) -> None:
        self._folder = folder
        self._settings = json.loads(
            (folder / ".vscode/settings.json").read_text(encoding="utf-8")
        )
        self._process = subprocess.Popen(
            ["node", str(PROGRAM), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._last = 0
        self._versions: dict[str, int] = {}
        self._told: dict[str, list[Any]] = {}
        self.request(
            "initialize",
            {
                "processId": None,
                "locale": language,
                "rootUri": folder.as_uri(),
                "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
                "capabilities": {
                    "textDocument": {
                        "completion": {"completionItem": {"snippetSupport": True}}
                    },
                    "workspace": {"configuration": True},
                },
            },
        )
        self._send({"method": "initialized", "params": {}})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def opened(self, path: Path, text: str) -> list[Any]:
        """Return what the server underlines in a file, opened or changed."""
        uri = path.as_uri()
        self._told.pop(uri, None)
        self._versions[uri] = version = self._versions.get(uri, 0) + 1
        document: dict[str, Any] = {"uri": uri, "version": version}
        if version == 1:
            document |= {"languageId": "yaml", "text": text}
            self._notify("didOpen", textDocument=document)
        else:
            self._notify(
                "didChange", textDocument=document, contentChanges=[{"text": text}]
            )
        while uri not in self._told:
            self._receive()
        return self._told.pop(uri)

    def request(self, method: str, params: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Return the server's answer."""
        self._last += 1
        own = self._last
        self._send({"id": own, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == own and "method" not in message:
                return message.get("result")

    def at(self, path: Path, line: int, character: int) -> dict[str, Any]:
        """Return a place, counted from 0, as the protocol writes it."""
        return {
            "textDocument": {"uri": path.as_uri()},
            "position": {"line": line, "character": character},
        }

    def _notify(self, what: str, **params: object) -> None:
        self._send({"method": f"textDocument/{what}", "params": params})

    def _receive(self) -> dict[str, Any]:
        message: dict[str, Any] = _read(self._process.stdout)
        method = message.get("method")
        if method == "workspace/configuration":
            sections = [item.get("section", "") for item in message["params"]["items"]]
            answer = [self._section(section) for section in sections]
            self._send({"id": message["id"], "result": answer})
        elif method == "textDocument/publishDiagnostics":
            params = message["params"]
            self._told[params["uri"]] = params["diagnostics"]
        elif method and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _section(self, name: str) -> dict[str, Any] | None:
        """Return the settings of a section as VS Code gives them."""
        prefix = f"{name}."
        own: dict[str, Any] = {}
        for key, value in self._settings.items():
            if key.startswith(prefix):
                *groups, last = key.removeprefix(prefix).split(".")
                group = own
                for part in groups:
                    group = group.setdefault(part, {})
                group[last] = value
        return own or None

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream is not None
        stream.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        stream.flush()


def _read(stream: IO[bytes] | None) -> Any:  # noqa: ANN401 - JSON
    assert stream is not None
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    if not length:
        message = "the language server has stopped"
        raise EOFError(message)
    return json.loads(stream.read(length))
