"""Misconceptions of a rulebook, as results and as documents: what is believed, what it edits, and the telling case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from lawmodel.dataclass import dataclass
from lawmodel.document import (
    Block,
    Document,
    Item,
    Items,
    Note,
    Paragraph,
    Section,
    Text,
    faint,
    identifier,
    of_law,
    text,
)
from lawmodel.documents.heading import by_rulebook
from lawmodel.documents.outline import condition_section, outline_section
from lawmodel.law_entries.blocks import Page, terms
from lawmodel.law_entries.entry_result import EntryResult
from lawmodel.law_entries.law_view import LawResult, LawView
from lawmodel.rulebook.condition import Condition
from lawmodel.rulebook.misconception import Edit, Misconception, MisconceptionKind, ToldAnswer
from lawmodel.words.counts import count
from lawmodel.words.law import day
from lawmodel.words.outcomes import predicate, statement
from lawmodel.words.outline import ConclusionOutline, Outline

SAID: Mapping[str, str] = {"when": "Would apply if", "unless": "Unless", "in_force": "Would be law if"}


@dataclass(frozen=True, slots=True)
class MisconceptionEntry(EntryResult):
    """What somebody may take for the law."""

    view: LawView
    written: Misconception
    kind: Literal["misconception"] = "misconception"

    json_keys: ClassVar[Mapping[str, str]] = {
        "entry": "kind",
        "written": "written",
        "sort": "sort",
        "supported": "supported",
        "id": "id",
    }

    @property
    def sort(self) -> MisconceptionKind:
        """Whether it is a way to read the law, or a slip."""
        return self.written.kind

    @property
    def supported(self) -> bool:
        """Whether every reading that it takes has a source; of a slip: no."""
        readings = self.view.rulebook.readings
        edits = self.written.edit
        return self.sort == "reading" and all(
            bool(readings[one.reading].option(one.option).supported_by)
            for one in edits
            if one.reading is not None and one.option is not None
        )


@dataclass(frozen=True, slots=True)
class Misconceptions(LawResult):
    """All misconceptions of a rulebook."""

    view: LawView

    json_keys: ClassVar[Mapping[str, str]] = {
        "rulebook": "rulebook",
        "program": "program",
        "law": "law",
        "misconceptions": "entries",
    }

    @property
    def entries(self) -> tuple[MisconceptionEntry, ...]:
        """Every one, in the order of the rulebook."""
        return tuple(MisconceptionEntry(self.view, one) for one in self.view.rulebook.misconceptions.values())


def misconceptions_document(found: Misconceptions) -> Document:
    """Every misconception with what it is and what it makes of its case, by question."""
    rulebook = found.view.rulebook
    blocks: list[Block] = []
    for name, question in rulebook.questions.items():
        ours = [one for one in found.entries if one.written.question == name]
        if ours:
            items = tuple(Item(text(of_law(one.written.says, one.id)), one.id, (_in_brief(one),)) for one in ours)
            blocks.append(
                Section(text(question.title), (Items(items),), text(faint(count(len(ours), "misconception"))))
            )
    if not blocks:
        blocks.append(Paragraph(text("This rulebook names none.")))
    else:
        blocks.append(Note(text(faint("One of them by its name: "), identifier("lawmodel law NAME"))))
        blocks.append(
            Note(text(faint("A case as it would be answered: "), identifier("lawmodel decide CASE --held-by NAME")))
        )
    blocks += by_rulebook(rulebook)
    return Document(text("What may be taken for the law"), tuple(blocks), text(rulebook.title))


def _in_brief(one: MisconceptionEntry) -> Paragraph:
    rulebook, question = one.view.rulebook, one.written.question
    law, held = one.written.law, one.written.held
    if law.outcome != held.outcome:
        says = [predicate(rulebook, question, answer.outcome) for answer in (law, held)]
        return Paragraph(text(faint(f"{_sort(one)}: what {says[0]}, {says[1]}")))
    return Paragraph(text(faint(f"{_sort(one)}: the same outcome, for another reason")))


def _sort(one: MisconceptionEntry) -> str:
    if one.sort == "slip":
        return "slip"
    return "a reading that sources support" if one.supported else "a reading that no source supports"


def misconception_blocks(one: MisconceptionEntry, page: Page) -> Iterator[Block]:
    """What one who holds it reads in the law, and the case on which it shows."""
    written, rulebook = one.written, one.view.rulebook
    yield from terms(
        [
            ("Is", _sort(one)),
            ("The law", written.because),
            ("Question", text(page.named("question", written.question))),
        ]
    )
    for edit in written.edit:
        yield from _edit(one, edit, page)
    law, held = (_answer(one, answer) for answer in (written.law, written.held))
    facts = tuple(Item(text(f"{_path(fact.path)}: {fact.value or 'none'}")) for fact in written.case.facts)
    yield Section(text("The case on which it shows"), (Items(facts),), text(faint("all else is ordinary")))
    chosen = ", ".join(f"{name}={option}" for name, option in written.readings.items())
    yield from terms(
        [
            ("Readings", chosen),
            ("Law of", None if written.on is None else day(written.on)),
            ("Stage", written.stage and next(each.says for each in rulebook.stages if each.id == written.stage)),
            ("The law", law),
            ("Who holds it", held),
        ]
    )


def _path(path: tuple[str, ...]) -> str:
    """The name of an input, as users write it."""
    said = ""
    for step in path:
        said += f"[{int(step) + 1}]" if step.isdigit() else f"{'.' if said else ''}{step}"
    return said


def _answer(one: MisconceptionEntry, answer: ToldAnswer) -> Text:
    rulebook, question = one.view.rulebook, one.written.question
    named = [rulebook.provisions[name].citation for name in answer.grounds]
    named += [rulebook.consequences[name].says for name in answer.consequences or ()]
    return text(statement(rulebook, question, answer.outcome), faint(f" ({'; '.join(named)})") if named else "")


def _edit(one: MisconceptionEntry, edit: Edit, page: Page) -> Iterator[Block]:
    rulebook = one.view.rulebook
    if edit.reading is not None and edit.option is not None:
        says = rulebook.readings[edit.reading].option(edit.option).says
        yield from terms([("Reading", text(page.named("reading", edit.reading), f": {says}"))])
        return
    if edit.instrument is not None and edit.date is not None:
        stage = next(each.says for each in rulebook.stages if each.id == edit.stage)
        yield from terms(
            [("Instrument", text(page.named("instrument", edit.instrument), f": {stage} {day(edit.date)}"))]
        )
        return
    section, name = edit.changed
    kind = section.removesuffix("s")
    yield from terms([(kind.capitalize(), text(page.named(kind, name)))])
    about = rulebook.concepts[name].about if section == "concepts" else None
    words = Outline(rulebook, records=about)
    for key, title in SAID.items():
        stated: Condition | None = getattr(edit, key)
        if stated is not None:
            yield condition_section(title, stated, words, page.links)
    question = None if section != "provisions" else rulebook.questions[rulebook.provisions[name].question]
    for concluded in (edit.concludes, edit.brings):
        if concluded is not None:
            line = ConclusionOutline(words, question).line(concluded)
            lines = line.below if line.below and not line.name else (line,)
            yield outline_section("Would conclude", "", lines, page.links)
