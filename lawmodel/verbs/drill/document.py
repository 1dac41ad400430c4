"""A drill in documents: the case, one thing otherwise, and the border as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lawmodel.document import (
    Block,
    Document,
    Item,
    Items,
    Paragraph,
    Section,
    Term,
    Terms,
    faint,
    strong,
    text,
)
from lawmodel.exercises.border import Border
from lawmodel.exercises.border_table import border_table
from lawmodel.exercises.words import outcome_sentence, sentence
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.drill.result import DrillResult, Prediction
from lawmodel.verbs.drill.session import DrillStep
from lawmodel.words.counts import count
from lawmodel.words.outcomes import predicate

NOT_KNOWN: Final = "?"
STOP: Final = "q"


def opening(rulebook: Rulebook, question: str, title: str) -> Document:
    """What the drill is about, and what may be typed."""
    said = "Predict the answer. Then one thing is otherwise, and you predict again, until you have found where it ends."
    keys = Terms((Term(text("Type a letter, or"), text(f"{NOT_KNOWN}  I do not know       {STOP}  stop here")),))
    return Document(text(rulebook.questions[question].asks), (Paragraph(text(said)), keys), text(title))


def asked(
    rulebook: Rulebook, question: str, number: int, step: DrillStep, border: Border, facts: tuple[str, ...]
) -> Section:
    """What is to be predicted; ``facts`` are told where the case has no story."""
    one = step.varied
    if one is None:
        said = border.story.split("\n\n") if border.story else [sentence("; ".join(facts))]
        every = outcomes(rulebook, question)
        return Section(text(f"{number}  The case as it is"), (*map(_paragraph, said), every))
    change = Paragraph(text(strong(sentence(one.says)), faint(f"  It was: {one.was}.")))
    told = (_paragraph(one.told),) if one.told else ()
    title = text(f"{number}  And if only this were otherwise?")
    return Section(title, (change, *told, Paragraph(text(faint(_in_a_line(rulebook, question))))))


def outcomes(rulebook: Rulebook, question: str) -> Items:
    """The outcomes of a question under letters."""
    named = lettered_outcomes(rulebook, question)
    return Items(
        tuple(
            Item(text(strong(letter), "  ", outcome_sentence(rulebook, question, name)))
            for letter, name in named.items()
        )
    )


def _in_a_line(rulebook: Rulebook, question: str) -> str:
    named = lettered_outcomes(rulebook, question)
    return " · ".join(f"{letter} {predicate(rulebook, question, name)}" for letter, name in named.items())


def lettered_outcomes(rulebook: Rulebook, question: str) -> dict[str, str]:
    """The outcomes of a question by their letters."""
    return {chr(ord("A") + number): one.id for number, one in enumerate(rulebook.questions[question].outcomes)}


def answered(found: Prediction) -> Iterator[Block]:
    """What is said to a prediction."""
    verdict = "Right." if found.right else "Not so." if found.predicted is not None else ""
    yield Paragraph(text(strong(f"{verdict} " if verdict else ""), found.explanation))


def closing(rulebook: Rulebook, found: DrillResult) -> Document:
    """Whether the border was found, and the border itself as a table."""
    right = sum(one.right for one in found.predictions)
    blocks: list[Block] = []
    if found.predictions:
        blocks.append(Paragraph(text(f"{right} of {count(len(found.predictions), 'prediction')} right.")))
    if not found.border.facts:
        blocks.append(Paragraph(text("No single fact carries this answer: two at least would have to be otherwise.")))
        return Document(text("The answer has no border that one fact crosses"), tuple(blocks), text(found.case.title))
    blocks.append(Section(text("Where the answer ends"), (border_table(found.border, found.found),)))
    if found.border.not_looked_at:
        said = f"{count(found.border.not_looked_at, 'further fact')} would change it too: --facts asks for more."
        blocks.append(Paragraph(text(faint(said))))
    return Document(text(_title(found)), tuple(blocks), text(found.case.title))


def _title(found: DrillResult) -> str:
    every = len(found.border.facts)
    if len(found.found) == every:
        return "You have found where the answer ends."
    return f"You have found the border of {len(found.found)} of {count(every, 'fact')}."


def _paragraph(said: str) -> Paragraph:
    return Paragraph(text(" ".join(said.split())))
