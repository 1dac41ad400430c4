"""The smallest sets of changes for another outcome, as a document: facts before readings, few before many."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from lawmodel.document import Block, Document, Fold, Item, Items, Note, Paragraph, Section, text
from lawmodel.documents.changes import change_item, ways
from lawmodel.documents.heading import law_line, subject_of
from lawmodel.documents.inputs import inputs_table
from lawmodel.results.changes import Changes, ChangeSet
from lawmodel.words.counts import count
from lawmodel.words.outcomes import predicates, statement, subject

TOGETHER: Final = {2: "Or if two are changed together", 3: "Or if three are changed together"}


def document(found: Changes) -> Document:
    """What would have to be otherwise for the outcome that is asked for."""
    rulebook, question = found.rulebook, found.question
    wanted = predicates(rulebook, question, [found.outcome])
    title = text(f"{subject(rulebook, question)}: what would have to change, so that it {wanted}?")
    blocks = (Paragraph(law_line(rulebook, found.stage, found.law_date)), *_found(found), *_kept(found))
    return Document(title, blocks, subject_of(found.title, found.case))


def _found(found: Changes) -> Iterator[Block]:
    rulebook, question = found.rulebook, found.question
    if found.interrupted:
        yield Note(text("Interrupted: this was found so far."))
    now = predicates(rulebook, question, found.possible)
    wanted = predicates(rulebook, question, [found.outcome])
    match found.status:
        case "answer":
            said = statement(rulebook, question, found.outcome)
            yield Paragraph(text(f"Nothing: {said} already. lawmodel why says what settles it."))
        case "possible":
            enough = f"It {wanted} if what is open comes out so:"
            yield Paragraph(text(f"No known fact has to change. Now it {now}. {enough}"))
            yield ways(rulebook.provisions, found.sets)
            if not found.every:
                yield Paragraph(text("There are more ways (--most shows more)."))
        case "found":
            yield from _sets(found, f"Now it {now}. It {wanted} if one of these is changed:")
        case "larger" if found.least is None:
            yield Paragraph(text(f"It takes more than {count(found.up_to, 'change')}, and how many was not found."))
        case "larger":
            yield Paragraph(text(f"It takes {found.least} changes together (--up-to {found.least} shows which)."))
        case "none":
            yield from _in_the_way(found)
        case "never":
            yield Paragraph(text("No case whatever has this outcome under this law."))
        case _:
            yield Paragraph(text("Nothing was found so far."))


def _sets(found: Changes, introduction: str) -> Iterator[Block]:
    ordered = sorted(found.sets, key=lambda one: (len(one.changes), _readings(one)))
    first = 1
    for size, of_size in groupby(ordered, key=lambda one: len(one.changes)):
        if size == 1:
            yield Paragraph(text(introduction))
            for of_readings, group in groupby(of_size, key=_readings):
                items = tuple(map(change_item, group))
                title = "Readings" if of_readings else "Facts"
                yield Section(text(title), (Items(items, numbered=True, first=first),))
                first += len(items)
        else:
            items = tuple(map(change_item, of_size))
            title = TOGETHER.get(size, f"Or if {size} are changed together")
            yield Section(text(title), (Items(items, numbered=True, first=first),))
            first += len(items)
    up_to = f"sets of up to {found.up_to} changes" if found.up_to > 1 else "single changes"
    yield Paragraph(
        text(f"There are no other {up_to}." if found.every else f"There are more {up_to} (--most shows more).")
    )


def _readings(one: ChangeSet) -> int:
    """How many of the changes are of readings."""
    return sum(change.before.kind == "reading" for change in one.changes)


def _in_the_way(found: Changes) -> Iterator[Block]:
    yield Paragraph(text("No change of what may change gives it."))
    if not found.in_the_way:
        points = count(found.up_to, "known point")
        yield Paragraph(text(f"More than {points} that were not to change stand in its way."))
        return
    items = tuple(
        Item(text("this alone" if len(inputs) == 1 else "these together"), "", (inputs_table(inputs),))
        for inputs in found.in_the_way
    )
    yield Section(text("In the way"), (Items(items),), text("let go with --free, each of these opens a way"))


def _kept(found: Changes) -> Iterator[Block]:
    if found.kept and found.status not in ("answer", "possible", "never"):
        facts = count(len(found.kept), "known point")
        yield Fold(text(f"{facts} that were not to change (--free NAME frees one)"), (inputs_table(found.kept),))
