"""Comparisons by day, by stage and by telling on a terminal."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawmodel.answer.comparing.comparison import Compared
from lawmodel.answer.comparing.comparison_of_law import Change, DayComparison, DayRow, StageComparison, StageRow
from lawmodel.answer.comparing.comparison_of_law_sentence import (
    day_sentence,
    days_in_words,
    stage_sentence,
    telling_sentence,
)
from lawmodel.answer.comparing.comparison_of_tellings import Parted, TellingComparison, TellingRow
from lawmodel.answer.comparing.comparison_sentence import capital
from lawmodel.answer.comparing.comparison_text import answer_table, answered, grounds_line, heading, sentence
from lawmodel.answer.words import day

TEXT = "text"
STAGE = "stage"


def by_date(found: DayComparison) -> Iterable[RenderableType]:
    """The answer under the law of every day."""
    about = found.about
    marked = "the day of the case is not known"
    if about.law_date is not None:
        marked = f"the case is of {day(datetime.date.fromisoformat(about.law_date))}"
    yield from heading(about, _stage(about), marked)
    yield from sentence(day_sentence(found))
    yield answer_table([(_days(row), _on_days(about, row)) for row in found.rows])


def _stage(about: Compared) -> str:
    if about.stage == about.rulebook.ordinary_stage:
        return "the law of every day"
    says = next(stage.says for stage in about.rulebook.stages if stage.id == about.stage)
    return f"the law of every day, as if every bill {says} by then were law"


def _days(row: DayRow) -> RenderableType:
    said = Text(capital(days_in_words(row)), "bold")
    return Group(said, Text("the day of the case", "dim")) if row.of_case else said


def _on_days(about: Compared, row: DayRow) -> RenderableType:
    if row.gist is None:
        return Text(f"it cannot be decided: {row.excluded_by}", "dim")
    lines: list[RenderableType] = [answered(about, row.gist), *grounds_line(about, row.gist)]
    for number, together in enumerate(row.because):
        for place, change in enumerate(together):
            lead = "or because " if number and not place else "and " if place else "because "
            lines.append(Text.assemble((lead, "dim"), *_changed(about, change)))
    return Group(*lines)


def _changed(about: Compared, change: Change) -> Iterator[tuple[str, str]]:
    yield change.says, ""
    if change.kind in ("begins", "ends", "wording"):
        yield f" ({change.certainty})", "yellow" if change.doubtful else "dim"
        if change.remark:
            yield f": {change.remark}", "dim"
        yield f"  {about.rulebook.instruments[change.id].title}", "dim"


def by_stage(found: StageComparison) -> Iterable[RenderableType]:
    """The answer as if bills were law, stage by stage."""
    about = found.about
    known = about.law_date is not None
    when = f"bills as they stood on {day(datetime.date.fromisoformat(str(about.law_date)))}" if known else ""
    yield from heading(about, when or "the day of the case is not known")
    yield from sentence(stage_sentence(found))
    yield answer_table([(_stages(about, row), _at_stages(about, row)) for row in found.rows])


def _stages(about: Compared, row: StageRow) -> RenderableType:
    says = [stage.says for stage in about.rulebook.stages if stage.id in row.stages]
    lines = [Text(one, "bold") for one in says]
    return Group(*lines, Text("the law that is in force", "dim")) if row.of_case else Group(*lines)


def _at_stages(about: Compared, row: StageRow) -> RenderableType:
    lines: list[RenderableType] = [answered(about, row.gist), *grounds_line(about, row.gist)]
    says = {stage.id: stage.says for stage in about.rulebook.stages}
    for number, together in enumerate(row.because):
        for place, name in enumerate(together):
            lead = "or because " if number and not place else "and " if place else "because "
            step = row.reached[name]
            got = "had not got as far"
            if step is not None:
                got = f"had only been {says[step[0]]} ({day(datetime.date.fromisoformat(step[1]))})"
            title = (f"  {about.rulebook.instruments[name].title}", "dim")
            lines.append(Text.assemble((lead, "dim"), f"{name} {got}", title))
    return Group(*lines)


def by_telling(found: TellingComparison) -> Iterable[RenderableType]:
    """What readers of each source would conclude, those together that conclude alike."""
    about = found.about
    yield from heading(about, "as each source tells the law")
    yield from sentence(telling_sentence(found))
    yield answer_table([(answered(about, row.gist), _tellings(found, row)) for row in found.rows])
    if found.silent:
        yield Text(f"\nSilent on this question: {', '.join(found.silent)}.", "dim")
    if found.partings:
        yield Text("\nOver what they part", "bold")
        yield _partings(found)


def _tellings(found: TellingComparison, row: TellingRow) -> RenderableType:
    about = found.about
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name in row.tellings:
        telling = about.rulebook.tellings.get(name)
        title = "the text, with the defaults" if telling is None else telling.title
        table.add_row(Text(name), Text.assemble(title, (f"  {_stage_says(found, name)}", "dim")))
    return Group(table, *grounds_line(about, row.gist))


def _partings(found: TellingComparison) -> RenderableType:
    """For each smallest set of differences the tellings on either side, and how each takes them."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="cyan", max_width=36)
    table.add_column(ratio=1)
    for one in found.partings:
        sides = [list(dict.fromkeys(side)) for side in zip(*one.pairs, strict=True)]
        table.add_row(Text(" with ".join(one.over)), _against(found, one, sides))
    return Padding(table, (0, 0, 0, 2))


def _against(found: TellingComparison, one: Parted, sides: list[list[str]]) -> Text:
    said = []
    for side in sides:
        taken: dict[str, list[str]] = {}
        for name in side:
            taken.setdefault(", ".join(_taken(found, name, point) for point in one.over), []).append(name)
        said.append(
            Text("; ").join([Text.assemble(how, (f" ({', '.join(who)})", "dim")) for how, who in taken.items()])
        )
    return Text(" against ", "dim").join(said)


def _taken(found: TellingComparison, name: str, point: str) -> str:
    """How a telling takes a reading, its own or the default, or the stage."""
    if point == STAGE:
        return _stage_says(found, name)
    telling = found.about.rulebook.tellings.get(name)
    chosen = {} if telling is None else telling.chosen()
    return chosen.get(point) or found.about.rulebook.readings[point].default or "open"


def _stage_says(found: TellingComparison, name: str) -> str:
    return next(one.says for one in found.about.rulebook.stages if one.id == found.stages[name])
