"""The coverage of the law by cases, on a terminal: what no case shows, entry by entry, and the totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawmodel.answer.whole_law.cover import Coverage, CoveredLimb, Half, counted
from lawmodel.answer.words import count
from lawmodel.rulebook.model import Rulebook

MARKS = {"both ways": ("✓", "green"), "one way": ("◐", "yellow"), "not at all": ("✗", "red"), "never": ("○", "dim")}
CHANGES = {
    "outcome": "another outcome",
    "grounds": "other grounds, though never another outcome",
    "consequences": "other consequences, though never another outcome or ground",
}


def coverage(found: Coverage, all_limbs: bool = False) -> Iterable[RenderableType]:
    """What is shown and what is not; with ``all_limbs`` also the limbs that are covered, and by which cases."""
    yield Text(found.rulebook.title, "bold")
    yield Text(f"{count(found.cases, 'case')} · {count(found.expectations, 'expectation')}", "dim")
    if found.unmet:
        said = f"{count(found.unmet, 'expectation')} not met by the law as it is written: they show nothing here."
        yield Text(f"{said} lawmodel check tells which.", "yellow")
    yield Text()
    complete = 0
    for (section, entry), limbs in found.by_entry().items():
        shown = limbs if all_limbs else [limb for limb in limbs if limb.missing]
        complete += not any(limb.missing for limb in limbs)
        if shown:
            yield from _entry(found.rulebook, section, entry, limbs, shown, all_limbs)
    yield from _never(found)
    yield from _totals(found, complete)


def _entry(
    rulebook: Rulebook,
    section: str,
    entry: str,
    limbs: Sequence[CoveredLimb],
    shown: Sequence[CoveredLimb],
    all_limbs: bool,
) -> Iterator[RenderableType]:
    one: Any = getattr(rulebook, section)[entry]
    title = one.title or entry
    citation = f"  {one.citation}" if one.citation else f"  {section.removesuffix('s')}"
    yield Text.assemble((title, "bold"), citation, (f"  {entry}", "dim"))
    yield Text(f"  {_counted(limbs)}", "dim")
    table = Table.grid(padding=(0, 2))
    table.add_column(width=1)
    table.add_column(ratio=1)
    for limb in shown:
        mark, colour = MARKS[limb.ways]
        said = Text.assemble(limb.says, (f"  {limb.place.file}:{limb.place.line}", "dim"))
        for half in limb.halves:
            line = _half(half, all_limbs)
            if line is not None:
                said.append("\n  ").append_text(line)
        table.add_row(Text(mark, colour), said)
    yield Padding(table, (0, 0, 0, 2))
    yield Text()


def _half(half: Half, all_limbs: bool) -> Text | None:
    """A line for what is missing; and where all is shown, for what is covered."""
    so = "so" if half.so else "not so"
    if half.state == "missing":
        changes = CHANGES[str(half.level)]
        return Text.assemble(
            f"no case in which this is {so} and that decides", (f"  {changes}: {half.question}", "dim")
        )
    if not all_limbs:
        return None
    if half.state == "never":
        return Text(f"that this is {so} can never matter", "dim")
    by = f"{half.case}:{half.line}" if half.line else str(half.case)
    level = "" if half.level == "outcome" else f" ({half.level})"
    return Text.assemble((f"{so} and decides{level}: ", "green"), (by, "dim"))


def _never(found: Coverage) -> Iterator[RenderableType]:
    """What no case can show."""
    never = [(limb, half) for limb in found.limbs for half in limb.halves if half.state == "never"]
    if not never:
        return
    yield Text.assemble(
        ("Can never matter", "bold"), ("  proved for every case, reading, day and stage; not counted", "dim")
    )
    table = Table.grid(padding=(0, 2))
    table.add_column(width=1)
    table.add_column(ratio=1)
    for limb, half in never:
        other = limb.halves[half.so]  # the other half: where it is so comes first
        if other.state == "never" and half.so:
            continue
        whole = other.state == "never"
        lead = "" if whole else f"that this is {'so' if half.so else 'not so'}: "
        place = f"  {limb.entry}  {limb.place.file}:{limb.place.line}"
        table.add_row(Text("○", "dim"), Text.assemble((lead, "dim"), limb.says, (place, "dim")))
    yield Padding(table, (0, 0, 0, 2))
    yield Text()


def _totals(found: Coverage, complete: int) -> Iterator[RenderableType]:
    entries = found.by_entry()
    for section in dict.fromkeys(limb.section for limb in found.limbs):
        limbs = [limb for limb in found.limbs if limb.section == section]
        yield Text(f"{section:12} {_counted(limbs)}", "dim")
    yield Text(
        f"{complete} of {len(entries)} provisions, concepts and conclusions with limbs are covered in full.", "dim"
    )
    yield Text(f"{found.covered} of {found.halves} shown: {percent(found)}", "bold")


def percent(found: Coverage) -> str:
    """The covered part; 100 % only where nothing is missing."""
    tenths = int(1000 * found.covered / found.halves) if found.halves else 1000
    return f"{tenths / 10:g} %"


def _counted(limbs: Sequence[CoveredLimb]) -> str:
    ways = counted(limbs)
    never = f" · {ways['never']} can never matter" if ways["never"] else ""
    return f"{count(len(limbs), 'limb')}: " + (
        f"{ways['both ways']} both ways · {ways['one way']} one way · {ways['not at all']} not at all{never}"
    )
