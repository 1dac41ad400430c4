"""The contested points on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, RenderableType
from rich.text import Text

from lawmodel.answer.console import write
from lawmodel.answer.law.contested import DoubtfulDate, doubtful_dates
from lawmodel.answer.law.law_parts import columns, indented, reading, section
from lawmodel.answer.law.law_view import LawView
from lawmodel.answer.words import cited, count, day
from lawmodel.rulebook.uses import Node


def show_contested(view: LawView, to: Console) -> None:
    """Write every reading with its options and supporters, and every date that is not certain."""
    write(to, _parts(view))


def _parts(view: LawView) -> Iterable[RenderableType]:
    readings = view.rulebook.readings
    still_open = sum(one.default is None for one in readings.values())
    yield Text.assemble(("Contested", "bold"), f"  {view.rulebook.title}")
    yield Text(f"{count(len(readings), 'reading')}, {still_open} open", "dim")
    yield Text()
    for one in readings.values():
        yield reading(view, one)
        provisions = view.uses.provisions(Node("reading", one.id))
        if provisions:
            yield indented(Text(f"bears on {', '.join(provisions)}", "dim"))
        yield Text()
    dates = list(doubtful_dates(view))
    yield from _dates(view, "Dates on which sources differ", [one for one in dates if one.disputed_by])
    yield from _dates(view, "Dates derived or open", [one for one in dates if one.uncertain and not one.disputed_by])
    remarked = [one for one in dates if not one.uncertain and not one.disputed_by]
    yield from _dates(view, "Dates with a remark", remarked)


def _dates(view: LawView, title: str, dates: Sequence[DoubtfulDate]) -> Iterator[RenderableType]:
    if not dates:
        return
    says = {stage.id: stage.says for stage in view.rulebook.stages}
    yield section(title)
    table = columns(24, 20, 22, None)
    for date in dates:
        stage = "law no longer" if date.stage is None else says[date.stage]
        said = Text(date.remark or "")
        said.append(f"{'  ' if date.remark else ''}{', '.join(cited(one) for one in date.sources)}", "dim")
        for other in date.disputed_by:
            said.append(f"\n{other.id}{f' {other.at}' if other.at else ''}: {other.says}", "yellow")
        certainty = Text(f"\n{date.certainty}", "yellow" if date.uncertain else "dim")
        table.add_row(Text(date.instrument, "cyan"), Text.assemble(day(date.date), certainty), Text(stage), said)
    yield indented(table)
    yield Text()
