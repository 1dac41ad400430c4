"""What became of the mutants, as a document: how many are noticed, and each that nobody would notice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lawmodel.document import (
    Block,
    Column,
    Document,
    Fold,
    Listing,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
    faint,
    strong,
    text,
)
from lawmodel.documents.heading import by_rulebook
from lawmodel.verbs.mutate.mutation import MutantReport, Mutation, StatusCounts
from lawmodel.words.counts import count

CHANGED: Final = {"outcome": "another outcome", "grounds": "other grounds", "consequences": "other consequences"}
COLUMNS: Final = (
    Column("What was changed"),
    *(Column(title, "number") for title in ("by a case", "by a property", "the same law", "by nothing")),
)
SAME: Final = "Proved: no case has another answer."


def document(found: Mutation, *, same: bool = False) -> Document:
    """How many mutants are noticed, by kind, and those that nothing notices; ``same``: those too that are no other law.

    Without ``same`` these are folded.
    """
    blocks = (*_blocks(found, same), *by_rulebook(found.header.rulebook))
    return Document(text("Would a slip in the law be noticed?"), blocks, text(found.rulebook))


def _blocks(found: Mutation, same: bool) -> Iterator[Block]:
    if found.interrupted:
        yield Note(text("Interrupted: this was found so far."))
    noticed, other = found.counted.noticed, found.counted.other
    tenths = int(1000 * noticed / other) if other else 1000
    said = f"{noticed:,} of {other:,} mutants that are another law are noticed: {tenths / 10:g} %"
    yield Paragraph(text(strong(said), "."))
    tests = (
        count(found.cases, "case"),
        count(found.expectations, "expectation"),
        count(found.properties, "property", "properties"),
    )
    yield Paragraph(text(f"{', '.join(tests)}; {found.tried:,} of {count(found.mutants, 'mutant')} tried."))
    yield _by_kind(found)
    if found.unnoticed:
        remark = text("another law, by which some case has another answer, and no expectation and no property tells")
        yield Section(text("Nobody would notice"), tuple(map(_unnoticed, found.unnoticed)), remark)
    alike = tuple(_mutant(one) for one in found.seen if one.result.status == "same")
    if alike and same:
        yield Section(text("The same law"), (Paragraph(text(faint(SAME))), *alike))
    elif alike:
        yield Fold(text(f"{count(len(alike), 'mutant')} proved to be the same law"), alike)


def _by_kind(found: Mutation) -> Table:
    by_kind = sorted(found.by_kind().items(), key=lambda pair: (-len(pair[1]), pair[0]))
    rows = [(text(kind), *_numbers(found.counted_by_kind[kind])) for kind, _ in by_kind]
    total = tuple(text(strong(f"{number:,}")) for number in _each(found.counted))
    return Table(COLUMNS, (*rows, (text(strong("all")), *total)), "Noticed")


def _each(counted: StatusCounts) -> tuple[int, int, int, int]:
    return counted.by_case, counted.by_property, counted.same, counted.unnoticed


def _numbers(counted: StatusCounts) -> Iterator[Text]:
    return (text(f"{number:,}" if number else faint("·")) for number in _each(counted))


def _mutant(one: MutantReport, *blocks: Block) -> Section:
    place = faint(f"  {one.file}:{one.line}  {one.kind}")
    return Section(text(one.entry, place), (Paragraph(text(one.was, " → ", one.would_be)), *blocks))


def _unnoticed(one: MutantReport) -> Section:
    level = CHANGED.get(str(one.result.level), "")
    if one.result.case is None:
        said = f"Some case has {level} ({one.result.question}), but none of which everything is settled."
        return _mutant(one, Paragraph(text(said)))
    shown = one.result.case[one.result.case.index("presume:") :]
    return _mutant(one, Paragraph(text(f"{level}: {one.result.question}; on this case:")), Listing(shown, "yaml"))
