"""What came of properties of the law, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lawmodel.answer.law.law_parts import labelled, section
from lawmodel.answer.law.property_text import what_it_claims
from lawmodel.answer.whole_law.proved import Verdict
from lawmodel.answer.words import count
from lawmodel.problems import listed
from lawmodel.rulebook.model import Rulebook


def all_verdicts(rulebook: Rulebook, verdicts: Sequence[Verdict]) -> Iterator[RenderableType]:
    """A line for each property, by question."""
    for question in rulebook.questions.values():
        of_it = [one for one in verdicts if one.stated.question == question.id]
        if not of_it:
            continue
        yield section(question.title, question.asks)
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(ratio=1)
        for one in of_it:
            table.add_row(_mark(one), Text.assemble(one.stated.says, (f"  {one.stated.id}", "dim")))
        yield Padding(table, (0, 0, 0, 2))
        yield Text()


def summary(verdicts: Sequence[Verdict], seconds: float) -> Text:
    """How many were proved and how many refuted, and whether the rulebook says so too."""
    proved = sum(one.holds for one in verdicts)
    otherwise = [one.stated.id for one in verdicts if not one.as_stated]
    counted = f"{count(len(verdicts), 'property', 'properties')}: {proved} proved, {len(verdicts) - proved} refuted"
    if not otherwise:
        return Text(f"{counted}, each as the rulebook says, in {seconds:.1f} s.")
    return Text.assemble(f"{counted}, in {seconds:.1f} s. ", (f"Not as the rulebook says: {listed(otherwise)}.", "red"))


def one_verdict(rulebook: Rulebook, one: Verdict) -> Iterator[RenderableType]:
    """Everything about one property: the claim, for what it is proved, or the case against it."""
    yield Text.assemble(_mark(one), "  ", (one.stated.says, "bold"), (f"  {one.stated.id}", "dim"))
    yield Text()
    yield from what_it_claims(rulebook, one.stated)
    yield Text()
    if one.holds:
        yield section("Proved", "by the solver z3: no case contradicts it")
        yield labelled(
            [
                ("facts", f"{count(one.facts, 'fact')} that bear on it, each whatever it may be"),
                ("readings", _readings(one)),
                ("lists", _lists(rulebook, one)),
                ("because", one.stated.because),
            ]
        )
        return
    yield section("Refuted", "by the simplest case that contradicts it; what it leaves out is as it ordinarily is")
    if one.stated.because is not None:
        yield labelled([("because", one.stated.because)])
    yield Text()
    assert one.refutation is not None
    for line in one.refutation.to_yaml().splitlines():
        yield Padding(Text(line), (0, 0, 0, 2))


def _mark(one: Verdict) -> Text:
    if one.of_nothing:
        return Text("✓ proved of nothing: no case is as it gives", "red")
    if one.as_stated:
        return Text("✓ proved ", "green") if one.holds else Text("✗ refuted", "yellow")
    return Text("✓ proved, and said not to hold" if one.holds else "✗ refuted, and said to hold", "red")


def _readings(one: Verdict) -> str:
    if not one.readings:
        return "none that is open bears on it"
    return f"every option of {count(len(one.readings), 'reading')}: {', '.join(one.readings)}"


def _lists(rulebook: Rulebook, one: Verdict) -> str:
    """For how many records a proof was made, and why that is enough."""
    if not one.records:
        return "none bears on it"
    counted = [f"up to {number} of {path} ({rulebook.facts[path].title})" for path, number in one.records.items()]
    return (
        f"{listed(counted)}. More need not be looked at: there are no more conditions than that on such a list, and of "
        "the records of a longer one all but one for each condition can be left out without any becoming true or false"
    )
