"""Render curators' Markdown as safe HTML or as plain text.

HTML written in a text stays text. A picture in a text becomes its description, for
pictures belong to scenes; a link that is neither ``https:`` nor ``mailto:`` becomes
its words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markupsafe import Markup

from publishing.text.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_ALLOWED_LINK = re.compile(r"(?:https://|mailto:)\S", re.IGNORECASE)
_DEEPEST_HEADING = 6


def to_html(markdown: str, language: str, *, below: int) -> Markup:
    """Return a text as HTML.

    Parameters
    ----------
    markdown
        CommonMark.
    language
        Of the text; French is given its spacing.
    below
        Rank of the heading that the text stands under: its own headings start one
        rank deeper and skip none.
    """
    parser = _parser()
    tokens = parser.parse(markdown)
    _rank_headings(tokens, below)
    _typeset_words(tokens, language)
    # Safe: made by the parser, which escapes, with HTML off.
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704


def to_text(markdown: str, language: str) -> str:
    """Return the words of a text on one line, without markup."""
    tokens = _parser().parse(markdown)
    _typeset_words(tokens, language)
    words = " ".join(_words(token) for token in tokens)
    return " ".join(part for part in re.split(r"[ \t\n]+", words) if part)


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "linkify": False})
    parser.core.ruler.push("safe_inlines", _make_safe)
    return parser


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Parse every link, so that a forbidden one can be reduced to its words."""
        return True


def _make_safe(state: StateCore) -> None:
    for block in state.tokens:
        if block.children is not None:
            block.children = _safe(block.children)


def _safe(inlines: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    is_dropped = False
    for token in inlines:
        if token.type == "image":
            token.type, token.tag, token.children = "text", "", None
        elif token.type == "link_open":
            is_dropped = not _ALLOWED_LINK.match(str(token.attrGet("href")))
            token.attrSet("rel", "noopener")
        if is_dropped and token.type in {"link_open", "link_close"}:
            continue
        kept.append(token)
    return kept


def _rank_headings(tokens: Sequence[Token], below: int) -> None:
    opens = [token for token in tokens if token.type == "heading_open"]
    closes = [token for token in tokens if token.type == "heading_close"]
    used = sorted({token.tag for token in opens})
    last = below
    for opening, closing in zip(opens, closes, strict=True):
        wanted = below + 1 + used.index(opening.tag)
        last = min(wanted, last + 1, _DEEPEST_HEADING)
        opening.tag = closing.tag = f"h{last}"


def _typeset_words(tokens: Sequence[Token], language: str) -> None:
    for block in tokens:
        before = ""
        for token in block.children or ():
            if token.type == "text":
                # The sign before decides: '**word** !' has its space in another token.
                token.content = typeset(before + token.content, language)[len(before) :]
            if token.type in {"text", "code_inline"}:
                before = _stand_in(token.content[-1:]) or before
            elif token.type in {"softbreak", "hardbreak"}:
                before = ""


def _words(block: Token) -> str:
    if block.children is None:
        return block.content
    breaks = {"softbreak", "hardbreak"}
    return "".join(
        " " if inline.type in breaks else inline.content for inline in block.children
    )


def _stand_in(sign: str) -> str:
    """Return a sign that spacing treats alike, and that takes no space itself."""
    if sign.isalpha():
        return "x"
    return "." if sign == "»" else sign
