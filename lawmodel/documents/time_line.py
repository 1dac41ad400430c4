"""The time line of an answer: the law that bears on it, the records and the days of the case, on one axis.

Which lanes there are follows from what the rulebook declares: its instruments, its lists of records, its facts that
are days, and its rules of consistency, by which a day that is not known lies between others.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from lawmodel.answer.answer import Answer
from lawmodel.case.valuation import day_by_name
from lawmodel.case.values import in_words
from lawmodel.dataclass import dataclass
from lawmodel.document import DayRange, Lane, LaneMark, LaneSpan, Text, TimeLine, faint, strong, text
from lawmodel.inputs import (
    AFTER_EVERY_DAY,
    BEFORE_EVERY_DAY,
    FIRST_DAY,
    LAST_DAY,
    DayBounds,
    GivenRecord,
    Record,
    Value,
    field_key,
    is_calendar_day,
)
from lawmodel.rulebook.dateline import became_law, is_doubtful
from lawmodel.rulebook.model import Fact, Instrument, Rulebook, Step
from lawmodel.words.law import DATE_CERTAINTY, day, law_of
from lawmodel.words.outcomes import predicates


def timeline_of(answer: Answer) -> TimeLine | None:
    """What was when: the lanes of an answer; None where neither the case nor the law behind it names a day."""
    if answer.header.case is None:
        return None
    on = None if answer.law_date is None else datetime.date.fromisoformat(answer.law_date)
    days = _Days(answer, answer.works_out.values())
    lanes = (*_by_day(answer, on), *_instruments(answer), *days.records(), *days.single())
    dated = any(lane.spans or lane.marks for lane in lanes)
    says = () if on is None else text(faint(law_of(answer.rulebook, answer.stage, answer.law_date)))
    return TimeLine("What was when", lanes, on, says) if dated else None


# --- the answer, and the law --------------------------------------------------------------------------------------


def _by_day(answer: Answer, on: datetime.date | None) -> Iterator[Lane]:
    """The answer under the law of each day, where it changes."""
    spans = []
    for one in answer.by_day:
        says = predicates(answer.rulebook, answer.question, one.possible) or "cannot be decided"
        since = None if one.first is None else f"from {day(one.first)}"
        until = None if one.last is None else f"until {day(one.last)}"
        here = on is not None and (one.first is None or one.first <= on) and (one.last is None or on <= one.last)
        first, last = (None if each is None else _on(each) for each in (one.first, one.last))
        when = faint(f", {' '.join(filter(None, (since, until)))}")
        spans.append(LaneSpan(first, last, text(strong(says) if here else says, when)))
    if len(spans) > 1:
        yield Lane(text("The answer, by the law of each day"), tuple(spans))


def _instruments(answer: Answer) -> Iterator[Lane]:
    """The instruments behind the provisions that matter, and those on whose days the answer changes."""
    rulebook = answer.rulebook
    steps = [answer.step_of(name) for name in (*(one.id for one in answer.grounds), *answer.possible_grounds)]
    named = dict.fromkeys(str(one.id) for step in steps for one in step.walk() if one.kind == "law")
    named |= dict.fromkeys(one.instrument for one in answer.uncertain_dates)
    named |= dict.fromkeys(one.instrument for one in answer.pending_law)
    changes = {one.first for one in answer.by_day} - {None}
    for name, instrument in rulebook.instruments.items():
        since = became_law(rulebook, instrument, answer.stage)
        if name in named or (since is not None and since.date in changes):
            yield instrument_lane(rulebook, answer.stage, instrument)


def instrument_lane(rulebook: Rulebook, stage: str, instrument: Instrument) -> Lane:
    """The date line of an instrument, and since when it counts as law for bills that reached a stage."""
    since = became_law(rulebook, instrument, stage)
    stages = {one.id: one.says for one in rulebook.stages}
    marks = [
        LaneMark(
            _on(step.date),
            text(faint(f"{day(step.date)}  "), f"{stages[step.stage]}{_wording(step)}{_doubt(step)}"),
            is_step=since is None or step.date < since.date,
            is_doubtful=is_doubtful(step),
        )
        for step in instrument.steps
    ]
    spans: tuple[LaneSpan, ...] = ()
    ceases = instrument.ceases
    if ceases is not None:
        said = text(faint(f"{day(ceases.date)}  "), f"law no longer{_how(ceases.certainty)}")
        marks.append(LaneMark(_on(ceases.date), said, is_step=True, is_doubtful=is_doubtful(ceases)))
    if since is not None:
        until = None if ceases is None else _on(ceases.date - datetime.timedelta(days=1))
        spans = (LaneSpan(_on(since.date), until, is_law=True),)
    return Lane(text(instrument.title), spans, tuple(marks))


def _wording(step: Step) -> str:
    return "" if step.version is None else f", wording {step.version}"


def _doubt(step: Step) -> str:
    return " (disputed)" if step.disputed_by else _how(step.certainty)


def _how(certainty: str) -> str:
    return "" if certainty in ("text", "report") else f" ({DATE_CERTAINTY[certainty]})"


# --- the case -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a case."""

    answer: Answer
    values: Mapping[str, Value]

    @property
    def _rulebook(self) -> Rulebook:
        return self.answer.rulebook

    def records(self) -> Iterator[Lane]:
        """A lane for each record that has days."""
        case = self.answer.header.case
        for path, fact in self._rulebook.facts.items():
            listed = self.values[path]
            if fact.sort != "records" or not isinstance(listed, tuple) or case is None or path not in case.facts:
                continue
            given = case.facts[path]
            assert isinstance(given, tuple)
            for number, (record, stated) in enumerate(zip(listed, given, strict=True), 1):
                lane = self._record(fact, number, record, stated)
                if lane.spans or lane.marks:
                    yield lane

    def _record(self, fact: Fact, number: int, record: Record, stated: GivenRecord) -> Lane:
        begin, end = ends_of(self._rulebook, fact)
        lasts = begin is not None and end is not None and _is_day(record[begin]) and _is_day(record[end])
        title = f"{fact.each} {number}"
        remark: list[str] = []
        marks: list[LaneMark] = []
        for one in fact.of:
            value = record[one.id]
            if one.sort != "date":
                remark += [in_words(self._rulebook, one, value)] if one.id in stated else []
            elif lasts and one.id in (begin, end):
                continue
            elif is_calendar_day(value) or (value is None and self._is_asked(fact.id, number, one.id, stated)):
                marks.append(self._mark(one, value, self._between(f"{fact.id}.{one.id}", record, stated.get(one.id))))
            elif one.id in stated:
                remark.append(in_words(self._rulebook, one, value))
        spans: tuple[LaneSpan, ...] = ()
        if lasts and begin is not None and end is not None:
            spans = (self._span(fact, begin, end, record, stated),)
        return Lane(text(f"{title[:1].upper()}{title[1:]}"), spans, tuple(marks), text(", ".join(remark)))

    def _is_asked(self, records: str, number: int, name: str, stated: GivenRecord) -> bool:
        """Whether a day that is not known is said to be so, or is one on which the answer turns."""
        return name in stated or field_key(records, number, name) in self._open

    @property
    def _open(self) -> frozenset[str]:
        return frozenset(name for group in self.answer.turns_on for name in group)

    def _span(self, fact: Fact, begin: str, end: str, record: Record, stated: GivenRecord) -> LaneSpan:
        of = {one.id: one for one in fact.of}
        first, last = (
            None
            if record[name] in (BEFORE_EVERY_DAY, AFTER_EVERY_DAY)
            else _range(record[name]) or self._between(f"{fact.id}.{name}", record, stated.get(name))
            for name in (begin, end)
        )
        said = (in_words(self._rulebook, of[name], record[name]) for name in (begin, end))
        return LaneSpan(first, last, text(", ".join(said)))

    def single(self) -> Iterator[Lane]:
        """The single days of a case, and the days on which the provisions that matter are tested."""
        case, opened = self.answer.header.case, self._open
        assert case is not None
        marks = []
        for path, fact in self._rulebook.facts.items():
            value = self.values[path]
            stated = path in case.facts
            if fact.sort != "date" or not (stated or path in opened):
                continue
            if value is None or is_calendar_day(value):
                assert not isinstance(value, tuple)
                marks.append(self._mark(fact, value, self._between(path, {}, case.facts.get(path))))
        marks += self._tested()
        if marks:
            yield Lane(text("Days of the case"), marks=tuple(marks))

    def _tested(self) -> Iterator[LaneMark]:
        """When what a provision asks for has to be so, where the law has a name for that day."""
        rulebook = self._rulebook
        found: dict[str, list[str]] = {}
        for name in (*(one.id for one in self.answer.grounds), *self.answer.possible_grounds):
            at = rulebook.provisions[name].at
            if at is not None and at.name in rulebook.dates and not at.became_law and at.span is None:
                found.setdefault(at.name, []).append(rulebook.provisions[name].citation)
        for name, citations in found.items():
            then = day_by_name(rulebook, name, self.values)
            if (known := _range(then)) is not None and known.first is not None:
                tested = faint(f" ({', '.join(dict.fromkeys(citations))})")
                yield LaneMark(known, text(f"{rulebook.dates[name].title}: {day(known.first)}", tested))

    def _mark(self, fact: Fact, value: bool | int | str | None, between: DayRange) -> LaneMark:
        said: Text = text(in_words(self._rulebook, fact, value))
        known = _range(value)
        if known is not None:
            return LaneMark(known, said)
        bounds = [
            f"{word} {day(one)}" for word, one in (("from", between.first), ("to", between.last)) if one is not None
        ]
        return LaneMark(between, text(said, f" ({' '.join(bounds)})") if bounds else said)

    def _between(self, path: str, record: Record, given: object) -> DayRange:
        """Between which days a day lies: as the case says of it, and by the orders of the rulebook."""
        bounds = given if isinstance(given, DayBounds) else DayBounds()
        first = [bounds.first] if bounds.first > FIRST_DAY else []
        last = [bounds.last] if bounds.last < LAST_DAY else []
        for rule in self._rulebook.consistency:
            if path in rule.order:
                at = rule.order.index(path)
                first += self._known(rule.order[:at], path, record)
                last += self._known(rule.order[at + 1 :], path, record)
        return DayRange(
            datetime.date.fromordinal(max(first)) if first else None,
            datetime.date.fromordinal(min(last)) if last else None,
        )

    def _known(self, paths: Sequence[str], beside: str, record: Record) -> Iterator[int]:
        records = beside.rpartition(".")[0] if record else ""
        for path in paths:
            is_beside = bool(record) and path.startswith(f"{records}.")
            value: Value = record[path.removeprefix(f"{records}.")] if is_beside else self.values.get(path)
            if is_calendar_day(value) and isinstance(value, int):
                yield value


def ends_of(rulebook: Rulebook, fact: Fact) -> tuple[str | None, str | None]:
    """The fields that are the first and the last day of a record, as far as the rulebook declares them.

    It does so where it asks whether records overlap; or with words for what has no end, and the day ordered before it.
    """
    for rule in rulebook.consistency:
        if rule.overlap and rule.overlap[0].rpartition(".")[0] == fact.id:
            begin, end = (path.rpartition(".")[2] for path in rule.overlap)
            return begin, end
    found = next(
        (one.id for one in fact.of if any(word.means == "after_every_day" for word in one.words.values())), None
    )
    for rule in rulebook.consistency:
        if found is not None and f"{fact.id}.{found}" in rule.order[1:]:
            before = rule.order[rule.order.index(f"{fact.id}.{found}") - 1]
            return before.rpartition(".")[2], found
    return None, None


def _is_day(value: object) -> bool:
    """Whether it may be one end of something that lasts: not what never happens."""
    return value is None or value in (BEFORE_EVERY_DAY, AFTER_EVERY_DAY) or is_calendar_day(value)


def _range(value: object) -> DayRange | None:
    if not is_calendar_day(value) or not isinstance(value, int):
        return None
    return _on(datetime.date.fromordinal(value))


def _on(known: datetime.date) -> DayRange:
    return DayRange(known, known)
