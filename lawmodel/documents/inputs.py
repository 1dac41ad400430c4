"""What a case holds, in rows: where each value comes from, what is so, and its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from lawmodel.document import Column, Table, Text, faint, reading, text
from lawmodel.results.given_input import GivenInput

ORIGINS: Final[Mapping[str, str]] = {
    "given": "Given",
    "left out": "Left out",
    "presumed": "Presumed",
    "follows": "Follows",
    "unknown": "Not known",
    "chosen": "Reading",
    "default": "Reading",
}
"""Of an input: the word before it. In the order in which they are told."""
NOTHING: Final[Mapping[str, Sequence[GivenInput]]] = MappingProxyType({})
COLUMNS: Final = (Column(), Column(), Column(kind="identifier"))


def inputs_table(inputs: Iterable[GivenInput], instead: Mapping[str, Sequence[GivenInput]] = NOTHING) -> Table:
    """Inputs, a row each: given ones first, readings last; ``instead``: by name, what would do in place of one."""
    order = list(ORIGINS)
    rows: list[tuple[Text, ...]] = []
    last = ""
    for one in sorted(inputs, key=lambda held: order.index(held.origin)):
        label = ORIGINS[one.origin]
        rows.append((text(faint(label if label != last else "")), said(one), text(one.name)))
        rows += [
            (text(), text("(or, in its place: ", other.in_words, ")"), text(other.name))
            for other in instead.get(one.name, ())
        ]
        last = label
    return Table(COLUMNS, tuple(rows))


def said(one: GivenInput) -> Text:
    """What is so; a reading by its name, with how it was chosen."""
    if one.kind != "reading":
        return text(one.in_words)
    return text(reading(one.name, one.name), f" ({one.origin}): {one.says}")
