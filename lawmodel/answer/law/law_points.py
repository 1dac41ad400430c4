"""Contested points on a terminal: readings, the dates that depend on them, and what one source tells."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from lawmodel.answer.law.condition_text import Line, Outline
from lawmodel.answer.law.law_blocks import cited_sources
from lawmodel.answer.law.law_parts import certainty, columns, headline, indented, labelled, outline, reading, section
from lawmodel.answer.law.law_view import Entry, LawView
from lawmodel.answer.law.used_by import used_by
from lawmodel.rulebook.model import DateSwitch, NamedDate, Reading, Telling
from lawmodel.rulebook.uses import Node


def contested_reading(view: LawView, entry: Entry, _: bool) -> Iterator[RenderableType]:
    """A reading: who reads it how, the default and why, and what depends on it."""
    one: Reading = entry.value
    yield from headline(one.title, "", entry.heading)
    yield Text()
    yield reading(view, one, heading=False)
    yield Text()
    every = [*one.sources, *(reference for option in one.options for reference in option.supported_by)]
    yield from cited_sources(view, list({(reference.id, reference.at): reference for reference in every}.values()))
    yield from used_by(view, Node("reading", entry.id))


def named_date(view: LawView, entry: Entry, _: bool) -> Iterator[RenderableType]:
    """A date that the law speaks of."""
    one: NamedDate = entry.value
    words = Outline(view.rulebook)
    yield from headline(one.title, "", entry.heading)
    yield Text()
    value = one.value
    yield labelled(
        [
            ("is", None if isinstance(value, DateSwitch) else words.day(value)),
            ("why", one.why),
            ("certainty", certainty(one.certainty)),
        ]
    )
    yield Text()
    if isinstance(value, DateSwitch):
        read = view.rulebook.readings[value.reading]
        days = {option.id: value.branches.get(option.id) or value.branches["otherwise"] for option in read.options}
        lines = [
            Line(words.day(named), option=option, default=option == read.default) for option, named in days.items()
        ]
        yield outline(Text.assemble((read.title, "bold"), (f"  reading {value.reading}", "dim")), lines)
        yield Text()
    yield from cited_sources(view, one.sources)
    yield from used_by(view, Node("date", entry.id))


def telling(view: LawView, entry: Entry, _: bool) -> Iterator[RenderableType]:
    """The law as one source tells it: the stage, the readings on which it speaks, and where."""
    one: Telling = entry.value
    stage = next(stage.says for stage in view.rulebook.stages if stage.id == one.stage)
    source = view.rulebook.sources[one.source].title
    yield from headline(one.title, "", entry.heading)
    yield Text()
    yield labelled(
        [("source", f"{one.source}  {source}"), ("stage", f"{stage}{f'  ({one.stage_at})' if one.stage_at else ''}")]
    )
    yield Text()
    silent = len(view.rulebook.readings) - len(one.readings)
    yield section("Reads", f"silent on the other {silent} readings")
    table = columns(24, 26, None, None)
    for told in one.readings:
        differs = told.option != view.rulebook.readings[told.reading].default
        option = Text(told.option, "yellow" if differs else "")
        says = told.says or view.rulebook.readings[told.reading].option(told.option).says
        table.add_row(Text(told.reading, "cyan"), option, Text(told.at, "dim"), Text(says))
    yield indented(table)
    yield Text()
    if one.remarks:
        yield section("Says besides")
        remarks = columns(24, None)
        for remark in one.remarks:
            remarks.add_row(Text(remark.at, "dim"), Text(remark.says))
        yield indented(remarks)
