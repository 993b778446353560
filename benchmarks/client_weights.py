"""Print the size on the wire of each rung of the client, and of each part beside it.

    python benchmarks/client_weights.py [FOLDER]

FOLDER is the built client, ``publishing/client/`` when not given. Bytes are those of
brotli at its best, file by file, as the server sends them; a page's own words count in
the language that weighs most; all counts what every stop's page loads, save the service
worker, which a browser fetches alone. The limits are those of ``client/parts.json``. Exits
with 1 when one of them is passed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import brotli

BUILT = Path(__file__).parents[1] / "publishing" / "client"
TABLE = Path(__file__).parents[1] / "client" / "parts.json"


def main() -> int:
    """Print a line a rung and a part; return 1 when one of them is too heavy."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else BUILT
    client: dict[str, Any] = json.loads((folder / "client.json").read_bytes())
    weights = {
        name: len(brotli.compress((folder / name).read_bytes(), quality=11))
        for name in client["files"]
    }
    table = json.loads(TABLE.read_bytes())
    fixed = {name: table[name] for name in ("boot", "worker")}
    entries = {**fixed, **table["rungs"], **table["parts"]}
    is_too_heavy = False
    for name, total in _totals(client, weights).items():
        limit, shows = entries[name]["limit_bytes"], entries[name]["shows"]
        verdict = "ok" if total <= limit else "TOO HEAVY"
        is_too_heavy |= total > limit
        print(f"{name:14}{total:>9,} B of {limit:>7,}  {verdict:10}{shows}")
    return int(is_too_heavy)


def _totals(client: dict[str, Any], weights: dict[str, int]) -> dict[str, int]:
    """Return the bytes that a visitor has loaded once a rung or a part is open."""

    def heaviest(languages: dict[str, list[str]]) -> int:
        return max((weighed(names) for names in languages.values()), default=0)

    def weighed(names: list[str]) -> int:
        return sum(weights[name] for name in names)

    boot = weighed(client["boot"]) + heaviest(client["languages"])
    rungs = {rung: boot + weighed(names) for rung, names in client["rungs"].items()}
    parts = {
        name: boot + weighed(part["files"]) + heaviest(part["languages"])
        for name, part in client["parts"].items()
    }
    worker = weights[client["offline"]["worker"]]
    return {"boot": boot, "worker": worker, **rungs, **parts}


if __name__ == "__main__":
    sys.exit(main())
