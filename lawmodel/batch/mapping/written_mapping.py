"""A suggested mapping as the text of a file: what is not sure of it stands behind it, or in its place, as a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lawmodel.batch.mapping.suggested import Guess, Suggestion
from lawmodel.problems import LONGEST_NAME
from lawmodel.safe_text import safe_line
from lawmodel.words.counts import count

MOST_NAMED: Final = 20
"""Cells of a column that are not understood and are named; the others are counted."""
_PLAIN: Final = re.compile(r"[^\W\d_][\w /()+.'?-]*(?<! )\Z")
"""Texts that need no quotation marks in YAML."""
_CALLED_SO: Final = frozenset(["y", "n", "yes", "no", "true", "false", "on", "off", "null"])


def mapping_text(found: Suggestion, name: str, sheet: str | None) -> str:
    """The file, with what the owner of the table called ``name`` should look at."""
    return "".join(f"{line}\n" for line in _lines(found, name, sheet))


def _lines(found: Suggestion, name: str, sheet: str | None) -> Iterator[str]:
    yield f"# What the columns and cells of {_shown(name)} mean. It was proposed by `lawmodel batch --suggest-mapping`:"
    yield "# read it line by line. What was found by likeness alone has a comment; what was not understood is one."
    table = list(_table(found, sheet))
    if table:
        yield "table:"
        yield from table
    yield "columns:"
    for one in found.columns:
        yield from _column(one)


def _table(found: Suggestion, sheet: str | None) -> Iterator[str]:
    if sheet is not None:
        yield f"  sheet: {_text(sheet)}"
    if found.dates:
        yield f"  dates: {_several(found.dates)}"
    for one in found.unsure_dates:
        yield f"  # dates: …  # {_shown(one)} may be day first, or month first"
    for key, texts in (("unknown", found.unknown), ("yes", found.yes), ("no", found.no)):
        if texts:
            yield f"  {key}: {_several(texts)}"
    for heading, cells in found.skip.items():
        yield f"  skip: {{{_text(heading)}: {_several(cells)}}}"


def _column(one: Guess) -> Iterator[str]:
    comment = f"  # {one.why}" if one.why else ""
    if not (one.values or one.not_understood or one.times or one.unit):
        yield f"  {_text(one.heading)}: {_text(one.fact)}{comment}"
        return
    yield f"  {_text(one.heading)}:"
    yield f"    fact: {_text(one.fact)}{comment}"
    if one.times is not None:
        yield f"    times: {one.times}"
    if one.unit is not None:
        yield f"    unit: {_text(one.unit)}"
    if one.values or one.not_understood:
        yield "    values:"
    for cell, likely in one.values.items():
        why = f"  # like “{_shown(likely.why)}”" if likely.why else ""
        yield f"      {_text(cell)}: {_text(likely.value)}{why}"
    for cell, (number, fitting) in list(one.not_understood.items())[:MOST_NAMED]:
        like = f", like {' and '.join(fitting)}" if fitting else ""
        yield f"      # {_text(cell)}: …  # {count(number, 'cell')}{like}"
    if more := max(len(one.not_understood) - MOST_NAMED, 0):
        yield f"      # and {more:,} more that are not understood"
    if one.more and one.not_understood:
        yield f"      # {one.more:,} rarer cells were not looked at"


def _several(texts: Sequence[str]) -> str:
    return _text(texts[0]) if len(texts) == 1 else f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """A text as YAML reads it."""
    plain = _PLAIN.match(text) is not None and text.casefold() not in _CALLED_SO and ": " not in text
    if plain and "[" not in text:
        return text
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    )
    return f'"{safe_line(escaped)}"'


def _shown(text: str) -> str:
    short = safe_line(" ".join(text.split()))
    return short if len(short) <= LONGEST_NAME else f"{short[:LONGEST_NAME]}…"
