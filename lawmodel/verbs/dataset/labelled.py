"""A case with its answers: by default, under every option of every reading that matters, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias, cast

from lawmodel.case.case import Case
from lawmodel.case.plain import plain_case
from lawmodel.dataclass import dataclass
from lawmodel.exercises.prose.story import NotTold, tell
from lawmodel.inputs import Valuation, reading_key
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.decide import answer_to
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.reasons.explained_case import ExplainedCase
from lawmodel.inquiry.reasons.sufficient_reasons import reasons_for
from lawmodel.reasoning.comparing.choice_functions import ChoiceFunction, ChoiceSpace
from lawmodel.reasoning.comparing.possible_by_reading import PossibleByReading
from lawmodel.reasoning.trace import Trace
from lawmodel.results.given_input import GivenInput
from lawmodel.results.header import hash_of
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject

Label: TypeAlias = Literal["uncontested", "contested", "open"]
"""``open``: the answer depends on a reading without a default. ``contested``: under options that some source supports
it is another than by default. ``uncontested``: neither."""
LABELS: Final[tuple[Label, ...]] = ("uncontested", "contested", "open")
ID_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class AnswerByReading(ValueObject):
    """The answer under one option of one reading, the others by default."""

    reading: str
    option: str
    default: bool
    sources: tuple[str, ...]
    """The sources that support the option."""
    possible: tuple[str, ...]
    """The outcomes that are possible, the strongest first."""


@dataclass(frozen=True, slots=True)
class ReasonInput(ValueObject):
    """An input of a reason."""

    input: str
    says: str
    """What is so, in the words of the law."""


@dataclass(frozen=True, slots=True)
class LabelledCase(ValueObject):
    """A case of the data set."""

    id: str
    """A hash of rulebook, question, facts and law."""
    question: str
    asks: str
    case: Mapping[str, Any]
    """``facts`` and ``presume`` as a case file has them."""
    story: str | None
    """The case in prose; None where it cannot be told, or only in the words of its values."""
    day: str | None
    """The day of the law; None where the case gives none."""
    stage: str
    status: Literal["determined", "depends"]
    outcome: str | None
    possible: tuple[str, ...]
    grounds: tuple[str, ...]
    rests_on: tuple[str, ...]
    label: Label
    over: tuple[str, ...]
    """The readings over which it is contested or open."""
    by_reading: tuple[AnswerByReading, ...]
    """For every reading that matters, each of its options."""
    reasons: tuple[tuple[ReasonInput, ...], ...]
    """Smallest sets of inputs that settle the outcome whatever everything else is; none where it is not settled."""
    part: Literal["train", "test"]
    """By the hash of what the law sees in the case."""
    rulebook: str | None
    """The SHA-256 of the rulebook's files."""


class CaseAnswers:
    """A case under all readings, before more is worked out than whether it is wanted."""

    def __init__(self, rulebook: Rulebook, case: Case, question: str, stage: str | None) -> None:
        """Take a case; raises `ProblemsFound` where it contradicts itself."""
        self.ask = Ask(rulebook, case, question, stage=stage)
        self.rulebook = rulebook
        self._made: Decider = self.ask.decider()
        self._valued = self.ask.valued()
        self._supported = _Readings(rulebook, self._made, self._valued.valuation, supported=True)
        found = self._supported.by_default()
        self.possible = found[0] if len(found) == 1 else _together(self._made, found)
        self.label: Label = "open" if len(found) > 1 else "contested" if self._supported.others() else "uncontested"

    @property
    def is_odd(self) -> bool:
        """Whether the case is one that should not be, by the rulebook's own rules of consistency."""
        return bool(self.ask.remarks(self._valued, determined=False))

    def alike(self) -> str:
        """A hash of all that the law sees in the case: whether each condition is met, and the answers by reading."""
        trace = answer_to(self.ask, forward_chaining=False).trace
        return hash_of([[_met(step) for step in trace], self._supported.told()])

    def labelled(self, most_reasons: int) -> LabelledCase:
        """The case with all its answers."""
        answer = answer_to(self.ask, forward_chaining=False)
        written = plain_case(self.rulebook, self.ask.case)
        case: dict[str, Any] = {name: written[name] for name in ("presume", "facts") if name in written}
        sha256 = self.rulebook.content_hash or None
        day, stage = answer.law_date, answer.stage
        alike = self.alike()
        return LabelledCase(
            id=hash_of([sha256, answer.question, case, day, stage])[:ID_LENGTH],
            question=answer.question,
            asks=self.rulebook.questions[answer.question].asks,
            case=case,
            story=self._story(),
            day=day,
            stage=stage,
            status=answer.status,
            outcome=answer.outcome,
            possible=answer.possible,
            grounds=tuple(one.id for one in answer.grounds),
            rests_on=answer.rests_on,
            label=self.label,
            over=self._supported.over(),
            by_reading=tuple(self._by_reading()),
            reasons=self._reasons(most_reasons),
            part="test" if int(alike[:4], 16) % 5 == 0 else "train",
            rulebook=sha256,
        )

    def _story(self) -> str | None:
        """The story of the case, the same for the same case; it tells what the question reads, and no answer."""
        try:
            found = tell(self.rulebook, self.ask.case, self.ask.question, seed=0)
        except NotTold:
            return None
        return None if found.in_words_of_values else found.text

    def _by_reading(self) -> Iterator[AnswerByReading]:
        every = _Readings(self.rulebook, self._made, self._valued.valuation, supported=False)
        for name in every.matter():
            entry = self.rulebook.readings[name]
            for option in entry.options:
                possible = _together(self._made, every.by_default({name: option.id}))
                yield AnswerByReading(name, option.id, option.id == entry.default, option.supporters, possible)

    def _reasons(self, most: int) -> tuple[tuple[ReasonInput, ...], ...]:
        if len(self.possible) != 1 or not most:
            return ()
        held = ExplainedCase(self.ask, readings_too=False)
        found = reasons_for(held, held.ways_out_of(self.possible[0]), most, None)
        if found.interrupted:  # they are those found so far, and a row has all or none
            raise KeyboardInterrupt
        return tuple(tuple(map(_input, one.inputs)) for one in found.reasons)


class _Readings:
    """The possible outcomes of a case as a function of the readings that bear on the question."""

    def __init__(self, rulebook: Rulebook, made: Decider, valuation: Valuation, *, supported: bool) -> None:
        """Take a case; with ``supported`` an option that is neither the default nor held by a source is no option."""
        self._rulebook = rulebook
        names = [name for name in rulebook.readings if reading_key(name) in made.comparisons.occurring]
        self.space = ChoiceSpace(
            {reading_key(name): made.question.domains[reading_key(name)].choices for name in names}
        )
        self.function: ChoiceFunction = PossibleByReading(made.question, valuation, self.space).function
        by_default = ((name, rulebook.readings[name].default) for name in names)
        self._defaults = {reading_key(name): default for name, default in by_default if default is not None}
        self._names = names
        if supported:
            for name in names:
                entry = rulebook.readings[name]
                kept = {one.id for one in entry.options if one.supported_by or one.id == entry.default}
                taken = entry.default or (min(kept) if kept else None)
                if taken is not None and len(kept) < len(entry.options):
                    self.function = self._without(reading_key(name), kept, taken)

    def _without(self, key: str, kept: set[str], taken: str) -> ChoiceFunction:
        """The function in which an option that is not kept stands for one that is."""
        children = [
            self.space.fixed(self.function, {key: option if option in kept else taken})
            for option in self.space.options[key]
        ]
        return self.space.by_option(key, children)

    def by_default(self, chosen: Mapping[str, str] | None = None) -> list[tuple[str, ...]]:
        """The possible outcomes under the defaults, for each way to read what has none."""
        taken = {**self._defaults, **{reading_key(name): option for name, option in (chosen or {}).items()}}
        values = self.space.values(self.space.fixed(self.function, taken))
        return [cast("tuple[str, ...]", one) for one in values]

    def others(self) -> bool:
        """Whether some readings lead to another answer."""
        return len(self.space.values(self.function)) > 1

    def matter(self) -> tuple[str, ...]:
        """The readings of which some change alone changes the answer under some choice of the others."""
        found = self.space.matters(self.function)
        return tuple(name for name in self._names if reading_key(name) in found)

    def over(self) -> tuple[str, ...]:
        """Over which readings it is contested: those that change the answer alone; if none does, all that matter."""
        usual = self.by_default()
        alone = tuple(
            name
            for name in self.matter()
            if any(self.by_default({name: one.id}) != usual for one in self._rulebook.readings[name].options)
        )
        return alone or self.matter()

    def told(self) -> list[list[Any]]:
        """The whole function, to be compared."""
        blocks = self.space.blocks(self.function)
        listed = ([sorted((key, sorted(one)) for key, one in block.items()), value] for block, value in blocks)
        return sorted(listed, key=repr)


def _together(made: Decider, found: list[tuple[str, ...]]) -> tuple[str, ...]:
    reached = {outcome for one in found for outcome in one}
    return tuple(outcome for outcome in made.question.outcomes if outcome in reached)


def _met(step: Trace) -> list[Any]:
    return [step.truth, [_met(one) for one in step.children]]


def _input(one: GivenInput) -> ReasonInput:
    return ReasonInput(one.name, one.in_words)
