"""A case that a search found, as blocks: its answers from each side, and the case itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lawmodel.answer.answer import Answer
from lawmodel.document import Block, Column, Paragraph, Table, Text, strong, text
from lawmodel.documents.inputs import inputs_table
from lawmodel.results.given_input import GivenInput
from lawmodel.words.outcomes import both, predicate, statement


def answers_table(sides: Sequence[tuple[Text, Answer]]) -> Block:
    """The answer from each side, with its grounds; of one side, a sentence."""
    if len(sides) == 1:
        label, answer = sides[0]
        assert answer.outcome is not None
        said = statement(answer.rulebook, answer.question, answer.outcome)
        return Paragraph(
            text(strong(said), f" ({_grounds(answer)})" if answer.grounds else "", " " if label else "", label, ".")
        )
    grounded = any(answer.grounds for _, answer in sides)
    columns = (Column(), Column("Answer"), *([Column("Grounds")] if grounded else []))
    return Table(columns, tuple(_row(label, answer, grounded) for label, answer in sides))


def _row(label: Text, answer: Answer, grounded: bool) -> tuple[Text, ...]:
    assert answer.outcome is not None
    said = text(strong(predicate(answer.rulebook, answer.question, answer.outcome)))
    return (label, said, *([text(_grounds(answer))] if grounded else []))


def _grounds(answer: Answer) -> str:
    return both([ground.citation for ground in answer.grounds])


def stated_facts(answer: Answer, other_than: Iterable[GivenInput] = ()) -> Block:
    """What a case states, in words; only what stands not in another case."""
    known = {(one.name, one.in_words) for one in other_than}
    stated = [one for one in answer.facts if one.origin == "given" and one.kind != "reading"]
    kept = [one for one in stated if (one.name, one.in_words) not in known]
    return inputs_table(kept) if kept else Paragraph(text("Everything is as it ordinarily is."))
