"""A question as one query over a table of facts, for DuckDB.

The conditions are those that `lawmodel.batch` asks of tables, as Ibis writes them. A row is a case, and what is not
known of it is NULL. So is the outcome, if strong Kleene logic leaves it open.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, Final, assert_never

import ibis
import ibis.expr.datatypes as dt
from ibis.expr.types import Table

from lawmodel.batch.rows.expressions import GROUNDS, OUTCOME, settled
from lawmodel.batch.rows.plan import Asked, InputsRead, Plan
from lawmodel.batch.tables.columns import WORD
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.verbs.export.heading import Posed, law_line, reading_lines, rulebook_line

TABLE: Final = "facts"
CASE: Final = "case"
"""The column by which a row is told from others."""
DIALECT: Final = "duckdb"
WIDTH: Final = 110
_SAID: Final = (
    f'A query for DuckDB over a table "{TABLE}" with a row for each case. It gives "{OUTCOME}", and in "grounds" the '
    "provisions that speak for it. What is not known of a case is NULL."
)
_NOT_SAID: Final = (
    "What the query does not say: the reasons; what an open outcome turns on; what follows beside the outcome; whether "
    "the days of a row contradict each other. It presumes nothing. An outcome that is NULL may be certain all the "
    "same, for a reason that no single condition shows: `lawmodel batch` finds it."
)


def as_sql(
    rulebook: Rulebook,
    question: str,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
) -> str:
    """The question as a query.

    Raises `ProblemsFound` for whatever is wrong with what is given, `ValueError` for what no query can say.
    """
    plan = _plan(Asked(rulebook, question, readings or {}, on, stage))
    query = ibis.to_sql(_query(plan), dialect=DIALECT)
    return "".join(f"-- {' '.join(line.splitlines())}".rstrip() + "\n" for line in _heading(plan)) + f"{query}\n"


def _plan(asked: Asked) -> Plan:
    """The question as it reads the columns that its conditions name, and no others."""
    facts = asked.rulebook.facts
    whole = Plan(asked, set(facts), {path: [one.id for one in fact.of] for path, fact in facts.items()})
    read = [InputsRead.of(one.condition) for one in whole.speaks]
    fields = {path: {name for one in read for name in one.fields.get(path, ())} for path in facts}
    lists = {path for one in read for path in one.fields}
    return Plan(asked, {path for one in read for path in one.singles} | lists, fields)


def _query(plan: Plan) -> Table:
    """Case, outcome and grounds of every row."""
    table = ibis.table({CASE: dt.string, **dict(_columns(plan))}, name=TABLE)
    told: Any = settled(plan, table)
    grounds = []
    for number, outcome in enumerate(plan.outcomes):
        rules = [one.rule for one in plan.speaks if one.outcome == number]
        named = [
            ibis.ifelse((told[GROUNDS] & (1 << bit)) > 0, rule, ibis.null("string")) for bit, rule in enumerate(rules)
        ]
        listed = ibis.array(named).filter(lambda one: one.notnull()) if named else ibis.literal([], "array<string>")
        grounds.append((told[OUTCOME] == outcome, listed))
    return told.select(CASE, OUTCOME, grounds=ibis.cases(*grounds))


def _columns(plan: Plan) -> Iterator[tuple[str, Any]]:
    """The columns that the query reads, with their types."""
    facts = plan.asked.rulebook.facts
    for path in plan.singles:
        yield from _of_fact(path, facts[path])
    for path, fields in plan.lists.items():
        read = [one for one in facts[path].of if one.id in fields] or facts[path].of[:1]  # a record has some field
        yield path, dt.Array(dt.Struct(dict(column for one in read for column in _of_fact(one.id, one))))


def _of_fact(name: str, fact: Fact) -> Iterator[tuple[str, Any]]:
    match fact.type:
        case "yes/no":
            yield name, dt.boolean
        case "choice" | "span":
            yield name, dt.string
        case "number":
            yield name, dt.int64
        case "date":
            yield name, dt.date
            if fact.words:
                yield name + WORD, dt.string
        case "records":  # stands in no list, and is no single fact
            return
        case _:
            assert_never(fact.type)


# --- what stands above the query ------------------------------------------------------------------------


def _heading(plan: Plan) -> Iterator[str]:
    """What is asked, under which law, of which table, in the words of the rulebook."""
    asked, rulebook = plan.asked, plan.asked.rulebook
    question = rulebook.questions[asked.question]
    yield f"{question.title}: {question.asks}"
    posed = Posed(rulebook, asked.question, asked.readings, asked.on, asked.stage)
    yield rulebook_line(posed)
    yield law_line(posed)
    yield ""
    yield from _wrapped(_SAID)
    yield from _wrapped(_NOT_SAID)
    yield ""
    yield "Outcomes:"
    for one in question.outcomes:
        yield f"  {one.id}: {one.means}"
    yield ""
    yield "Readings:"
    yield from reading_lines(posed)
    yield ""
    yield f'Columns of "{TABLE}":'
    yield f'  "{CASE}" VARCHAR: any name of the case'
    facts = rulebook.facts
    for path in plan.singles:
        yield from _column(rulebook, path, facts[path], "  ")
    for path, fields in plan.lists.items():
        yield f'  "{path}" STRUCT(…)[]: {facts[path].title}; an empty list if there is none'
        for field in [one for one in facts[path].of if one.id in fields] or facts[path].of[:1]:
            yield from _column(rulebook, field.id, field, "    ")
    yield ""


def _column(rulebook: Rulebook, name: str, fact: Fact, indent: str) -> Iterator[str]:
    kinds = {"yes/no": "BOOLEAN", "choice": "VARCHAR", "span": "VARCHAR", "number": "BIGINT", "date": "DATE"}
    yield f'{indent}"{name}" {kinds[fact.type]}: {fact.title}{_values(rulebook, fact)}'
    if fact.type == "date" and fact.words:
        words = ", ".join(f"{word} ({meaning.says})" for word, meaning in fact.words.items())
        yield f'{indent}"{name}{WORD}" VARCHAR: instead of a day: {words}'


def _values(rulebook: Rulebook, fact: Fact) -> str:
    """What a choice can be, unless its list is a long one that it shares."""
    if fact.choices is None:
        return ""
    if isinstance(fact.choices, str):
        return f"; a code of the list {fact.choices} (lawmodel law {fact.choices})"
    return f"; one of: {', '.join(rulebook.choices_of(fact))}"


def _wrapped(words: str) -> Iterator[str]:
    line = ""
    for word in words.split():
        if line and len(line) + len(word) >= WIDTH:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line
