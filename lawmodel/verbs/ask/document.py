"""An interview in documents: a question with its answers, why it is asked, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, assert_never

from lawmodel.answer.answer import Answer
from lawmodel.document import (
    Block,
    Column,
    Document,
    Fold,
    Item,
    Items,
    Paragraph,
    Section,
    Table,
    Term,
    Terms,
    Text,
    faint,
    strong,
    text,
)
from lawmodel.documents.answer import place, remarks, verdict
from lawmodel.documents.assumptions import depends_on
from lawmodel.verbs.ask.interview import Asking
from lawmodel.verbs.ask.interview_result import InterviewResult, PossibleReply
from lawmodel.verbs.ask.parse_reply import MANY
from lawmodel.words.counts import count

WHY, DO_NOT_KNOW, BACK, STOP = "?", "-", "<", "!"
MOST_OPEN: Final = 6
"""More open points on which an answer depends than these are folded at the end."""


def opening(asks: str, law: str, readings: Mapping[str, str]) -> Document:
    """What the interview is about, and what may be typed."""
    chosen = "".join(f" · reading {name}: {option}" for name, option in readings.items())
    keys = Terms(
        (
            Term(text("Type a number, a word, or"), text(f"{WHY}  why this is asked    {DO_NOT_KNOW}  I don't know")),
            Term(text(), text(f"{BACK}  back                {STOP}  stop here")),
        )
    )
    return Document(text(asks), (keys,), text(law + chosen))


def question_asked(number: int, asking: Asking, choices: Mapping[str | bool, str]) -> Section:
    """A question, with the answers that can be typed; ``choices`` are those that there are, where they are listed."""
    if asking.fact is None:
        return Section(_asked(number, asking), (_numbered(choices),), text("a reading: the text is silent"))
    fact = asking.fact
    blocks: tuple[Block, ...]
    match fact.sort:
        case "yes/no":
            blocks = (Terms((Term(text("y"), text(fact.yes or "yes")), Term(text("n"), text(fact.no or "no")))),)
        case "choice" if len(choices) <= MANY:
            blocks = (_numbered(choices),)
        case "choice":
            code, name = next(iter(choices.items()))
            blocks = (Paragraph(text(faint(f"a name or a code, such as {name} or {code}"))),)
        case "date":
            words = tuple(Term(text(word), text(means.says)) for word, means in fact.words.items())
            blocks = (
                Paragraph(text(faint("a day, such as 2026-03-19; or what is known of it, such as before 2026-03-19"))),
                *((Terms(words),) if words else ()),
            )
        case "number":
            said = "a whole number" if fact.unit is None else f"a span of time, such as 12 {fact.unit}"
            blocks = (Paragraph(text(faint(said))),)
        case "records":
            blocks = (Paragraph(text(faint(f"a number; 0: {fact.none}"))),)
        case _:
            assert_never(fact.sort)
    return Section(_asked(number, asking), blocks)


def _asked(number: int, asking: Asking) -> Text:
    record = f"{asking.record[:1].upper()}{asking.record[1:]}: " if asking.record else ""
    return text(faint(f"{number}  "), record, strong(asking.asks))


def _numbered(choices: Mapping[str | bool, str]) -> Items:
    return Items(tuple(Item(text(says), str(name)) for name, says in choices.items()), numbered=True)


def why_asked(provisions: Sequence[tuple[str, str]], replies: Sequence[PossibleReply]) -> Iterator[Block]:
    """The provisions that read what is asked for, and what each answer would leave possible."""
    rows = tuple((text(citation), text(title)) for citation, title in provisions)
    yield Section(text("What it bears on"), (Table((Column(), Column()), rows),))
    if replies:
        outcomes = tuple((text(one.says), text(_comes_to(one))) for one in replies)
        yield Section(text("What each answer would come to"), (Table((Column(), Column()), outcomes),))


def _comes_to(reply: PossibleReply) -> str:
    return f"{'settled' if len(reply.possible) == 1 else 'still open'}: {reply.answer}"


def closing(found: InterviewResult) -> Document:
    """How the interview ended, and the answer in short."""
    return Document(text(_ended(found)), tuple(_closing(found)), place(found.answer))


def _ended(found: InterviewResult) -> str:
    after = f"after {count(len(found.asked), 'question')}"
    if found.answer.determined:
        return f"That settles it, {after}."
    if found.stopped:
        return f"Stopped {after}; the answer still depends on what is not known."
    return f"Nothing more to ask, {after}: the answer depends on what is not known."


def _closing(found: InterviewResult) -> Iterator[Block]:
    answer = found.answer
    yield verdict(answer)
    yield from remarks([answer])
    if answer.depends_on:
        yield depends_on(answer.depends_on[:MOST_OPEN])
    if rest := answer.depends_on[MOST_OPEN:]:
        yield Fold(text(f"{count(len(rest), 'further open point')}"), (depends_on(rest),))
    yield from _grounds(answer)
    if found.never_needed and answer.determined:
        facts = answer.rulebook.facts
        items = Items(tuple(Item(text(facts[path].title), path) for path in found.never_needed))
        yield Fold(text(f"{count(len(found.never_needed), 'open fact')} never needed"), (items,))


def _grounds(answer: Answer) -> Iterator[Block]:
    """The provisions by which it is so; `decide` says why."""
    if answer.grounds:
        rows = tuple((text(one.citation), text(one.title), text(one.id)) for one in answer.grounds)
        grounds = "Ground" if len(rows) == 1 else "Grounds"
        yield Section(text(grounds), (Table((Column(), Column(), Column(kind="identifier")), rows),))
