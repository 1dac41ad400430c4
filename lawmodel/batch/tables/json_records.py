"""Lists of records that are written as JSON, in a cell of a table or in a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from lawmodel.batch.rows.truths import Rows
from lawmodel.batch.tables.called_off import SOME, work_here
from lawmodel.batch.tables.columns import FEW_RECORDS, MANY_RECORDS, NO_RECORD, ONE_VALUE, WORD, records_type, text_of
from lawmodel.batch.tables.rejected import Rejected
from lawmodel.inputs import MOST_RECORDS
from lawmodel.rulebook.model import Fact

_NOTHING: Final = (None, "", "unknown")


class NotJson(ValueError):
    """A text is no JSON; says why."""


def read_json(text: str) -> tuple[Any, tuple[str, ...]]:
    """The value that a text of JSON stands for, and the keys that stand twice in one object; raises `NotJson`."""
    twice: list[str] = []

    def checked(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice.extend(key for key in found if keys.count(key) > 1)
        return found

    try:
        value = json.loads(text, object_pairs_hook=checked)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg} at character {error.pos + 1}") from None
    except UnicodeEncodeError:
        raise NotJson("half a character (`\\ud800` and the like) stands in it") from None
    except RecursionError:
        raise NotJson("it is nested too deep") from None
    except ValueError:  # Python reads no number of thousands of digits
        raise NotJson("a number in it has too many digits") from None
    return value, tuple(twice)


class JsonRecords:
    """What tables share whose records are texts of JSON, or parsed JSON."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        """Take the facts that columns may have, by name."""
        self.records = {path: fact for path, fact in facts.items() if fact.sort == "records"}

    def as_lists(self, name: str, values: Sequence[Any], rows: Rows) -> tuple[pa.Array, list[Rejected]]:
        """Lists of records as an array; what is none is refused, and unknown."""
        return self._lists(name, values, [() for _ in values], [None for _ in values], rows)

    def parsed(self, name: str, texts: pa.Array, rows: Rows) -> tuple[pa.Array, list[Rejected]]:
        """Lists of records from texts of JSON."""
        cells = texts.to_pylist()
        values, found = [], []
        for number, cell in enumerate(cells):
            if number % SOME == 0:
                work_here().check()
            value, problems = _parsed(self.records[name], cell)
            values.append(value)
            found.append(problems)
        return self._lists(name, values, found, cells, rows)

    def _lists(
        self,
        name: str,
        values: Sequence[Any],
        found: Sequence[Sequence[tuple[str, str]]],
        cells: Sequence[str | None],
        rows: Rows,
    ) -> tuple[pa.Array, list[Rejected]]:
        fact = self.records[name]
        known = {field.id: None for field in fact.of} | {field.id + WORD: None for field in fact.of}
        given = [key for key in known if key in self.fields.get(name, ())]
        lists: list[list[dict[str, str | None]] | None] = []
        refused: list[Rejected] = []
        for number, (value, before, cell, row) in enumerate(zip(values, found, cells, rows.tolist(), strict=True)):
            if number % SOME == 0:
                work_here().check()
            problems = [*before, *(_problems_of(fact, value, known) if not before else ())]
            if problems:
                written = json.dumps(value, ensure_ascii=False) if cell is None else cell
                refused += [Rejected(row, name, written, *problem) for problem in dict.fromkeys(problems)]
                lists.append(None)
            elif value in _NOTHING:
                lists.append(None)
            else:
                lists.append([{key: text_of(each.get(key)) for key in given} for each in value])
        return pa.array(lists, type=records_type(dict.fromkeys(given))), refused

    fields: Mapping[str, Collection[str]] = {}
    """The fields that the records of each list have, in some row."""


def fields_in(texts: Iterable[pa.Array]) -> list[str]:
    """The fields that occur in lists of records, which are texts of JSON."""
    found: dict[str, None] = {}
    for array in texts:
        for text in pc.unique(array).to_pylist():
            try:
                value = None if text in _NOTHING else read_json(text)[0]
            except NotJson:
                continue  # refused when it is read
            for each in value if isinstance(value, list) else ():
                found.update(dict.fromkeys(each if isinstance(each, dict) else ()))
    return list(found)


def said_twice(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with keys that stand twice in one object."""
    for key in dict.fromkeys(keys):
        yield f"`{key}` stands twice in one object", "Remove one of the two."


def _parsed(fact: Fact, text: str | None) -> tuple[Any, Sequence[tuple[str, str]]]:
    if text is None or text in _NOTHING:
        return None, ()
    try:
        value, twice = read_json(text)
    except NotJson as error:
        return None, [(f"`{fact.id}` is no JSON: {error}", "Write a JSON list, or [] for none.")]
    return value, list(said_twice(twice))


def _problems_of(fact: Fact, value: Any, known: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if value is None or value in _NOTHING:
        return
    if not isinstance(value, list):
        yield f"`{fact.id}` is a list of records", "Write a JSON list, or [] for none."
        return
    if len(value) > MOST_RECORDS:
        yield MANY_RECORDS.replace("{}", fact.id), FEW_RECORDS
    for each in value:
        if each is None:
            yield NO_RECORD.replace("{}", fact.id), "Write [] for no record, {} for one of which nothing is known."
        elif not isinstance(each, dict):
            yield f"a record of `{fact.id}` is no object", "Write {…} for each record."
        else:
            for key, given in each.items():
                if key not in known:
                    yield f"`{fact.id}` has no `{key}`", f"Its fields are: {', '.join(one.id for one in fact.of)}."
                elif isinstance(given, list | dict):
                    yield ONE_VALUE.replace("{}", f"{fact.id}.{key}"), "Write a text, a number, true, false or null."
