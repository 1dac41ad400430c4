"""What stands in the way of an outcome, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawmodel.answer.console import two_columns
from lawmodel.answer.question_text import heading, law_in_words, means, said
from lawmodel.answer.reasons.change_text import ways_in_rows
from lawmodel.answer.reasons.reasons_text import ReasonsText, without_effect
from lawmodel.answer.reasons.why_not import Path, WhyNot
from lawmodel.answer.summary import open_points
from lawmodel.answer.words import count


def why_not_text(found: WhyNot, *, everything: bool = False) -> Iterator[RenderableType]:
    """What stands in the way; what has no effect is listed if ``everything``."""
    rulebook, question = found.rulebook, found.question
    yield from heading(rulebook, question, found.title, found.case)
    yield Padding(_asked(found), (0, 0, 0, 2))
    yield Text()
    if found.status == "answer":
        yield Text("It is the answer: `why` says what settles it.")
        return
    if found.status == "possible":
        yield from _possible(found)
        return
    yield from _paths(found)
    assert found.found is not None
    reasons = found.found
    if not reasons.reasons or not reasons.reasons[0].inputs:
        yield Text("No case whatever has this outcome under this law.")
        return
    least = len(reasons.reasons[0].inputs)
    excluding = f"{least} of {count(reasons.held, 'known point')} {'excludes' if least == 1 else 'exclude'} it"
    yield Text.assemble(("Excluded whatever else is true", "bold"), (f"  {excluding}", "dim"))
    yield from ReasonsText(rulebook, reasons).shown()
    yield from without_effect(reasons, everything)


def _asked(found: WhyNot) -> Table:
    """The answer, and the outcome that is asked about."""
    rulebook, question = found.rulebook, found.question
    table = Table.grid(padding=(0, 2, 0, 0))
    now = f"IT DEPENDS: {means(rulebook, question, found.possible)}"
    if len(found.possible) == 1:
        now = said(rulebook, question, found.possible[0])
    ids = " or ".join(found.possible)
    law = law_in_words(rulebook, found.stage, found.law_date)
    table.add_row(Text("answer", "dim"), Text.assemble((now, "cyan"), (f"   {ids}  {law}", "dim")))
    asked = said(rulebook, question, found.outcome)
    table.add_row(Text("why not", "dim"), Text.assemble((asked, "bold"), (f"   {found.outcome}", "dim")))
    return table


def _paths(found: WhyNot) -> Iterator[RenderableType]:
    rulebook = found.rulebook
    if found.paths:
        yield Text.assemble(
            ("Paths to it", "bold"), (f"  {count(len(found.paths), 'provision')}, and what each fails on", "dim")
        )
        table = two_columns()
        for path in found.paths:
            provision = rulebook.provisions[path.provision]
            table.add_row(Text(f"{_MARKS[path.speaks]} {provision.citation}", "dim"), _how_far(path))
        yield Padding(table, (0, 0, 0, 2))
        yield Text()
    else:
        yield Text("No provision speaks for it: it is so where no other outcome is.")
        yield Text()
    if found.overriding:
        yield Text.assemble(("Overridden", "bold"), ("  what applies for a stronger outcome", "dim"))
        table = two_columns()
        for rule, outcome in found.overriding:
            citation = rulebook.provisions[rule].citation
            table.add_row(Text(f"● {citation}", "cyan"), means(rulebook, found.question, [outcome]))
        yield Padding(table, (0, 0, 0, 2))
        yield Text()


_MARKS = {True: "●", False: "○", None: "?"}


def _how_far(path: Path) -> Text:
    if path.speaks is False:
        return Text(("it applies, but to another end: " if path.applies else "") + path.says)
    if path.speaks:
        return Text("speaks for it, and is overridden")
    points = "; ".join(dict.fromkeys(point.says for point in open_points(path.step)))
    return Text(f"open: {points}" if points else "open, and excluded all the same")


def _possible(found: WhyNot) -> Iterator[RenderableType]:
    yield Text.assemble(("It is still possible", "bold"), "; it is enough that what is open comes out so:")
    yield from ways_in_rows(found.rulebook.provisions, found.ways)
    yield Text()
    yield Text("`turns-on` says on which open points the answer depends.", "dim")
