"""What is supposed to be otherwise, in words: each fact and reading before and after."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from lawmodel.answer.answer import Answer
from lawmodel.answer.comparing.whatif import WhatIf, declared_as
from lawmodel.answer.words import count, law_of
from lawmodel.case.supposed import Change, Held
from lawmodel.case.values import in_words
from lawmodel.inputs import Record
from lawmodel.rulebook.model import Fact, Rulebook

WORTH_SAYING: Final = ("left out", "presumed", "default")
"""Of where a value comes from."""


def supposed(found: WhatIf) -> RenderableType:
    """A row for each input that is otherwise, and one for the law."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for style in ("bold", "cyan", "", "dim", ""):
        table.add_column(style=style, no_wrap=style == "cyan")
    for number, (name, before, after) in enumerate(_rows(found)):
        table.add_row("" if number else "What if", Text(name), before, "→", after)
    return table


def law_in_words(answer: Answer) -> str:
    """Which law is applied."""
    if answer.law_date is None:
        return "law of an unknown day"
    return law_of(answer.rulebook, answer.stage, datetime.date.fromisoformat(answer.law_date))


def _rows(found: WhatIf) -> Iterator[tuple[str, Text, Text]]:
    rulebook = found.rulebook
    whole = {change.key for change in found.inputs}
    for change in found.inputs:
        records, bracket, _ = change.key.partition("[")
        if bracket and records in whole:  # the row of the list says it
            continue
        before = _held(rulebook, change, change.before)
        after = Text(_already_so(change), "yellow") if change.already_so else _held(rulebook, change, change.after)
        yield change.key, before, after
    law, then = law_in_words(found.before), law_in_words(found.after)
    if law != then:
        yield "the law", Text(law), Text(then)
    elif not found.inputs:
        yield "the law", Text(law), Text("already so", "yellow")


def _already_so(change: Change) -> str:
    """That a value stays, and whether it is at least no longer taken for granted."""
    return f"already so, now {change.after.origin}" if change.before.origin in WORTH_SAYING else "already so"


def _held(rulebook: Rulebook, change: Change, held: Held) -> Text:
    """What a case has for an input, and where that comes from if it was not given."""
    fact = declared_as(rulebook, change.key)
    remark = [held.origin] if held.origin in WORTH_SAYING else []
    if fact is None:
        entry = rulebook.readings[change.key]
        if held.value is None:
            return Text(f"open: {entry.title}")
        option = entry.option(str(held.value))
        return Text.assemble(option.says, (f"  ({', '.join([option.id, *remark])})", "dim"))
    said = _said(rulebook, fact, change, held)
    return Text.assemble(said, (f"  ({remark[0]})" if remark else "", "dim"))


def _said(rulebook: Rulebook, fact: Fact, change: Change, held: Held) -> str:
    if held.origin == "absent":
        listed = rulebook.facts[change.key.partition("[")[0]]
        return f"no such {listed.each}" if held is change.before else "taken out"
    value = held.value
    if isinstance(value, Mapping):
        return _record(rulebook, fact, value)
    if isinstance(value, tuple):
        records = "; ".join(_record(rulebook, fact, record) for record in value)
        return f"{count(len(value), str(fact.each))}: {records}" if value else str(fact.none)
    return in_words(rulebook, fact, value)


def _record(rulebook: Rulebook, fact: Fact, record: Record) -> str:
    """A record by what is given of it."""
    said = [in_words(rulebook, field, record[field.id]) for field in fact.of if field.id in record]
    return ", ".join(said) or f"a {fact.each} of which nothing is known"
