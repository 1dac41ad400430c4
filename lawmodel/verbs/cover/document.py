"""The coverage of the law by cases as a document: how much is shown, then what no case shows, entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from lawmodel.document import (
    Block,
    Column,
    Document,
    Fold,
    Item,
    Items,
    Link,
    Note,
    Paragraph,
    Section,
    Table,
    faint,
    identifier,
    strong,
    text,
)
from lawmodel.documents.heading import by_rulebook
from lawmodel.inquiry.covering.coverage import Coverage, CoveredLimb, Half, Ways, counted
from lawmodel.words.counts import count

WAYS: Final[tuple[Ways, ...]] = ("both ways", "one way", "not at all", "never")
COLUMNS: Final = (
    Column(),
    *(Column(title, "number") for title in ("limbs", "both ways", "one way", "not at all", "can never matter")),
)
CHANGES: Final = {
    "outcome": "another outcome",
    "grounds": "other grounds, though never another outcome",
    "consequences": "other consequences, though never another outcome or ground",
}


def document(found: Coverage) -> Document:
    """How much is shown, and what is missing; what is covered, and what never matters, is folded."""
    blocks = (*_blocks(found), *by_rulebook(found.header.rulebook))
    return Document(text("Coverage by cases"), blocks, text(found.rulebook))


def _blocks(found: Coverage) -> Iterator[Block]:
    yield Paragraph(text(strong(f"{found.shown} of {found.to_be_shown} shown: {percent(found)}"), "."))
    cases = f"{count(found.cases, 'case')} with {count(found.expectations, 'expectation')}"
    entries = found.by_entry()
    complete = sum(not any(limb.missing for limb in limbs) for limbs in entries.values())
    in_full = f"{complete} of {len(entries)} provisions, concepts and conclusions with limbs are covered in full"
    yield Paragraph(text(f"{cases}. {in_full}."))
    if found.unmet:
        unmet = f"{count(found.unmet, 'expectation')} not met by the law as it is written: they show nothing here."
        yield Note(text(f"{unmet} lawmodel check tells which."))
    if found.limbs:
        yield _by_section(found)
    yield from _entries(found, lambda limb: bool(limb.missing), _missing)
    covered = tuple(_entries(found, lambda limb: any(half.state == "covered" for half in limb.halves), _covered))
    if covered:
        number = sum(any(half.state == "covered" for half in limb.halves) for limb in found.limbs)
        yield Fold(text(f"the cases that cover {count(number, 'limb')}"), covered)
    yield from _never(found)
    if found.written is not None:
        written = tuple(Item(text(identifier(file, Link("case", file)))) for file in found.written)
        yield Section(text("Case files that show what is missing"), (Items(written),), text(f"{len(written)} written"))


def _by_section(found: Coverage) -> Table:
    rows = []
    for section in dict.fromkeys(limb.section for limb in found.limbs):
        limbs = [limb for limb in found.limbs if limb.section == section]
        ways = counted(limbs)
        rows.append((text(section), text(str(len(limbs))), *(text(str(ways[one])) for one in WAYS)))
    return Table(COLUMNS, tuple(rows))


def _entries(
    found: Coverage, wanted: Callable[[CoveredLimb], bool], lines: Callable[[CoveredLimb], Iterable[Block]]
) -> Iterator[Section]:
    """The entries with such limbs, in the order of the text."""
    for (section, entry), limbs in found.by_entry().items():
        shown = [limb for limb in limbs if wanted(limb)]
        if shown:
            one: Any = getattr(found.law, section)[entry]
            items = tuple(_item(limb, tuple(lines(limb))) for limb in shown)
            remark = text(one.citation or section.removesuffix("s"))
            yield Section(text(one.title or entry), (Paragraph(text(faint(_counted(limbs)))), Items(items)), remark)


def _item(limb: CoveredLimb, lines: tuple[Block, ...], lead: str = "") -> Item:
    return Item(text(faint(lead), limb.says, faint(f"  {limb.place.file}:{limb.place.line}")), blocks=lines)


def _missing(limb: CoveredLimb) -> Iterator[Block]:
    for half in limb.missing:
        changes = faint(f"  {CHANGES[str(half.level)]}: {half.question}")
        yield Paragraph(text(f"no case in which this is {_so(half)} and that decides", changes))


def _covered(limb: CoveredLimb) -> Iterator[Block]:
    for half in limb.halves:
        if half.state == "covered":
            by = f"{half.case}:{half.line}" if half.line else str(half.case)
            level = "" if half.level == "outcome" else f" ({half.level})"
            yield Paragraph(text(f"{_so(half)} and decides{level}: ", faint(by)))


def _so(half: Half) -> str:
    return "so" if half.so else "not so"


def _never(found: Coverage) -> Iterator[Block]:
    """What no case can show."""
    items = []
    for limb in found.limbs:
        for half in limb.halves:
            other = limb.halves[half.so]  # the other half: where it is so comes first
            whole = other.state == "never"
            if half.state == "never" and not (whole and half.so):
                items.append(_item(limb, (), "" if whole else f"that this is {_so(half)}: "))
    if items:
        proved = Paragraph(text(faint("Proved for every case, reading, day and stage; not counted.")))
        yield Fold(text(f"{count(len(items), 'limb')} that can never matter"), (proved, Items(tuple(items))))


def percent(found: Coverage) -> str:
    """The covered part; 100 % only where nothing is missing."""
    tenths = int(1000 * found.shown / found.to_be_shown) if found.to_be_shown else 1000
    return f"{tenths / 10:g} %"


def _counted(limbs: Sequence[CoveredLimb]) -> str:
    ways = counted(limbs)
    never = f", {ways['never']} can never matter" if ways["never"] else ""
    return f"{count(len(limbs), 'limb')}: " + (
        f"{ways['both ways']} both ways, {ways['one way']} one way, {ways['not at all']} not at all{never}"
    )
