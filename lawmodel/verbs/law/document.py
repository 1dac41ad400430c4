"""A rulebook at a glance, all that is contested in it, and lists of its entries, as documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lawmodel.document import (
    Block,
    Document,
    Fold,
    Item,
    Items,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
    faint,
    identifier,
    of_law,
    strong,
    text,
)
from lawmodel.documents.heading import as_known, by_rulebook
from lawmodel.law_entries.blocks import (
    NAMED,
    TWO_AND_NAME,
    Page,
    gap_blocks,
    instrument_section,
    reading_section,
    stage_says,
)
from lawmodel.law_entries.law_view import DATE_SURE, Entry, LawView
from lawmodel.law_entries.provision_document import provisions_table
from lawmodel.law_entries.provision_entries import QuestionEntry
from lawmodel.verbs.law.overview import Contested, DoubtfulDate, EntryCounts, Overview, ReadingInBrief
from lawmodel.verbs.law.search import LawSearch
from lawmodel.words.counts import count
from lawmodel.words.law import day
from lawmodel.words.outcomes import statement

PLURALS: Final = {"properties": ("property", "properties")}


# --- at a glance --------------------------------------------------------------------------------------------


def overview_document(found: Overview, *, hints: bool = True) -> Document:
    """The questions with their outcomes; everything else that the rulebook has is folded, kind by kind.

    ``hints``: with what can be typed next.
    """
    blocks: list[Block] = [Paragraph(text(faint(_counts(found.counts)))), Paragraph(_law(found.view))]
    blocks += map(_question, found.questions)
    blocks += _folds(found)
    if hints:
        one, differ = identifier("lawmodel law NAME"), identifier("lawmodel law --contested")
        blocks.append(Note(text(faint("One of these by its name: "), one, faint("; where sources differ: "), differ)))
    return Document(text(found.title), tuple(blocks))


def _law(view: LawView) -> Text:
    return text(f"{view.law_in_words[:1].upper()}{view.law_in_words[1:]}{as_known(view.rulebook)}.")


def _counts(found: EntryCounts) -> str:
    said = []
    for name in EntryCounts.__dataclass_fields__:
        number = getattr(found, name)
        if number and name != "open_readings":
            said.append(count(number, *PLURALS.get(name, (name.removesuffix("s"),))))
            if name == "readings" and found.open_readings:
                said[-1] += f" ({found.open_readings} open)"
    return " · ".join(said)


def _question(one: QuestionEntry) -> Section:
    rulebook = one.view.rulebook
    rows = tuple(
        (text(statement(rulebook, one.id, each.id)), text(of_law(each.id, each.id))) for each in one.written.outcomes
    )
    title = text(of_law(one.written.asks, one.id))
    return Section(title, (Table(NAMED, rows),), identifier=one.id, anchor=f"question-{one.id}")


def _folds(found: Overview) -> Iterator[Fold]:
    view = found.view
    rulebook = view.rulebook
    counts = found.counts
    of_questions = tuple(
        Section(
            text(of_law(one.written.title, one.id)), (provisions_table(Page(view), provisions, with_outcomes=False),)
        )
        for one in found.questions
        if (provisions := [rulebook.provisions[each.id] for each in one.answered_by])
    )
    if of_questions:
        yield Fold(text(count(counts.provisions, "provision")), of_questions)
    if found.readings:
        without = f" ({counts.open_readings} open)" if counts.open_readings else ""
        items = tuple(
            Item(text(of_law(one.title, one.id)), one.id, (Paragraph(_options(one)),)) for one in found.readings
        )
        remark = Paragraph(text(faint("In brackets: how many sources support an option.")))
        yield Fold(text(f"{count(counts.readings, 'reading')}{without}"), (remark, Items(items)))
    if found.instruments:
        page = Page(view, {("instrument", one.id) for one in found.instruments})
        sections = tuple(instrument_section(page, one.written) for one in found.instruments)
        yield Fold(text(f"{count(counts.instruments, 'instrument')} with dates"), sections)
    concepts = [(one.id, text(one.title or one.yes, _beside(one.citation))) for one in rulebook.concepts.values()]
    consequences = [(one.id, text(one.says)) for one in found.consequences]
    tellings = [(one.id, text(one.title, _beside(stage_says(view, one.stage)))) for one in found.tellings]
    numbers = [(one.id, text(one.says, _beside(f"{one.value:,}"))) for one in found.numbers]
    dates = [(one.id, text(one.title)) for one in found.dates]
    facts = [(one.id, text(one.title)) for one in found.facts]
    properties = [(one.id, text(one.says)) for one in rulebook.properties.values()]
    sources = [(one.id, text(one.title)) for one in rulebook.sources.values()]
    for rows, one, several in (
        (concepts, "concept", "concepts"),
        (numbers, "number", "numbers"),
        (dates, "named date", "named dates"),
        (consequences, "consequence", "consequences"),
        (facts, "fact", "facts"),
        (properties, "property", "properties"),
        (sources, "source", "sources"),
        (tellings, "telling", "tellings"),
    ):
        if rows:
            table = Table(NAMED, tuple((said, text(of_law(name, name))) for name, said in rows))
            yield Fold(text(count(len(rows), one, several)), (table,))


def _beside(remark: str | None) -> Text:
    return text(faint(f" ({remark})")) if remark else ()


def _options(one: ReadingInBrief) -> Text:
    """The options of a reading; the default stands out, and how many support each."""
    pieces: list[str | Text] = [text(strong("open: "))] if one.open else []
    for number, option in enumerate(one.options):
        default = text(strong("default ")) if option.id == one.default else ()
        pieces += [" · " if number else "", default, text(identifier(option.id), f" ({option.sources})")]
    return text(*pieces)


# --- what is contested --------------------------------------------------------------------------------------


def contested_document(found: Contested) -> Document:
    """Every reading with its options and who supports each, every date that is not certain, and what is missing."""
    page = Page(found.view, {("reading", one.id) for one in found.readings})
    still_open = sum(one.open for one in found.readings)
    said = f"{count(len(found.readings), 'reading')}, {still_open} without a default."
    blocks: list[Block] = [Paragraph(text(said))]
    for one in found.readings:
        bears = (
            (Paragraph(text(faint("Bears on "), page.names("provision", one.provisions))),) if one.provisions else ()
        )
        blocks.append(reading_section(page, one, *bears))
    dates = found.dates
    for title, some in (
        ("Dates on which sources differ", [one for one in dates if one.disputed_by]),
        ("Dates computed or disputed", [one for one in dates if one.uncertain and not one.disputed_by]),
        ("Dates with a remark", [one for one in dates if not one.uncertain and not one.disputed_by]),
    ):
        if some:
            blocks.append(Section(text(title), (_dates(page, some),)))
    if found.gaps:
        items = tuple(Item(text(of_law(gap.title, gap.id)), gap.id, tuple(gap_blocks(page, gap))) for gap in found.gaps)
        blocks.append(Section(text("Looked for, and not found or not read"), (Items(items),)))
    blocks += by_rulebook(found.view.rulebook)
    return Document(text("Where the sources differ"), tuple(blocks), text(found.view.rulebook.title))


def _dates(page: Page, dates: Sequence[DoubtfulDate]) -> Items:
    instruments = page.view.rulebook.instruments
    return Items(
        tuple(
            Item(
                text(
                    of_law(instruments[one.instrument].title, one.instrument),
                    f": {stage_says(page.view, one.stage)} {day(one.date)}",
                ),
                one.instrument,
                tuple(_about_date(page, one)),
            )
            for one in dates
        )
    )


def _about_date(page: Page, one: DoubtfulDate) -> Iterator[Paragraph]:
    remark = f": {one.remark}" if one.remark else ""
    yield Paragraph(text(f"{DATE_SURE[one.certainty].capitalize()}{remark} ", _in_brackets(page.cited(one.sources))))
    for other in one.disputed_by:
        yield Paragraph(text("Disputed by ", page.cited([other]), f": {other.says}"))


def _in_brackets(words: Text) -> Text:
    return text("(", words, ")") if words else ()


# --- lists ---------------------------------------------------------------------------------------------------


def citation_document(typed: str, entries: Sequence[Entry], *, hints: bool = True) -> Document:
    """The entries whose citations are meant; ``hints``: with what can be typed next."""
    rows = tuple((text(of_law(entry.value.citation, entry.id)), text(entry.title), text(entry.id)) for entry in entries)
    counted = text(count(len(entries), "entry", "entries"))
    return Document(text(typed), (Table(TWO_AND_NAME, rows), *_one_of_them(hints)), counted)


def search_document(found: LawSearch, similar: Sequence[str], *, hints: bool = True) -> Document:
    """The entries that say something, each with the words around it; ``similar``: words that look like them.

    ``hints``: with what can be typed next.
    """
    title = text(f"“{found.words}”")
    if not found.entries:
        near = f" Did you mean {' or '.join(similar)}?" if similar else ""
        return Document(title, (Paragraph(text(f"No text of this rulebook says “{found.words}”.{near}")),))
    items = []
    for one in found.entries:
        rows = []
        for hit in one.hits:
            before, said, after = hit.around()
            rows.append((text(before, strong(said), after), text(hit.key)))
        title_of = text(faint(f"{one.kind} "), of_law(one.title, one.id))
        items.append(Item(title_of, one.id, (Table(NAMED, tuple(rows)),)))
    counted = count(len(found.entries), "entry", "entries")
    blocks: tuple[Block, ...] = (Items(tuple(items)), *_one_of_them(hints), *by_rulebook(found.view.rulebook))
    return Document(title, blocks, text(counted))


def _one_of_them(hints: bool) -> Iterator[Note]:
    if hints:
        yield Note(text(faint("One of them by its name: "), identifier("lawmodel law NAME")))
