"""What settles an answer, as a document."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.document import Block, Document, Fold, Paragraph, Section, Steps, strong, text
from lawmodel.documents.grounds import step_of
from lawmodel.documents.heading import law_line, subject_of
from lawmodel.documents.inputs import inputs_table
from lawmodel.documents.reasons import AS_TAKEN, reasons, without_effect
from lawmodel.results.reasons import Reason, Why
from lawmodel.words.counts import count
from lawmodel.words.outcomes import predicates, statement, subject
from lawmodel.words.steps import Condenser

MOST_SPELLED_OUT = 8
"""A reason for an outcome to be excluded is spelled out beside others up to so many inputs."""


def document(why: Why, *, readings_too: bool = False) -> Document:
    """What settles the answer; or that nothing does, and what is excluded all the same."""
    law = Paragraph(law_line(why.rulebook, why.stage, why.law_date))
    about = subject_of(why.title, why.case)
    if why.outcome is None or why.found is None:
        title = text(f"{subject(why.rulebook, why.question)}: nothing settles the answer")
        return Document(title, (law, *_unsettled(why)), about)
    title = text(f"Why: {statement(why.rulebook, why.question, why.outcome)}")
    taken = () if readings_too else (Paragraph(text(AS_TAKEN)),)
    blocks = (law, *reasons(why.rulebook, why.found, "are enough"), *taken, *without_effect(why.found), *_steps(why))
    return Document(title, blocks, about)


def _steps(why: Why) -> Iterator[Fold]:
    """The steps of the provisions that the reasons name, folded."""
    sections = []
    for step in why.trace:
        name = str(step.id)
        title = text(strong(why.rulebook.provisions[name].citation))
        steps = Steps(tuple(map(step_of, Condenser().lines(step.children))))
        sections.append(Section(title, (steps,), identifier=name, anchor=name))
    if sections:
        yield Fold(text(f"the steps of {count(len(sections), 'provision')}"), tuple(sections))


def _unsettled(why: Why) -> Iterator[Block]:
    possible = predicates(why.rulebook, why.question, why.possible)
    yield Paragraph(text(f"Possible: {possible}. On what it depends: lawmodel turns-on."))
    for outcome, reason in why.excluded:
        yield Section(
            text(f"Excluded: {statement(why.rulebook, why.question, outcome)}"), (_excluding(outcome, reason),)
        )


def _excluding(outcome: str, reason: Reason) -> Block:
    if not reason.inputs:
        return Paragraph(text("In every case, whatever is known."))
    if len(reason.inputs) > MOST_SPELLED_OUT:
        points = count(len(reason.inputs), "known point")
        return Paragraph(text(f"{points} together rule it out: lawmodel why-not CASE {outcome} spells them out."))
    return inputs_table(reason.inputs)
