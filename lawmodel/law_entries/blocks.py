"""The blocks of which sheets about the law are made: links, readings, date lines, sources, what uses what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.document import (
    Block,
    Column,
    Fold,
    Item,
    Items,
    Link,
    Paragraph,
    Section,
    Span,
    Table,
    Term,
    Terms,
    Text,
    faint,
    of_law,
    reading,
    strong,
    text,
)
from lawmodel.law_entries.entry_result import EntryResult
from lawmodel.law_entries.law_view import DATE_SURE, LawView
from lawmodel.law_entries.source_entries import ReadingEntry
from lawmodel.law_entries.standing import NO_LONGER, Standing
from lawmodel.rulebook.dateline import became_law
from lawmodel.rulebook.model import Ceases, Gap, Instrument, OtherDate, Reading, SourceRef, Step
from lawmodel.rulebook.uses import EntryNode
from lawmodel.words.counts import count
from lawmodel.words.law import CERTAINTY, day, how_seen

STANDING: Final = {True: "law", False: "not law", None: "open whether law"}
NAMED: Final = (Column(), Column(kind="identifier"))
TWO_AND_NAME: Final = (Column(), Column(), Column(kind="identifier"))


@dataclass(frozen=True, slots=True)
class Page:
    """A page about a rulebook: which entries stand on it, so that what names them can lead there."""

    view: LawView
    entries: Collection[tuple[str, str]] = ()
    """By kind and id: the entries that the page is about, but for outcomes: questions may have one of the same id."""
    owner: str = ""
    """The entry that is told now, as an anchor."""
    parts: Collection[tuple[str, str]] = ()
    """By kind and id: the entries that are told as parts of that one."""
    apart: bool = False
    """Whether readings, instruments and concepts are told elsewhere: then an entry only names those that it reads."""
    of_part: bool = False
    """Whether ``entries`` are a part of the law, to be read by itself."""

    def tells(self, kind: str, name: str) -> bool:
        """Whether a list of users has an entry: of a part of the law, the entries in it."""
        return not self.of_part or (kind, name) in self.entries

    def place(self, kind: str, name: str) -> str:
        """The anchor of an entry that is told as a part of another, or of the page; empty where it has a place."""
        if not self.owner:
            return f"{kind}-{name}"
        return "" if (kind, name) in self.entries else f"{self.owner}--{kind}-{name}"

    def anchor(self, kind: str, name: str) -> str:
        """Where an entry stands on the page; empty where it does not."""
        if (kind, name) in self.entries:
            return f"{kind}-{name}"
        return self.place(kind, name) if (kind, name) in self.parts else ""

    def link(self, kind: str, name: str) -> Link:
        """To where the entry stands on this page, or else to the entry."""
        here = self.anchor(kind, name)
        return Link("step", here) if here else Link("law", name)

    def links(self, line: str) -> Link:
        """What a line of an outline leads to: it names a path, an outcome, or a kind and an id."""
        kind, _, name = line.rpartition(" ")
        return self.link(kind or ("fact" if ("fact", name) in self.view.titles else "outcome"), name)

    def named(self, kind: str, name: str) -> Span:
        """An entry by its id."""
        return Span(name, "reading" if kind == "reading" else "identifier", self.link(kind, name))

    def names(self, kind: str, names: Iterable[str]) -> Text:
        """Several entries by their ids."""
        spans: list[Span | str] = []
        for name in names:
            spans += [", ", self.named(kind, name)] if spans else [self.named(kind, name)]
        return text(*spans)

    def cited(self, references: Iterable[SourceRef | OtherDate]) -> Text:
        """Sources by their ids, each with the place in it."""
        spans: list[Span | str] = []
        for one in references:
            spans += [", "] if spans else []
            spans += [self.named("source", one.id), f" {one.at}" if one.at else ""]
        return text(*spans)


def terms(rows: Iterable[tuple[str, str | Text | None]]) -> Iterator[Terms]:
    """Labels and what they are, row by row; those that are nothing are left out."""
    said = tuple(Term(text(label), text(words)) for label, words in rows if words)
    if said:
        yield Terms(said)


def certainty(name: str | None) -> str:
    """How a text is known, in words; empty where nothing is said of it."""
    return "" if name is None else CERTAINTY[name]


def standing(view: LawView, found: Standing, enacted_by: str | None = None) -> tuple[str, str]:
    """Of which day or stage it is told whether something is law, and what is told; without who enacted it."""
    of = f"on {day(view.law.date)}" if view.law.stage == view.rulebook.ordinary_stage else view.law_in_words
    return f"{of[:1].upper()}{of[1:]}", whether_law(found, enacted_by)


def whether_law(found: Standing, enacted_by: str | None = None) -> str:
    """Whether something is law, and since or until when; without who enacted it."""
    since = found.says.removeprefix(f"{enacted_by}: ")
    if since.startswith(NO_LONGER):
        return since
    return f"{STANDING[found.is_law]}{':' if ': ' in since else ','} {since}"


# --- readings -------------------------------------------------------------------------------------------


def reading_section(page: Page, entry: ReadingEntry, *blocks: Block) -> Section:
    """A reading under its name, with its options, and perhaps more."""
    title = text("Reading ", reading(entry.id, entry.id), f": {entry.written.title}")
    inside = (*options(page, entry.written), *blocks)
    return Section(title, inside, anchor=page.place("reading", entry.id))


def options(page: Page, one: Reading) -> Iterator[Block]:
    """The options of a reading with who supports each, the default and why."""
    rows = []
    for option in one.options:
        default = text(" (", strong("default"), ")") if option.id == one.default else ()
        support = page.cited(option.supported_by) or text("no source")
        blocks = [Paragraph(text(faint("Supported by "), support))]
        if option.held is not None:
            says = f": {option.held.says}" if option.held.says else ""
            since = text(faint(f"Held since {day(option.held.since)}{says} "), page.cited(option.held.sources))
            blocks.append(Paragraph(since))
        rows.append(Item(text(option.says, default), option.id, tuple(blocks)))
    yield Items(tuple(rows))
    why = f"Default {one.default}: {one.why}" if one.default else f"Open, without a default: {one.why}"
    yield Paragraph(text(f"{why} ", faint(f"({certainty(one.certainty)})")))
    if one.sources:
        yield Paragraph(text("On the point: ", page.cited(one.sources)))
    if one.would_settle:
        settling = (Item(text(each.says, " ", page.cited(each.sources))) for each in one.would_settle)
        yield Section(text("What would settle it"), (Items(tuple(settling)),))


def readings_used(page: Page, entries: Sequence[ReadingEntry], direct: Collection[str]) -> Iterator[Block]:
    """The readings on which an entry depends; those that it names itself at a glance, all of them in full below."""
    if not entries:
        return
    still_open = sum(one.open for one in entries)
    without = f", {still_open} without a default" if still_open else ""
    rows = tuple(
        (text(page.named("reading", one.id)), text(one.written.title), taken(one.written))
        for one in entries
        if one.id in direct
    )
    remark = text(f"{count(len(entries), 'reading')}{without}")
    blocks: list[Block] = [Table((Column(), Column(), Column()), rows)] if rows else []
    through = [one.id for one in entries if one.id not in direct]
    if through:
        blocks.append(Paragraph(text(faint("Through concepts and dates: "), page.names("reading", through))))
    yield Section(text("Read in more than one way"), tuple(blocks), remark)
    if page.apart:
        return
    in_full = tuple(reading_section(page, one) for one in entries)
    yield Fold(text(f"{count(len(entries), 'reading')} in full"), in_full)


def taken(one: Reading) -> Text:
    """What a reading is by default."""
    if one.default is None:
        return text("open: ", " · ".join(option.id for option in one.options))
    return text(one.option(one.default).says)


# --- instruments ----------------------------------------------------------------------------------------


def instruments_used(page: Page, names: Sequence[str]) -> Iterator[Fold]:
    """The instruments on which an entry rests, with their date lines."""
    if not names or page.apart:
        return
    rulebook = page.view.rulebook
    sections = tuple(instrument_section(page, rulebook.instruments[name]) for name in names)
    yield Fold(text(f"{'dates' if len(names) > 1 else 'the dates'} of {count(len(names), 'instrument')}"), sections)


def instrument_section(page: Page, one: Instrument) -> Section:
    """An instrument under its title, with what counts of it and its date line."""
    found = page.view.told.instrument(one)
    whether = whether_law(found)
    said = Paragraph(text(f"{whether[:1].upper()}{whether[1:]}."))
    place = page.place("instrument", one.id)
    return Section(text(of_law(one.title, one.id)), (said, dateline(page, one)), anchor=place, identifier=one.id)


def dateline(page: Page, one: Instrument) -> Table:
    """The steps of an instrument; an arrow stands before the one by which it counts as law at the stage asked for."""
    counts = became_law(page.view.rulebook, one, page.view.law.stage)
    steps: tuple[Step | Ceases, ...] = (*one.steps, *(() if one.ceases is None else (one.ceases,)))
    rows = []
    for step in steps:
        mark = "→" if step is counts else ""
        says = stage_says(page.view, step.stage if isinstance(step, Step) else None)
        rows.append(
            (text(mark), text(day(step.date)), text(says, _further(page, step)), text(DATE_SURE[step.certainty]))
        )
    return Table((Column(), Column(), Column(), Column()), tuple(rows))


def _further(page: Page, step: Step | Ceases) -> Text:
    wording = f"wording {step.version}" if isinstance(step, Step) and step.version else ""
    said: list[Text] = [text(one) for one in (wording, step.remark) if one]
    said += [page.cited(step.sources)] if step.sources else []
    if isinstance(step, Step) and step.disputed_by:
        said.append(text("disputed by ", page.cited(step.disputed_by)))
    pieces: list[str | Text] = []
    for one in said:
        pieces += ["; " if pieces else ": ", one]
    return text(*pieces)


def stage_says(view: LawView, stage: str | None) -> str:
    """A step of an instrument in words; None: it ceases."""
    if stage is None:
        return NO_LONGER
    return next(one.says for one in view.rulebook.stages if one.id == stage)


# --- sources, and what uses what -------------------------------------------------------------------------


def sources(page: Page, references: Sequence[SourceRef]) -> Iterator[Section]:
    """The sources of an entry, if it has any, with their titles, addresses, and how each was seen."""
    items = []
    for one in references:
        source = page.view.rulebook.sources[one.id]
        at = f", {one.at}" if one.at else ""
        # An address alone on its line is not broken, so that it can be copied.
        said = (web(source.address), () if source.seen is None else text(faint(how_seen(source.seen))))
        named = text(source.title, at, "  ", page.named("source", one.id))
        items.append(Item(named, blocks=tuple(Paragraph(line) for line in said if line)))
    if items:
        yield Section(text("Sources"), (Items(tuple(items)),))


def web(address: str | None) -> Text:
    """An address that can be opened; nothing where there is none."""
    return () if address is None else text(Span(address, link=Link("web", address)))


def used_by(page: Page, entry: EntryResult) -> Iterator[Block]:
    """The provisions that read an entry, and through what; and what else reads it."""
    uses, direct = page.view.uses, entry.used_by
    if not direct:
        yield Paragraph(text("Nothing uses it."))
        return
    others = [one for one in direct if one.kind != "provision"]
    rows = [
        (text(one.kind), text(one.title), text(page.named(one.kind, one.id)))
        for one in others
        if page.tells(one.kind, one.id)
    ]
    for name in entry.provisions:
        if not page.tells("provision", name):
            continue
        provision, user = page.view.rulebook.provisions[name], EntryNode("provision", name)
        itself = any((one.kind, one.id) == user for one in direct)
        through = [] if itself else [one.id for one in others if EntryNode(one.kind, one.id) in uses.reached(user)]
        by = text(faint(f" (through {', '.join(through)})")) if through else ()
        says = text(f"{provision.citation}: {provision.title}", by)
        rows.append((text("provision"), says, text(page.named("provision", name))))
    blocks: tuple[Block, ...] = (Table(TWO_AND_NAME, tuple(rows)),) if rows else ()
    yield Section(text("Used by"), (*blocks, *further_entries(len(others) + len(entry.provisions) - len(rows))))


def further_entries(number: int) -> Iterator[Paragraph]:
    """How many entries a list leaves to other pages."""
    if number:
        told = "which is not told here" if number == 1 else "which are not told here"
        yield Paragraph(text(faint(f"{count(number, 'further entry', 'further entries')} of the rulebook, {told}")))


def gap_blocks(page: Page, gap: Gap) -> Iterator[Block]:
    """What is known of a gap: where and when it was looked for, and what it could touch."""
    if_so = f", if {' or '.join(gap.outcomes)} is possible" if gap.outcomes else ""
    touched: list[Text] = [text(page.names("question", gap.questions), if_so)] if gap.questions else []
    touched += [text(page.names("provision", gap.provisions))] if gap.provisions else []
    touched += [text(page.names("reading", gap.readings))] if gap.readings else []
    touched += [text(page.names("instrument", gap.instruments))] if gap.instruments else []
    joined: list[str | Text] = []
    for one in touched:
        joined += [", " if joined else "", one]
    yield from terms(
        [
            ("Not read" if gap.how == "not_read" else "Not found", f"{gap.where}; {day(gap.on)}"),
            ("Could touch", text(*joined)),
            ("Remark", gap.remark),
        ]
    )
    yield from sources(page, gap.sources)
