"""Run Lighthouse on each kind of page, as a phone opens it for the first time.

    mkdir -p build/peers && npm install --prefix build/peers --no-save lighthouse
    python benchmarks/lighthouse.py build/creusot-montceau [PAGE...]

Four categories out of 100 (performance, accessibility, best practices, search engines),
Lighthouse's own mobile profile, and every audit that is not passed. Exits with 1 when a
score is below 100. Needs Node, Debian's Chromium and its fonts-liberation: without Arial
or its like, which phones have in some form, text moves when the pages' font comes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from server.app import create_app
from server.runner import Listening, serving
from server.settings import Settings

ROOT = Path(__file__).parents[1]
LIGHTHOUSE = ROOT / "build/peers/node_modules/lighthouse/cli/index.js"
CHROMIUM = "/usr/bin/chromium"
PAGES = (
    "/fr/",
    "/fr/de-la-forge-a-la-ville/",
    "/fr/de-la-forge-a-la-ville/marteau/",
    "/fr/de-la-forge-a-la-ville/hier-aujourdhui/",
    "/fr/de-la-forge-a-la-ville/frappe/",
    "/fr/charbon-et-eau/galerie/",
    "/fr/sites/blanzy/",
)
OPTIONS = (
    "--quiet",
    "--output=json",
    "--no-enable-error-reporting",
    "--chrome-flags=--headless=new --no-sandbox --disable-background-networking",
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")

Json = dict[str, Any]  # Lighthouse's own report


async def main() -> int:
    """Print a line a page and its audits that fail; return 1 when a score is not 100."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("build_dir", type=Path)
    arguments.add_argument("pages", nargs="*", default=PAGES)
    options = arguments.parse_args()
    app = create_app(options.build_dir, settings=Settings(drain_s=0))
    is_perfect = True
    print("".join(f"{name:>16}" for name in CATEGORIES), " page")
    async with serving(app, Listening(port=0)) as ((host, port),):
        for page in options.pages:
            report = await _report(f"http://{host}:{port}{page}")
            scores = [report["categories"][name]["score"] for name in CATEGORIES]
            is_perfect &= scores == [1] * len(scores)
            print("".join(f"{score * 100:>16.0f}" for score in scores), f" {page}")
            for line in _failing(report):
                print(f"{'':16}{line}")
    return int(not is_perfect)


async def _report(address: str) -> Json:
    process = await asyncio.create_subprocess_exec(
        "node",
        LIGHTHOUSE,
        address,
        *OPTIONS,
        env=os.environ | {"CHROME_PATH": CHROMIUM},
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    report: Json = json.loads(said)
    return report


def _failing(report: Json) -> list[str]:
    """Return the audits that count in a category and are not passed, with what they say."""
    counted = {
        reference["id"]
        for name in CATEGORIES
        for reference in report["categories"][name]["auditRefs"]
        if reference["weight"] > 0
    }
    return [
        f"{audit['score']:.2f} {audit['title']} {audit.get('displayValue', '')}"
        for name, audit in report["audits"].items()
        if name in counted and audit["score"] is not None and audit["score"] < 1
    ]


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
