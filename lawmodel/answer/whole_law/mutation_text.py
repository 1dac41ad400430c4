"""What became of the mutants, on a terminal: the totals, and what nobody would notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawmodel.answer.whole_law.mutation import MutantSeen, Mutation
from lawmodel.answer.words import count

CHANGED = {"outcome": "another outcome", "grounds": "other grounds", "consequences": "other consequences"}


def mutation(found: Mutation, same: bool = False) -> Iterable[RenderableType]:
    """The totals by kind; then every mutant that is another law and that nothing notices."""
    yield Text(found.title, "bold")
    yield Text(
        f"{count(found.cases, 'case')} · {count(found.expectations, 'expectation')} · "
        f"{found.properties} {'property' if found.properties == 1 else 'properties'} · "
        f"{len(found.seen):,} of {found.of:,} mutants tried",
        "dim",
    )
    yield Text()
    yield from _kinds(found)
    if same:
        yield from _same(found)
    if found.unnoticed:
        yield Text("Nobody would notice", "bold")
        yield Text(
            "  another law, on which some case has another answer, and no expectation and no property tells", "dim"
        )
        yield Text()
    for one in found.unnoticed:
        yield from _unnoticed(one)
    counted = found.counted()
    other = len(found.seen) - counted["same"]
    noticed = counted["by_case"] + counted["by_property"]
    tenths = int(1000 * noticed / other) if other else 1000
    yield Text(f"{noticed:,} of {other:,} mutants that are another law are noticed: {tenths / 10:g} %", "bold")


def _kinds(found: Mutation) -> Iterator[RenderableType]:
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column()
    for _ in range(4):
        table.add_column(justify="right")
    heads = ("by a case", "by a property", "the same law", "by nothing")
    table.add_row(Text("noticed", "dim"), *(Text(head, "dim") for head in heads))
    for kind, seen in sorted(found.by_kind().items(), key=lambda pair: (-len(pair[1]), pair[0])):
        counted = found.counted(seen)
        table.add_row(kind, *(_number(counted[one]) for one in ("by_case", "by_property", "same", "unnoticed")))
    total = found.counted()
    numbers = (Text(f"{total[one]:,}", "bold") for one in ("by_case", "by_property", "same", "unnoticed"))
    table.add_row(Text("all", "bold"), *numbers)
    yield Padding(table, (0, 0, 0, 2))
    yield Text()


def _number(number: int) -> Text:
    return Text(f"{number:,}" if number else "·", "" if number else "dim")


def _same(found: Mutation) -> Iterator[RenderableType]:
    yield Text.assemble(("The same law", "bold"), ("  proved: no case has another answer", "dim"))
    for one in found.seen:
        if one.fate.status == "same":
            yield from _line(one)
    yield Text()


def _line(one: MutantSeen) -> Iterator[RenderableType]:
    place = f"  {one.place.file}:{one.place.line}  {one.kind}"
    yield Padding(Text.assemble((one.entry, "cyan"), (place, "dim")), (0, 0, 0, 2))
    yield Padding(Text.assemble(one.was, (" → ", "dim"), one.would_be), (0, 0, 0, 4))


def _unnoticed(one: MutantSeen) -> Iterator[RenderableType]:
    yield from _line(one)
    level = CHANGED.get(str(one.fate.level), "")
    if one.fate.case is None:
        said = f"some case has {level} ({one.fate.question}), but none of which everything is settled"
        yield Padding(Text(said, "dim"), (0, 0, 0, 4))
    else:
        yield Padding(Text(f"{level}: {one.fate.question}; on this case:", "dim"), (0, 0, 0, 4))
        shown = one.fate.case[one.fate.case.index("presume:") :]
        yield Padding(Text(shown.rstrip()), (0, 0, 0, 6))
    yield Text()
