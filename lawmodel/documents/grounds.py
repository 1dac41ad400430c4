"""The provisions behind an answer, as parts of a document: grounds with their steps, what yields, what is not met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lawmodel.answer.answer import Answer, Ground
from lawmodel.answer.provisions import carrying
from lawmodel.document import (
    Block,
    Fold,
    Item,
    Items,
    Link,
    Paragraph,
    ReasonStep,
    Section,
    Span,
    Steps,
    Text,
    Truth,
    faint,
    of_law,
    original,
    reading,
    text,
)
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.model import SourceRef, Words
from lawmodel.words.counts import count
from lawmodel.words.law import cited, standing
from lawmodel.words.outcomes import statement
from lawmodel.words.steps import Condenser, Line, ReadingStep, further, open_points
from lawmodel.words.traces import UNKNOWN_WHETHER

TRUTHS: Final[dict[bool | None, Truth]] = {True: "met", False: "not met", None: "not known"}
COMES_TO: Final[dict[bool | None, str]] = {True: "it is met", False: "it is not met", None: "it is not known"}
MOST_POSSIBLE: Final = 3
"""More provisions than these that may support an outcome are folded."""


def grounds(answer: Answer, *, pictures: bool = False) -> Iterator[Block]:
    """The grounds, each with what carries it; where the answer is open, the provisions on which it may rest."""
    for ground in answer.grounds:
        yield _ground(answer, ground, pictures)
    possible = [_possible(answer, name, pictures) for name in answer.possible_grounds]
    yield from possible[:MOST_POSSIBLE]
    rest = possible[MOST_POSSIBLE:]
    if rest:
        yield Fold(text(f"{count(len(rest), 'further possible ground')}"), tuple(rest))


def _ground(answer: Answer, ground: Ground, pictures: bool) -> Section:
    step = answer.step_of(ground.id)
    applies, concludes = carrying(step, answer.outcome, answer.matters, answer.idle)
    readings = (line for line in concludes if line.reading is not None)
    where = () if ground.in_every_case else (Paragraph(text("In some of the cases left open, not in all.")),)
    steps = Steps((*map(step_of, applies), _therefore(answer, ground.id, readings)))
    return Section(
        text("Ground  ", Span(ground.citation, "strong", Link("law", ground.id))),
        (Paragraph(text(ground.title)), *where, steps, *_below(answer, step, ground.sources, pictures)),
        identifier=ground.id,
        anchor=ground.id,
    )


def _possible(answer: Answer, name: str, pictures: bool) -> Section:
    provision, step = answer.rulebook.provisions[name], answer.step_of(name)
    outcome = next((str(one.id) for one in step.children if one.kind == "conclusion" and one.truth is not False), None)
    lines = (one for part in carrying(step, outcome, answer.matters, answer.idle) for one in part)
    steps = Steps(tuple(map(step_of, lines)))
    return Section(
        text("Possible ground  ", Span(provision.citation, "strong", Link("law", name))),
        (Paragraph(text(provision.title)), steps, *_below(answer, step, provision.sources, pictures)),
        identifier=name,
        anchor=name,
    )


def _below(answer: Answer, step: Trace, sources: Iterable[SourceRef], pictures: bool) -> tuple[Block, ...]:
    """Since when it is law and who says so; and every step, folded."""
    citation = answer.rulebook.provisions[str(step.id)].citation
    condenser = Condenser()
    every = [*map(step_of, condenser.lines(step.children))]
    if answer.outcome is not None and (concludes := condenser.lines(further(step, answer.outcome))):
        every.append(_therefore(answer, str(step.id), concludes))
    words = answer.rulebook.provisions[str(step.id)].words
    quote = () if words is None else _quoted(words, answer.rulebook.language_of(words))
    law = text(standing(answer.rulebook, step), quote, *_sources(answer, sources))
    folded = Fold(text(f"every step of {citation}"), (Steps(tuple(every)),))
    if not pictures:
        return Paragraph(law), folded
    from lawmodel.documents.case_ladder import ladder_of_case

    drawn = ladder_of_case(answer, str(step.id))
    return Paragraph(law), Fold(text(f"{citation} as a ladder"), (drawn,)), folded


def _quoted(words: Words, language: str) -> Text:
    return text(" In the original: ", original(f"«{words.original}»", language), f" ({words.translation}).")


def _sources(answer: Answer, sources: Iterable[SourceRef]) -> Iterator[Span]:
    """The sources, each leading to its address, or to its entry where it has none."""
    for number, one in enumerate(sources):
        address = answer.rulebook.sources[one.id].address
        yield faint(", " if number else " Sources: ")
        yield Span(cited(one), "faint", Link("source", one.id) if address is None else Link("web", address))
    yield faint(".")


def _therefore(answer: Answer, provision: str, concludes: Iterable[Line]) -> ReasonStep:
    """To what a provision comes, and what it hangs on besides that it applies."""
    so = _small(statement(answer.rulebook, answer.question, str(answer.outcome)))
    place = f"{provision}.concludes.{answer.outcome}"
    return ReasonStep(text(f"Therefore {so}."), steps=tuple(map(step_of, concludes)), anchor=place)


# --- steps --------------------------------------------------------------------------------------------


def step_of(line: Line) -> ReasonStep:
    """A line with everything below it. A reading has no mark: it is said of the law."""
    below = tuple(map(step_of, line.children))
    taken = line.reading
    if taken is None:
        remark = text("in every case") if line.as_a_whole else text(line.citation)
        return ReasonStep(text(line.says.replace(UNKNOWN_WHETHER, "", 1)), TRUTHS[line.truth], remark, below, line.step)
    if line.is_option:
        return ReasonStep(text(f"if {line.says}: {COMES_TO[line.truth]}"), None, (), below, line.step)
    without_effect = taken.chosen == "open" and line.truth is not None
    said = text("makes no difference here") if without_effect else text(line.says)
    return ReasonStep(
        text("Reading ", reading(taken.id, taken.id), f" ({how(taken)}): ", said), None, (), below, line.step
    )


def how(taken: ReadingStep) -> str:
    """How a reading was chosen."""
    return f"told by {taken.by}" if taken.chosen == "told" else taken.chosen


# --- what is folded -----------------------------------------------------------------------------------


def without_effect(answer: Answer) -> Iterator[Block]:
    """The provisions that decide nothing, folded: overridden, met, open, not met."""
    deciding = {*(ground.id for ground in answer.grounds), *answer.possible_grounds}
    yields = {one.id: one for one in answer.overridden if one.id not in deciding}
    beside = [str(step.id) for step in answer.trace if step.truth and step.id not in {*deciding, *yields}]
    undecided = [step for step in answer.trace if step.truth is None and step.id not in deciding]
    for found, what in (
        ([_item(answer, name, f"by itself, {one.says}") for name, one in yields.items()], "overridden"),
        ([_item(answer, name, "", _steps(answer, name)) for name in beside], "met, without effect on the answer"),
        ([_item(answer, str(step.id), _unknown(step)) for step in undecided], "open, without effect on the answer"),
        ([_item(answer, one.id, one.because, _steps(answer, one.id)) for one in answer.not_met], "not met, and why"),
    ):
        if found:
            yield Fold(text(f"{count(len(found), 'provision')} {what}"), (Items(tuple(found)),))


def _item(answer: Answer, name: str, why: str, blocks: tuple[Block, ...] = ()) -> Item:
    provision = answer.rulebook.provisions[name]
    said = text(of_law(provision.citation, name), f"  {provision.title}", faint(f": {why}" if why else ""))
    return Item(said, name, blocks, anchor=name)


def _steps(answer: Answer, name: str) -> tuple[Block, ...]:
    return (Steps(tuple(map(step_of, Condenser().lines(answer.step_of(name).children)))),)


def _unknown(step: Trace) -> str:
    return "; ".join(dict.fromkeys(one.says for one in open_points(step)))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
