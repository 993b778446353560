"""Explain a parser's failure by the first recogniser that knows the mistake.

The parser's own sentence is never shown: it names the place where reading failed,
which is often not where the mistake is. From that place, and from what the lines around
it look like, the mistake is recognised, and fixes are proposed to read on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tours.catalogue import yaml_syntax as yaml_syntax_rules
from tours.source.mistakes.colons import (
    recognise_colon_in_text,
    recognise_glued_colon,
    recognise_line_without_key,
)
from tours.source.mistakes.delimiters import (
    recognise_backslash,
    recognise_bracketed_text,
    recognise_extra_bracket,
    recognise_question_mark,
    recognise_reserved_sign,
    recognise_text_after_quote,
    recognise_unclosed_bracket,
    recognise_unclosed_quote,
)
from tours.source.mistakes.foreign_syntax import (
    recognise_code_fence,
    recognise_dash_beside_key,
    recognise_foreign_comment,
    recognise_merge_conflict,
    recognise_quoted_line,
    recognise_template,
    recognise_text_beside_sign,
)
from tours.source.mistakes.indentation import (
    recognise_false_dash,
    recognise_glued_dash,
    recognise_missing_dash,
    recognise_no_break_spaces,
    recognise_tab,
    recognise_unindented_text,
    recognise_wrong_indent,
)
from tours.source.mistakes.parser_stop import ParserFailure, ParserStop, locate_stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from tours.source.composer import Composer
    from tours.source.encoding import Lines


def recognise_document_end(stop: ParserStop) -> ParserFailure | None:
    """Recognise a line ``---`` or ``...``, which ends the document before the file's end."""
    above = stop.above(stop.line)
    if above is None:
        return None
    for number, sign in ((above, "..."), (stop.line, "---")):
        if stop.lines[number].startswith(sign):
            finding = yaml_syntax_rules.SEVERAL_DOCUMENTS.at(stop.at(number, 0, 3))
            return stop.failure(finding, stop.with_line(number, ""))
    return None


_RECOGNISERS: tuple[Callable[[ParserStop], ParserFailure | None], ...] = (
    recognise_no_break_spaces,
    recognise_question_mark,
    recognise_tab,
    recognise_merge_conflict,
    recognise_code_fence,
    recognise_foreign_comment,
    recognise_dash_beside_key,
    recognise_glued_dash,
    recognise_false_dash,
    recognise_missing_dash,
    recognise_unindented_text,
    recognise_text_beside_sign,
    recognise_document_end,
    recognise_quoted_line,
    recognise_template,
    recognise_unclosed_quote,
    recognise_text_after_quote,
    recognise_backslash,
    recognise_glued_colon,
    recognise_colon_in_text,
    recognise_extra_bracket,
    recognise_bracketed_text,
    recognise_reserved_sign,
    recognise_unclosed_bracket,
    recognise_line_without_key,
    recognise_wrong_indent,
)
"""In the order asked: false spaces first, for they lead all other readings astray."""


def explain_failure(
    lines: Lines, error: Exception, composer: Composer
) -> ParserFailure:
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
    stopped = locate_stop(lines, error, composer)
    for recognise in _RECOGNISERS:
        found = recognise(stopped)
        if found is not None:
            return found
    column = min(stopped.column, max(0, len(stopped.text) - 1))
    place = stopped.at(stopped.line, column)
    return stopped.failure(yaml_syntax_rules.UNREADABLE_HERE.at(place))
