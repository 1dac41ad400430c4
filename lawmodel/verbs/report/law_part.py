"""The law of a memorandum: what is in force, and how each provision comes to its outcome on this case."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.document import (
    Block,
    Column,
    Item,
    Items,
    Paragraph,
    Section,
    Table,
    Text,
    of_law,
    original,
    strong,
    text,
)
from lawmodel.documents.answer import distinction
from lawmodel.documents.heading import law_line
from lawmodel.results.given_input import Origin
from lawmodel.verbs.report.notes import Notes
from lawmodel.verbs.report.result import Analysis, Element, ElementFact, Holds, LawInForce, ReadingEffect, Report
from lawmodel.verbs.report.sentences import (
    ORIGIN,
    PROVIDES,
    SAYS_SO,
    capital,
    reading_said,
    reason_said,
    small,
    without_effect_said,
    would_be,
)
from lawmodel.words.counts import count
from lawmodel.words.law import CERTAINTY, DATE_CERTAINTY, day
from lawmodel.words.outcomes import both

MET: Final[Mapping[Holds, str]] = {"yes": "Met.", "no": "Not met.", "open": "Not known."}
ROLES: Final = {"ground": "", "possible ground": " (possible ground)", "yields": " (gives way)", "opening": ""}
LAW_COLUMNS: Final = (
    Column("Provision"),
    Column("Operative words, and what they mean"),
    Column("Known from"),
    Column("In force"),
)


# --- the law in force -----------------------------------------------------------------------------------


def law_part(report: Report, notes: Notes) -> Section:
    """Section 2: the provisions behind the answer."""
    return Section(text("2. The law"), tuple(_law(report, notes)), anchor="law")


def _law(report: Report, notes: Notes) -> Iterator[Block]:
    answer = report.answer
    told = "" if answer.told_by is None else f" As told by {answer.told_by}."
    yield Paragraph(text(law_line(answer.rulebook, answer.stage, answer.law_date), told))
    if report.law_in_force:
        rows = tuple(_row(answer, one, notes) for one in report.law_in_force)
        yield Table(LAW_COLUMNS, rows, "Table 1. The provisions behind the answer")
    else:
        yield Paragraph(text("No provision applies. Section 3 says of each that was looked at why it does not."))
    if answer.against:
        titles = [answer.rulebook.sources[name].title for name in answer.against if name in answer.rulebook.sources]
        if titles:
            yield Paragraph(text(f"These instruments were looked at, and no rule of them speaks: {'; '.join(titles)}."))
    for one in answer.pending_law:
        then = would_be(answer, one.answer)
        yield Paragraph(text(f"{one.says[:1].upper()}{one.says[1:]}. If it were law, {then}."))


def _row(answer: Answer, one: LawInForce, notes: Notes) -> tuple[Text, ...]:
    words = one.words
    said = text(f"In our words: {one.text}")
    if words is not None:
        quoted = original(f"«{words.original}»", answer.rulebook.language_of(words))
        said = text(quoted, f"\n{words.translation}")
    mark = notes.cite(one.sources)
    return text(of_law(one.citation, one.id), mark), said, text(CERTAINTY[one.certainty]), text(_since(one))


def _since(one: LawInForce) -> str:
    if one.in_force is None:
        return "on every day that the rulebook covers"
    how = DATE_CERTAINTY.get(one.date_certainty or "", "")
    beside = "; ".join(part for part in (how, one.date_remark) if part)
    since = f"since {day(datetime.date.fromisoformat(one.in_force))}"
    return f"{since} ({beside})" if beside else since


# --- how it comes to the answer ---------------------------------------------------------------------------


def analysis_part(report: Report, notes: Notes) -> Section:
    """Section 3: ground by ground, each condition; then what follows."""
    return Section(text("3. Analysis"), tuple(_analysis(report, notes)), anchor="analysis")


def _analysis(report: Report, notes: Notes) -> Iterator[Block]:
    answer = report.answer
    effects = {one.id: one for one in report.readings}
    places: dict[tuple[str, str], str] = {}
    number = 0
    yield from distinction(answer)
    grounds = [one for one in report.analysis if one.role != "yields"]
    for one in grounds:
        number += 1
        yield _provision(answer, one, f"3.{number}", effects, places, report, notes)
    if not grounds:
        number += 1
        yield Section(text(f"3.{number} No provision applies"), tuple(_not_met(report)))
    yielding = [one for one in report.analysis if one.role == "yields"]
    if yielding:
        number += 1
        items = tuple(_yielding(one, places, report, notes) for one in yielding)
        lead = "These provisions apply as well. Their outcomes give way to the stronger one."
        if len(yielding) == 1:
            lead = "This provision applies as well. Its outcome gives way to the stronger one."
        yield Section(text(f"3.{number} What else applies, and gives way"), (Paragraph(text(lead)), Items(items)))
    if answer.consequences:
        number += 1
        items = tuple(
            Item(text(f"{capital(one.says)} ({one.citation}){_possible(one.certain)}.", notes.cite(one.sources)))
            for one in answer.consequences
        )
        yield Section(text(f"3.{number} What follows"), (Items(items),))


def _possible(certain: bool) -> str:
    return "" if certain else "; it need not follow, or it depends on what is open"


def _provision(
    answer: Answer,
    one: Analysis,
    number: str,
    effects: Mapping[str, ReadingEffect],
    places: dict[tuple[str, str], str],
    report: Report,
    notes: Notes,
) -> Section:
    law = next(each for each in report.law_in_force if each.id == one.provision)
    rule = text(
        of_law(one.citation, one.provision), f" {PROVIDES[law.certainty]}:", f" {law.text}", notes.cite(law.sources)
    )
    blocks: list[Block] = [Paragraph(rule)]
    if not one.in_every_case:
        blocks.append(Paragraph(text("It supports the answer in some of the cases left open, not in all.")))
    said = [_element(answer, each, number, effects, places, notes) for each in one.applies]
    said += [
        _element(answer, replace(each, asks_nothing=False), number, effects, places, notes) for each in one.concludes
    ]
    blocks.append(Items(tuple(Item(each) for each in said), numbered=True))
    blocks.append(Paragraph(text(_conclusion(answer, one))))
    return Section(text(f"{number} {one.title}: {one.citation}{ROLES[one.role]}"), tuple(blocks), anchor=one.provision)


def _conclusion(answer: Answer, one: Analysis) -> str:
    if one.role == "ground":
        return f"On this ground, {small(one.says)}."
    if all(element.holds == "yes" for element in one.applies):
        return f"This applies. What follows: {small(one.says)}."
    if any(element.holds == "open" for element in (*one.applies, *one.concludes)):
        return f"Whether this is met is open. If it is, {small(one.says)}."
    return f"By itself it leads to this: {small(one.says)}."


def _element(
    answer: Answer,
    one: Element,
    number: str,
    effects: Mapping[str, ReadingEffect],
    places: dict[tuple[str, str], str],
    notes: Notes,
) -> Text:
    """A condition: what it asks, whether it is met, by which facts, and how the text is read on the way."""
    readings = [effects[name] for name in one.readings if name in effects]
    matter = [each for each in readings if each.effect in ("alone", "together") or each.chosen_by not in BY_ITSELF]
    idle = [each for each in readings if each not in matter]
    parts: list[Text] = []
    if one.asks_nothing:
        parts.append(text(strong("No further condition"), ", as the text is read."))
    elif one.says:
        label = capital(f"{one.of}: {one.says}" if one.of else one.says)
        source = f" ({one.citation})" if one.citation else ""
        before = places.get((one.of, one.says))
        parts.append(text(strong(label), f"{source}. {MET[one.holds]}"))
        if before is not None and before != number:
            return text(*parts, f" The reason is given in {before}.")
        places.setdefault((one.of, one.says), number)
    if not one.asks_nothing:
        parts += [text(each) for each in _facts(one)]
    parts += [reading_said(answer, each, notes) for each in matter]
    if idle:
        parts.append(without_effect_said(idle))
    return text(*(text(" " if place else "", each) for place, each in enumerate(parts)))


BY_ITSELF: Final = ("default", "nobody")
"""Readings that nobody chose for this memorandum: they need a word of their own only where they matter."""


def _facts(one: Element) -> Iterator[str]:
    """The facts of an element, by where they come from."""
    alone = one.facts[0] if len(one.facts) == 1 else None
    if alone is not None and (alone.of, alone.says) == (one.of, one.says):
        yield SAYS_SO[alone.origin]
        return
    by_origin: dict[str, list[ElementFact]] = {}
    order = list(ORIGIN)
    for each in sorted(one.facts, key=lambda each: order.index(_origin(each))):
        by_origin.setdefault(ORIGIN[_origin(each)], []).append(each)
    for label, facts in by_origin.items():
        records = [(of, [*some]) for of, some in groupby(facts, key=lambda each: each.of)]
        yield f"{label}: {'; '.join(_of_record(one, of, some) for of, some in records)}."


def _origin(one: ElementFact) -> Origin | None:
    return "unknown" if one.holds == "open" and one.origin is None else one.origin


def _of_record(one: Element, of: str, facts: Iterable[ElementFact]) -> str:
    """What is said of a record, which is named where the element is about another one, or about none."""
    said = "; ".join(each.says for each in facts)
    return said if of in ("", one.of) else f"{said} ({of})"


def _yielding(one: Analysis, places: Mapping[tuple[str, str], str], report: Report, notes: Notes) -> Item:
    law = next(each for each in report.law_in_force if each.id == one.provision)
    named = [each for each in one.applies if each.says and each.holds == "yes"]
    met = [
        f"{each.says} (see {places[each.of, each.says]})" if (each.of, each.says) in places else each.says
        for each in named
    ]
    because = f", for {both(met)}" if met else ""
    return Item(
        text(
            of_law(one.citation, one.provision),
            f" {PROVIDES[law.certainty]}: {law.text}",
            notes.cite(law.sources),
            f" It applies{because}; by itself it means that {small(one.says)}.",
        )
    )


def _not_met(report: Report) -> Iterator[Block]:
    """Every provision that was looked at, and the first thing that it fails on."""
    found = report.not_met
    if not found:
        yield Paragraph(text("No provision of the rulebook bears on the question."))
        return
    yield Paragraph(
        text(f"{count(len(found), 'provision')} could lead to another answer. None applies, for these reasons.")
    )
    rows = tuple((text(of_law(one.citation, one.id)), text(one.title), text(reason_said(one))) for one in found)
    yield Table((Column("Provision"), Column("What it is about"), Column("Why it does not apply")), rows)
