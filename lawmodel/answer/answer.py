"""An answer: what a question comes to on a case, how firm that is, and why."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any, ClassVar, Literal

from lawmodel.answer.provisions import NotMet, Overridden, carrying, not_met, overridden, spoken_for
from lawmodel.cached_property import cached_property
from lawmodel.case.values import encode
from lawmodel.dataclass import dataclass
from lawmodel.inputs import Scalar, Value
from lawmodel.protocols import Protocol
from lawmodel.reasoning.trace import Trace
from lawmodel.results.assumption import Assumption, OpenInput, OpenPoint, PendingLaw, Settling
from lawmodel.results.encoder import encode as encode_result
from lawmodel.results.gap import TouchingGap
from lawmodel.results.given_input import GivenInput
from lawmodel.results.header import Header, OneCaseResult, ReadingTaken
from lawmodel.results.remark import Remark
from lawmodel.rulebook.model import Seen, SourceRef, Words
from lawmodel.value_object import ValueObject, in_brief, summary
from lawmodel.words.outcomes import predicates, statement, subject
from lawmodel.words.steps import Line, certainly


@dataclass(frozen=True, slots=True)
class Ground(ValueObject):
    """A provision that supports the outcome."""

    id: str
    citation: str
    title: str
    certainty: str
    version: str | None
    """The instrument that brought it, and since when, where that is dated."""
    date_certainty: str | None
    sources: tuple[SourceRef, ...]
    in_every_case: bool = True
    """False where the outcome is certain but this ground supports it only in some of the cases left open."""
    limbs: tuple[str, ...] = ()
    """The numbered parts of the provision that are met."""
    in_force: str | None = None
    """The day since which it is law, where that is dated."""
    words: Words | None = None
    """The operative words on which it rests."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Where its sources can be read, by their ids."""
    seen: Mapping[str, Seen] = field(default_factory=dict)
    """How its sources were seen, by their ids."""
    steps: tuple[Line, ...] = field(default=(), compare=False, repr=False)
    """What of the case carries it, and how the law is read on the way; `Answer.grounds_with_steps` has them."""

    json_optional: ClassVar[tuple[str, ...]] = ("words", "addresses", "seen", "steps")
    json_written: ClassVar[tuple[str, ...]] = ("words", "seen")


@dataclass(frozen=True, slots=True)
class Brought(ValueObject):
    """A consequence beside the outcome: a provision brings it, or it follows from the outcome itself."""

    id: str
    provision: str | None
    """None where it follows from the outcome."""
    says: str
    figures: tuple[Mapping[str, str | int | None], ...]
    """Each with kind, from, to and unit; a bound that is not known is ``unknown``."""
    certainty: str
    sources: tuple[SourceRef, ...]
    citation: str
    """Where it is laid down that it follows: the provision, or that for the outcome."""
    certain: bool = True
    """False where it depends on what was left open whether it follows, or where the outcome only makes it possible."""
    outcomes: tuple[str, ...] = ()
    """The outcomes from which it follows, or may: of those that are possible."""
    grounds: tuple[str, ...] = ()
    """The grounds of that outcome."""

    json_optional: ClassVar[tuple[str, ...]] = ("outcomes", "grounds")


@dataclass(frozen=True, slots=True)
class UncertainDate(ValueObject):
    """A derived or disputed date on which the answer rests: were the law not (or already) in force, it would differ."""

    instrument: str
    stage: str
    date: str
    certainty: str
    remark: str | None
    possible: tuple[str, ...]
    """The outcomes if the date were wrong."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "instrument": "instrument",
        "stage": "stage",
        "date": "date",
        "certainty": "certainty",
        "remark": "remark",
        "otherwise": "possible",
    }


@dataclass(frozen=True, slots=True)
class Distinction(ValueObject):
    """A distinction of cases that settles the outcome although no single step does."""

    says: str
    """What distinguishes the cases; empty at a leaf."""
    if_so: Distinction | None = None
    if_not: Distinction | None = None
    outcome: str | None = None
    grounds: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    """What holds in this case and not in the others."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "whether": "says",
        "if_so": "if_so",
        "if_not": "if_not",
        "outcome": "outcome",
        "grounds": "grounds",
        "because": "because",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("whether", "if_so", "if_not", "outcome")

    def leaves(self) -> list[Distinction]:
        """The cases that are distinguished."""
        if self.if_so is None or self.if_not is None:
            return [self]
        return self.if_so.leaves() + self.if_not.leaves()


@dataclass(frozen=True, slots=True)
class AnswerOnDays(ValueObject):
    """What the same case comes to under the law of some days."""

    first: datetime.date | None
    """None: since the beginning of the calendar."""
    last: datetime.date | None
    """The last of them; None: to its end."""
    possible: tuple[str, ...]
    """The outcomes, strongest first; none where the days of the case do not allow it."""


class WorksOutOtherwise(Protocol):
    """What an answer would be with other values of single inputs; worked out when it is asked for."""

    def values(self) -> Mapping[str, Value]:
        """The values of all inputs by which the question was answered, by their keys."""

    def facts(self) -> tuple[GivenInput, ...]:
        """The facts of the case that bear on the question."""

    def bearing(self) -> tuple[str, ...]:
        """The readings that bear on the question."""

    def trace(self) -> tuple[Trace, ...]:
        """A step for each provision of the question."""

    def outcomes_of(self, provision: str) -> tuple[str, ...]:
        """The outcomes for which a provision can speak."""

    def assumptions(self, answer: Answer) -> tuple[Assumption, ...]:
        """What the answer assumes, and the answer otherwise."""

    def open_points(self, answer: Answer) -> tuple[OpenPoint, ...]:
        """What is open and can change the answer, and the answer for each possibility."""

    def settled_by(self, answer: Answer) -> tuple[Settling, ...]:
        """What the case states of which another value would settle the answer."""

    def decisive(self, answer: Answer) -> tuple[Settling, ...]:
        """What the case states of which another value would change the answer."""

    def by_day(self) -> tuple[AnswerOnDays, ...]:
        """The outcomes that are possible under the law of each day."""

    def pending(self, answer: Answer) -> tuple[PendingLaw, ...]:
        """The bills that would change the answer if they were law."""


@dataclass(frozen=True)
class Answer(OneCaseResult):
    """The answer to one question on one case. Its keys are an interface (see the documentation of `--json`)."""

    header: Header
    status: Literal["determined", "depends"]
    """``determined``: every consistent completion of what was left open gives the outcome; else ``depends``."""
    outcome: str | None
    possible: tuple[str, ...]
    """Every outcome that some completion reaches, strongest first."""
    grounds: tuple[Ground, ...]
    consequences: tuple[Brought, ...]
    turns_on: tuple[tuple[str, ...], ...]
    rests_on: tuple[str, ...]
    presumed: Mapping[str, Scalar]
    distinction: Distinction | None
    uncertain_dates: tuple[UncertainDate, ...]
    remarks: tuple[Remark, ...]
    """What is odd about the case as it is written, by the rulebook's rules of consistency."""
    gaps: tuple[TouchingGap, ...]
    """What was looked for and not found, or not read, where it could touch the answer."""
    against: tuple[str, ...]
    """Of an answer that holds because no rule speaks: the instruments whose rules were looked at."""
    without: str | None
    """Which engine could not, and why."""
    works_out: WorksOutOtherwise = field(repr=False, compare=False)

    json_keys: ClassVar[Mapping[str, str]] = {
        "case": "case",
        "question": "question",
        "status": "status",
        "outcome": "outcome",
        "says": "says",
        "possible": "possible",
        "depends_on": "depends_on",
        "settled_by": "settled_by",
        "assumes": "assumes",
        "remarks": "remarks",
        "gaps": "gaps",
        "against": "against",
        "grounds": "grounds_with_steps",
        "consequences": "consequences",
        "overridden": "overridden",
        "not_met": "not_met",
        "pending_law": "pending_law",
        "facts": "facts",
        "unknown_without_effect": "unknown_without_effect",
        "turns_on": "turning_points",
        "rests_on": "rests_on",
        "presumed": "presumed_as_written",
        "law": "law",
        "readings": "readings_taken",
        "told_by": "told_by",
        "uncertain_dates": "uncertain_dates",
        "engines": "engines",
        "header": "header",
        "without": "without",
        "distinction": "distinction",
        "trace": "trace",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("without", "distinction")
    json_in_full: ClassVar[tuple[str, ...]] = (
        "depends_on",
        "settled_by",
        "assumes",
        "overridden",
        "not_met",
        "pending_law",
        "facts",
        "unknown_without_effect",
        "trace",
    )
    json_brief: ClassVar[Mapping[str, str]] = {"grounds": "grounds"}

    @property
    def says(self) -> str:
        """The answer as a sentence, or the outcomes that are possible."""
        if self.outcome is not None:
            return statement(self.rulebook, self.question, self.outcome)
        possible = predicates(self.rulebook, self.question, self.possible)
        return f"{subject(self.rulebook, self.question)}: {possible}"

    @property
    def law_date(self) -> str | None:
        """The day of the law, None where it is not known."""
        return self.law.date

    @property
    def stage(self) -> str:
        """Bills that had got so far count as law."""
        return self.law.stage

    @property
    def readings(self) -> Mapping[str, str | None]:
        """Every reading of the rulebook with its option; None: it is open."""
        return {name: one.option for name, one in self.header.readings.items()}

    @property
    def defaults(self) -> tuple[str, ...]:
        """The readings that are taken by default."""
        return tuple(name for name, one in self.header.readings.items() if one.default)

    @property
    def told_by(self) -> str | None:
        """The telling that chose stage and readings, if one did."""
        return self.header.told_by

    @property
    def engines(self) -> tuple[str, ...]:
        """The engines that took part."""
        return self.header.engines

    @property
    def turning_points(self) -> tuple[str | tuple[str, ...], ...]:
        """The open inputs that can change the answer; several that can only together as a list."""
        return tuple(group[0] if len(group) == 1 else group for group in self.turns_on)

    @property
    def presumed_as_written(self) -> Mapping[str, str | bool | int]:
        """The facts that were presumed, with their values as a case file has them."""
        return {path: encode(self.rulebook.fact(path), value) for path, value in self.presumed.items()}

    @property
    def readings_taken(self) -> Mapping[str, ReadingTaken]:
        """Every reading of the rulebook, with its option."""
        return self.header.readings

    @cached_property
    def facts(self) -> tuple[GivenInput, ...]:
        """The facts of the case that bear on the question, each in words and with where its value comes from."""
        return self.works_out.facts()

    @cached_property
    def trace(self) -> tuple[Trace, ...]:
        """A step for each provision of the question."""
        return self.works_out.trace()

    @cached_property
    def assumes(self) -> tuple[Assumption, ...]:
        """What is assumed of which another value would change the answer, each with all its other values.

        Readings by default, presumed facts, facts left out, computed dates.
        """
        return self.works_out.assumptions(self)

    @cached_property
    def depends_on(self) -> tuple[OpenPoint, ...]:
        """What `turns_on` names, each with the answer for every possibility."""
        return self.works_out.open_points(self)

    @cached_property
    def settled_by(self) -> tuple[Settling, ...]:
        """Where the answer is open: what the case states of which another value would make it certain."""
        return self.works_out.settled_by(self)

    @cached_property
    def decisive(self) -> tuple[Settling, ...]:
        """What the case states of which another value, everything else as it is, would change what is possible."""
        return self.works_out.decisive(self)

    @cached_property
    def by_day(self) -> tuple[AnswerOnDays, ...]:
        """The outcomes that are possible under the law of each day, in the order of days; exact.

        Nothing where time is measured from that day in too many ways.
        """
        return self.works_out.by_day()

    @cached_property
    def pending_law(self) -> tuple[PendingLaw, ...]:
        """The bills that are not law on the day of the law, and would change the answer if they were."""
        return self.works_out.pending(self)

    @property
    def unknown_without_effect(self) -> tuple[OpenInput, ...]:
        """The facts and readings that are open and cannot change the answer."""
        turning = {name for group in self.turns_on for name in group}
        facts = [OpenInput(one.name, one.title) for one in self.facts if one.origin == "unknown"]
        titles = self.rulebook.readings
        readings = [OpenInput(name, titles[name].title) for name in self.bearing if self.readings[name] is None]
        return tuple(one for one in (*readings, *facts) if one.input not in turning)

    @property
    def bearing(self) -> tuple[str, ...]:
        """The readings that bear on the question."""
        return self.works_out.bearing()

    # -- the provisions behind it

    @property
    def matters(self) -> frozenset[str]:
        """The readings that are assumed, open or chosen: those of which a reason says how they are taken."""
        chosen = (name for name, one in self.header.readings.items() if one.option is None or not one.default)
        return frozenset((*self.rests_on, *chosen))

    @cached_property
    def idle(self) -> frozenset[str]:
        """The facts that the case leaves out and that are without effect by themselves."""
        assumed = {one.input for one in self.assumes}
        silent = (one.name for one in self.facts if one.origin in ("left out", "presumed"))
        return frozenset(name for name in silent if name not in assumed)

    def step_of(self, provision: str) -> Trace:
        """The step of a provision; of a ground in every case what holds in every case, known or not."""
        step = next(one for one in self.trace if one.id == provision)
        certain = any(ground.id == provision and ground.in_every_case for ground in self.grounds)
        return certainly(self.rulebook, step, self.outcome) if certain else step

    @property
    def grounds_with_steps(self) -> tuple[Ground, ...]:
        """The grounds with what of the case carries each."""
        return tuple(replace(ground, steps=self.carrying(ground.id)) for ground in self.grounds)

    def carrying(self, provision: str) -> tuple[Line, ...]:
        """What of the case carries a provision and its conclusion, and the readings that matter on the way."""
        applies, concludes = carrying(self.step_of(provision), self.outcome, self.matters, self.idle)
        return (*applies, *concludes)

    @property
    def possible_grounds(self) -> tuple[str, ...]:
        """Where the answer is open: the provisions that may support one of the outcomes that are possible."""
        if self.determined:
            return ()
        return tuple(
            str(step.id)
            for step in self.trace
            if step.truth is not False and spoken_for(step, self._concludes(step), self.possible)
        )

    @property
    def overridden(self) -> tuple[Overridden, ...]:
        """The provisions that apply and whose outcome yields to the stronger one of the answer."""
        if self.outcome is None:
            return ()
        outcomes = [one.id for one in self.rulebook.questions[self.question].outcomes]
        weaker = outcomes[outcomes.index(self.outcome) + 1 :]
        found = ((step, spoken_for(step, self._concludes(step), weaker)) for step in self.trace if step.truth)
        return tuple(overridden(self.rulebook, self.question, step, names[0]) for step, names in found if names)

    @property
    def not_met(self) -> tuple[NotMet, ...]:
        """The provisions that do not apply, each with the first thing that it fails on."""
        return tuple(not_met(self.rulebook, self.trace))

    def _concludes(self, step: Trace) -> tuple[str, ...]:
        return self.works_out.outcomes_of(str(step.id))

    def __repr__(self) -> str:
        comes_to = self.outcome or f"depends: {' or '.join(self.possible)}"
        return summary(self, f"{comes_to} of {self.question}:", in_brief(self.title or self.case))

    @property
    def determined(self) -> bool:
        """Whether the answer is certain."""
        return self.status == "determined"

    def to_json(self, trace: bool = True) -> dict[str, Any]:
        """Plain data under the documented keys; without ``trace`` what an answer says in brief."""
        plain: dict[str, Any] = encode_result(self, brief=not trace)
        return plain
