"""The smallest sets of changes for another outcome, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawmodel.answer.question_text import heading, law_in_words, means, said
from lawmodel.answer.reasons.change import Changes, ChangeSet
from lawmodel.answer.reasons.held_input_text import WIDEST_SAYING, inputs_in_rows
from lawmodel.answer.words import count
from lawmodel.rulebook.model import Provision

_SIZES: Final = {1: "One change", 2: "Two changes together", 3: "Three changes together"}
_ALONE: Final = "any of these alone is enough, with any of the values said"
_TOGETHER: Final = "with values that work together"


def change_text(found: Changes, *, everything: bool = False) -> Iterator[RenderableType]:
    """What would have to be otherwise; what was not to change is listed if ``everything``."""
    yield from heading(found.rulebook, found.question, found.title, found.case)
    yield Padding(_asked(found), (0, 0, 0, 2))
    yield Text()
    if found.interrupted:
        yield Text("Interrupted: this was found so far.", "yellow")
    yield from _verdict(found)
    yield from _kept(found, everything)


def _asked(found: Changes) -> Table:
    """The answer now, and the one that is wanted."""
    rulebook, question = found.rulebook, found.question
    now = f"IT DEPENDS: {means(rulebook, question, found.possible)}"
    if len(found.possible) == 1:
        now = said(rulebook, question, found.possible[0])
    law = law_in_words(rulebook, found.stage, found.law_date)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_row(Text("now", "dim"), Text.assemble(now, (f"   {' or '.join(found.possible)}  {law}", "dim")))
    wanted = said(rulebook, question, found.outcome)
    table.add_row(Text("to", "dim"), Text.assemble((wanted, "bold cyan"), (f"   {found.outcome}", "dim")))
    return table


def _verdict(found: Changes) -> Iterator[RenderableType]:
    match found.status:
        case "answer":
            yield Text("It is the answer already: nothing has to change. `why` says what settles it.")
        case "possible":
            yield Text.assemble(
                ("Nothing known has to change", "bold"), "; it is enough that what is open comes out so:"
            )
            yield from ways_in_rows(found.rulebook.provisions, found.sets)
            if not found.every:
                yield Text("There are more (--most).", "dim")
        case "found":
            yield from _sets(found)
        case "larger" if found.least is None:
            yield Text(f"It takes more than {count(found.up_to, 'change')}, and how many was not found.")
        case "larger":
            yield Text(f"It takes {found.least} changes together (--up-to {found.least} shows which).")
        case "none":
            yield from _in_the_way(found)
        case "never":
            yield Text("No case whatever has this outcome under this law.")
        case _:
            yield Text("Nothing was found so far.")
    yield Text()


# --- sets ---------------------------------------------------------------------------------------------


def _sets(found: Changes) -> Iterator[RenderableType]:
    number = 0
    for size, of_size in groupby(found.sets, key=lambda one: len(one.changes)):
        title = _SIZES.get(size, f"{size} changes together")
        yield Text.assemble((title, "bold"), (f"  {_ALONE if size == 1 else _TOGETHER}", "dim"))
        table = _columns()
        for one in of_size:
            number += 1
            _add_set(table, number, one)
        yield Padding(table, (0, 0, 0, 1))
        yield Text()
    up_to = f"up to {count(found.up_to, 'change')}" if found.up_to > 1 else "one change"
    if found.every:
        yield Text(f"There are no others of {up_to}.", "dim")
    else:
        yield Text(f"There are more of {up_to} (--most shows more).", "dim")


def _columns() -> Table:
    """A mark, what is said, and the name."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(justify="right", min_width=3, no_wrap=True)
    table.add_column(max_width=WIDEST_SAYING)
    table.add_column(style="dim", overflow="fold")
    return table


def _add_set(table: Table, number: int, one: ChangeSet) -> None:
    """A set of changes, each from what it was to what it would be; and what has to be found besides."""
    if number > 1 and len(one.changes) > 1:
        table.add_row()
    mark = Text(str(number), "bold")
    for change in one.changes:
        table.add_row(mark, Text(change.before.in_words(), "dim"), Text(f" {change.before.remark()}"))
        option = f" {' or '.join(map(str, change.values))}" if change.before.kind == "reading" else ""
        table.add_row(Text("→", "cyan"), Text(change.says), Text(option))
        mark = Text("and", "dim")
    mark = Text("if", "yellow")
    for finding in one.findings:
        table.add_row(mark, Text(finding.says), Text(f" {finding.name}"))
        mark = Text("and", "yellow")


# --- what is open -------------------------------------------------------------------------------------


def ways_in_rows(provisions: Mapping[str, Provision], ways: Sequence[ChangeSet]) -> Iterator[RenderableType]:
    """How what is open may come out, with the provision that then applies."""
    for number, one in enumerate(ways, 1):
        cited = " · ".join(provisions[name].citation for name in one.provisions)
        yield Text.assemble((f"  {number}  ", "bold"), (f"then {cited} applies" if cited else "", "cyan"))
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(max_width=WIDEST_SAYING)
        table.add_column(style="dim", overflow="fold")
        for finding in one.findings:
            table.add_row(finding.says, finding.name)
        yield Padding(table, (0, 0, 0, 5))


# --- what is held -------------------------------------------------------------------------------------


def _in_the_way(found: Changes) -> Iterator[RenderableType]:
    yield Text("No change of what may change gives it.")
    yield Text()
    if not found.in_the_way:
        yield Text(f"More than {count(found.up_to, 'known point')} held as they are stand in its way.")
        return
    yield Text.assemble(
        ("In the way", "bold"), ("  held as it is; let go with --free, each of these opens a way", "dim")
    )
    alone = [inputs[0] for inputs in found.in_the_way if len(inputs) == 1]
    if alone:
        yield inputs_in_rows(alone)
    for inputs in found.in_the_way:
        if len(inputs) > 1:
            yield Text("  together", "dim")
            yield inputs_in_rows(inputs, 4)


def _kept(found: Changes, everything: bool) -> Iterator[RenderableType]:
    """What was not to change."""
    if not found.kept or found.status in ("answer", "possible", "never"):
        return
    if everything:
        yield Text.assemble(("Held as it is", "bold"), ("  --free NAME lets go of one", "dim"))
        yield inputs_in_rows(found.kept)
    else:
        points = count(len(found.kept), "known point")
        yield Text(f"Held as it is: {points} (--all lists them, --free NAME lets go of one).", "dim")
