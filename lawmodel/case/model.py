"""Typed cases: pydantic models of the facts that a rulebook declares.

A group of facts is a model, and so is a record of a list. Every fact may be left out (None) or be ``"unknown"``,
and what is written wrongly, or cannot have happened in this order, is refused when the case is made. Typed cases
do not change: `changed` gives another case. They say nothing of what is expected of a case (files do).
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Self, SupportsIndex
from weakref import WeakValueDictionary

from pydantic import AfterValidator, BaseModel, Field, create_model, model_validator

from lawmodel.case.case import Case
from lawmodel.case.checked import case_problems
from lawmodel.case.consistency import contradictions
from lawmodel.case.model_fields import NOTHING, ORDINARY, fact_field, heading_fields
from lawmodel.case.plain import plain_case
from lawmodel.case.shape import Group, Member, shape_of
from lawmodel.case.typed_values import as_scalar, as_typed
from lawmodel.case.values import MOST_NUMBER, UNKNOWN
from lawmodel.case.writing import case_text
from lawmodel.inputs import GivenValue
from lawmodel.output_files import save_text
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Fact, Rulebook, raise_unless_rulebook
from lawmodel.safe_text import STEERING
from lawmodel.value_object import hashable, one_line


class FactGroup(
    BaseModel, frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, protected_namespaces=()
):
    """A group of facts, or a record of a list; None is what is left out."""

    rulebook: ClassVar[Rulebook]

    def __repr__(self) -> str:
        return one_line(super().__repr__())

    def __hash__(self) -> int:
        return hash((type(self), *(hashable(getattr(self, name)) for name in type(self).model_fields)))

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        """A class that was made for a rulebook is in no module: in another process it is made again."""
        made = type(self)
        if getattr(sys.modules.get(made.__module__), made.__name__, None) is made:
            return super().__reduce_ex__(protocol)  # type: ignore[return-value]
        return _without_values, (made.rulebook, made.__module__, made.__name__), self.__getstate__()

    def changed(self, **changes: Any) -> Self:
        """The same but for these; raises pydantic's ValidationError."""
        return type(self)(**{**{name: getattr(self, name) for name in self.model_fields_set}, **changes})

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        fields = type(self).model_fields
        for name, value in super().__repr_args__():
            if name is None or value != fields[name].get_default(call_default_factory=True):
                yield name, value


def _one_line(text: str) -> str:
    if STEERING.search(text):
        raise ValueError("a control character is in this text: take it out")
    return " ".join(text.split())


class CaseModel(FactGroup, frozen=True):
    """A case: its facts by groups, and what else stands at the head of a case file.

    `case_model` derives the model of a rulebook from this one.
    """

    shape: ClassVar[Group]

    title: Annotated[str, AfterValidator(_one_line)] = ""
    point: Annotated[str, AfterValidator(_one_line)] = ""
    hypothetical: Annotated[int | None, Field(strict=True, ge=0, lt=MOST_NUMBER)] = None
    questions: Sequence[str] = ()
    presume: str | Sequence[str] = NOTHING
    readings: Mapping[str, str] = Field(default_factory=dict)
    on: datetime.date | None = None
    stage: str | None = None

    @model_validator(mode="after")
    def _can_have_happened(self) -> Self:
        found = [
            f"{one.says}. Correct {one.first} or {one.then}." for one in contradictions(self.rulebook, self.facts())
        ]
        if found:
            raise ValueError(" ".join(dict.fromkeys(found)))
        return self

    def facts(self) -> dict[str, GivenValue]:
        """What is given, by path, as the engines hold it."""
        return {str(path): _as_value(self.rulebook, member, value) for path, member, value in self._given()}

    def _given(self) -> Iterator[tuple[str, Member, Any]]:
        for member in self.shape.members:
            value = getattr(self, member.name)
            if member.fact is not None:
                if value is not None:
                    yield member.fact.id, member, value
            elif member.group is not None:
                for inner in member.group.members:
                    if inner.fact is not None and getattr(value, inner.name) is not None:
                        yield inner.fact.id, inner, getattr(value, inner.name)

    def to_case(self, name: str = "") -> Case:
        """The case as the engines read it; ``name`` is what answers call it."""
        presume = {ORDINARY: True, NOTHING: False}.get(self.presume) if isinstance(self.presume, str) else None
        return Case(
            facts=self.facts(),
            presume=tuple(self.presume) if presume is None else presume,
            title=self.title,
            point=self.point,
            hypothetical=self.hypothetical,
            questions=tuple(self.questions),
            readings=dict(self.readings),
            on=self.on,
            stage=self.stage,
            name=name,
        )

    @classmethod
    def from_case(cls, case: Case) -> Self:
        """The typed form of a case, without what is expected of it; raises `ProblemsFound` where it does not fit."""
        if problems := list(case_problems(cls.rulebook, case)):
            raise ProblemsFound(problems)
        content: dict[str, Any] = {}
        facts = dict(case.facts)
        for member in cls.shape.members:
            if member.fact is not None:
                if member.fact.id in facts:
                    content[member.name] = _as_given(member, facts.pop(member.fact.id))
            elif member.group is not None:
                content[member.name] = {
                    inner.name: _as_given(inner, facts.pop(inner.fact.id))
                    for inner in member.group.members
                    if inner.fact is not None and inner.fact.id in facts
                }
        presume = {True: ORDINARY, False: NOTHING}[case.presume] if isinstance(case.presume, bool) else case.presume
        return cls(
            title=case.title,
            point=case.point,
            hypothetical=case.hypothetical,
            questions=case.questions,
            presume=presume,
            readings=dict(case.readings),
            on=case.on,
            stage=case.stage,
            **{name: value for name, value in content.items() if value != {}},
        )

    def to_yaml(self) -> str:
        """The text of a case file that is read as this case."""
        return case_text(plain_case(self.rulebook, self.to_case()))

    def save(self, path: Path | str) -> None:
        """Write a case file, replacing what stands there; raises `ProblemsFound` where that cannot be done."""
        save_text(path, self.to_yaml())


def case_model(rulebook: Rulebook, module: str = __name__) -> type[CaseModel]:
    """The model of the cases that a rulebook can be asked about. Each call makes one: keep it.

    ``module`` is where the class says it is from.
    """
    raise_unless_rulebook(rulebook)
    made: type[CaseModel] = case_models(rulebook, module)[shape_of(rulebook).class_name]
    return made


def case_models(rulebook: Rulebook, module: str = __name__) -> dict[str, Any]:
    """The models of a case, of its groups and of its records, by the names of their classes."""
    shape = shape_of(rulebook)
    made: dict[str, Any] = {}
    for group in shape.within():
        fields: dict[str, Any] = {member.name: fact_field(rulebook, member, made) for member in group.members}
        base = CaseModel if group is shape else FactGroup
        if group is shape:
            fields |= heading_fields(rulebook)
        made[group.class_name] = create_model(
            group.class_name, __base__=base, __module__=module, __doc__=group.says, **fields
        )
        made[group.class_name].rulebook = rulebook
        _MADE[rulebook.digest, module, group.class_name] = made[group.class_name]
    made[shape.class_name].shape = shape
    return made


_MADE: Final[WeakValueDictionary[tuple[str, str, str], type[FactGroup]]] = WeakValueDictionary()
"""The classes there are, by their rulebook, their module and their name."""


def _without_values(rulebook: Rulebook, module: str, name: str) -> FactGroup:
    """An instance of a model, to be given its values when it is read back."""
    model = _MADE.get((rulebook.digest, module, name)) or case_models(rulebook, module)[name]
    made: FactGroup = model.__new__(model)
    return made


def _as_value(rulebook: Rulebook, member: Member, value: Any) -> GivenValue:
    assert member.fact is not None
    if member.group is None:
        return as_scalar(rulebook, member.fact, value)
    if value == UNKNOWN:
        return None
    return tuple(
        {field.key: as_scalar(rulebook, field.fact, given) for field, given in _fields(member.group, record)}
        for record in value
    )


def _as_given(member: Member, value: GivenValue) -> Any:
    assert member.fact is not None
    if not isinstance(value, tuple):
        return UNKNOWN if value is None else as_typed(member.fact, value)
    fields = {} if member.group is None else {field.key: field for field in member.group.members}
    return [
        {fields[key].name: as_typed(_fact(fields[key]), given) for key, given in record.items()} for record in value
    ]


def _fields(group: Group, record: Any) -> Iterator[tuple[Any, Any]]:
    for field in group.members:
        given = getattr(record, field.name)
        if given is not None:
            yield field, given


def _fact(member: Member) -> Fact:
    assert member.fact is not None
    return member.fact
