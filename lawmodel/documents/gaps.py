"""What is missing of the law that could touch an answer, or a proof, in a line."""

from __future__ import annotations

from collections.abc import Sequence

from lawmodel.document import Note, Span, identifier, text
from lawmodel.results.gap import TouchingGap

_HOW = {"not_found": "Not found", "not_read": "Not read"}


def could_touch(gaps: Sequence[TouchingGap], what: str) -> Note:
    """That something was not found, or not read, which could touch ``what``."""
    said: list[str | Span] = []
    for how, words in _HOW.items():
        some = [one for one in gaps if one.how == how]
        for number, one in enumerate(some):
            lead = "" if number else f"{' ' if said else ''}{words}, and it could touch this {what}: "
            said += [f"{lead}{one.title} ", identifier(one.id), "; " if one is not some[-1] else "."]
    return Note(text(*said))
