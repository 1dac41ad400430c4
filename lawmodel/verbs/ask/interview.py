"""The interview: asks what can still change the answer, the most decisive question first, and nothing else.

An open input is asked only if two completions that differ in it alone have different outcomes. The order is a matter of
convenience (`lawmodel.verbs.ask.open_answer` says by which measure); what is asked at all, and when to stop, is exact.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.case.arguments import raise_problems
from lawmodel.case.case import Case
from lawmodel.case.checked import is_value, no_value
from lawmodel.case.plain import plain_case, plain_value
from lawmodel.case.valuation import value_case
from lawmodel.case.values import UNKNOWN, encode, in_words
from lawmodel.dataclass import dataclass
from lawmodel.inputs import (
    LAW_DATE,
    MOST_RECORDS,
    READING_PREFIX,
    DayBounds,
    GivenRecord,
    GivenScalar,
    GivenValue,
    Scalar,
    Valuation,
    reading_key,
)
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.inquiry.decide import answer_to
from lawmodel.inquiry.sensitivity import plain_name
from lawmodel.problems import Problem, ProblemsFound, no_such
from lawmodel.rulebook.model import Fact, Reading, Rulebook
from lawmodel.value_object import ValueObject, summary
from lawmodel.verbs.ask.interview_result import Choice, InterviewResult, InterviewStep, PossibleReply
from lawmodel.verbs.ask.open_answer import OpenAnswer
from lawmodel.words.outcomes import either, predicates

MOST_IN_WORDS: Final = 4
"""More answers that come to the same are said by the first of them."""


@dataclass(frozen=True, slots=True)
class Asking(ValueObject):
    """One question of an interview."""

    key: str
    """The input that is asked for."""
    fact: Fact | None
    """What is declared of it: a fact, a field, a list of which the number of records is asked; None for a reading."""
    reading: Reading | None = None
    records: str | None = None
    number: int = 0
    """For a field: its list, and which record."""

    each: str = ""
    """What a record of that list is called."""

    @property
    def name(self) -> str:
        """The input as users name it."""
        return plain_name(self.key)

    @property
    def asks(self) -> str:
        """The question in words."""
        if self.reading is not None:
            return self.reading.title
        assert self.fact is not None
        return self.fact.ask

    @property
    def record(self) -> str:
        """The record it is about, by its kind and number; empty where it is about none."""
        return f"{self.each} {self.number}" if self.records is not None else ""


@dataclass(frozen=True, slots=True)
class InterviewState(ValueObject):
    """Where an interview stands: what is known, and what was asked in vain."""

    case: Case
    readings: Mapping[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    """The inputs of which the user knows nothing."""


@dataclass(frozen=True, slots=True)
class IfSo(ValueObject):
    """What an answer to a question would leave possible."""

    values: tuple[Scalar, ...]
    """Answers that come to the same; for a list the numbers of records."""
    possible: tuple[str, ...]


class Interview:
    """An interview about one question of a rulebook."""

    def __init__(
        self,
        rulebook: Rulebook,
        question: str,
        case: Case | TypedCase | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        on: datetime.date | None = None,
        stage: str | None = None,
        thorough: bool = False,
        not_known: Sequence[str] = (),
    ) -> None:
        """Begin with a case, which may be empty.

        ``thorough`` also asks for what a case file may leave out because it hardly ever happens. ``not_known`` names
        inputs that are not asked for, since nothing is known of them: an interview that goes on from the result of
        another has its `not_known`.
        Raises what `decide` raises.
        """
        ask = Ask(rulebook, Case() if case is None else case, question, readings=readings, on=on, stage=stage)
        begun = ask.case
        if thorough:
            left_out = {path: None for path, fact in rulebook.facts.items() if _silent(rulebook, fact, begun)}
            begun = replace(begun, facts={**left_out, **begun.facts})
        raise_problems(*_input_problems(rulebook, not_known))
        unknown = frozenset(reading_key(one) if one in rulebook.readings else one for one in not_known)
        self._take(ask, [InterviewState(begun, ask.readings, unknown)], [])

    def _take(self, ask: Ask, steps: list[InterviewState], asked: list[Asking]) -> None:
        self.rulebook, self.question = ask.rulebook, ask.question
        self._begun = ask
        self._decider = ask.decider()
        self._on = ask.on
        self._steps, self._asked = steps, asked
        self._narrowed: tuple[InterviewState | None, Asking | None] = None, None
        self._view = OpenAnswer(self._decider, self._valuation(self._steps[-1]))

    def __repr__(self) -> str:
        known = f"{len(self._asked)} asked, possible: {', '.join(self.possible())}"
        return summary(self, f"of {self.question}: {known}")

    def __getstate__(self) -> tuple[Ask, list[InterviewState], list[Asking]]:
        """An interview is copied, and sent to another process, without its engines."""
        return self._begun, list(self._steps), list(self._asked)

    def __setstate__(self, state: tuple[Ask, list[InterviewState], list[Asking]]) -> None:
        self._take(*state)

    # --- where it stands ---------------------------------------------------------------------------

    @property
    def case(self) -> Case:
        """What is known so far."""
        return self._steps[-1].case

    def to_case(self) -> Case:
        """What is known so far, with the law and the readings under which it was asked, so that it can be gone on with.

        That no day was chosen is a choice of today, where the facts do not give the day either: so it says today.
        """
        step = self._steps[-1]
        on = self.law_date() if self._on is None and self.rulebook.law_date not in step.case.facts else self._on
        stage = None if self.stage == self.rulebook.ordinary_stage else self.stage
        return replace(step.case, questions=(self.question,), readings=step.readings, on=on, stage=stage)

    @property
    def readings(self) -> Mapping[str, str]:
        """The readings chosen so far."""
        return self._steps[-1].readings

    @property
    def stage(self) -> str:
        """The stage at which bills count as law."""
        return self._decider.stage

    def law_date(self) -> datetime.date | None:
        """The day of the law that is applied; None where it is not known."""
        return value_case(self.rulebook, self.case, self.readings, self._on).law_date

    @property
    def asked(self) -> Sequence[Asking]:
        """What was asked and answered (if only by not knowing), in order."""
        return tuple(self._asked)

    @property
    def not_known(self) -> tuple[str, ...]:
        """The inputs that are not asked for again, since nothing is known of them, as users name them."""
        return tuple(sorted(map(plain_name, self._steps[-1].unknown)))

    def possible(self) -> tuple[str, ...]:
        """The outcomes that are still possible, strongest first."""
        return self._view.possible

    def next(self) -> Asking | None:
        """The next question; None where the answer is certain, or nothing that could settle it is known."""
        unknown = self._steps[-1].unknown
        turning = [key for key in self._view.turning if key not in unknown]
        facts = [key for key in turning if not key.startswith(READING_PREFIX)]
        return self._asking((facts or turning)[0]) if turning else self._narrowing

    @property
    def _narrowing(self) -> Asking | None:
        """A day on which by itself nothing turns, but that narrows another down that is not known."""
        step = self._steps[-1]
        if step is not self._narrowed[0]:
            self._narrowed = step, next(self._all_narrowing(step), None)
        return self._narrowed[1]

    def _all_narrowing(self, step: InterviewState) -> Iterator[Asking]:
        possible = self._view.possible
        skipped = [key for key in self._view.turning if key in step.unknown]
        bound = self._view.bound_with(skipped) if len(possible) > 1 else []
        for asking in map(self._asking, bound):
            if asking.key not in step.unknown and any(
                self._if_given(asking, day) not in (None, possible) for day in self._view.days([*skipped, *bound])
            ):
                yield asking

    def _if_given(self, asking: Asking, day: int) -> tuple[str, ...] | None:
        """What would still be possible; None where the day contradicts others."""
        try:
            return OpenAnswer(self._decider, self._valuation(self._with(asking, day))).possible
        except ProblemsFound:
            return None

    def answer(self) -> Answer:
        """The answer on what is known so far."""
        return answer_to(
            Ask(self.rulebook, self.case, self.question, readings=self.readings, on=self._on, stage=self.stage)
        )

    def never_needed(self) -> list[str]:
        """The open facts and lists that bear on the question, and that never had to be asked, by path."""
        valuation = self._valuation(self._steps[-1])
        asked = {asking.key for asking in self._asked}
        occurring = self._decider.comparisons.occurring
        return [
            path
            for path in self.rulebook.facts
            if path in occurring
            and valuation.values[path] is None
            and path not in valuation.same_as
            and path not in asked
        ]

    def if_so(self) -> list[IfSo]:
        """What each answer to the next question would leave possible; answers that come to the same together."""
        asking = self.next()
        if asking is None:
            return []
        kinds: dict[tuple[str, ...], list[Scalar]] = {}
        for value in self._answers(asking):
            step = self._with(asking, value)
            kinds.setdefault(OpenAnswer(self._decider, self._valuation(step)).possible, []).append(value)
        return [IfSo(tuple(values), possible) for possible, values in kinds.items()]

    def bears_on(self) -> list[str]:
        """The provisions that read what is asked for next and that may still apply, by id."""
        asking = self.next()
        return [] if asking is None else self._view.reading(asking.key)

    # --- as data -----------------------------------------------------------------------------------

    def step(self) -> InterviewStep | None:
        """What is asked next, and what each answer would leave possible, as data; None where nothing is asked."""
        asking = self.next()
        if asking is None:
            return None
        fact = asking.fact
        return InterviewStep(
            number=len(self._asked) + 1,
            input=asking.name,
            kind="reading" if fact is None else fact.type,
            asks=asking.asks,
            record=asking.record or None,
            choices=tuple(Choice(value, says) for value, says in self.choices(asking).items()),
            words={} if fact is None else {word: means.says for word, means in fact.words.items()},
            bears_on=tuple(self.bears_on()),
            replies=self.replies(),
            possible=self.possible(),
        )

    def choices(self, asking: Asking) -> Mapping[str | bool, str]:
        """The answers that there are to a question, in words; none for days, numbers and numbers of records."""
        if asking.reading is not None:
            return {option.id: option.says for option in asking.reading.options}
        assert asking.fact is not None
        if asking.fact.sort == "yes/no":
            return {True: asking.fact.yes or "yes", False: asking.fact.no or "no"}
        if asking.fact.sort != "choice":
            return {}
        return {value: says for value, says in self.rulebook.choices_of(asking.fact).items()}  # noqa: C416 - of a wider type

    def replies(self) -> tuple[PossibleReply, ...]:
        """What each answer to the next question would leave possible, in words."""
        asking = self.next()
        return () if asking is None else tuple(self._reply(asking, one) for one in self.if_so())

    def _reply(self, asking: Asking, one: IfSo) -> PossibleReply:
        answer = predicates(self.rulebook, self.question, one.possible)
        fact = asking.fact
        plain = one.values if fact is None or fact.sort == "records" else tuple(encode(fact, v) for v in one.values)
        return PossibleReply(plain, self._in_words(asking, one.values), one.possible, answer)

    def _in_words(self, asking: Asking, values: Sequence[Scalar]) -> str:
        """Answers that come to the same, in words."""
        fact = asking.fact
        if asking.reading is not None:
            return either([asking.reading.option(str(value)).says for value in values])
        assert fact is not None
        if fact.sort == "records":
            return either([(fact.none or "none") if value == 0 else f"at least one {fact.each}" for value in values])
        if len(values) > MOST_IN_WORDS:
            return f"{in_words(self.rulebook, fact, values[0])}, or another of {len(values)} answers"
        return either([in_words(self.rulebook, fact, value) for value in values])

    def result(self, *, stopped: bool = False) -> InterviewResult:
        """What the interview has come to so far."""
        return InterviewResult(
            answer=self.answer(),
            asked=tuple(one.name for one in self._asked),
            never_needed=tuple(self.never_needed()),
            stopped=stopped,
            facts={path: plain_value(self.rulebook.fact(path), value) for path, value in self.case.facts.items()},
            case=plain_case(self.rulebook, self.to_case()),
            not_known=self.not_known,
            next=self.step(),
        )

    # --- answering ---------------------------------------------------------------------------------

    def give(self, value: GivenValue) -> None:
        """Answer the next question: a value as a case holds it; for a list the number of its records.

        An answer is also between which days it is, of a day that is not known: that day is then not asked for again.

        Raises:
            ProblemsFound: this is no answer to what is asked, or the day contradicts others; nothing has changed.
        """
        asking = self._must_ask()
        raise_problems(*_answer_problems(self.rulebook, asking, value))
        step = self._with(asking, value)  # type: ignore[arg-type]
        if isinstance(value, DayBounds):
            step = replace(step, unknown=step.unknown | {asking.key})
        self._view = OpenAnswer(self._decider, self._valuation(step))
        self._steps.append(step)
        self._asked.append(asking)

    def do_not_know(self) -> None:
        """Leave what is asked for open, and do not ask for it again."""
        asking = self._must_ask()
        step = self._steps[-1]
        facts = dict(step.case.facts)
        if asking.reading is None and asking.records is None and not isinstance(facts.get(asking.key), DayBounds):
            facts[asking.key] = None
        self._steps.append(replace(step, case=replace(step.case, facts=facts), unknown=step.unknown | {asking.key}))
        self._asked.append(asking)

    def back(self) -> bool:
        """Take the last answer back; False where there is none."""
        if not self._asked:
            return False
        self._asked.pop()
        self._steps.pop()
        self._view = OpenAnswer(self._decider, self._valuation(self._steps[-1]))
        return True

    def _must_ask(self) -> Asking:
        asking = self.next()
        if asking is None:
            raise ValueError("nothing is left to ask")
        return asking

    def _valuation(self, step: InterviewState) -> Valuation:
        return self._decider.value(step.case, step.readings, self._on).valuation

    def _asking(self, key: str) -> Asking:
        if key.startswith(READING_PREFIX):
            return Asking(key, None, self.rulebook.readings[key.removeprefix(READING_PREFIX)])
        if key == LAW_DATE:
            key = self.rulebook.law_date
        if key in self.rulebook.facts:
            return Asking(key, self.rulebook.facts[key])
        records, _, rest = key.partition("[")
        number, _, name = rest.partition("].")
        each = str(self.rulebook.facts[records].each)
        return Asking(key, self.rulebook.fact(f"{records}.{name}"), None, records, int(number), each)

    def _with(self, asking: Asking, value: GivenScalar) -> InterviewState:
        step = self._steps[-1]
        if asking.reading is not None:
            return replace(step, readings={**step.readings, asking.reading.id: str(value)})
        facts = dict(step.case.facts)
        assert asking.fact is not None
        if asking.records is not None:
            listed = facts[asking.records]
            assert isinstance(listed, tuple)
            changed: list[GivenRecord] = [dict(record) for record in listed]
            changed[asking.number - 1] = {**changed[asking.number - 1], asking.fact.id: value}
            facts[asking.records] = tuple(changed)
        elif asking.fact.sort == "records":
            # Of a record that was only counted nothing is known, not even what a file may leave out.
            facts[asking.key] = tuple({one.id: None for one in asking.fact.of} for _ in range(int(value)))  # type: ignore[arg-type]
        else:
            facts[asking.key] = value
        return replace(step, case=replace(step.case, facts=facts))

    def _answers(self, asking: Asking) -> list[Scalar]:
        if asking.reading is not None:
            return [option.id for option in asking.reading.options]
        assert asking.fact is not None
        return [0, 1] if asking.fact.sort == "records" else self._view.kinds(asking.key)


def _input_problems(rulebook: Rulebook, names: Sequence[str]) -> Iterator[Problem]:
    """Names of inputs that there are not."""
    for name in names:
        try:
            known = name in rulebook.readings or rulebook.fact(re.sub(r"\[[1-9][0-9]*\]", "", name)) is not None
        except KeyError:
            known = False
        if not known:
            yield no_such(name, (*rulebook.facts, *rulebook.readings), "not_known")


def _answer_problems(rulebook: Rulebook, asking: Asking, value: object) -> Iterator[Problem]:
    """Whether a value can be an answer."""
    if asking.reading is not None:
        options = [option.id for option in asking.reading.options]
        if value not in options:
            yield no_such(value, options, asking.name)
        return
    assert asking.fact is not None
    if asking.fact.sort == "records":
        if type(value) is not int or not 0 <= value <= MOST_RECORDS:
            mend = f"Give a whole number from 0 to {MOST_RECORDS}."
            yield Problem(f"`{value}` is not a number of records", mend, asking.name)
    elif value is None or not is_value(rulebook, asking.fact, value):
        yield no_value(rulebook, asking.fact, asking.name, value, asking.name)


def _silent(rulebook: Rulebook, fact: Fact, case: Case) -> bool:
    """Whether a case leaves a fact out, and that means something else than that it is unknown."""
    return fact.sort != "records" and fact.left_out != UNKNOWN and fact.id not in case.facts
