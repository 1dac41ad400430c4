"""What came of properties of the law, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from lawmodel.answer.whole_law.proved import Verdict
from lawmodel.answer.words import count
from lawmodel.problems import listed
from lawmodel.rulebook.condition import Condition
from lawmodel.rulebook.model import Property, Rulebook
from lawmodel.words.outline import Outline, OutlineLine
from lawmodel.words.properties import changed_in_words, claim_in_words, law_meant, readings_meant


def all_verdicts(rulebook: Rulebook, verdicts: Sequence[Verdict]) -> Iterator[RenderableType]:
    """A line for each property, by question."""
    for question in rulebook.questions.values():
        of_it = [one for one in verdicts if one.stated.question == question.id]
        if not of_it:
            continue
        yield _section(question.title, question.asks)
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
    yield from _claims(rulebook, one.stated)
    yield Text()
    if one.holds:
        yield _section("Proved", "by the solver z3: no case contradicts it")
        yield _labelled(
            [
                ("facts", f"{count(one.facts, 'fact')} that bear on it, each whatever it may be"),
                ("readings", _readings(one)),
                ("lists", _lists(rulebook, one)),
                ("because", one.stated.because),
            ]
        )
        return
    yield _section("Refuted", "by the simplest case that contradicts it; what it leaves out is as it ordinarily is")
    if one.stated.because is not None:
        yield _labelled([("because", one.stated.because)])
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


def _claims(rulebook: Rulebook, one: Property) -> Iterator[RenderableType]:
    """The question, what is given, in what a second case differs, and the claim."""
    yield _labelled(
        [
            ("question", f"{rulebook.questions[one.question].title}: {rulebook.questions[one.question].asks}"),
            ("law", law_meant(rulebook, one)),
            ("readings", readings_meant(rulebook, one)),
            ("second case", None if one.changed is None else changed_in_words(rulebook, one.changed)),
            ("claim", claim_in_words(rulebook, one)),
        ]
    )
    if one.given is not None:
        yield _conditions("Of every case in which", one.given, Outline(rulebook))
    if one.changed is not None and one.changed.such_that is not None:
        outline = Outline(rulebook, records=one.changed.one_more)
        yield _conditions("The further record is one of which", one.changed.such_that, outline)


def _conditions(title: str, stated: Condition, words: Outline) -> RenderableType:
    tree = Tree(Text(title, "bold"), guide_style="dim")

    def grow(under: Tree, line: OutlineLine) -> None:
        branch = under.add(Text.assemble(line.says, (f"  {line.name}" if line.name else "", "dim")))
        for one in line.below:
            grow(branch, one)

    for line in words.lines(stated):
        grow(tree, line)
    return tree


def _section(title: str, remark: str = "") -> Text:
    return Text.assemble((title, "bold"), (f"  {remark}" if remark else "", "dim"))


def _labelled(rows: Iterable[tuple[str, str | None]]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(max_width=20)
    table.add_column()
    for label, says in rows:
        if says:
            table.add_row(Text(label, "dim"), Text(says))
    return Padding(table, (0, 0, 0, 2))
