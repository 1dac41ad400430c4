"""Entries of a rulebook on a terminal: a provision, a reading, a concept, a fact, whatever has an id."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from rich.console import Console, RenderableType
from rich.text import Text

from lawmodel.answer.console import write
from lawmodel.answer.law.fact_text import choices, fact
from lawmodel.answer.law.law_instruments import instrument, source, stage
from lawmodel.answer.law.law_points import contested_reading, named_date, telling
from lawmodel.answer.law.law_questions import outcome, question
from lawmodel.answer.law.law_rules import concept, conclusion, consequence, provision
from lawmodel.answer.law.law_view import Entry, LawView
from lawmodel.answer.law.property_text import stated_property

RENDERED: Final[Mapping[str, Callable[[LawView, Entry, bool], Iterator[RenderableType]]]] = {
    "question": question,
    "provision": provision,
    "concept": concept,
    "conclusion": conclusion,
    "consequence": consequence,
    "reading": contested_reading,
    "date": named_date,
    "telling": telling,
    "property": stated_property,
    "instrument": instrument,
    "source": source,
    "choices": choices,
    "fact": fact,
    "stage": stage,
    "outcome": outcome,
}
"""How an entry of each kind is shown; the last argument asks for concepts to be spelled out."""


def show_entries(view: LawView, entries: Sequence[Entry], to: Console, *, spelled_out: bool = False) -> None:
    """Write entries one after the other; with every concept spelled out where it is used, if so wanted."""
    for number, entry in enumerate(entries):
        if number:
            write(to, [Text()])
        write(to, RENDERED[entry.kind](view, entry, spelled_out))
