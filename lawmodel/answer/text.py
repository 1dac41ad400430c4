"""An answer on a terminal: aligned, coloured where colour is wanted, in the law's words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawmodel.answer.answer import Answer
from lawmodel.answer.consequence_text import brought
from lawmodel.answer.console import write
from lawmodel.answer.distinction_text import distinguished
from lawmodel.answer.firmness_text import firmness
from lawmodel.answer.provision_text import applying, failing_ones, open_ones
from lawmodel.answer.words import count, law_of
from lawmodel.rulebook.model import Rulebook


def show(answer: Answer, to: Console, *, brief: bool = False, everything: bool = False) -> None:
    """Write an answer: the conclusion alone if ``brief``; with what fails spelled out if ``everything``."""
    write(to, _brief(answer) if brief else _parts(answer, everything))


def _brief(answer: Answer) -> Iterable[RenderableType]:
    yield Text.assemble((_said(answer), "bold"), (f"   {_ground_names(answer)}" if answer.grounds else "", "dim"))
    if not answer.determined:
        yield Text(f"turns on {_inputs(answer, answer.turns_on)}")


def _ground_names(answer: Answer) -> str:
    return ", ".join(ground.id for ground in answer.grounds)


def _parts(answer: Answer, everything: bool) -> Iterable[RenderableType]:
    yield from verdict(answer)
    yield Text()
    if answer.distinction is not None:
        yield from distinguished(answer)
    yield from applying(answer)
    yield from brought(answer)
    yield from failing_ones(answer, everything)
    yield from open_ones(answer)
    yield from firmness(answer, everything)


def verdict(answer: Answer) -> Iterable[RenderableType]:
    """The question, the case, and what the answer comes to."""
    yield Text(answer.rulebook.questions[answer.question].asks, "bold")
    if answer.case or answer.title:
        yield Text.assemble((answer.title, "italic"), ("  " if answer.title else "", ""), (answer.case, "dim"))
    yield Text()
    yield Padding(_verdict(answer), (0, 0, 0, 2))


def _said(answer: Answer) -> str:
    question = answer.rulebook.questions[answer.question]
    if answer.outcome is not None:
        outcome = question.outcome(answer.outcome)
        return f"{outcome.says.upper()}: {outcome.means}" if outcome.says else outcome.means
    return "IT DEPENDS: " + " / ".join(question.outcome(name).means for name in answer.possible)


def _verdict(answer: Answer) -> RenderableType:
    colour = "bold cyan" if answer.determined else "bold yellow"
    ids = answer.outcome or " or ".join(answer.possible)
    counts = []
    if answer.grounds:
        counts.append(count(len(answer.grounds), "ground"))
    readings = [name for name in answer.rests_on if name in answer.rulebook.readings]
    presumed = len(answer.rests_on) - len(readings)
    if readings:
        counts.append(f"rests on {count(len(readings), 'reading')} taken by default")
    if presumed:
        counts.append(f"rests on {count(presumed, 'presumed fact')}")
    if not answer.rests_on and answer.determined:
        counts.append("rests on no default and no presumption")
    counts.append(
        "nothing left open could change it"
        if answer.determined
        else f"turns on {count(len(answer.turns_on), 'open point')}"
    )
    return Group(
        Text.assemble((_said(answer), colour), (f"   {ids}", "dim")),
        Text(f"{_law(answer)} · {' · '.join(counts)}", "dim"),
    )


def _law(answer: Answer) -> str:
    if answer.law_date is None:
        said = "law of an unknown day"
    else:
        said = law_of(answer.rulebook, answer.stage, datetime.date.fromisoformat(answer.law_date))
    return said if answer.told_by is None else f"as told by {answer.told_by}: {said}"


def _inputs(answer: Answer, groups: Iterable[Sequence[str]]) -> str:
    return ", ".join(" with ".join(group) for group in groups)


def show_rows(answers: Sequence[Answer], to: Console, title: str = "") -> None:
    """Write many answers, a line each, under the name of their file; ``title`` in its place where there is one file."""
    widest = max(len(_row_name(answer)) for answer in answers)
    for file, inside in groupby(answers, key=lambda answer: answer.case.partition("#")[0]):
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(min_width=widest, no_wrap=True)
        table.add_column(style="dim", min_width=12, no_wrap=True)
        table.add_column()
        table.add_column(style="dim")
        for answer in inside:
            said = answer.outcome or " / ".join(answer.possible)
            why = _ground_names(answer) if answer.determined else f"turns on {_inputs(answer, answer.turns_on)}"
            style = "cyan" if answer.determined else "yellow"
            table.add_row(Text(_row_name(answer)), answer.question, Text(said, style), Text(why))
        write(to, [Text(title or file, "bold"), Padding(table, (0, 0, 0, 2))])


def _row_name(answer: Answer) -> str:
    return answer.case.partition("#")[2] or "base"


def show_feed(
    rulebook: Rulebook,
    question: str,
    outcome: str,
    says: str,
    changed: Sequence[tuple[Answer, Answer]],
    to: Console,
) -> None:
    """Write what an outcome, once it has led to something, changes in the answers to other questions."""
    asked = rulebook.questions[question]
    heading = Text.assemble(
        ("Feeds the other answers  ", "bold"), f"{asked.title}: {asked.outcome(outcome).means}. If {says}:"
    )
    table = Table(box=None, padding=(0, 2, 0, 2), show_header=False)
    for style in ("dim", "", "", "cyan"):
        table.add_column(style=style, overflow="fold")
    for before, after in changed:
        table.add_row(after.question, _gist(before), "→", _gist(after))
    write(to, [heading, table if changed else Text("  nothing changes", "dim"), Text()])


def _gist(answer: Answer) -> str:
    """An answer in a few words: its outcomes and grounds."""
    asked = answer.rulebook.questions[answer.question]
    means = " / ".join(asked.outcome(name).means for name in answer.possible)
    return f"{means} ({_ground_names(answer)})" if answer.grounds else means
