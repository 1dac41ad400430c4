"""What readers of each source would conclude, side by side, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from lawmodel.answer.answer import Answer
from lawmodel.rulebook.model import Rulebook, Telling


class ToldView(Protocol):
    """What is shown of one source."""

    @property
    def telling(self) -> Telling | None:
        """None: the text."""

    @property
    def answer(self) -> Answer:
        """What its reader would conclude."""

    @property
    def speaks(self) -> tuple[str, ...]:
        """The readings on which it speaks."""


class PartingView(Protocol):
    """What is shown of two that part."""

    @property
    def one(self) -> str:
        """The one."""

    @property
    def other(self) -> str:
        """The other."""

    @property
    def over(self) -> tuple[tuple[str, ...], ...]:
        """What makes them part."""


TEXT = "text"
STAGE = "stage"


def told_side_by_side(
    rulebook: Rulebook,
    question: str,
    told: Iterable[ToldView],
    silent: Iterable[str],
    partings: Iterable[PartingView],
) -> Iterable[RenderableType]:
    """A table of conclusions, then what makes them part."""
    asked = rulebook.questions[question]
    stages = {stage.id: stage.says for stage in rulebook.stages}
    yield Text(asked.asks, "bold")
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for style in ("bold", "dim", "", "dim"):
        table.add_column(style=style, overflow="fold")
    by_name: dict[str, ToldView] = {}
    for one in told:
        name = TEXT if one.telling is None else one.telling.id
        by_name[name] = one
        stage = rulebook.ordinary_stage if one.telling is None else one.telling.stage
        means = " / ".join(asked.outcome(outcome).means for outcome in one.answer.possible)
        grounds = ", ".join(ground.id for ground in one.answer.grounds)
        table.add_row(name, stages[stage], Text(means, "cyan" if one.answer.determined else "yellow"), grounds)
    yield table
    quiet = list(silent)
    if quiet:
        yield Text(f"Silent on this question: {', '.join(quiet)}.", "dim")
    apart = list(partings)
    yield Text()
    if not apart:
        yield Text("All conclude alike.")
    for parting in (one for one in apart if one.other == TEXT):
        yield from _parting(rulebook, parting, by_name)
    among = [one for one in apart if one.other != TEXT]
    if among:
        yield Text("Between the articles", "bold")
        for parting in among:
            over = " or ".join(" with ".join(group) for group in parting.over)
            yield Text.assemble(f"  {parting.other} and {parting.one} part over ", (over, "cyan"))
    yield Text()


def _parting(rulebook: Rulebook, parting: PartingView, by_name: dict[str, ToldView]) -> Iterable[RenderableType]:
    telling = by_name[parting.one].telling
    assert telling is not None
    yield Text.assemble((parting.one, "bold"), " parts from the text over")
    for group in parting.over:
        for place, name in enumerate(group):
            lead = "  " if place == 0 else "  and "
            yield Text.assemble(lead, (name, "cyan"), f": {_told(rulebook, telling, name)}")


def _told(rulebook: Rulebook, telling: Telling, name: str) -> str:
    if name == STAGE:
        at = f" ({telling.source} {telling.stage_at})" if telling.stage_at else ""
        return f"it takes the law at the stage {telling.stage}{at}; the text, as it is in force"
    reading = rulebook.readings[name]
    standard = "open" if reading.default is None else f"{reading.default}: {reading.option(reading.default).says}"
    for told in telling.readings:
        if told.reading == name:
            words = f" “{told.says}”" if told.says else ""
            says = reading.option(told.option).says
            return f"{told.option}: {says} ({telling.source} {told.at}{words}); the text {standard}"
    return f"the text {standard}"
