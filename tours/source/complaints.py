"""What stopped the parser, told as what the curator did.

The parser's own sentence is never shown: it names the place where reading failed,
which is often not where the slip is. From that place, and from what the lines around
it look like, the slip is recognised, and mendings are proposed to read on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tours.catalogue import syntax as rules
from tours.source.halt import Complaint, Halt, halt
from tours.source.slips_of_colons import colon_in_text, glued_colon, line_without_key
from tours.source.slips_of_habits import (
    dash_beside_key,
    foreign_note,
    frame,
    quoted_line,
    template,
    text_beside_sign,
    two_versions,
)
from tours.source.slips_of_layout import (
    dash_left_out,
    false_dash,
    glued_dash,
    indent,
    no_break_spaces,
    tab,
    text_not_shifted,
)
from tours.source.slips_of_quotes import backslash, text_after_quote, unclosed_quote
from tours.source.slips_of_signs import (
    bracket_too_many,
    bracketed_text,
    reserved_sign,
    unclosed_bracket,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tours.source.composing import Composer
    from tours.source.decoding import Lines


def document_end(stop: Halt) -> Complaint | None:
    """Recognise a line ``---`` or ``...``, which ends the document before the file's end."""
    above = stop.above(stop.line)
    if above is None:
        return None
    for number, sign in ((above, "..."), (stop.line, "---")):
        if stop.lines[number].startswith(sign):
            finding = rules.SEVERAL_DOCUMENTS.at(stop.at(number, 0, 3))
            return stop.complaint(finding, stop.with_line(number, ""))
    return None


_RECOGNISERS: tuple[Callable[[Halt], Complaint | None], ...] = (
    no_break_spaces,
    tab,
    two_versions,
    frame,
    foreign_note,
    dash_beside_key,
    glued_dash,
    false_dash,
    dash_left_out,
    text_not_shifted,
    text_beside_sign,
    document_end,
    quoted_line,
    template,
    unclosed_quote,
    text_after_quote,
    backslash,
    glued_colon,
    colon_in_text,
    bracket_too_many,
    bracketed_text,
    reserved_sign,
    unclosed_bracket,
    line_without_key,
    indent,
)
"""In the order asked: false spaces first, for they lead all other readings astray."""


def complaint(lines: Lines, error: Exception, composer: Composer) -> Complaint:
    """Return what may explain a parser's failure.

    Parameters
    ----------
    lines
        The file's text as the parser was given it.
    error
        What the parser raised.
    composer
        As far as it came.
    """
    stopped = halt(lines, error, composer)
    for recognise in _RECOGNISERS:
        found = recognise(stopped)
        if found is not None:
            return found
    column = min(stopped.column, max(0, len(stopped.text) - 1))
    place = stopped.at(stopped.line, column)
    return stopped.complaint(rules.UNREADABLE_HERE.at(place))
