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
    yield Text(asked.asks, "bold")
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for style in ("bold", "dim", "", "dim"):
        table.add_column(style=style, overflow="fold")
    by_name: dict[str, ToldView] = {}
    for one in told:
        name = TEXT if one.telling is None else one.telling.id
        by_name[name] = one
        grounds = ", ".join(ground.id for ground in one.answer.grounds)
        table.add_row(name, _stage_says(rulebook, one.telling), _concluded(one.answer), grounds)
    yield table
    quiet = list(silent)
    if quiet:
        yield Text(f"Silent on this question: {', '.join(quiet)}.", "dim")
    apart = list(partings)
    yield Text()
    if len(by_name) == 1:
        yield Text("No source speaks of it.")
    elif not apart:
        yield Text("All conclude alike.")
    for parting in (one for one in apart if one.other == TEXT):
        yield from _parting(rulebook, parting, by_name)
    among = [one for one in apart if one.other != TEXT]
    if among:
        yield Text("Between the sources", "bold")
        for parting in among:
            telling, against = by_name[parting.one].telling, by_name[parting.other].telling
            over = " or ".join(
                " with ".join(
                    f"{name} ({_taken(rulebook, against, name)} / {_taken(rulebook, telling, name)})" for name in group
                )
                for group in parting.over
            )
            yield Text.assemble(f"  {parting.other} and {parting.one} part over ", (over, "cyan"))
    yield Text()


def _concluded(answer: Answer) -> Text:
    """The possible outcomes, and below them what follows besides."""
    asked = answer.rulebook.questions[answer.question]
    means = " / ".join(asked.outcome(outcome).means for outcome in answer.possible)
    concluded = Text(means, "cyan" if answer.determined else "yellow")
    for one in answer.consequences:
        concluded.append(f"\n{'+' if one.certain else '?'} {one.says}", "" if one.certain else "yellow")
    return concluded


def _parting(rulebook: Rulebook, parting: PartingView, by_name: dict[str, ToldView]) -> Iterable[RenderableType]:
    telling = by_name[parting.one].telling
    assert telling is not None
    for number, group in enumerate(parting.over):
        yield Text.assemble("or over" if number else Text.assemble((parting.one, "bold"), " parts from the text over"))
        for place, name in enumerate(group):
            lead = "  " if place == 0 else "  and "
            yield Text.assemble(lead, (name, "cyan"), f": {_told(rulebook, telling, name)}")


def _told(rulebook: Rulebook, telling: Telling, name: str) -> str:
    """How a source takes a reading (or the stage), and how the text is taken."""
    if name == STAGE:
        at = f" ({telling.source} {telling.stage_at})" if telling.stage_at else ""
        return f"law is what is {_stage_says(rulebook, telling)}{at}; the text: {_stage_says(rulebook, None)}"
    reading = rulebook.readings[name]
    standard = "open" if reading.default is None else f"{reading.default}: {reading.option(reading.default).says}"
    told = next(one for one in telling.readings if one.reading == name)
    words = f" “{told.says}”" if told.says else ""
    says = reading.option(told.option).says
    return f"{told.option}: {says} ({telling.source} {told.at}{words}); the text {standard}"


def _taken(rulebook: Rulebook, telling: Telling | None, name: str) -> str:
    """The option of a reading (or the stage) that a source takes, its own or the default."""
    if name == STAGE:
        return rulebook.ordinary_stage if telling is None else telling.stage
    chosen = {} if telling is None else telling.chosen()
    return chosen.get(name) or rulebook.readings[name].default or "open"


def _stage_says(rulebook: Rulebook, telling: Telling | None) -> str:
    stage = rulebook.ordinary_stage if telling is None else telling.stage
    return next(one.says for one in rulebook.stages if one.id == stage)
