"""Instruments, stages and sources on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from lawmodel.answer.law.law_blocks import cited_sources, standing_of
from lawmodel.answer.law.law_parts import UNCERTAIN, columns, dateline, headline, indented, labelled, section
from lawmodel.answer.law.law_view import Entry, LawView
from lawmodel.answer.law.used_by import used_by
from lawmodel.answer.words import day
from lawmodel.rulebook.dateline import became_law
from lawmodel.rulebook.model import Instrument, Source, Stage
from lawmodel.rulebook.uses import Node, citations


def instrument(view: LawView, entry: Entry, _: bool) -> Iterator[RenderableType]:
    """A law or decree: its date line, what counts on the day asked for, and the provisions it bears on."""
    one: Instrument = entry.value
    yield from headline(one.title, "", entry.heading)
    yield Text()
    yield labelled([(f"on {day(view.law.date)}", standing_of(view, view.law.instrument(one))), ("remark", one.remark)])
    yield Text()
    yield section("Date line", "→ from here on it counts as law")
    yield dateline(view, one)
    yield Text()
    yield from cited_sources(view, one.sources)
    yield from used_by(view, Node("instrument", entry.id))


def source(view: LawView, entry: Entry, _: bool) -> Iterator[RenderableType]:
    """A source, and every place that cites it."""
    one: Source = entry.value
    yield from headline(one.title, "", entry.heading)
    yield Text()
    yield labelled([("kind", one.kind), ("date", None if one.date is None else day(one.date)), ("remark", one.remark)])
    yield Text()
    found = [cited for cited in citations(view.rulebook) if cited.source.id == entry.id]
    yield section("Cited by" if found else "Cited by nothing")
    table = columns(12, None, None, None)
    for cited in sorted(found, key=lambda cited: _by_number(cited.source.at or "")):
        place = Text(cited.source.at or "as a whole", "dim")
        table.add_row(Text(cited.kind, "dim"), Text(cited.id, "cyan"), Text(cited.part or ""), place)
    yield indented(table)


def _by_number(place: str) -> list[tuple[int, str]]:
    """A key that puts L3 before L10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]{1,9})", place)]


def stage(view: LawView, entry: Entry, _: bool) -> Iterator[RenderableType]:
    """A stage of the law, and since when each instrument counts as law at it."""
    one: Stage = entry.value
    order = [stage.id for stage in view.rulebook.stages]
    place = f"{order.index(one.id) + 1} of {len(order)}: {' → '.join(order)}"
    yield from headline(one.says, "", entry.heading)
    yield Text()
    yield indented(Text(place, "dim"))
    yield Text()
    yield section("As if every bill that had got so far were law", "since when each instrument counts")
    says = {stage.id: stage.says for stage in view.rulebook.stages}
    table = columns(28, 20, None, 10)
    for name, instrument in view.rulebook.instruments.items():
        step = became_law(view.rulebook, instrument, one.id)
        if step is None:
            table.add_row(Text(name, "cyan"), Text("not at all", "dim"))
        else:
            doubt = "yellow" if step.certainty in UNCERTAIN else "dim"
            table.add_row(Text(name, "cyan"), Text(day(step.date)), Text(says[step.stage]), Text(step.certainty, doubt))
    yield indented(table)
