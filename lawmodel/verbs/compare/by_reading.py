"""The answer under every reading, as a document: first one reading at a time, then all together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from lawmodel.answer.comparing.comparison import Clause, Compared, Gist, Options, ReadingComparison, ReadingRow
from lawmodel.document import (
    Block,
    Column,
    Decision,
    DecisionRow,
    DecisionTable,
    Document,
    Fold,
    Item,
    Items,
    Paragraph,
    Section,
    Table,
    Text,
    Verdict,
    faint,
    reading,
    strong,
    text,
)
from lawmodel.documents.heading import law_line, subject_of
from lawmodel.words.counts import count
from lawmodel.words.law import cited
from lawmodel.words.outcomes import both, either, predicates, statement, subject

MOST_TOLD = 12
"""More ways to read the law than these are folded."""


def document(found: ReadingComparison) -> Document:
    """What the answer is by default, what each reading alone makes of it, and all readings together."""
    about = found.about
    title = text(f"{subject(about.rulebook, about.question).rstrip(',')}: the answer under every reading")
    bearing = count(len(found.bearing), "reading")
    matter = f"{len(found.matter) or 'none'} can change the answer"
    counted = text(f" {bearing} {'bears' if len(found.bearing) == 1 else 'bear'} on the question, {matter}.")
    law = law_line(about.rulebook, about.stage, about.law_date)
    blocks = (Paragraph(text(law, counted if found.bearing else "")), *_chosen(about), *_answers(found))
    return Document(title, blocks, subject_of(about.title, about.case))


def _chosen(about: Compared) -> Iterator[Block]:
    for name, option in about.chosen.items():
        yield Paragraph(
            text("Chosen: reading ", reading(name, name), f": {about.rulebook.readings[name].option(option).says}")
        )


def _answers(found: ReadingComparison) -> Iterator[Block]:
    about = found.about
    if not found.matter:
        yield Verdict(_sentence(about, found.at_defaults[0].gist), " ".join(found.at_defaults[0].gist.possible))
        yield Paragraph(text("However it is read, the answer is the same."))
    else:
        for clause in found.at_defaults:
            lead = "By default: " if len(found.at_defaults) == 1 else f"If {_alternatives(found, clause)}: "
            yield Verdict(text(lead, _sentence(about, clause.gist)), " ".join(clause.gist.possible))
        yield from _one_at_a_time(found)
        yield from _together(found)
        yield from _holders(found)
    idle = [name for name in found.bearing if name not in found.matter]
    if idle:
        readings = tuple(Item(text(about.rulebook.readings[name].title), name) for name in idle)
        yield Fold(text(f"{count(len(idle), 'reading')} that make no difference here"), (Items(readings),))


def _sentence(about: Compared, gist: Gist) -> Text:
    if len(gist.possible) == 1:
        return text(strong(statement(about.rulebook, about.question, gist.possible[0])))
    name = subject(about.rulebook, about.question).rstrip(",")
    return text(strong(f"{name}: it depends"), f" ({predicates(about.rulebook, about.question, gist.possible)})")


# --- one reading at a time ----------------------------------------------------------------------------


def _one_at_a_time(found: ReadingComparison) -> Iterator[Block]:
    """For each reading that alone changes the answer: every option and the answer, the others by default."""
    base = _under(found, {})
    decisions, alone = [], []
    for name in found.matter:
        options = found.about.rulebook.readings[name].options
        answers = {option.id: _under(found, {name: option.id}) for option in options}
        if all(answer == base for answer in answers.values()):
            alone.append(name)
            continue
        rows = tuple(
            DecisionRow(
                text(option.says, " (default)" if option.id == found.defaults[name] else ""),
                text(predicates(found.about.rulebook, found.about.question, answers[option.id])),
                option.id,
            )
            for option in options
        )
        decisions.append(
            Decision(text(reading(name, name), f"  {found.about.rulebook.readings[name].title}"), "", rows)
        )
    if decisions:
        yield DecisionTable(tuple(decisions), ("One reading at a time, the others by default", ""))
    if alone:
        yield Paragraph(text(f"No effect alone, only together with others: {both(alone)}."))


def _under(found: ReadingComparison, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """The outcomes that are possible where some readings are chosen and the others are by default, or open."""
    open_to = [
        [(name, option.id) for option in found.about.rulebook.readings[name].options]
        if (given := chosen.get(name, found.defaults[name])) is None
        else [(name, given)]
        for name in found.matter
    ]
    reached = {outcome for one in product(*open_to) for outcome in _row(found, dict(one)).gist.possible}
    return tuple(outcome.id for outcome in found.about.asked.outcomes if outcome.id in reached)


def _row(found: ReadingComparison, options: Mapping[str, str]) -> ReadingRow:
    """The row that holds some options of all readings that matter."""
    for row in found.rows:
        if not row.otherwise and all(options[name] in those for name, those in row.readings.items()):
            return row
    return next(row for row in found.rows if row.otherwise)


# --- all together -------------------------------------------------------------------------------------


def _together(found: ReadingComparison) -> Iterator[Block]:
    """All readings together: the first line that fits gives the answer."""
    if len(found.matter) < 2:
        return
    items = []
    for clause in found.departures:
        said = predicates(found.about.rulebook, found.about.question, clause.gist.possible)
        items += [
            Item(text(_typed(found, options), f"  {said}"), _grounds(clause.gist)) for options in clause.conditions
        ]
    for clause in found.at_defaults:
        said = predicates(found.about.rulebook, found.about.question, clause.gist.possible)
        when = (
            "in all other cases"
            if len(found.at_defaults) == 1
            else f"in all other cases, if {_alternatives(found, clause)}"
        )
        items.append(Item(text(when, f"  {said}"), _grounds(clause.gist)))
    lines = Items(tuple(items), numbered=True)
    title = "All readings together: the first line that fits gives the answer"
    if len(items) <= MOST_TOLD:
        yield Section(text(title), (lines,))
    else:
        yield Fold(text(f"all readings together, in {len(items)} lines"), (Paragraph(text(f"{title}.")), lines))


def _typed(found: ReadingComparison, options: Options) -> Text:
    """Readings with their options, as they are typed."""
    parts: list[Text] = []
    for name, chosen in options.items():
        parts.append(text(" and " if parts else "", reading(name, name), f" = {either(chosen)}"))
    return text(*parts)


def _alternatives(found: ReadingComparison, clause: Clause) -> str:
    return either(
        [
            both(
                [
                    either([found.about.rulebook.readings[name].option(one).says for one in chosen])
                    for name, chosen in each.items()
                ]
            )
            for each in clause.conditions
        ]
    )


def _grounds(gist: Gist) -> str:
    return " ".join(gist.grounds)


def _holders(found: ReadingComparison) -> Iterator[Block]:
    """Who holds which option."""
    rows = []
    for name in found.matter:
        entry = found.about.rulebook.readings[name]
        for number, option in enumerate(entry.options):
            default = " (default)" if option.id == found.defaults[name] else ""
            held = ", ".join(map(cited, option.supported_by)) or "nobody here"
            label = text(reading(name, name)) if not number else text()
            rows.append((label, text(f"{option.id}{default}"), text(faint(held))))
    columns = (Column("Reading"), Column("Option"), Column("Held by"))
    yield Fold(text("who holds which reading"), (Table(columns, tuple(rows)),))
