"""The answer under every reading, as blocks: first one reading at a time, then all together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lawmodel.document import (
    Block,
    Column,
    Decision,
    DecisionRow,
    DecisionTable,
    Fold,
    Item,
    Items,
    Paragraph,
    Section,
    Table,
    Text,
    faint,
    reading,
    text,
)
from lawmodel.documents.verdict import verdict
from lawmodel.verbs.compare.comparisons import (
    ComparedAnswer,
    Comparison,
    ConditionalAnswer,
    Options,
    ReadingComparison,
    SingleReading,
)
from lawmodel.verbs.compare.words import cited_grounds
from lawmodel.words.counts import count
from lawmodel.words.law import cited
from lawmodel.words.outcomes import either

MOST_TOLD: Final = 12
"""More ways to read the law than these are folded."""


def answer_text(found: Comparison, says: str, answer: ComparedAnswer) -> Text:
    """An answer with its grounds and with what follows beside it."""
    rulebook = found.rulebook
    parts = [says]
    parts += [
        f"{'besides' if one.certain else 'besides, perhaps'}: {rulebook.consequences[one.id].says}"
        for one in answer.consequences
        if rulebook.consequences[one.id].says not in says
    ]
    grounds = grounds_in_words(found, answer)
    return text("; ".join(parts), faint(f" ({grounds})" if grounds else ""))


def grounds_in_words(found: Comparison, answer: ComparedAnswer) -> str:
    """The provisions that support an outcome throughout, and those that do in some of the cases held together."""
    said = []
    if answer.grounds:
        said.append(", ".join(cited_grounds(found.rulebook, answer.grounds)))
    if answer.further_grounds:
        lead = "in some of these cases also" if answer.grounds else "between them"
        said.append(f"{lead} {', '.join(cited_grounds(found.rulebook, answer.further_grounds))}")
    return "; ".join(said)


def by_reading(found: ReadingComparison) -> Iterator[Block]:
    """The answer by default, what each reading alone makes of it, and all readings together."""
    rulebook, question = found.rulebook, found.question
    if not found.matter:
        yield verdict(rulebook, question, found.at_defaults[0].answer.possible)
        same = "However it is read, the answer is the same."
        yield Paragraph(text(same if found.bearing else "No contested reading bears on the question."))
        grounds = grounds_in_words(found, found.rows[0].answer)
        if grounds:
            yield Paragraph(text(f"Grounds: {grounds}."))
    else:
        yield from _by_default(found)
        yield from _one_at_a_time(found)
        yield from _together(found)
        yield from _rows(found)
        yield from _holders(found)
    idle = [name for name in found.bearing if name not in found.matter]
    if idle:
        readings = tuple(Item(text(rulebook.readings[name].title), name) for name in idle)
        makes = "makes" if len(idle) == 1 else "make"
        yield Fold(text(f"{count(len(idle), 'reading')} that {makes} no difference here"), (Items(readings),))


def _by_default(found: ReadingComparison) -> Iterator[Block]:
    """The answer at the defaults; where that depends on readings without a default, for each way to read these."""
    possible = {outcome for one in found.at_defaults for outcome in one.answer.possible}
    outcomes = found.rulebook.questions[found.question].outcomes
    yield verdict(found.rulebook, found.question, [one.id for one in outcomes if one.id in possible], "By default, ")
    if len(found.at_defaults) > 1:
        rows = tuple(DecisionRow(text(f"if {one.when}"), text(one.says)) for one in found.at_defaults)
        names = [
            name for name in found.matter if any(name in each for one in found.at_defaults for each in one.conditions)
        ]
        parts = [text(", " if number else "", reading(name, name)) for number, name in enumerate(names)]
        has = "has" if len(names) == 1 else "have"
        yield DecisionTable((Decision(text(*parts, f" {has} no default"), "", rows),), ("It depends", ""))


def _one_at_a_time(found: ReadingComparison) -> Iterator[Block]:
    """For each reading that alone changes the answer: every option and the answer, the others by default."""
    changing = [one for one in found.alone if one.changes_alone]
    if changing:
        decisions = tuple(_decision(found, one) for one in changing)
        yield DecisionTable(decisions, ("One reading at a time, the others by default", ""))
    others = [reading(one.reading, one.reading) for one in found.alone if not one.changes_alone]
    if others:
        parts = [text(" · " if number else "", one) for number, one in enumerate(others)]
        yield Paragraph(text("No effect alone, only together with others: ", *parts))


def _decision(found: ReadingComparison, one: SingleReading) -> Decision:
    default = found.defaults[one.reading]
    rows = tuple(
        DecisionRow(
            text(option.reads, " (default)" if option.option == default else ""), text(option.says), option.option
        )
        for option in one.options
    )
    return Decision(text(reading(one.reading, one.reading), f"  {one.asks}"), "", rows)


def _together(found: ReadingComparison) -> Iterator[Block]:
    """All readings together: the first line that fits gives the answer."""
    if len(found.matter) < 2:
        return
    lines = [(_typed(options), one) for one in found.exceptions for options in one.conditions]
    for one in found.at_defaults:
        alternatives = either([_plain(options) for options in one.conditions])
        only = len(found.at_defaults) == 1
        lines.append((text("in all other cases" if only else f"in all other cases, if {alternatives}"), one))
    rows = tuple(_row(number, when, one) for number, (when, one) in enumerate(lines, 1))
    table = Table((Column(kind="number"), Column("If"), Column("The answer")), rows)
    title = "All readings together: the first line that fits gives the answer"
    if len(rows) <= MOST_TOLD:
        yield Section(text(title), (table,))
    else:
        yield Fold(text(f"all readings together, in {len(rows)} lines"), (Paragraph(text(f"{title}.")), table))


def _row(number: int, when: Text, one: ConditionalAnswer) -> tuple[Text, ...]:
    return text(str(number)), when, text(one.says)


def _typed(options: Options) -> Text:
    """Readings with their options, as they are typed."""
    parts: list[Text] = []
    for name, chosen in options.items():
        parts.append(text(" and " if parts else "", reading(name, name), f"={either(chosen)}"))
    return text(*parts)


def _plain(options: Options) -> str:
    return " and ".join(f"{name}={either(chosen)}" for name, chosen in options.items())


def _rows(found: ReadingComparison) -> Iterator[Block]:
    """The fewest rows that tell all, with the grounds of each."""
    rows = []
    for row in found.rows:
        when = "in all other cases" if row.otherwise else _typed(row.readings)
        rows.append((text(when), answer_text(found, row.says, row.answer)))
    fewest = "the fewest rows that tell all" if found.fewest else "few rows that tell all"
    yield Fold(text(f"{fewest}, with grounds"), (Table((Column("If"), Column("The answer")), tuple(rows)),))


def _holders(found: ReadingComparison) -> Iterator[Block]:
    """Who holds which option."""
    rows = []
    for name in found.matter:
        entry = found.rulebook.readings[name]
        for number, option in enumerate(entry.options):
            default = " (default)" if option.id == found.defaults[name] else ""
            held = ", ".join(map(cited, option.supported_by)) or "nobody here"
            label = text(reading(name, name)) if not number else text()
            rows.append((label, text(f"{option.id}{default}"), text(faint(held))))
    columns = (Column("Reading"), Column("Option"), Column("Held by"))
    yield Fold(text("who holds which reading"), (Table(columns, tuple(rows)),))
