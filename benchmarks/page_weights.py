"""Prints what each page of a published museum weighs on the wire, with its style.

    python benchmarks/page_weights.py build/creusot-montceau

Weights are those of the brotli files of the release, without headers. The last column
says how much of the budget is used: what a server may send in its first round trip.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tours import release

BUDGET_BYTES = 14_000


def main(build_dir: Path) -> int:
    """Print the table; 1 if a page is over its budget."""
    current = (build_dir / release.CURRENT).read_text(encoding="utf-8").strip()
    folder = build_dir / "releases" / current
    published = release.from_json((folder / release.FILE_NAME).read_bytes())
    weights = {entry.url: wire_bytes(entry) for entry in published.entries}
    (style,) = (n for url, n in weights.items() if url.startswith("/client/page-"))
    pages = {
        entry.url: weights[entry.url] + style
        for entry in published.entries
        if entry.media_type.startswith("text/html")
    }
    print(f"{'HTML + CSS':>10}  {'of budget':>9}  page ({style} bytes of it are CSS)")
    for url, size in sorted(pages.items(), key=lambda item: -item[1]):
        print(f"{size:>8} B  {size / BUDGET_BYTES:>9.0%}  {url}")
    return int(max(pages.values()) > BUDGET_BYTES)


def wire_bytes(entry: release.Entry) -> int:
    """Return the size of the encoding that browsers are sent."""
    return dict(entry.encodings).get("br", entry.identity).size_bytes


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
