"""A mapping: what the columns and cells of somebody's table mean, and the JSON Schema of the file that says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field, TypeAdapter

from lawmodel.dataclass import dataclass
from lawmodel.inputs import MOST_RECORDS
from lawmodel.rulebook.model import STRICT, Fact, Rulebook
from lawmodel.rulebook.schema import DRAFT, TEXT, any_text
from lawmodel.value_object import ValueObject

CASE: Final = "case"
"""What is said of the column that names the cases."""
IGNORE: Final = "ignore"
"""What is said of a column that is no fact."""
NO_RECORD: Final = "no record"
"""What a cell means that says that there is no such record."""
MOST_TIMES: Final = 1_000_000
"""A number of a table is multiplied by this at most."""
LISTS: Final = ("dates", "unknown", "yes", "no")
"""Keys under which one text may stand for a list of one."""
_IN_RECORD: Final = re.compile(r"(?P<list>.+)\[(?P<number>[1-9][0-9]{0,3})\]\.(?P<field>[^.\[\]]+)\Z")


@dataclass(frozen=True, kw_only=True)
class TableSection(ValueObject):
    """How a table stands in its file, and what its cells have in common."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    sheet: Annotated[str | None, Field(description="Of a spreadsheet: the name of the sheet.")] = None
    headings: Annotated[int | None, Field(ge=1, description="The row that names the columns, counted from 1.")] = None
    encoding: Annotated[str | None, Field(description="Of a text file that is not UTF-8: cp1251, cp1252.")] = None
    delimiter: Annotated[str | None, Field(description="What separates the cells of a text file.")] = None
    dates: Annotated[
        tuple[str, ...], Field(description="The forms of days: day.month.year, m/d/yyyy, day/month/yy, excel.")
    ] = ()
    unknown: Annotated[tuple[str, ...], Field(description="Cells that say that something is not known.")] = ()
    yes: Annotated[tuple[str, ...], Field(description="Cells that say yes.")] = ()
    no: Annotated[tuple[str, ...], Field(description="Cells that say no.")] = ()
    skip: Annotated[
        Mapping[str, tuple[str, ...]],
        Field(description="Rows that are no cases: by column, the cells by which they are known."),
    ] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ColumnSection(ValueObject):
    """What a column is, and what its cells mean."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    fact: Annotated[str, Field(description="A fact, a field of a record as in `visits[1].place`, `case`, or `ignore`.")]
    values: Annotated[
        Mapping[str, str],
        Field(description="What cells mean: values of the fact, `unknown`, or of a record `no record`."),
    ] = field(default_factory=dict)
    empty: Annotated[str | None, Field(description="What an empty cell means. Otherwise it is unknown.")] = None
    times: Annotated[
        int | None, Field(ge=1, le=MOST_TIMES, description="Multiply: 12 where years are given and months are needed.")
    ] = None
    unit: Annotated[str | None, Field(description="A word that may stand behind a number, such as years.")] = None
    dates: Annotated[tuple[str, ...], Field(description="As under `table`, for this column.")] = ()


@dataclass(frozen=True, kw_only=True)
class TableMapping(ValueObject):
    """A mapping, as it is written."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    columns: Annotated[Mapping[str, ColumnSection], Field(min_length=1, description="By heading.")]
    table: TableSection = field(default_factory=TableSection)
    defaults: Annotated[
        Mapping[str, str],
        Field(description="What the table has no column for: by fact, or by field as in `visits.place`."),
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """What a column is: a single fact, or a field of the record of a list that has this number."""

    fact: Fact
    """The fact, or the field."""
    path: str
    """Of the fact, or of the list."""
    record: int | None = None
    """Counted from 1."""

    @property
    def written(self) -> str:
        """As a mapping names it."""
        return self.path if self.record is None else f"{self.path}[{self.record}].{self.fact.id}"

    @property
    def plain(self) -> str:
        """Without the number: ``visits.place``."""
        return self.path if self.record is None else f"{self.path}.{self.fact.id}"


def target_of(rulebook: Rulebook, written: str) -> Target | None:
    """What a mapping names so; None where there is no such fact, or where it is a list as a whole."""
    found = _IN_RECORD.match(written)
    if found is None:
        fact = rulebook.facts.get(written)
        return None if fact is None or fact.sort == "records" else Target(fact, written)
    listed = rulebook.facts.get(found["list"])
    inner = next((one for one in (() if listed is None else listed.of) if one.id == found["field"]), None)
    number = int(found["number"])
    return None if inner is None or number > MOST_RECORDS else Target(inner, found["list"], number)


def targets(rulebook: Rulebook) -> list[str]:
    """Everything that a column may be; of records the first."""
    return [
        name
        for path, fact in rulebook.facts.items()
        for name in ([f"{path}[1].{one.id}" for one in fact.of] if fact.sort == "records" else [path])
    ]


def mapping_schema() -> dict[str, Any]:
    """The JSON Schema of a mapping (draft 2020-12), for editors."""
    found: dict[str, Any] = any_text(TypeAdapter(TableMapping).json_schema())
    found.pop("title", None)
    definitions = found["$defs"]
    for one in definitions.values():
        one.pop("title", None)
        for key, content in one.get("properties", {}).items():
            content.pop("title", None)
            if key in LISTS and content.get("type") == "array":
                one["properties"][key] = _or_one(content)
    skip = definitions["TableSection"]["properties"]["skip"]
    skip["additionalProperties"] = _or_one(skip["additionalProperties"])
    values = definitions["ColumnSection"]["properties"]["values"]
    values["type"] = [values["type"], "null"]  # only comments below it
    by_heading = found["properties"]["columns"]
    by_heading["additionalProperties"] = {"anyOf": [TEXT, by_heading["additionalProperties"]]}
    return {"$schema": DRAFT, "title": "What the columns and cells of a table mean", **found}


def _or_one(several: dict[str, Any]) -> dict[str, Any]:
    """A list, or one text in its place."""
    said = {key: value for key, value in several.items() if key in ("description",)}
    return {**said, "anyOf": [TEXT, {key: value for key, value in several.items() if key not in said}]}
