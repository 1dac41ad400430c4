"""The fields of a typed case: each with what may be given for it, as Python and as JSON Schema."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    PlainValidator,
    WithJsonSchema,
    WrapSerializer,
    WrapValidator,
)

from lawmodel.case.arguments import day_problems, readings_problems, stage_problems
from lawmodel.case.shape import HEADINGS, Member
from lawmodel.case.typed_values import describe_fact, typed_value, value_schema
from lawmodel.case.values import UNKNOWN, NotAValue, parse_day
from lawmodel.inputs import MOST_RECORDS
from lawmodel.problems import Problem, did_you_mean, listed
from lawmodel.rulebook.model import Fact, Rulebook

NOTHING: Final = "nothing"
ORDINARY: Final = "ordinary"


def fact_field(rulebook: Rulebook, member: Member, made: Mapping[str, type[BaseModel]]) -> tuple[Any, Any]:
    """The type and the field of a fact, a list of records, or a group; ``made`` holds the models of its parts."""
    alias = None if member.key in HEADINGS and member.name != member.key else member.key
    if member.fact is None:
        assert member.group is not None
        group = made[member.group.class_name]
        return group, Field(default=group(), alias=alias, json_schema_extra=_without_default)
    fact = member.fact
    field = Field(
        default=None,
        alias=alias,
        title=fact.title,
        description=describe_fact(rulebook, fact),
        json_schema_extra=_without_default,
    )
    if member.group is not None:
        record: Any = made[member.group.class_name]
        unknown: Any = Annotated[Any, WithJsonSchema({"const": UNKNOWN})]
        checked = WrapValidator(_records(fact), json_schema_input_type=tuple[record, ...] | unknown)
        return Annotated[tuple[record, ...], checked, WrapSerializer(_serialised)], field
    written: Any = Annotated[Any, WithJsonSchema(value_schema(rulebook, fact))]
    return Annotated[
        Any, PlainValidator(lambda given: typed_value(rulebook, fact, given), json_schema_input_type=written)
    ], field


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)  # None is no value that can stand in a file


def _records(fact: Fact) -> Callable[[Any, Callable[[Any], Any]], Any]:
    def check(given: Any, as_list: Callable[[Any], Any]) -> Any:
        if given is None or given == UNKNOWN:
            return given
        if isinstance(given, str | Mapping | BaseModel) or not isinstance(given, Sequence):
            raise NotAValue(f"`{fact.id}` is a list of records", f'Give a list, [] for none, or "{UNKNOWN}".')
        if len(given) > MOST_RECORDS:
            raise NotAValue(f"`{fact.id}` has more than {MOST_RECORDS} records", "Keep those that matter.")
        return as_list(given)

    return check


def _serialised(value: Any, as_list: Callable[[Any], Any]) -> Any:
    return as_list(value) if isinstance(value, tuple) else value


def heading_fields(rulebook: Rulebook) -> dict[str, Any]:
    """Questions, and what may be presumed, by the names that the rulebook knows."""
    literal: Any = Literal
    questions: Any = literal[tuple(rulebook.questions)] if rulebook.questions else str
    ordinary = [path for path, fact in rulebook.facts.items() if fact.ordinary is not None]
    listed_facts: Any = {"type": "array", "items": {"enum": ordinary}, "uniqueItems": True}
    schema = WithJsonSchema({"anyOf": [{"enum": [ORDINARY, NOTHING]}, listed_facts if ordinary else {"maxItems": 0}]})

    def presumed(given: Any) -> Any:
        if given in (ORDINARY, NOTHING):
            return given
        if isinstance(given, str) or not isinstance(given, Sequence):
            raise NotAValue("this cannot be presumed", f'Give "{ORDINARY}", "{NOTHING}", or a list of facts.')
        for path in given:
            if path not in rulebook.facts:
                hint = did_you_mean(str(path), ordinary, "Name facts by their paths.")
                raise NotAValue(f"there is no fact `{path}`", hint)
            if path not in ordinary:
                raise NotAValue(f"`{path}` has no ordinary value", "Give the fact itself, or leave it open.")
        return tuple(given)

    def known(given: Any) -> Any:
        names = (given,) if isinstance(given, str) else given
        for name in names if isinstance(names, Sequence) else ():
            if name not in rulebook.questions:
                hint = did_you_mean(str(name), rulebook.questions, f"The questions are: {listed(rulebook.questions)}.")
                raise NotAValue(f"there is no question `{name}`", hint)
        return names

    def of_law(check: Callable[[Any], Iterator[Problem]], written: Any, default: Any) -> tuple[Any, Any]:
        def chosen(given: Any) -> Any:
            given = parse_day(given) if written is datetime.date and isinstance(given, str) else given
            for problem in check(given):
                raise NotAValue(problem.message, problem.mend)
            return dict(given) if isinstance(given, Mapping) else given

        return Annotated[Any, PlainValidator(chosen, json_schema_input_type=written)], default

    stages: Any = literal[tuple(one.id for one in rulebook.stages)]
    return {
        "readings": of_law(partial(readings_problems, rulebook), dict[str, str], Field(default_factory=dict)),
        "on": of_law(day_problems, datetime.date, None),
        "stage": of_law(partial(stage_problems, rulebook), stages, None),
        "questions": (Annotated[tuple[questions, ...], BeforeValidator(known)], ()),
        "presume": (
            Annotated[Any, PlainValidator(presumed, json_schema_input_type=Annotated[Any, schema])],
            NOTHING,
        ),
    }
