"""What is otherwise from a day on: instruments that become law, cease or change their wording; facts of a case."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from lawmodel.answer.comparing.comparison_of_law import Change
from lawmodel.case.values import day_in_words, in_words
from lawmodel.inputs import Valuation, Value, field_key
from lawmodel.reasoning.comparing.day_uses import Use
from lawmodel.rulebook.dateline import became_law
from lawmodel.rulebook.model import Ceases, Rulebook, Step


def changes(rulebook: Rulebook, stage: str, valuation: Valuation, use: Use, day: int) -> list[Change]:
    """What changes in one use of the day of the law, from the day before to this day; or may, where it is not known."""
    match use.kind:
        case "law":
            return list(_of_instrument(rulebook, stage, use.id, datetime.date.fromordinal(day)))
        case "fact":
            return list(_of_fact(rulebook, valuation, use.id, day))
        case _:
            named = use.id if use.id != str(use.value) else day_in_words(day)
            return [Change("day", use.id, named)] if use.value in (day - 1, day) else []


def _of_instrument(rulebook: Rulebook, stage: str, name: str, day: datetime.date) -> Iterator[Change]:
    instrument = rulebook.instruments[name]
    since = became_law(rulebook, instrument, stage)
    if since is not None and since.date == day:
        reached = next(one.says for one in rulebook.stages if one.id == since.stage)
        yield _dated("begins", name, f"{name} is {reached}", since)
    if instrument.ceases is not None and instrument.ceases.date == day:
        yield _dated("ends", name, f"{name} is law no longer", instrument.ceases)
    for step in instrument.steps:
        if step.version is not None and step.date == day and since is not None and since.date < day:
            yield _dated("wording", name, f"{name} has the wording {step.version}", step)


def _dated(kind: str, name: str, says: str, step: Step | Ceases) -> Change:
    disputed = step.disputed_by if isinstance(step, Step) else ()
    others = [f"{other.id}{f' {other.at}' if other.at else ''} has {other.says}" for other in disputed]
    return Change(
        kind=kind,  # type: ignore[arg-type]
        id=name,
        says=says,
        date=step.date.isoformat(),
        certainty="disputed" if disputed else step.certainty,
        remark="; ".join(filter(None, [step.remark, *others])) or None,
    )


def _of_fact(rulebook: Rulebook, valuation: Valuation, path: str, day: int) -> Iterator[Change]:
    def moves(value: Value) -> bool:
        return value is None or value in (day - 1, day)

    fact = rulebook.fact(path)
    if path in rulebook.facts:
        value = valuation.values[path]
        if moves(value) and not isinstance(value, tuple):
            yield Change("fact", path, in_words(rulebook, fact, value))
        return
    records, _, field = path.rpartition(".")
    listed = valuation.values[records]
    if listed is None:
        yield Change("fact", records, f"not known: {rulebook.facts[records].title}")
        return
    assert isinstance(listed, tuple)
    for number, record in enumerate(listed, 1):
        if moves(record[field]):
            says = f"{rulebook.facts[records].each} {number}: {in_words(rulebook, fact, record[field])}"
            yield Change("fact", field_key(records, number, field), says)
