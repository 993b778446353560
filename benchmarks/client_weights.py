"""Print the size on the wire of each rung of the client, and of each part beside it.

    python benchmarks/client_weights.py [FOLDER]

FOLDER is the built client, ``publishing/client/`` when not given. Bytes are those of
brotli at its best, file by file, as the server sends them; a page's own words count in
the language that weighs most; all counts what every stop's page loads. Exits with 1
when one of them passes its limit.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import brotli

BUILT = Path(__file__).parents[1] / "publishing" / "client"
LIMITS = {
    "boot": 6_000,
    "viewer": 140_000,
    "ar": 150_000,
    "vr": 150_000,
    "camera": 200_000,
}
NAMES = {
    "boot": "on every stop's page",
    "viewer": "inline 3D, all included",
    "ar": "WebXR AR, all included",
    "vr": "WebXR VR, all included",
    "camera": "camera and printed picture, all included",
}

PART_LIMITS = {
    "camera_view": 200_000,
    "print_finder": 200_000,
    "panorama": 14_000,
    "panorama_vr": 14_000,
    "compare": 8_000,
    "video": 8_000,
    "progress": 8_000,
    "check": 12_000,
    "motion": 142_000,
    "ktx2": 215_000,
    "model_element": 7_200,
    "quick_look": 7_000,
    "in_app": 7_000,
}
PART_NAMES = {
    "camera_view": "the same, with its words",
    "print_finder": "prints found within WebXR AR",
    "panorama": "a panorama, opened",
    "panorama_vr": "a panorama in a headset",
    "compare": "then and now, with its slider",
    "video": "a film and its versions",
    "progress": "stops that were seen",
    "check": "what this phone can do",
    "motion": "inline 3D of a model that moves",
    "ktx2": "textures that stay compressed",
    "model_element": "the browser's own <model>",
    "quick_look": "the button of iPhones",
    "in_app": "the way out of an application",
}


def main() -> int:
    """Print a line a rung and a part; return 1 when one of them is too heavy."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else BUILT
    client: dict[str, Any] = json.loads((folder / "client.json").read_bytes())
    weights = {
        name: len(brotli.compress((folder / name).read_bytes(), quality=11))
        for name in client["files"]
    }
    limits, names = LIMITS | PART_LIMITS, NAMES | PART_NAMES
    totals = _totals(client, weights)
    for name, total in totals.items():
        verdict = "ok" if total <= limits[name] else "TOO HEAVY"
        print(
            f"{name:14}{total:>9,} B of {limits[name]:>7,}  {verdict:10}{names[name]}"
        )
    return int(any(total > limits[name] for name, total in totals.items()))


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
    return {"boot": boot, **rungs, **parts}


if __name__ == "__main__":
    sys.exit(main())
