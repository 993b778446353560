"""Print what each rung of the client's ladder weighs over the wire.

    python benchmarks/client_weights.py [FOLDER]

FOLDER is the built client, ``publishing/client/`` when not given. Bytes are those of
brotli at its best, file by file, as the server sends them; a page's own words count in
the language that weighs most. Exits with 1 when a rung passes its limit.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import brotli

BUILT = Path(__file__).parents[1] / "publishing" / "client"
LIMITS = {"boot": 6_000, "viewer": 140_000, "ar": 150_000, "vr": 150_000}
NAMES = {
    "boot": "on every stop's page",
    "viewer": "inline 3D, all included",
    "ar": "WebXR AR, all included",
    "vr": "WebXR VR, all included",
}


def main() -> int:
    """Print a line a rung; return 1 when one of them is too heavy."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else BUILT
    client: dict[str, Any] = json.loads((folder / "client.json").read_bytes())
    weights = {
        name: len(brotli.compress((folder / name).read_bytes(), quality=11))
        for name in client["files"]
    }
    totals = _totals(client, weights)
    for rung, total in totals.items():
        verdict = "ok" if total <= LIMITS[rung] else "TOO HEAVY"
        print(f"{rung:8}{total:>9,} B of {LIMITS[rung]:>7,}  {verdict:10}{NAMES[rung]}")
    return int(any(total > LIMITS[rung] for rung, total in totals.items()))


def _totals(client: dict[str, Any], weights: dict[str, int]) -> dict[str, int]:
    """Return the bytes that a visitor has loaded once a rung is open."""
    boot = sum(weights[name] for name in client["boot"]) + max(
        sum(weights[name] for name in names) for names in client["languages"].values()
    )
    rungs = {
        rung: boot + sum(weights[name] for name in names)
        for rung, names in client["rungs"].items()
    }
    return {"boot": boot, **rungs}


if __name__ == "__main__":
    sys.exit(main())
