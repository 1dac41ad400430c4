"""A comparison by reading on a terminal: the sentence, the rows, and the readings behind them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawmodel.answer.comparing.comparison import Compared, Gist, ReadingComparison, ReadingRow
from lawmodel.answer.comparing.comparison_sentence import reading_sentence, readings_counted
from lawmodel.answer.words import cited, law_of

AT_DEFAULTS = {"throughout": "the defaults", "partly": "the defaults, in part", "no": ""}


def by_reading(found: ReadingComparison) -> Iterable[RenderableType]:
    """The answer under every reading that matters."""
    yield from heading(found.about, _law(found.about), readings_counted(found))
    yield from sentence(reading_sentence(found))
    if not found.matter:
        yield from _one_answer(found)
        return
    rows = "the fewest rows that tell it all" if found.fewest else "in few rows"
    yield Text.assemble(("The answer", "bold"), (f"  under every reading: {rows}", "dim"))
    yield answer_table([(_answer(found, row), _condition(found, row)) for row in found.rows])
    yield Text()
    yield from _points(found)


def _law(about: Compared) -> str:
    if about.law_date is None:
        return "law of an unknown day"
    return law_of(about.rulebook, about.stage, datetime.date.fromisoformat(about.law_date))


def heading(about: Compared, *remarks: str) -> Iterable[RenderableType]:
    """The question, the case, the law, and what was chosen."""
    yield Text(about.asked.asks, "bold")
    if about.case or about.title:
        yield Text.assemble((about.title, "italic"), ("  " if about.title else "", ""), (about.case, "dim"))
    yield Text(" · ".join(filter(None, remarks)), "dim")
    for name, option in about.chosen.items():
        says = about.rulebook.readings[name].option(option).says
        yield Text.assemble(("chosen: ", "dim"), says, (f"  {name}={option}", "dim"))
    yield Text()


def sentence(said: str) -> Iterable[RenderableType]:
    """The comparison in a sentence."""
    yield Padding(Text(said, "bold"), (0, 2))
    yield Text()


def answer_table(rows: Sequence[tuple[RenderableType, RenderableType]]) -> RenderableType:
    """Answers on the left, and when they are the answer on the right."""
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(width=38)
    table.add_column(ratio=1)
    for number, (left, right) in enumerate(rows):
        if number:
            table.add_row()
        table.add_row(left, right)
    return Padding(table, (0, 0, 0, 2))


def answered(about: Compared, gist: Gist, *remarks: str) -> RenderableType:
    """An answer: what it means, its outcomes and grounds by id, what follows besides."""
    means = "\nor ".join(about.asked.outcome(name).means for name in gist.possible)
    one = len(gist.possible) == 1
    lines = [Text(means, "bold cyan" if one else "bold yellow")]
    lines.append(Text(" · ".join([" / ".join(gist.possible), *filter(None, remarks)]), "dim"))
    lines += [
        Text(f"{'+' if certain else '?'} {about.rulebook.consequences[name].says}") for name, certain in gist.follows
    ]
    return Group(*lines)


def grounds_line(about: Compared, gist: Gist) -> Iterable[Text]:
    """The provisions that support the outcome throughout, and those that do in some of the cases held together."""
    if gist.grounds:
        yield Text.assemble(("on ", "dim"), _cited(about, gist.grounds))
    if gist.further_grounds:
        lead = "in some of these cases also on " if gist.grounds else "throughout on no one ground; between them on "
        yield Text.assemble((lead, "dim"), _cited(about, gist.further_grounds))


def _cited(about: Compared, provisions: Sequence[str]) -> Text:
    cited_with = [Text.assemble(about.rulebook.provisions[name].citation, (f" {name}", "dim")) for name in provisions]
    return Text("; ").join(cited_with)


def _answer(found: ReadingComparison, row: ReadingRow) -> RenderableType:
    return answered(found.about, row.gist, AT_DEFAULTS[row.at_defaults] if found.matter else "")


def _condition(found: ReadingComparison, row: ReadingRow) -> RenderableType:
    """The readings of a row, a line each, and the grounds."""
    lines: list[RenderableType] = []
    if row.otherwise:
        lines.append(Text("otherwise"))
    elif not row.readings:
        lines.append(Text("however it is read"))
    else:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(style="cyan", no_wrap=True, min_width=max(map(len, found.matter)))
        table.add_column()
        for name, options in row.readings.items():
            reading = found.about.rulebook.readings[name]
            others = [option.id for option in reading.options if option.id not in options]
            listed, lead = (others, "any but: ") if len(others) < len(options) else (options, "")
            for number, option in enumerate(listed):
                said = Text.assemble(reading.option(option).says, (f"  {option}", "dim"))
                table.add_row(Text("" if number else name), Text("or " if number else lead).append(said))
        lines.append(table)
    return Group(*lines, *grounds_line(found.about, row.gist))


def _one_answer(found: ReadingComparison) -> Iterable[RenderableType]:
    (row,) = found.rows
    yield answer_table([(_answer(found, row), _condition(found, row))])
    if found.bearing:
        yield Text(f"\nReadings that bear on the question: {', '.join(found.bearing)}.", "dim")


def _points(found: ReadingComparison) -> Iterable[RenderableType]:
    """The readings that matter: what is contested, what is taken by default, and who reads it how."""
    yield Text("The readings that matter", "bold")
    for name in found.matter:
        reading = found.about.rulebook.readings[name]
        yield Text.assemble("  ", (name, "cyan"), f"  {reading.title}")
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True, min_width=22)
        table.add_column(style="dim")
        for option in reading.options:
            default = " (default)" if option.id == found.defaults[name] else ""
            table.add_row(Text(f"{option.id}{default}"), Text(", ".join(map(cited, option.supported_by))))
        yield Padding(table, (0, 0, 0, 6))
    rest = [name for name in found.bearing if name not in found.matter]
    if rest:
        yield Text(f"Without effect here, however they are read: {', '.join(rest)}.", "dim")
