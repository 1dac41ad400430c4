"""Questions as documents, the provisions that answer them, and what provisions are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lawmodel.document import (
    Block,
    Column,
    Fold,
    Paragraph,
    Section,
    Span,
    Steps,
    Table,
    Text,
    faint,
    identifier,
    of_law,
    original,
    text,
)
from lawmodel.documents.law_ladder import ladder_of_law
from lawmodel.documents.outline import condition_section, outline_section, outline_step
from lawmodel.law_entries.blocks import (
    NAMED,
    TWO_AND_NAME,
    Page,
    certainty,
    instruments_used,
    readings_used,
    sources,
    standing,
    terms,
    used_by,
)
from lawmodel.law_entries.entry_result import DependentEntry
from lawmodel.law_entries.provision_entries import (
    ConceptEntry,
    ConclusionEntry,
    ConsequenceEntry,
    DateEntry,
    NumberEntry,
    OutcomeEntry,
    ProvisionEntry,
    QuestionEntry,
    outcomes_of,
)
from lawmodel.law_entries.source_entries import ReadingEntry
from lawmodel.law_entries.versions import SCHEME, Version
from lawmodel.problems import Place
from lawmodel.rulebook.condition import Concludes, walk
from lawmodel.rulebook.model import DateSwitch, Provision, Rulebook, SameAs, SourceRef, Words
from lawmodel.rulebook.uses import EntryNode
from lawmodel.words.counts import count
from lawmodel.words.law import DATE_CERTAINTY, day
from lawmodel.words.outcomes import predicates, statement
from lawmodel.words.outline import CONCLUDED, ConclusionOutline, Outline, OutlineLine, figure_in_words

OF_THIS_DAY: Final = "the law is that of this day"

# --- questions and outcomes ------------------------------------------------------------------------------


def question_blocks(one: QuestionEntry, page: Page) -> Iterator[Block]:
    """A question, its outcomes and its provisions."""
    if one.written.remark:
        yield Paragraph(text(one.written.remark))
    rulebook = one.view.rulebook
    rows = tuple(
        (text(statement(rulebook, one.id, each.id)), text(of_law(each.id, each.id))) for each in one.written.outcomes
    )
    remark = text(faint("the strongest first; the last holds where no provision speaks"))
    yield Section(text("Outcomes"), (Table(NAMED, rows),), remark)
    yield from _consequences(one, page)
    found = [rulebook.provisions[each.id] for each in one.answered_by]
    yield Section(
        text("Provisions"), (provisions_table(page, found, with_outcomes=True),), text(faint(one.view.law_in_words))
    )
    for kind, title in (("reading", "reading"), ("fact", "fact")):
        nodes = (node for other in found for node in one.view.uses.reached(EntryNode("provision", other.id)))
        names = dict.fromkeys(node.id for node in nodes if node.kind == kind)
        if names:
            titles = one.view.titles
            listed = tuple((text(titles.get((kind, name), "")), text(page.named(kind, name))) for name in names)
            yield Fold(text(f"{count(len(names), title)} on which it depends"), (Table((Column(), Column()), listed),))


def _consequences(one: QuestionEntry, page: Page) -> Iterator[Block]:
    """What follows from the outcomes themselves."""
    rulebook = one.view.rulebook
    rows = []
    for each in one.written.consequences:
        when = [
            f"{word} if it {predicates(rulebook, one.id, names)}"
            for word, names in (("certain", each.certain), ("possible", each.possible))
            if names
        ]
        said = _lines([text(rulebook.consequences[each.id].says), text(faint("; ".join(when)))])
        rows.append((text(each.citation), said, text(page.named("consequence", each.id))))
    if rows:
        yield Section(text("What follows from an answer"), (Table(TWO_AND_NAME, tuple(rows)),))


def provisions_table(page: Page, provisions: Sequence[Provision], *, with_outcomes: bool) -> Table:
    """Provisions by citation and title; what is not in force says so."""
    rows, view = [], page.view
    for one in provisions:
        found = view.told.provision(one)
        word = {True: "", False: "not in force", None: "open"}[found.is_law]
        said = [text(one.title)]
        if with_outcomes:
            outcomes = predicates(view.rulebook, one.question, outcomes_of(view, one))
            said.append(text(faint(f"{CONCLUDED}{outcomes or _beside(one)}")))
        if word:
            said.append(text(f"{word}: {found.says}"))
        citation = Span(one.citation, link=page.link("provision", one.id))
        rows.append((text(citation), _lines(said), text(one.id)))
    return Table(TWO_AND_NAME, tuple(rows))


def _lines(texts: Sequence[Text]) -> Text:
    """Texts each on a line of its own."""
    pieces: list[str | Text] = []
    for one in texts:
        pieces += ["\n" if pieces else "", one]
    return text(*pieces)


def _beside(provision: Provision) -> str:
    """What a provision that concludes nothing does."""
    if provision.disapplies:
        return f"displaces {', '.join(provision.disapplies)}"
    brought = (
        [] if provision.brings is None else [one.name for one in walk(provision.brings) if isinstance(one, Concludes)]
    )
    return f"brings {', '.join(name for name in brought if name is not None)}" if brought else ""


def outcome_blocks(one: OutcomeEntry, page: Page) -> Iterator[Block]:
    """An outcome, and what can conclude it."""
    question = one.view.rulebook.questions[one.question]
    yield from terms(
        [
            ("Question", text(f"{question.asks} ", page.named("question", one.question))),
            ("Answer", one.written.says),
            ("As a statement", statement(one.view.rulebook, one.question, one.id)),
        ]
    )
    leads = one.written.leads_to
    if leads is not None:
        record = ", ".join(
            f"{name} {value.path if isinstance(value, SameAs) else value}" for name, value in leads.record.items()
        )
        yield Paragraph(text(f"Leads to: {leads.says} ({leads.add}: {record})."))
    found = [one.view.rulebook.provisions[name] for name in one.provisions]
    if not found:
        yield Paragraph(text("No provision concludes it."))
        return
    table = provisions_table(page, found, with_outcomes=False)
    yield Section(text("Provisions that can conclude it"), (table,), text(faint(one.view.law_in_words)))


# --- provisions and what they are made of -----------------------------------------------------------------


def _in_the_original(words: Words | None, place: Place, page: Page, rulebook: Rulebook) -> Iterator[Block]:
    if words is not None:
        of = page.cited([SourceRef(id=words.source, at=words.at, place=place)])
        translated = Paragraph(text(f"({words.translation}) ", faint("from "), of))
        quoted = original(f"«{words.original}»", rulebook.language_of(words))
        yield Section(text("In the original"), (Paragraph(text(quoted)), translated))


def provision_blocks(one: ProvisionEntry, page: Page, spelled_out: bool, *, pictures: bool = False) -> Iterator[Block]:
    """A provision, its conditions and conclusions; with ``pictures`` also as a ladder."""
    written, view = one.written, one.view
    words = one.outline(spelled_out=spelled_out)
    question = view.rulebook.questions[written.question]
    yield Paragraph(text(written.title))
    yield from _in_the_original(written.words, written.place, page, view.rulebook)
    yield Section(text("In the rulebook"), (Paragraph(text(written.text)),))
    yield from terms(
        [
            ("Question", text(f"{question.asks} ", page.named("question", question.id))),
            standing(view, view.told.provision(written), written.enacted_by),
            *(("" if number else "Version", _version(page, each)) for number, each in enumerate(one.versions)),
            ("Enacted by", _instrument_named(page, written.enacted_by)),
            ("Repealed by", _instrument_named(page, written.repealed_by)),
            ("Text", certainty(written.certainty)),
            ("Tested at", None if written.at is None else words.day(written.at)),
            ("Displaces", page.names("provision", written.disapplies)),
            ("Displaced by", page.names("provision", one.disapplied_by)),
        ]
    )
    if written.in_force is not None:
        yield condition_section("In force if", written.in_force, words, page.links)
    yield condition_section("Applies if", written.when, words, page.links)
    if written.unless is not None:
        yield condition_section("Unless", written.unless, words, page.links)
    for title, stated in (("Then", written.concludes), ("Brings", written.brings)):
        if stated is not None:
            lines = _unwrapped(one.concluding(words).line(stated))
            yield outline_section(title, "", lines, page.links)
    if pictures:
        yield ladder_of_law(view.rulebook, written, one.outline(spelled_out=False))
    yield from sources(page, written.sources)
    yield from _readings(one, page)
    yield from instruments_used(page, one.ids("instrument"))
    yield from _concepts(one, page, spelled_out)


def _version(page: Page, one: Version) -> Text:
    """A version by its id, with its days, and the ids that it had before."""
    said = text(identifier(one.id, page.link("version", one.name)), faint(f"  {version_days(one)}"))
    for number, earlier in enumerate(one.replaces):
        name = earlier.rpartition("/")[2].removeprefix(f"{SCHEME}:")
        said = text(said, faint(", " if number else "; replaces "), identifier(earlier, page.link("version", name)))
    return said


def version_days(one: Version) -> str:
    """On which days a version is law, in words."""
    if one.is_law is False:
        return "not law"
    if one.first is None and one.last is None:
        return "on every day that is modelled"
    since = "" if one.first is None else f"from {day(one.first)}{_how_sure(one)}"
    until = "" if one.last is None else f"until {day(one.last)}"
    return f"{' '.join(filter(None, (since, until)))}{'' if one.is_law else ', by another reading'}"


def _how_sure(one: Version) -> str:
    how = DATE_CERTAINTY.get(one.certainty or "")
    return f" ({how})" if how else ""


def _instrument_named(page: Page, name: str | None) -> Text:
    if name is None:
        return ()
    return text(f"{page.view.rulebook.instruments[name].title} ", page.named("instrument", name))


def _readings(one: DependentEntry, page: Page) -> Iterator[Block]:
    """The readings on which an entry depends; those that it names itself first."""
    direct = {node.id for node in one.view.uses.direct.get(one.node, ()) if node.kind == "reading"}
    found = [ReadingEntry(one.view, one.view.rulebook.readings[name]) for name in one.reading_ids]
    yield from readings_used(page, found, direct)


def _concepts(one: DependentEntry, page: Page, spelled_out: bool) -> Iterator[Block]:
    names = () if spelled_out else one.concepts
    if names:
        concepts = one.view.rulebook.concepts
        rows = tuple((text(concepts[name].yes), text(Span(name, link=page.link("concept", name)))) for name in names)
        by_name = Table(NAMED, rows)
        if page.apart:
            yield Section(text("Concepts"), (by_name,))
        else:
            yield Fold(text(f"{count(len(names), 'concept')} by name"), (by_name,))


def concept_blocks(one: ConceptEntry, page: Page, spelled_out: bool) -> Iterator[Block]:
    """A concept, and when it holds."""
    written = one.written
    if written.citation:
        yield Paragraph(text(written.citation))
    if written.text:
        yield Section(text("In the rulebook"), (Paragraph(text(written.text)),))
    about = None if written.about is None else text(page.named("fact", written.about))
    yield from terms(
        [
            ("If it holds", written.yes),
            ("If not", written.no),
            ("About one of", about),
            ("Text", certainty(written.certainty)),
        ]
    )
    words = Outline(one.view.rulebook, records=written.about, spelled_out=spelled_out)
    yield condition_section("Holds if", written.when, words, page.links)
    yield from sources(page, written.sources)
    yield from used_by(page, one)
    yield from _readings(one, page)
    yield from instruments_used(page, one.ids("instrument"))


def conclusion_blocks(one: ConclusionEntry, page: Page, spelled_out: bool) -> Iterator[Block]:
    """A shared conclusion."""
    shared = one.written
    if shared.citation:
        yield Paragraph(text(shared.citation))
    yield from _in_the_original(shared.words, shared.place, page, one.view.rulebook)
    if shared.text:
        yield Section(text("In the rulebook"), (Paragraph(text(shared.text)),))
    words = Outline(one.view.rulebook, spelled_out=spelled_out)
    lines = _unwrapped(ConclusionOutline(words, None).line(shared.concludes))
    yield outline_section("Concludes", "", lines, page.links)
    yield from terms([("Text", certainty(shared.certainty))])
    yield from sources(page, shared.sources)
    yield from used_by(page, one)
    yield from _readings(one, page)


def _unwrapped(line: OutlineLine) -> tuple[OutlineLine, ...]:
    """The cases themselves, where a conclusion is nothing but cases."""
    return line.below if line.below and not line.name else (line,)


def consequence_blocks(one: ConsequenceEntry, page: Page) -> Iterator[Block]:
    """A consequence."""
    figures = [
        ("or" if number else "Figures", figure_in_words(one.view.rulebook, figure))
        for number, figure in enumerate(one.written.figures)
    ]
    yield from terms([*figures, ("Text", certainty(one.written.certainty))])
    yield from sources(page, one.written.sources)
    yield from used_by(page, one)


def dating(rulebook: Rulebook) -> str:
    """How a fact dates the law: by itself, or as a named date says."""
    named = rulebook.law_day
    return OF_THIS_DAY if named is None else f"by {named}: {rulebook.dates[named].title}"


def number_blocks(one: NumberEntry, page: Page) -> Iterator[Block]:
    """A number of the law."""
    yield from terms([("Is", f"{one.written.value:,}")])
    yield from sources(page, one.written.sources)
    yield from used_by(page, one)


def date_blocks(one: DateEntry, page: Page) -> Iterator[Block]:
    """A named date."""
    words, value = Outline(one.view.rulebook), one.written.value
    if isinstance(value, DateSwitch):
        read = one.view.rulebook.readings[value.reading]
        lines = tuple(
            OutlineLine(
                words.day_rule(value.branches.get(option.id) or value.branches["otherwise"]),
                option=option.id,
                default=option.id == read.default,
            )
            for option in read.options
        )
        step = outline_step(OutlineLine(read.title, f"reading {read.id}", lines), page.links)
        yield Steps((step,))
    yield from terms(
        [
            ("Is", None if isinstance(value, DateSwitch) else words.day_rule(value)),
            ("Dates the law", OF_THIS_DAY if one.id == one.view.rulebook.law_day else None),
            ("Why", one.written.why),
            ("Text", certainty(one.written.certainty)),
        ]
    )
    yield from sources(page, one.written.sources)
    yield from used_by(page, one)
