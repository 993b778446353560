"""Where the files of a release point to within it."""

from __future__ import annotations

import functools
import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

_ONE_ADDRESS = frozenset({"data-manifest", "href", "poster", "src"})
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


@functools.lru_cache(maxsize=1024)
def links(url: str, media_type: str, content: bytes, address: str) -> frozenset[str]:
    """Return the addresses within the release that a file of it points to.

    A page that was read before, byte for byte, is not read again: publishing looks at
    its links more than once, and a watched folder publishes often.

    Parameters
    ----------
    url
        Where the file is served, for links relative to it.
    media_type
        HTML, CSS and JSON are read; another type points nowhere.
    content
        Of the file, uncompressed.
    address
        The museum's public address: a full link to it stays within the release.
    """
    kind = media_type.partition(";")[0].strip()
    text = content.decode("utf-8", "replace")
    if kind == "text/html":
        reader = _Links()
        reader.feed(text)
        reader.close()
        found = reader.found
    elif kind == "text/css":
        found = _CSS_URL.findall(text)
    elif kind == "application/json":
        found = _urls(json.loads(text))
    else:
        found = []
    inside = (_within(url, link, address) for link in found)
    return frozenset(target for target in inside if target is not None)


class _Links(HTMLParser):
    """Collects what the elements of a page point to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        for name, value in attrs:
            if name in _ONE_ADDRESS and value:
                self.found.append(value)
            elif name == "srcset" and value:
                self.found.extend(part.split()[0] for part in value.split(", "))


def _urls(value: object) -> list[str]:
    """Return the text of every field named ``url``, however deep."""
    if isinstance(value, dict):
        own = [value["url"]] if isinstance(value.get("url"), str) else []
        return own + [url for item in value.values() for url in _urls(item)]
    if isinstance(value, list):
        return [url for item in value for url in _urls(item)]
    return []


def _within(url: str, link: str, address: str) -> str | None:
    """Return the path a link leads to, or None when it leaves the release."""
    try:
        target = urlsplit(urljoin(address + url, link.strip()))
    except ValueError:
        return None
    home = urlsplit(address)
    if (target.scheme, target.netloc) != (home.scheme, home.netloc):
        return None
    return unquote(target.path) or "/"
