"""The answer under the law of every day: the stretches of days that have the same answer, and what parts them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from lawmodel.case.arguments import day_problems, raise_problems
from lawmodel.case.case import Case
from lawmodel.case.values import day_in_words, in_words
from lawmodel.inputs import FIRST_DAY, LAST_DAY, LAW_DATE, Valuation, Value, field_key
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.inquiry.law_of_each_day import Excluded, LawOfEachDay
from lawmodel.problems import Problem
from lawmodel.reasoning.comparing.day_uses import Use, day_uses
from lawmodel.reasoning.comparing.law_days import Stretch
from lawmodel.reasoning.engine_record import engines_recorded
from lawmodel.results.header import LawApplied
from lawmodel.rulebook.dateline import became_law
from lawmodel.rulebook.model import Ceases, Rulebook, Step
from lawmodel.verbs.compare.answers import Varied, answer_in_short, chosen_of
from lawmodel.verbs.compare.comparisons import Because, ComparedAnswer, DatedEvent, DayComparison, DayRow, Event
from lawmodel.verbs.compare.smallest_sets import smallest_sets
from lawmodel.verbs.compare.words import answer_in_words, day_sentence, days_in_words

ORDER: Final = Event("order", LAW_DATE, "days that are not known may lie before or after it")


def compare_dates(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> DayComparison:
    """The answer under the law of every day (from ``first`` to ``last``): what `decide` says on each.

    The dates of the case stay as they are; ``on`` is the day that is marked, in place of that of the case. Raises
    `ProblemsFound` for whatever is wrong with what is given, and for days that contradict each other whatever the day
    of the law.
    """
    raise_problems(*day_problems(first, "first"), *day_problems(last, "last"))
    if first is not None and last is not None and first > last:
        raise_problems(Problem(f"{first} comes after {last}", "Exchange them.", "first"))
    ask = Ask(rulebook, case, question, readings=readings, on=on, stage=stage)
    with engines_recorded() as engines:
        days = _Days(ask)
        marked = ask.on or days.of_case()
        rows = tuple(_rows(days, marked, first, last))
    chosen = chosen_of(ask)
    header = ask.header(days.allowed, ("evaluation", *sorted(engines)))
    law = LawApplied(None if marked is None else marked.isoformat(), ask.stage)
    return DayComparison(
        header=replace(header, law=law),
        chosen=chosen,
        sentence=day_sentence(rulebook, question, chosen, rows),
        rows=rows,
    )


def _rows(
    days: _Days, marked: datetime.date | None, first: datetime.date | None, last: datetime.date | None
) -> Iterator[DayRow]:
    found = days.stretches()
    answers = [one.answer for one in found if isinstance(one.answer, ComparedAnswer)]
    lowest = FIRST_DAY if first is None else first.toordinal()
    highest = LAST_DAY if last is None else last.toordinal()
    for number, one in enumerate(found):
        # The days at the ends of the calendar have the answer of those next to them.
        begins = one.first if number else FIRST_DAY
        ends = one.last if number + 1 < len(found) else LAST_DAY
        if begins > highest or ends < lowest:
            continue
        begins, ends = max(begins, lowest), min(ends, highest)
        before = found[number - 1] if number and one.first == begins and begins > lowest else None
        since = None if begins == FIRST_DAY else datetime.date.fromordinal(begins).isoformat()
        until = None if ends == LAST_DAY else datetime.date.fromordinal(ends).isoformat()
        excluded = one.answer.says if isinstance(one.answer, Excluded) else None
        answer = one.answer if isinstance(one.answer, ComparedAnswer) else None
        yield DayRow(
            first=since,
            last=until,
            when=days_in_words(since, until),
            answer=answer,
            says=f"cannot be decided: {excluded}" if answer is None else days.in_words(answer, answers),
            of_case=marked is not None and begins <= marked.toordinal() <= ends,
            because=() if before is None else days.because(before, one),
            excluded_by=excluded,
        )


class _Days(LawOfEachDay[ComparedAnswer]):
    """A case under the law of each day."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask, answer_in_short)
        self._question = ask.question

    def in_words(self, answer: ComparedAnswer, beside: Sequence[ComparedAnswer]) -> str:
        """An answer in words that tell it from others."""
        return answer_in_words(self._rulebook, self._question, answer, beside)

    def because(self, before: Stretch[ComparedAnswer | Excluded], now: Stretch[ComparedAnswer | Excluded]) -> Because:
        """The least that has to change from one day to the next for the new answer."""
        valued = self.valued(now.first)
        if isinstance(before.answer, Excluded) or isinstance(valued, Excluded):
            return ()
        question, uses = day_uses(self.made.question, self.moving(valued))
        varied = Varied(self.made, question)
        valuation, day = valued.valuation, now.first
        found = {
            use.key: happening
            for use in uses
            if (happening := _events(self._rulebook, self.made.stage, valuation, use, day))
        }
        values: dict[str, Value] = {**valuation.values, **{use.key: day - 1 for use in uses}}

        def suffices(group: tuple[str, ...]) -> bool:
            moved = valuation.with_values({**values, **dict.fromkeys(group, day)})
            return answer_in_short(varied, moved) == now.answer

        sets = smallest_sets(list(found), suffices)
        return tuple(tuple(one for key in group for one in found[key]) or (ORDER,) for group in sets)


# --- what is otherwise from a day on -----------------------------------------------------------------


def _events(rulebook: Rulebook, stage: str, valuation: Valuation, use: Use, day: int) -> list[Event]:
    """What is otherwise in one use of the day of the law from the day before; or may be, where that is not known."""
    match use.kind:
        case "law":
            return list(_of_instrument(rulebook, stage, use.id, datetime.date.fromordinal(day)))
        case "fact":
            return list(_of_fact(rulebook, valuation, use.id, day))
        case _:
            named = use.id if use.id != str(use.value) else day_in_words(day)
            return [Event("day", use.id, named)] if use.value in (day - 1, day) else []


def _of_instrument(rulebook: Rulebook, stage: str, name: str, day: datetime.date) -> Iterator[Event]:
    instrument = rulebook.instruments[name]
    since = became_law(rulebook, instrument, stage)
    if since is not None and since.date == day:
        reached = next(one.says for one in rulebook.stages if one.id == since.stage)
        yield _dated("begins", name, f"{instrument.title} is {reached}", since)
    if instrument.ceases is not None and instrument.ceases.date == day:
        yield _dated("ends", name, f"{instrument.title} is law no longer", instrument.ceases)
    for step in instrument.steps:
        if step.version is not None and step.date == day and since is not None and since.date < day:
            yield _dated("wording", name, f"{instrument.title} has the wording {step.version}", step)


def _dated(kind: Literal["begins", "ends", "wording"], name: str, says: str, step: Step | Ceases) -> DatedEvent:
    disputed = step.disputed_by if isinstance(step, Step) else ()
    others = [f"{other.id}{f' {other.at}' if other.at else ''} has {other.says}" for other in disputed]
    return DatedEvent(
        kind=kind,
        id=name,
        says=says,
        date=step.date.isoformat(),
        certainty="disputed" if disputed else step.certainty,
        remark="; ".join(filter(None, [step.remark, *others])) or None,
    )


def _of_fact(rulebook: Rulebook, valuation: Valuation, path: str, day: int) -> Iterator[Event]:
    def moves(value: Value) -> bool:
        return value is None or value in (day - 1, day)

    fact = rulebook.fact(path)
    if path in rulebook.facts:
        value = valuation.values[path]
        if moves(value) and not isinstance(value, tuple):
            yield Event("fact", path, in_words(rulebook, fact, value))
        return
    records, _, field = path.rpartition(".")
    listed = valuation.values[records]
    if listed is None:
        yield Event("fact", records, f"not known: {rulebook.facts[records].title}")
        return
    assert isinstance(listed, tuple)
    for number, record in enumerate(listed, 1):
        if moves(record[field]):
            says = f"{rulebook.facts[records].each} {number}: {in_words(rulebook, fact, record[field])}"
            yield Event("fact", field_key(records, number, field), says)
