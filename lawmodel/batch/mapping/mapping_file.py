"""Reading the file of a mapping: every mistake with its line, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from lawmodel.batch.mapping.mapping import (
    CASE,
    IGNORE,
    LISTS,
    NO_RECORD,
    ColumnSection,
    TableMapping,
    TableSection,
    Target,
    target_of,
    targets,
)
from lawmodel.batch.tables.cell_values import DayForms, NotAForm, decode_cell
from lawmodel.case.values import UNKNOWN, NotAValue
from lawmodel.dataclass import dataclass
from lawmodel.problems import Collector, Place, did_you_mean, listed
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.yaml_nodes import ListNode, MapNode, Node, TextNode, read_yaml

_KEYS: Final = {"table": TableSection, "columns": ColumnSection}


def load_mapping(rulebook: Rulebook, path: Path) -> TableMapping:
    """The mapping that a file holds; raises `ProblemsFound` with every mistake in it."""
    problems = Collector()
    node = read_yaml(path, problems)
    if node is not None and not isinstance(node, MapNode):
        problems.at(node.place, "a mapping has keys", "Begin with `columns:`, and a line for each column below it.")
    problems.raise_if_any()
    assert isinstance(node, MapNode)
    found: TableMapping | None = None
    try:
        found = TypeAdapter(TableMapping).validate_python(_plain(node))
    except ValidationError as error:
        for one in error.errors():
            problems.at(_place(node, one["loc"]), *_in_words(node, one))
    problems.raise_if_any()
    assert found is not None
    _Check(rulebook, node, problems).all(found)
    problems.raise_if_any()
    return found


# --- from nodes to plain data ----------------------------------------------------------------------------


def _plain(node: Node, *keys: str) -> Any:
    """What stands there, with what is short written out."""
    if isinstance(node, ListNode):
        return [_plain(one, *keys, "") for one in node.items]
    if isinstance(node, MapNode):
        return {key: _plain(one, *keys, key) for key, one in node.entries.items()}
    match keys:
        case ["columns", _]:
            return {"fact": node.value}
        case ["columns", _, "values"] if node.value == "":
            return {}  # only comments below it
        case ["columns", _, key] | ["table", key] if key in LISTS:
            return [node.value]
        case ["table", "skip", _]:
            return [node.value]
    return node.value


def _at(node: Node, location: tuple[int | str, ...]) -> Iterator[tuple[Node, Place]]:
    """The node that a location leads to, step by step, each with the place of its key."""
    for step in location:
        if isinstance(node, MapNode) and isinstance(step, str) and step in node.entries:
            place, node = node.keys[step], node.entries[step]
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            place = node.place
        else:
            return
        yield node, place


def _place(node: Node, location: tuple[int | str, ...]) -> Place:
    """Where a location stands, or the last part of it that is there."""
    return [node.place, *(place for _, place in _at(node, location))][-1]


def _in_words(node: Node, error: ErrorDetails) -> tuple[str, str]:
    """What pydantic found, and what to do."""
    last = str(error["loc"][-1]) if error["loc"] else ""
    reached = [node, *(found for found, _ in _at(node, error["loc"]))][-1]
    written = reached.value if isinstance(reached, TextNode) else ""
    match error["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            known = _known_keys(error["loc"])
            return f"there is no key `{last}` here", did_you_mean(last, known, f"The keys are: {listed(known)}.")
        case "missing" | "missing_argument" | "too_short":
            if last == "columns":
                return "no column is named", "Write `columns:`, and a line for each column below it."
            return f"`{last}` is missing", f"Write `{last}: …`."
        case "int_parsing" | "int_type" | "greater_than_equal" | "less_than_equal":
            what = f": {error['msg'].removeprefix('Input should be ')}" if error["type"].endswith("equal") else ""
            return f"`{last}` is a whole number{what}", f"Write digits, such as `{last}: 12`."
        case "string_type":
            return f"`{last}` is one text", "Write it behind the colon."
        case "tuple_type" | "list_type":
            return f"`{last}` is a list of texts", f"Write `{last}: […]`, or one text."
    what = f"`{written}` cannot stand here" if written else f"`{last}` has keys of its own"
    return what, "Write `{key: …}`, or the keys below it, indented."


def _known_keys(location: tuple[int | str, ...]) -> list[str]:
    section = _KEYS.get(str(location[0])) if len(location) > 1 else TableMapping
    return list(getattr(section, "__dataclass_fields__", ()))


# --- what it says, under a rulebook ----------------------------------------------------------------------


@dataclass(slots=True)
class _Check:
    """Checks that what a mapping says is possible under a rulebook."""

    rulebook: Rulebook
    node: MapNode
    problems: Collector

    def all(self, found: TableMapping) -> None:
        self._table(found)
        taken: dict[str, str] = {}
        for heading, column in found.columns.items():
            target = self._target(heading, column)
            key = column.fact if target is None else target.written
            if key in taken and key != IGNORE:
                two = f"the columns `{taken[key]}` and `{heading}` are both `{key}`"
                mend = f"Ignore one of them (`{heading}: ignore`), or give the other a number: `…[2]…`."
                self._at(two, mend, "columns", heading)
            taken.setdefault(key, heading)
            if target is not None:
                self._column(heading, column, target)
        self._defaults(found)

    def _at(self, message: str, mend: str, *location: str) -> None:
        self.problems.at(_place(self.node, location), message, mend)

    def _table(self, found: TableMapping) -> None:
        self._forms(found.table.dates, "table", "dates")
        both = {one.casefold() for one in found.table.yes} & {one.casefold() for one in found.table.no}
        for one in sorted(both):
            self._at(f"`{one}` is both yes and no", "Take it out of one of the two lists.", "table", "no")
        for heading in found.table.skip:
            if heading not in found.columns:
                mend = did_you_mean(heading, found.columns, "Name it under `columns` too, with `ignore` if need be.")
                self._at(f"there is no column `{heading}` in this mapping", mend, "table", "skip", heading)

    def _forms(self, names: tuple[str, ...], *location: str) -> None:
        try:
            DayForms.of(names)
        except NotAForm as error:
            message, _, mend = str(error).partition(". ")
            self._at(message, mend, *location)

    def _target(self, heading: str, column: ColumnSection) -> Target | None:
        if column.fact in (CASE, IGNORE):
            return None
        found = target_of(self.rulebook, column.fact)
        if found is None:
            of = self.rulebook.facts.get(column.fact)
            if of is not None:
                message, mend = f"`{column.fact}` is a list", f"Name a field of one of its records: {_fields(of)}."
            else:
                known = targets(self.rulebook)
                message = f"there is no fact `{column.fact}`"
                mend = did_you_mean(column.fact, known, f"The facts are: {listed(known)}.")
            self._at(message, mend, "columns", heading)
        return found

    def _column(self, heading: str, column: ColumnSection, target: Target) -> None:
        place = ("columns", heading)
        for cell, meant in column.values.items():
            self._value(target.fact, meant, *place, "values", cell, in_record=target.record is not None)
        if column.empty is not None:
            self._value(target.fact, column.empty, *place, "empty", in_record=target.record is not None)
        self._forms(column.dates, *place, "dates")
        for key in ("times", "unit"):
            if getattr(column, key) is not None and target.fact.type != "number":
                what = f"`{target.written}` is no number, and `{key}` is about numbers"
                self._at(what, f"Take `{key}` out.", *place, key)
        if column.dates and target.fact.sort != "date":
            self._at(f"`{target.written}` is no day, and `dates` is about days", "Take it out.", *place, "dates")

    def _value(self, fact: Fact, meant: str, *location: str, in_record: bool) -> None:
        if meant == UNKNOWN or (in_record and meant == NO_RECORD):
            return
        try:
            decode_cell(self.rulebook, fact, meant)
        except NotAValue as error:
            self._at(error.message, error.mend, *location)

    def _defaults(self, found: TableMapping) -> None:
        columns = [target_of(self.rulebook, one.fact) for one in found.columns.values()]
        with_column = {one.plain for one in columns if one is not None}
        lists = {one.path for one in columns if one is not None and one.record is not None}
        for name, meant in found.defaults.items():
            place = ("defaults", name)
            fact = self._defaulted(name, lists, *place)
            if fact is None:
                continue
            if fact.sort == "records":
                if meant != NO_RECORD:
                    self._at(f"`{name}` is a list", f"Its default may only be `{NO_RECORD}`.", *place)
                elif name in lists:
                    self._at(f"the table has columns of `{name}`", f"Let a cell mean `{NO_RECORD}` there.", *place)
                continue
            if name in with_column:
                mend = "Say what its empty cells mean: `empty` in the entry of the column."
                self._at(f"the table has a column of `{name}`", mend, *place)
            self._value(fact, meant, *place, in_record=False)

    def _defaulted(self, name: str, lists: set[str], *location: str) -> Fact | None:
        try:
            fact = self.rulebook.fact(name)
        except KeyError:
            known = [one.replace("[1]", "") for one in targets(self.rulebook)]
            mend = did_you_mean(name, known, f"The facts are: {listed(known)}.")
            self._at(f"there is no fact `{name}`", mend, *location)
            return None
        if name not in self.rulebook.facts and name.rpartition(".")[0] not in lists:
            self._at(f"no column is in a record of `{name.rpartition('.')[0]}`", "Take it out.", *location)
            return None
        return fact


def _fields(fact: Fact) -> str:
    return listed([f"{fact.id}[1].{one.id}" for one in fact.of], 4)


def plain_targets(columns: Mapping[str, ColumnSection], rulebook: Rulebook) -> dict[str, Target]:
    """What each column is that is a fact, by heading."""
    found = {heading: target_of(rulebook, one.fact) for heading, one in columns.items()}
    return {heading: one for heading, one in found.items() if one is not None}
