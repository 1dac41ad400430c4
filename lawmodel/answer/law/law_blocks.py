"""Blocks that several entries share on a terminal: conditions, sources, laws with their date lines, readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from lawmodel.answer.law.condition_text import Line, Outline
from lawmodel.answer.law.law_parts import dateline, indented, outline, reading, section, sources, standing
from lawmodel.answer.law.law_view import LawView
from lawmodel.answer.law.standing import Standing
from lawmodel.rulebook.condition import AnyOf, Condition
from lawmodel.rulebook.model import SourceRef
from lawmodel.rulebook.uses import Node


def conditions(title: str, stated: Condition, words: Outline) -> RenderableType:
    """A condition under a title such as `Applies if`."""
    if isinstance(stated, AnyOf):
        return outline(Text.assemble((title, "bold"), " any of this is true"), words.line(stated).below)
    lines = words.lines(stated)
    remark = "all of this is true" if len(lines) > 1 else "this is true"
    return outline(Text.assemble((title, "bold"), f" {remark}"), lines)


def unwrapped(line: Line) -> tuple[Line, ...]:
    """The cases themselves, where a conclusion is nothing but cases."""
    return line.below if line.below and not line.name else (line,)


def standing_of(view: LawView, found: Standing) -> Text:
    """Whether something is law, and at which stage of the law, unless that is the ordinary one."""
    said = standing(found)
    if view.law.stage != view.rulebook.ordinary_stage:
        said.append(f"  {view.law_in_words}", "dim")
    return said


def cited_sources(view: LawView, references: Sequence[SourceRef]) -> Iterator[RenderableType]:
    """The sources of an entry, if it has any."""
    if references:
        yield section("Sources")
        yield sources(view, references)
        yield Text()


def readings_used(view: LawView, node: Node) -> Iterator[RenderableType]:
    """The readings that an entry reads, itself or through concepts."""
    names = view.uses.ids(node, "reading")
    if names:
        yield section("Readings")
        for name in names:
            yield indented(reading(view, view.rulebook.readings[name]))
            yield Text()


def laws_used(view: LawView, node: Node) -> Iterator[RenderableType]:
    """The instruments on which an entry rests, with their date lines."""
    names = view.uses.ids(node, "instrument")
    if names:
        yield section("Law", "→ from here on it counts as law")
        for name in names:
            instrument = view.rulebook.instruments[name]
            yield indented(Text.assemble((name, "cyan"), f"  {instrument.title}"))
            yield indented(standing(view.law.instrument(instrument)), 4)
            yield indented(dateline(view, instrument))
        yield Text()
