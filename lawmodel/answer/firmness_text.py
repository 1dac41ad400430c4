"""How firm an answer is: what it turns on, what it rests on, which dates are uncertain."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from rich.console import RenderableType
from rich.text import Text

from lawmodel.answer.answer import Answer
from lawmodel.answer.console import two_columns
from lawmodel.answer.words import count, day
from lawmodel.case.values import in_words

DOUBT = {"derived": "derived, not stated", "open": "open"}


def firmness(answer: Answer, everything: bool) -> Iterable[RenderableType]:
    """What the answer turns on and rests on, the uncertain dates behind it, and which engines took part."""
    if answer.turns_on:
        yield Text("Turns on", "bold")
        yield _input_table(answer, answer.turns_on)
        yield Text()
    if answer.rests_on:
        yield Text.assemble(
            ("Rests on", "bold"), ("  taken by default or presumed; otherwise the answer could be another", "dim")
        )
        yield _input_table(answer, [(name,) for name in answer.rests_on])
        yield Text()
    for date in answer.uncertain_dates:
        means = " / ".join(answer.rulebook.questions[answer.question].outcome(name).means for name in date.possible)
        yield Text.assemble(
            ("Uncertain date  ", "bold yellow"),
            f"{date.instrument}, {day(datetime.date.fromisoformat(date.date))}, ",
            f"is {DOUBT.get(date.certainty, 'disputed')}",
            (f" ({date.remark})" if date.remark else "", "dim"),
            f". Were it otherwise on the day of the law: {means}.",
        )
        yield Text()
    presumed = [path for path in answer.presumed if path not in answer.rests_on]
    if presumed:
        names = f": {', '.join(presumed)}" if everything else " (--all lists them)"
        yield Text(f"Presumed besides, without effect on the answer: {count(len(presumed), 'fact')}{names}.", "dim")
    engines = f"Engines: {', '.join(answer.engines)}"
    yield Text(engines + (f"; without forward chaining ({answer.without})." if answer.without else "."), "dim")


def _input_table(answer: Answer, groups: Iterable[Sequence[str]]) -> RenderableType:
    table = two_columns()
    for group in groups:
        table.add_row(
            Text(f"  {' with '.join(group)}", "cyan"), Text("; ".join(_describe(answer, name) for name in group))
        )
    return table


def _describe(answer: Answer, name: str) -> str:
    rulebook = answer.rulebook
    if name in rulebook.readings:
        reading, option = rulebook.readings[name], answer.readings[name]
        if option is None:
            return f"{reading.title}  " + " / ".join(one.id for one in reading.options)
        silent = "" if answer.told_by is None else f"; {answer.told_by} is silent"
        return f"{reading.option(option).says}  ({option}, default{silent})"
    if name in answer.presumed:
        return f"{in_words(rulebook, rulebook.fact(name), answer.presumed[name])}  (presumed)"
    return rulebook.fact(_path(name)).ask


def _path(name: str) -> str:
    """The path of a fact: service[1].to is declared as service.to."""
    before, bracket, after = name.partition("[")
    return f"{before}.{after.partition('].')[2]}" if bracket else name
