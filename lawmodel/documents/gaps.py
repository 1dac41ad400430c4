"""What is missing of the law that could touch an answer, or a proof, in a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lawmodel.document import Link, Note, Span, identifier, text
from lawmodel.results.gap import TouchingGap

_HOW = {"not_found": "Not found", "not_read": "Not read"}
_IN_FULL: Final = 4
"""More gaps are named, and no longer told."""


def could_touch(gaps: Sequence[TouchingGap], what: str, most: int = _IN_FULL) -> Note:
    """That something was not found or read, which could touch ``what``; more than ``most`` by their names alone."""
    if len(gaps) > most:
        names: list[str | Span] = [f"Not found, or not read, and could touch this {what}: "]
        for one in gaps:
            names += [_named(one), ", " if one is not gaps[-1] else "."]
        return Note(text(*names, " What they are: ", identifier("lawmodel law --contested")))
    said: list[str | Span] = []
    for how, words in _HOW.items():
        some = [one for one in gaps if one.how == how]
        for number, one in enumerate(some):
            lead = "" if number else f"{' ' if said else ''}{words}, and it could touch this {what}: "
            said += [f"{lead}{one.title} ", _named(one), "; " if one is not some[-1] else "."]
    return Note(text(*said))


def _named(gap: TouchingGap) -> Span:
    return identifier(gap.id, Link("law", gap.id))
