"""What decides a case, as a document: a bar for each open point, full where it alone always decides."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.answer.reasons.weights import Weight, Weights
from lawmodel.document import (
    Bar,
    Block,
    Chart,
    Document,
    Item,
    Items,
    Paragraph,
    Section,
    Text,
    Verdict,
    identifier,
    reading,
    strong,
    text,
)
from lawmodel.documents.heading import law_line, subject_of
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.counts import count
from lawmodel.words.outcomes import predicate, statement, subject


def document(weights: Weights) -> Document:
    """The open points by how often each alone changes the answer, and how often each outcome is reached."""
    answer = weights.answer
    law = Paragraph(law_line(answer.rulebook, answer.stage, answer.law_date))
    blocks = (law, *_blocks(weights))
    return Document(text("What decides this case?"), blocks, subject_of(answer.title, answer.case))


def _blocks(weights: Weights) -> Iterator[Block]:
    answer, rulebook = weights.answer, weights.answer.rulebook
    if answer.outcome is not None:
        yield Verdict(text(strong(statement(rulebook, answer.question, answer.outcome))), answer.outcome)
        yield Paragraph(text("Nothing that is open could change the answer."))
        example = next((name for name in answer.rests_on if name in rulebook.readings), None)
        if example is not None:
            yield Paragraph(text(f"To weigh a reading taken by default, leave it open: --reading {example}=unknown"))
        return
    points = count(len(weights.inputs), "open point")
    name = subject(rulebook, answer.question).rstrip(",")
    yield Verdict(text(strong(f"{name}: it depends"), f" on {points}"), " ".join(answer.possible))
    if weights.total is None:
        bound = ", ".join(weights.bound)
        why = " The law measures the time between them." if weights.measured else ""
        yield Paragraph(text(f"Not weighed: {bound} can stand to each other in too many ways.{why}"))
        yield Paragraph(text("Give some of these, or settle a reading, to have the rest weighed. It depends on:"))
        yield Items(tuple(Item(_title(rulebook, one), " ".join(one.inputs)) for one in weights.inputs))
        return
    situations = f"{weights.total:,} situations"
    yield Section(
        text("Weight"),
        (Chart(tuple(_weight(rulebook, one, weights.total) for one in weights.inputs)),),
        text(f"in how many of the {situations} one point alone changes the answer"),
    )
    bars = tuple(
        Bar(text(predicate(rulebook, answer.question, outcome)), found / weights.total, _figure(found, weights.total))
        for outcome, found in weights.outcomes.items()
    )
    yield Section(text(f"The {situations} lead to"), (Chart(bars),))
    first = weights.inputs[0]
    asked = text("Ask first: ", identifier(first.inputs[0]), ". ") if len(first.inputs) == 1 else ()
    meant = (
        "A situation is a combination of answers that the law tells apart; its share says nothing on how likely it is."
    )
    yield Paragraph(text(asked, meant))


def _weight(rulebook: Rulebook, one: Weight, total: int) -> Bar:
    label = text(" with ".join(one.inputs))
    if one.inputs[0] in rulebook.readings:
        label = text(reading(one.inputs[0], one.inputs[0]))
    assert one.influence is not None, "what is weighed has a weight"
    return Bar(label, one.influence / total, _figure(one.influence, total), _title(rulebook, one))


def _figure(part: int, total: int) -> str:
    """A share in per cent, and the number; what is more than nothing is never nothing, nor less than all all."""
    share = 100 * part / total
    said = f"{share:.0f} %"
    if part and share < 1:
        said = "<1 %"
    elif part < total and share > 99:
        said = ">99 %"
    return f"{said}  {part:,}"


def _title(rulebook: Rulebook, one: Weight) -> Text:
    """What is asked of an input; of several that move together, that their order matters."""
    if len(one.inputs) > 1:
        return text("only together: their order decides")
    name = one.inputs[0]
    if name in rulebook.readings:
        return text(rulebook.readings[name].title)
    records, _, rest = name.partition("[")
    number, _, field = rest.partition("].")
    if not field:
        return text(rulebook.facts[name].ask)
    return text(f"{rulebook.facts[records].each} {number}: {rulebook.fact(f'{records}.{field}').ask}")
