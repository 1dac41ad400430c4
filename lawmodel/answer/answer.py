"""An answer: what a question comes to on a case, how firm that is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from lawmodel.cached_property import cached_property
from lawmodel.case.values import encode
from lawmodel.inputs import Scalar
from lawmodel.reasoning.trace import Trace
from lawmodel.results.assumption import Assumption, OpenPoint
from lawmodel.results.encoder import encode as encode_result
from lawmodel.results.header import Header, LawApplied, ReadingTaken
from lawmodel.rulebook.model import Rulebook, SourceRef
from lawmodel.value_object import ValueObject, in_brief, summary
from lawmodel.words.outcomes import predicates, statement, subject


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


@dataclass(frozen=True, slots=True)
class Brought(ValueObject):
    """A consequence that a provision brings beside the outcome."""

    id: str
    provision: str
    says: str
    figures: tuple[Mapping[str, str | int | None], ...]
    """Each with kind, from, to and unit; a bound that is not known is ``unknown``."""
    certainty: str
    sources: tuple[SourceRef, ...]
    certain: bool = True
    """False where it depends on what was left open whether it follows."""


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


class WorksOutOtherwise(Protocol):
    """What an answer would be with other values of single inputs; worked out when it is asked for."""

    def assumptions(self, answer: Answer) -> tuple[Assumption, ...]:
        """What the answer assumes, and the answer otherwise."""

    def open_points(self, answer: Answer) -> tuple[OpenPoint, ...]:
        """What is open and can change the answer, and the answer for each possibility."""


@dataclass(frozen=True)
class Answer(ValueObject):
    """The answer to one question on one case. Its keys are an interface (see the documentation of `--json`)."""

    header: Header
    status: str
    """``determined``: every consistent completion of what was left open gives the outcome; else ``depends``."""
    outcome: str | None
    possible: tuple[str, ...]
    """Every outcome that some completion reaches, strongest first."""
    grounds: tuple[Ground, ...]
    consequences: tuple[Brought, ...]
    turns_on: tuple[tuple[str, ...], ...]
    rests_on: tuple[str, ...]
    presumed: Mapping[str, Scalar]
    trace: tuple[Trace, ...]
    """A step for each provision of the question."""
    distinction: Distinction | None
    uncertain_dates: tuple[UncertainDate, ...]
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
        "otherwise": "otherwise",
        "grounds": "grounds",
        "consequences": "consequences",
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

    @property
    def says(self) -> str:
        """The answer as a sentence, or the outcomes that are possible."""
        if self.outcome is not None:
            return statement(self.rulebook, self.question, self.outcome)
        possible = predicates(self.rulebook, self.question, self.possible)
        return f"{subject(self.rulebook, self.question)}: {possible}"

    @property
    def rulebook(self) -> Rulebook:
        """The law."""
        return self.header.rulebook

    @property
    def case(self) -> str:
        """The file of the case, and after `#` its variant."""
        return "" if self.header.case is None else self.header.case.name

    @property
    def title(self) -> str:
        """The title of the case."""
        return "" if self.header.case is None else self.header.case.title

    @property
    def question(self) -> str:
        """The id of the question."""
        return self.header.question or ""

    @property
    def law(self) -> LawApplied:
        """The law that is applied."""
        return self.header.law or LawApplied(None, self.rulebook.ordinary_stage)

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
    def otherwise(self) -> tuple[Assumption, ...]:
        """What is assumed of which another value would change the answer, each with all its other values.

        Readings by default, presumed facts, facts left out, computed dates.
        """
        return self.works_out.assumptions(self)

    @cached_property
    def depends_on(self) -> tuple[OpenPoint, ...]:
        """What `turns_on` names, each with the answer for every possibility."""
        return self.works_out.open_points(self)

    def __repr__(self) -> str:
        comes_to = self.outcome or f"depends: {' or '.join(self.possible)}"
        return summary(self, f"{comes_to} of {self.question}:", in_brief(self.title or self.case))

    @property
    def determined(self) -> bool:
        """Whether the answer is certain."""
        return self.status == "determined"

    def to_json(self, trace: bool = True) -> dict[str, Any]:
        """Plain data under the documented keys; without ``trace`` what an answer says in brief."""
        plain: dict[str, Any] = encode_result(self, without=() if trace else ("depends_on", "otherwise", "trace"))
        return plain
