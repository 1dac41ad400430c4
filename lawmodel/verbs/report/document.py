"""A memorandum as a document: its sections in their order, with footnotes numbered through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.document import (
    Block,
    Column,
    Document,
    Item,
    Items,
    Listing,
    Note,
    Paragraph,
    Section,
    Steps,
    Table,
    Term,
    Terms,
    Text,
    identifier,
    of_law,
    strong,
    text,
)
from lawmodel.documents.grounds import step_of
from lawmodel.documents.heading import header_terms
from lawmodel.verbs.report.doubts_part import change_part, find_part, readings_part
from lawmodel.verbs.report.facts_part import facts_part, groups_of_facts
from lawmodel.verbs.report.law_part import analysis_part, law_part
from lawmodel.verbs.report.notes import Notes
from lawmodel.verbs.report.result import Report
from lawmodel.verbs.report.sentences import reason_said, would_be
from lawmodel.words.counts import count
from lawmodel.words.law import law_of
from lawmodel.words.outcomes import both, predicates
from lawmodel.words.steps import Condenser

NO_ADVICE: Final = "A model for study; not legal advice."
LIMITS: Final = (
    "The program applies the rules of its rulebook to the facts of the case. It did not establish these facts, and it "
    "does not predict what an authority will do. Which reading of a contested text is right it does not say: a default "
    "is a starting point with a stated reason. A source that was not seen is called so."
)
MOST_SPELLED_OUT: Final = 2
"""Of more open points it is said in section 5 what each of them would decide."""
MOST_NAMED: Final = 3
"""More grounds than these are named by their citations alone, and more facts that are assumed by their number."""


def document(report: Report) -> Document:
    """The whole memorandum."""
    notes = Notes(report.rulebook)
    sections: list[Block] = [
        *_head(report),
        facts_part(report),
        law_part(report, notes),
        analysis_part(report, notes),
        readings_part(report, notes),
        find_part(report),
    ]
    number = 6
    change = change_part(report)
    if change is not None:
        sections.append(change)
        number += 1
    if report.other_questions:
        sections.append(_others(report, number))
        number += 1
    sections.append(_limits(report, number))
    sections += _appendices(report)
    if notes.block().notes:
        sections.append(notes.block())
    return Document(text(report.title or report.case or "A memorandum"), tuple(sections), _subject(report))


def _subject(report: Report) -> Text:
    answer = report.answer
    hypothetical = "" if report.hypothetical is None else f" · Hypothetical {report.hypothetical}"
    law = law_of(answer.rulebook, answer.stage, answer.law_date)
    return text(f"Memorandum{hypothetical} · {law} · {NO_ADVICE}")


# --- the answer in short ----------------------------------------------------------------------------------


def _head(report: Report) -> Iterator[Block]:
    answer = report.answer
    yield Terms(
        (
            Term(text("Question"), text(report.asks)),
            Term(text("Short answer"), _short(report), _open_outcomes(answer)),
            Term(text("How firm"), text(_firm(report))),
        )
    )
    for one in answer.remarks:
        yield Note(text(f"{'This is odd' if one.level == 'warning' else 'No case can be so'}: {one.says}."), "odd")


def _short(report: Report) -> Text:
    answer = report.answer
    if not answer.determined:
        number = len(answer.turns_on)
        points = "one open point" if number == 1 else f"{number} open points"
        see = " Section 5 says what each of them would decide." if number > MOST_SPELLED_OUT else ""
        return text(strong("It depends"), f" on {points}: {would_be(answer, _possible(answer))}.{see}")
    grounds = answer.grounds
    said = strong(f"{answer.says}.")
    if not grounds:
        looked = len(answer.not_met)
        none = f" No rule leads to another answer: of {count(looked, 'provision')} none applies." if looked else ""
        return text(said, none)
    citations = list(dict.fromkeys(one.citation for one in grounds))
    if len(grounds) > MOST_NAMED:
        return text(said, f" {count(len(grounds), 'ground')} support it: {both(citations)}.")
    lead = "One ground supports it" if len(grounds) == 1 else f"{len(grounds)} grounds support it"
    return text(said, f" {lead}: {'; and '.join(_reasons(report)) if len(grounds) > 1 else _reasons(report)[0]}.")


def _reasons(report: Report) -> list[str]:
    """Why, ground by ground; grounds that apply for the same reason together."""
    by_reason: dict[str, list[str]] = {}
    for one in report.analysis:
        if one.role == "ground":
            by_reason.setdefault(one.short or f"“{one.title}”", []).append(one.citation)
    return [f"{reason} ({'; '.join(dict.fromkeys(citations))})" for reason, citations in by_reason.items()]


def _possible(answer: Answer) -> str:
    return predicates(answer.rulebook, answer.question, answer.possible)


def _open_outcomes(answer: Answer) -> tuple[Block, ...]:
    """A line for each outcome of an open answer, where it depends on a single point at a time."""
    items = []
    if len(answer.turns_on) > MOST_SPELLED_OUT:
        return ()
    for point in answer.depends_on:
        for option in point.options:
            then = would_be(answer, option.answer) if not option.depends_on else "it still depends on other points"
            items.append(Item(text(f"If {option.says}: {then}.")))
    return (Items(tuple(items)),) if items else ()


def _firm(report: Report) -> str:
    return " ".join(_firmness(report))


def _firmness(report: Report) -> Iterator[str]:
    answer = report.answer
    if answer.determined:
        unknown = len(answer.unknown_without_effect)
        yield (
            f"Certain on these facts: {count(unknown, 'point')} left open cannot change it."
            if unknown
            else "Certain on these facts: nothing is left open that could change it."
        )
    else:
        readings = sum(1 for group in answer.turns_on if group[0] in answer.rulebook.readings)
        if readings == len(answer.turns_on):
            names = both([name for group in answer.turns_on for name in group])
            yield f"No fact is missing: only the law is unsettled, on reading {names} (section 4)."
    assumed = [one.says for one in answer.assumes if one.kind in ("presumed", "left out")]
    if len(assumed) > MOST_NAMED:
        yield f"It assumes {len(assumed)} facts that the case does not state (section 5)."
    elif assumed:
        yield f"It assumes this: {'; '.join(assumed)}."
    dates = [one for one in answer.assumes if one.kind == "date"]
    if dates:
        days = "a day that is" if len(dates) == 1 else f"{len(dates)} days that are"
        yield f"It rests on {days} computed or disputed (section 5)."
    matter = [one.id for one in report.readings if one.effect in ("alone", "together") and one.option is not None]
    if matter:
        rests = "a contested reading" if len(matter) == 1 else f"{len(matter)} contested readings"
        yield f"It rests on {rests}: {both(matter)} (section 4)."
    elif answer.determined and report.readings and all(one.effect == "none" for one in report.readings):
        day = "" if dates else ", and no computed or disputed day,"
        yield f"No contested reading{day} changes it."
    then = report.supposing
    if then is not None:
        stays = then.possible == answer.possible
        what = "the answer would stay" if stays else f"{would_be(answer, then.answer)}"
        on = f" on {both(then.grounds)} alone" if stays and then.grounds else ""
        yield f"One given fact carries the most: {then.now}. Without it {what}{on}."


# --- other questions, limits, appendices ---------------------------------------------------------------------


def _others(report: Report, number: int) -> Section:
    rows = []
    for one in report.other_questions:
        on = both(one.grounds) or "no ground"
        rests = one.open or one.assumes
        assumes = "nothing" if not rests else "; ".join(rests) if len(rests) <= MOST_NAMED else f"{len(rests)} points"
        said = "; ".join([one.says, *one.consequences])
        rows.append((text(one.asks), text(f"{said}."), text(on), text(f"{assumes}.")))
    columns = (Column("Question"), Column("Answer"), Column("On"), Column("Assumes, or depends on"))
    title = f"{number}. The other questions on these facts"
    return Section(text(title), (Table(columns, tuple(rows)),), anchor="others")


def _limits(report: Report, number: int) -> Section:
    blocks = (Paragraph(text(LIMITS)), *(Paragraph(text(one)) for one in report.limits))
    return Section(text(f"{number}. Limits"), blocks, anchor="limits")


def _appendices(report: Report) -> Iterator[Section]:
    yield Section(text("Appendix A. How this memorandum is made again"), tuple(_made(report)), anchor="appendix-a")
    yield Section(text("Appendix B. The steps"), tuple(_steps(report)), anchor="appendix-b")
    if report.facts.assumed_without_effect:
        terms = groups_of_facts(report.facts.assumed_without_effect)
        yield Section(text("Appendix C. Assumed, without effect by themselves"), (terms,), anchor="appendix-c")


def _made(report: Report) -> Iterator[Block]:
    yield header_terms(report.header, report.answer.without)
    receipt = report.receipt
    if receipt is not None:
        yield Terms(
            (
                Term(text("Answer"), text("SHA-256 ", identifier(receipt.answer.sha256))),
                Term(text("Receipt"), text("SHA-256 ", identifier(receipt.sha256))),
            )
        )
    if report.command:
        yield Listing(report.command, "console")


def _steps(report: Report) -> Iterator[Block]:
    answer = report.answer
    for one in report.analysis:
        steps = Steps(tuple(map(step_of, Condenser().lines(answer.step_of(one.provision).children))))
        yield Section(text(of_law(one.citation, one.provision), f"  {one.title}"), (steps,))
    if report.not_met and any(one.role != "yields" for one in report.analysis):
        items = tuple(
            Item(text(of_law(one.citation, one.id), f"  {one.title}: {reason_said(one)}.")) for one in report.not_met
        )
        title = text(f"Not met ({count(len(items), 'provision')}), each with the first thing that it fails on")
        yield Section(title, (Items(items),))
