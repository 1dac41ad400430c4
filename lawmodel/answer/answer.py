"""An answer: what a question comes to on a case, how firm that is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lawmodel.case.values import encode
from lawmodel.inputs import Scalar
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.model import Rulebook, SourceRef
from lawmodel.value_object import ValueObject, in_brief, summary


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

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "id": self.id,
            "citation": self.citation,
            "title": self.title,
            "certainty": self.certainty,
            "version": self.version,
            "date_certainty": self.date_certainty,
            "sources": [{"id": ref.id, "at": ref.at} for ref in self.sources],
            "in_every_case": self.in_every_case,
            "limbs": list(self.limbs),
        }


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

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "id": self.id,
            "provision": self.provision,
            "says": self.says,
            "figures": [dict(figure) for figure in self.figures],
            "certainty": self.certainty,
            "sources": [{"id": ref.id, "at": ref.at} for ref in self.sources],
            "certain": self.certain,
        }


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

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "instrument": self.instrument,
            "stage": self.stage,
            "date": self.date,
            "certainty": self.certainty,
            "remark": self.remark,
            "otherwise": list(self.possible),
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

    def leaves(self) -> list[Distinction]:
        """The cases that are distinguished."""
        if self.if_so is None or self.if_not is None:
            return [self]
        return self.if_so.leaves() + self.if_not.leaves()

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        if self.if_so is None or self.if_not is None:
            return {"outcome": self.outcome, "grounds": list(self.grounds), "because": list(self.because)}
        return {"whether": self.says, "if_so": self.if_so.to_json(), "if_not": self.if_not.to_json()}


@dataclass(frozen=True, slots=True)
class Answer(ValueObject):
    """The answer to one question on one case. Its keys are an interface (see the documentation of `--json`)."""

    rulebook: Rulebook
    case: str
    title: str
    question: str
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
    law_date: str | None
    stage: str
    readings: Mapping[str, str | None]
    defaults: tuple[str, ...]
    told_by: str | None
    """The telling that chose stage and readings, if one did."""
    trace: tuple[Trace, ...]
    """A step for each provision of the question."""
    distinction: Distinction | None
    uncertain_dates: tuple[UncertainDate, ...]
    engines: tuple[str, ...]
    """The engines that took part."""
    without: str | None
    """Which engine could not, and why."""

    def __repr__(self) -> str:
        comes_to = self.outcome or f"depends: {' or '.join(self.possible)}"
        return summary(self, f"{comes_to} of {self.question}:", in_brief(self.title or self.case))

    @property
    def determined(self) -> bool:
        """Whether the answer is certain."""
        return self.status == "determined"

    def to_json(self, trace: bool = True) -> dict[str, Any]:
        """Plain data under the documented keys."""
        rulebook = self.rulebook
        plain: dict[str, Any] = {
            "case": self.case,
            "question": self.question,
            "status": self.status,
            "outcome": self.outcome,
            "possible": list(self.possible),
            "grounds": [ground.to_json() for ground in self.grounds],
            "consequences": [one.to_json() for one in self.consequences],
            "turns_on": [group[0] if len(group) == 1 else list(group) for group in self.turns_on],
            "rests_on": list(self.rests_on),
            "presumed": {path: encode(rulebook.fact(path), value) for path, value in self.presumed.items()},
            "law": {"date": self.law_date, "stage": self.stage},
            "readings": {
                name: {"option": option, "default": name in self.defaults} for name, option in self.readings.items()
            },
            "told_by": self.told_by,
            "uncertain_dates": [date.to_json() for date in self.uncertain_dates],
            "engines": list(self.engines),
        }
        if self.without is not None:
            plain["without"] = self.without
        if self.distinction is not None:
            plain["distinction"] = self.distinction.to_json()
        if trace:
            plain["trace"] = [step.to_json() for step in self.trace]
        return plain
