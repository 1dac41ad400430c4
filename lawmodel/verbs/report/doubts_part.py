"""The doubts of a memorandum: contested readings, what is still to be found out, and the least change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.document import (
    Block,
    Decision,
    DecisionRow,
    DecisionTable,
    Item,
    Items,
    Paragraph,
    Section,
    Span,
    Text,
    reading,
    text,
)
from lawmodel.documents.assumptions import settled_by
from lawmodel.results.assumption import Alternative
from lawmodel.results.changes import Changes, ChangeSet
from lawmodel.verbs.report.notes import Notes
from lawmodel.verbs.report.result import ReadingEffect, Report, ToFind
from lawmodel.verbs.report.sentences import capital, how_taken, would_be
from lawmodel.words.counts import count
from lawmodel.words.outcomes import both, either, predicate

MATTER: Final = ("alone", "together")
MOST_SETTLING: Final = 12
"""So many facts of which another value would settle an open answer are told."""
CHANGE_HEAD: Final = ("If it is read otherwise", "The answer would then be")


# --- contested readings ---------------------------------------------------------------------------------


def readings_part(report: Report, notes: Notes) -> Section:
    """Section 4: how contested texts are read, by whom otherwise, and what that would change."""
    return Section(text("4. Contested readings"), tuple(_readings(report, notes)), anchor="readings")


def _readings(report: Report, notes: Notes) -> Iterator[Block]:
    bearing = report.readings
    if not bearing:
        yield Paragraph(text("No contested text bears on the question."))
        return
    matter = [one for one in bearing if one.effect in MATTER]
    texts = count(len(bearing), "contested text")
    if any(one.effect == "not worked out" for one in bearing):
        yield Paragraph(text(f"{texts} bear on the question. They are too many for their effect to be worked out."))
    elif matter:
        which = f"{texts} bear on the question; {len(matter)} of them can change the answer."
        which = "One contested text bears on the question, and can change the answer." if len(bearing) == 1 else which
        yield Paragraph(text(f"{which} Which reading is right is not said here."))
        yield _table(report.answer, matter, notes)
    else:
        yield Paragraph(
            text(
                f"{texts} {'bears' if len(bearing) == 1 else 'bear'} on the question, and none can change the answer, "
                "however the others are read."
            )
        )
        yield from _supposing(report, notes)
    idle = [one for one in bearing if one.effect == "none"]
    if idle and matter:
        yield Paragraph(text("These make no difference, however the others are read: ", *_names(idle), "."))


def _supposing(report: Report, notes: Notes) -> Iterator[Block]:
    """What the readings would do if the fact that carries the answer were otherwise."""
    then = report.supposing
    if then is None or not then.readings:
        return
    answer = report.answer
    yield Paragraph(
        text(
            f"They would count if the fact on which the most depends were otherwise: if {then.says}. "
            f"Then {would_be(answer, then.answer)}{_on(then.grounds)}, and these readings could change that."
        )
    )
    yield _table(answer, then.readings, notes, then.possible)


def _on(grounds: Sequence[str]) -> str:
    return f" on {both(grounds)}" if grounds else ""


def _names(effects: Iterable[ReadingEffect]) -> Iterator[Text]:
    for place, one in enumerate(effects):
        yield text(", " if place else "", reading(one.id, one.id))


def _table(
    answer: Answer, effects: Sequence[ReadingEffect], notes: Notes, possible: tuple[str, ...] = ()
) -> DecisionTable:
    return DecisionTable(
        tuple(_decision(answer, one, notes, possible or answer.possible) for one in effects), CHANGE_HEAD
    )


def _decision(answer: Answer, one: ReadingEffect, notes: Notes, possible: tuple[str, ...]) -> Decision:
    name = reading(one.id, one.id)
    if one.option is None:
        subject_said = text(name, f" (open): {one.asks}")
    else:
        subject_said = text(
            name, f": {one.asks} Taken here ({how_taken(one)}): {one.says}.", notes.cite(one.supported_by)
        )
    rows = []
    for other in one.others:
        said = other.answer if other.possible != possible else f"the same: {other.answer}"
        if other.possible == possible and one.effect == "together":
            said = f"by itself the same: {other.answer}"
        rows.append(DecisionRow(text(other.says, notes.cite(other.supported_by)), text(said), other.option))
    return Decision(subject_said, "", tuple(rows))


# --- what is to be found out ------------------------------------------------------------------------------


def find_part(report: Report) -> Section:
    """Section 5."""
    return Section(text("5. What must still be found out"), tuple(_find(report)), anchor="find")


def _find(report: Report) -> Iterator[Block]:
    answer = report.answer
    items = [Item(said) for said in _to_find(report)]
    if answer.determined:
        yield Paragraph(text("No fact that the case leaves open can change the answer."))
    if items:
        yield Items(tuple(items), numbered=True)
    elif answer.determined:
        yield Paragraph(text("Nothing is assumed of which another value would change it."))
    if answer.settled_by:
        found = answer.settled_by[:MOST_SETTLING]
        more = "" if len(answer.settled_by) <= MOST_SETTLING else f" (the first {MOST_SETTLING})"
        yield Paragraph(text(f"Other facts than those stated would settle the case{more}."))
        yield settled_by(found)


def _to_find(report: Report) -> Iterator[Text]:
    answer = report.answer
    for one in report.to_find:
        yield from _found(answer, report, one)


def _found(answer: Answer, report: Report, one: ToFind) -> Iterator[Text]:
    match one.kind:
        case "open fact":
            yield text(f"Find out: {one.says}{_otherwise(answer, one.otherwise, ' ')}")
        case "open reading":
            name = one.inputs[0]
            yield text(
                "The law itself is open here (reading ",
                reading(name, name),
                f"): {one.says}{_otherwise(answer, one.otherwise, ' ')}",
            )
        case "assumed":
            yield text(f"Confirm what is assumed: {one.says}.{_otherwise(answer, one.otherwise, ' ')}")
        case "date":
            yield text(f"Check the day: {one.says}.{_otherwise(answer, one.otherwise, ' ')}")
        case "hinge":
            yield from _hinge(answer, report, one)
        case "judgment":
            yield text(f"Examine the judgment that the case takes as given: {one.says}.")
        case "not found":
            yield text(f"Look again for what was not found, and could touch the answer: {one.says}.")
        case "not read":
            yield text(f"Read what is known and was not read, and could touch the answer: {one.says}.")
        case "settles":
            names = [text(", " if place else "", reading(name, name)) for place, name in enumerate(one.inputs)]
            yield text("This would settle how the text is to be read (", *names, f"): {one.says}.")


def _hinge(answer: Answer, report: Report, one: ToFind) -> Iterator[Text]:
    then = report.supposing
    if then is None:
        return
    stays = then.possible == answer.possible
    what = "the answer stays, but" if stays else f"{would_be(answer, then.answer)}, and"
    rests = f" it rests on {both(then.grounds)}" if then.grounds else ""
    readings = f" and on the readings {both([each.id for each in then.readings])}" if then.readings else ""
    said = f"{what}{rests}{readings}".removesuffix(", and").removesuffix(", but")
    yield text(f"Confirm the fact on which the most depends: {one.says}. If {then.says}, {said}.")


def _otherwise(answer: Answer, found: Sequence[Alternative], lead: str) -> str:
    """What the answer would be for other findings, those of one answer together."""
    by_answer: dict[str, list[str]] = {}
    for one in found:
        then = would_be(answer, one.answer)
        if one.depends_on:
            then = f"it depends on {both([each.says for each in one.depends_on])}"
        by_answer.setdefault(then, []).append(one.says)
    parts = [f"if {either(says)}: {then}" for then, says in by_answer.items()]
    return f"{lead}{capital('; '.join(parts))}." if parts else ""


# --- the least change ---------------------------------------------------------------------------------------


def change_part(report: Report) -> Section | None:
    """Section 6; None where the answer is open, or there is no other outcome."""
    if report.change is None:
        return None
    return Section(text("6. The least change"), tuple(_change(report, report.change)), anchor="change")


def _change(report: Report, found: Changes) -> Iterator[Block]:
    answer = report.answer
    would = would_be(answer, predicate(answer.rulebook, answer.question, found.outcome))
    match found.status:
        case "found":
            yield Paragraph(text(_sizes(found, would)))
            yield Items(tuple(Item(_way(one)) for one in found.sets), numbered=True)
            kept = count(len(found.kept), "fact")
            past = f"{kept} that cannot change any more, such as what is past, were kept as they are. "
            past = past if found.kept else ""
            if not all(each.every for one in found.sets for each in one.changes):
                past = f"Each value is an example, where others would do as well. {past}"
            every = (
                f"There are no other ways of up to {count(found.up_to, 'change')}."
                if found.every
                else "There are more ways; these are the first."
            )
            yield Paragraph(text(f"{past}{every}"))
        case "larger":
            least = "more" if found.least is None else f"at least {found.least}"
            yield Paragraph(
                text(f"No {count(found.up_to, 'change')} together would do, so that {would}. It takes {least} changes.")
            )
        case "none":
            yield Paragraph(text(f"No change of what can still change would do, so that {would}."))
        case "never":
            yield Paragraph(text(f"There is no case of which it is true that {would}."))
        case "answer" | "possible" | "unknown":
            yield Paragraph(text("It was not worked out."))


def _way(one: ChangeSet) -> Text:
    """What would be otherwise, all at once, and what is so now."""
    parts: list[Text] = []
    for each in one.changes:
        lead = text("; and " if parts else "")
        of = f"{each.before.of}: " if each.before.of else ""
        if each.kind == "reading":
            name = reading(each.name, each.name)
            parts.append(text(lead, "reading ", name, f": {each.says} (now: {each.before.says})"))
        else:
            parts.append(text(lead, f"{of}{each.says} (now: {each.before.says})"))
    provided = both([each.says for each in one.findings])
    said = text(*parts, f"; provided that {provided}" if provided else "", ".")
    return (Span(capital(said[0].text), said[0].style, said[0].link), *said[1:])


def _sizes(found: Changes, would: str) -> str:
    """How many ways there are of each size."""
    sizes: dict[int, int] = {}
    for one in found.sets:
        sizes[len(one.changes)] = sizes.get(len(one.changes), 0) + 1
    parts = [
        f"{count(number, 'way')} of {'a single change' if size == 1 else f'{size} changes together'}"
        for size, number in sizes.items()
    ]
    least = min(sizes)
    none = "" if least == 1 else " No single change is enough."
    shared = [
        one.was.says
        for one in found.sets[0].changes
        if all(any(one.name == each.name for each in other.changes) for other in found.sets)
    ]
    each = f" In each of them this is otherwise: {'; '.join(shared)}." if shared and len(found.sets) > 1 else ""
    return f"What it would take, so that {would}: {both(parts)}.{none}{each}"
