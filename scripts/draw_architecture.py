"""Draw docs/architecture.svg: packages, their layers and the way data goes.

    python scripts/draw_architecture.py [--check]

The layers are those that import-linter holds: they are read from `pyproject.toml`, so that
the picture can't say anything else. `--check` ends with 1 where the file is another.
"""

from __future__ import annotations

import sys
import tomllib
from html import escape
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PICTURE: Final = ROOT / "docs" / "architecture.svg"
PACKAGES: Final = (
    ("tours", "what a visit is", 16),
    ("assets_pipeline", "files for phones", 266),
    ("publishing", "a release", 516),
    ("server", "sends bytes", 766),
)
"""Name, what it makes or knows, and the left edge of its column, in pixels."""
FLOW: Final = (
    ("content/", "YAML, models, pictures, sounds", 16),
    ("bundles", "files/<sha256>.*", 266),
    ("release.json", "pages, manifests, media", 516),
    ("a phone", "client/: TypeScript and WebAssembly", 766),
)
COLUMN: Final = 218
ROW: Final = 34
TOP: Final = 132
SIGNS_A_LINE: Final = 31


def main() -> None:
    """Write the picture, or compare it."""
    drawn = picture(layers_by_package())
    if "--check" in sys.argv[1:]:
        sys.exit(PICTURE.read_text(encoding="utf-8") != drawn)
    PICTURE.write_text(drawn, encoding="utf-8")


def layers_by_package() -> dict[str, list[str]]:
    """Return the layers of each package as its contract lists them, highest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return {
        contract["containers"][0]: contract["layers"]
        for contract in contracts
        if contract["type"] == "layers" and "containers" in contract
    }


def picture(layers: dict[str, list[str]]) -> str:
    """Return the SVG."""
    parts: list[str] = []
    lowest = TOP
    for name, told, left in PACKAGES:
        parts += _heading(name, told, left)
        top = TOP
        for layer in layers[name]:
            lines = _lines(layer)
            height = ROW + 15 * (len(lines) - 1)
            parts += _box(left, top, height, lines)
            top += height + 6
        lowest = max(lowest, top)
    for (name, told, left), (_, _, right) in zip(
        FLOW, (*FLOW[1:], ("", "", 0)), strict=True
    ):
        parts += _stage(name, told, left)
        if right:
            parts.append(
                f'<path class="arrow" d="M{left + COLUMN} 38H{right - 6}"'
                ' marker-end="url(#head)"/>'
            )
    foot = "In each column a room knows only the rooms below it; packages know those to their left (server: tours alone)."
    parts.append(f'<text class="small" x="16" y="{lowest + 18}">{escape(foot)}</text>')
    return _document(1000, lowest + 34, parts)


def _lines(layer: str) -> list[str]:
    """Return the rooms of a layer, broken to lines that fit a column."""
    lines = [""]
    for room in layer.split(" | "):
        longer = f"{lines[-1]} · {room}" if lines[-1] else room
        if len(longer) > SIGNS_A_LINE and lines[-1]:
            lines.append(room)
        else:
            lines[-1] = longer
    return lines


def _heading(name: str, told: str, left: int) -> list[str]:
    return [
        f'<text class="name" x="{left}" y="102">{escape(name)}/</text>',
        f'<text class="small" x="{left}" y="120">{escape(told)}</text>',
    ]


def _stage(name: str, told: str, left: int) -> list[str]:
    return [
        f'<rect class="stage" x="{left}" y="14" width="{COLUMN}" height="48" rx="6"/>',
        f'<text class="name" x="{left + 10}" y="35">{escape(name)}</text>',
        f'<text class="small" x="{left + 10}" y="53">{escape(told)}</text>',
    ]


def _box(left: int, top: int, height: int, lines: list[str]) -> list[str]:
    box = f'<rect class="room" x="{left}" y="{top}" width="{COLUMN}" height="{height}" rx="4"/>'
    texts = [
        f'<text x="{left + 10}" y="{top + 21 + 15 * i}">{escape(line)}</text>'
        for i, line in enumerate(lines)
    ]
    return [box, *texts]


def _document(width: int, height: int, parts: list[str]) -> str:
    style = (
        "text{font:12.5px system-ui,sans-serif;fill:#1d2733}.name{font-weight:600;font-size:14px}"
        ".small{font-size:11px;fill:#4a5866}.room{fill:#eef3f7;stroke:#b9c7d3}"
        ".stage{fill:#fbf3e2;stroke:#d9c08a}.arrow{stroke:#8a6d1f;stroke-width:1.6;fill:none}"
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' aria-label="Packages, their layers and the way data goes">'
    )
    marker = (
        '<defs><marker id="head" markerWidth="8" markerHeight="8" refX="6" refY="3"'
        ' orient="auto"><path d="M0 0L6 3L0 6z" fill="#8a6d1f"/></marker></defs>'
    )
    ground = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    body = "\n".join((f"<style>{style}</style>", marker, ground, *parts))
    return f"{head}\n{body}\n</svg>\n"


if __name__ == "__main__":
    main()
