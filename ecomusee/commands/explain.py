"""``ecomusee explain``: explain a finding's code and its usual remedy."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from ecomusee.errors import ExitCode, UsageError
from ecomusee.localization import Message

if TYPE_CHECKING:
    import argparse

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from tours.diagnostics import Language, Rule

SUMMARY = Message(
    fr="expliquer le code d’un message, T012 par exemple",
    en="explain a message's code, T012 for instance",
)
_CODE = Message(
    fr="code du message ; sans lui, tous les codes en une ligne chacun",
    en="the message's code; without it, every code on a line of its own",
)
_UNKNOWN = Message(
    fr="aucun message n’a le code {code}. Proches : {near}. « ecomusee explain » les dit tous",
    en="no message has the code {code}. Near: {near}. `ecomusee explain` tells them all",
)
_STOPS = Message(
    fr="{code} : erreur. Rien n’est publié tant qu’elle est là.",
    en="{code}: error. Nothing is published while it is there.",
)
_WARNS = Message(
    fr="{code} : attention. La publication se fait quand même.",
    en="{code}: warning. The museum is published all the same.",
)
_BRACES = Message(
    fr="Entre accolades : ce que le message remplit avec vos propres mots.",
    en="In braces: what the message fills with your own words.",
)
_LINE = "{code}  {what}"
_LOOK_ALIKES = str.maketrans("OIL", "011")


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    parser.option("code", help=_CODE, nargs="?", metavar="CODE")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Print what one code means, or a line for each."""
    rules = _rules()
    if options.code is None:
        chosen = list(rules.values())
        for rule in chosen:
            words = rule.fr if terminal.language == "fr" else rule.en
            terminal.write(_LINE.format(code=rule.code, what=_plain(words.what)))
    else:
        chosen = _asked(options.code, rules)
        for place, rule in enumerate(chosen):
            if place:
                terminal.write("")
            _say(rule, terminal)
    terminal.document(rules=[_as_json(rule) for rule in chosen])
    return ExitCode.CLEAN


def _rules() -> dict[str, Rule]:
    """Return every rule of every package by its code, in their order."""
    from assets_pipeline.findings import catalogue as of_assets
    from publishing import catalogue as of_publishing
    from tours import catalogue as of_tours

    kept = (*of_tours.RULES, *of_assets.RULES, *of_publishing.RULES)
    return {rule.code: rule for rule in sorted(kept, key=lambda rule: rule.code)}


def _asked(code: str, rules: dict[str, Rule]) -> list[Rule]:
    """Return the rule of a code, or all that a number without its letter may mean."""
    typed = code.strip().upper()
    if typed.isdecimal():
        numbered = [rule for rule in rules.values() if int(rule.code[1:]) == int(typed)]
        if numbered:
            return numbered
    wanted = typed[:1] + typed[1:].translate(_LOOK_ALIKES)
    if wanted not in rules:
        near = difflib.get_close_matches(wanted, rules, n=3, cutoff=0)
        raise UsageError(_UNKNOWN, code=code, near=", ".join(sorted(near)))
    return [rules[wanted]]


def _say(rule: Rule, terminal: Terminal) -> None:
    from tours.diagnostics import Severity

    heading = _STOPS if rule.severity is Severity.ERROR else _WARNS
    terminal.say(heading, code=rule.code)
    words = rule.fr if terminal.language == "fr" else rule.en
    what = _plain(words.what)
    lines = [f"  {what}"]
    for why, remedy in _reasons(rule, terminal.language):
        lines += [f"  {_plain(why)}", f"  → {_plain(remedy)}"]
    for line in ("", *lines):
        terminal.write(line)
    if any("{" in line for line in lines):
        terminal.write("")
        terminal.say(_BRACES)


def _reasons(rule: Rule, language: Language) -> list[tuple[str, str]]:
    """Return why a finding is told and what to do: each of several, where causes differ."""
    from assets_pipeline.findings.catalogue import REASONS

    if rule.code in REASONS:
        told = REASONS[rule.code]
        return [(one[f"why_{language}"], one[f"remedy_{language}"]) for one in told]
    words = rule.fr if language == "fr" else rule.en
    return [(words.why, _usual_remedy(rule, language) or words.remedy)]


def _usual_remedy(rule: Rule, language: Language) -> str | None:
    """Return what to do where a finding's remedy depends on its cause, and that has none."""
    from assets_pipeline.findings.unreadable_files import DEFAULT_REMEDIES

    usual = DEFAULT_REMEDIES.get(rule.code)
    if usual is None:
        return None
    return usual.fr.remedy if language == "fr" else usual.en.remedy


def _plain(template: str) -> str:
    """Return a template with its doubled braces single, as a finding shows them."""
    return template.replace("{{", "{").replace("}}", "}")


def _as_json(rule: Rule) -> dict[str, object]:
    from ecomusee.findings import wordings_json

    return {
        "code": rule.code,
        "severity": rule.severity.value,
        **wordings_json(rule.fr, rule.en),
    }
