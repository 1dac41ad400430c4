"""Which facts the columns of a table are."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from lawmodel.batch.tables.columns import WORD, WrongType, check_type
from lawmodel.case.values import composed
from lawmodel.dataclass import dataclass
from lawmodel.problems import did_you_mean, listed, with_short_names
from lawmodel.rulebook.model import Fact, Rulebook

KEY = "case"
"""The column that names cases, where there is one."""


class UnknownColumns(ValueError):
    """The table has columns that are no facts, or of types that their facts cannot have."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The facts that a table has columns of."""

    columns: frozenset[str]
    """By path."""
    fields: Mapping[str, frozenset[str]]
    """Of each list: the fields that its records have."""
    words: frozenset[str]
    """Days (by path) that have a column of words beside them."""
    key: bool
    """Whether a column names the cases."""


def matched(rulebook: Rulebook, types: Mapping[str, pa.DataType], ignored: frozenset[str] = frozenset()) -> Matched:
    """Match columns and facts by name; raises `UnknownColumns` with everything that is wrong."""
    passed_over = {composed(name) for name in ignored}
    wrong: list[str] = []
    columns: set[str] = set()
    fields: dict[str, frozenset[str]] = {}
    words: set[str] = set()
    for name, kind in types.items():
        if name in rulebook.facts:
            columns.add(name)
            wrong += _checked(rulebook.facts[name], name, kind)
            if rulebook.facts[name].sort == "records":
                found, unknown = _fields(rulebook.facts[name], kind)
                fields[name] = found
                wrong += unknown
        elif (day := _day(rulebook, name)) is not None:
            words.add(day)
            if day not in types:
                wrong.append(f"the column `{name}` needs a column `{day}` beside it.")
        elif name != KEY and composed(name) not in passed_over:
            mend = did_you_mean(name, rulebook.facts, f"The facts are: {listed(rulebook.facts)}.")
            wrong.append(f"there is no fact `{name}`. {mend}")
    if wrong:
        raise UnknownColumns("\n".join(map(with_short_names, wrong)))
    return Matched(frozenset(columns), fields, frozenset(words), KEY in types)


def _checked(fact: Fact, name: str, kind: pa.DataType) -> list[str]:
    try:
        check_type(fact, name, kind)
    except WrongType as error:
        return [str(error)]
    return []


def _day(rulebook: Rulebook, name: str) -> str | None:
    day = name.removesuffix(WORD)
    return day if day != name and day in rulebook.facts and rulebook.facts[day].sort == "date" else None


def _fields(fact: Fact, kind: pa.DataType) -> tuple[frozenset[str], list[str]]:
    if not hasattr(kind, "value_type") or not pa.types.is_struct(kind.value_type):
        return frozenset(), []
    known = {field.id: field for field in fact.of}
    found: set[str] = set()
    wrong: list[str] = []
    for one in kind.value_type:
        day = one.name.removesuffix(WORD)
        if one.name in known:
            found.add(one.name)
        elif day == one.name or day not in known or known[day].sort != "date":
            mend = did_you_mean(one.name, known, f"Its fields are: {listed(known)}.")
            wrong.append(f"`{fact.id}` has no `{one.name}`. {mend}")
    return frozenset(found), wrong
