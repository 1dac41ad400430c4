"""What readers of each source would conclude, as a document: side by side, then over what they differ and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    Text,
    faint,
    identifier,
    reading,
    strong,
    text,
)
from lawmodel.documents.heading import law_line, subject_of
from lawmodel.rulebook.model import Rulebook, Telling
from lawmodel.verbs.tellings.tellings import STAGE, TEXT, SourceComparison, SourceDifference, TellingAnswer
from lawmodel.words.counts import count
from lawmodel.words.outcomes import both, either, predicates, subject

COLUMNS = (Column("As told by"), Column("Stage"), Column(), Column(kind="identifier"))
THE_TEXT = "the text"


def document(found: SourceComparison) -> Document:
    """A table of conclusions, then why each source differs from the text."""
    text_told = found.told[0].answer
    rulebook, question = text_told.rulebook, found.question
    columns = (*COLUMNS[:2], Column(subject(rulebook, question).rstrip(",")), COLUMNS[3])
    blocks: list[Block] = [
        Paragraph(law_line(rulebook, rulebook.ordinary_stage, text_told.law_date)),
        Table(columns, tuple(_row(rulebook, one) for one in found.told)),
    ]
    if found.silent:
        blocks.append(Paragraph(text(f"Silent on this question: {', '.join(found.silent)}.")))
    if len(found.told) == 1:
        blocks.append(Paragraph(text("No source speaks of it.")))
    elif not found.differences:
        blocks.append(Paragraph(text("All conclude alike.")))
    blocks += _from_the_text(rulebook, found)
    blocks += _between(rulebook, found)
    asks = rulebook.questions[question].asks
    return Document(text(asks), tuple(blocks), subject_of(text_told.title, text_told.case))


def _row(rulebook: Rulebook, told: TellingAnswer) -> tuple[Text, ...]:
    name = text(THE_TEXT) if told.telling is None else text(told.telling.title)
    stage = _stage(rulebook, told.telling)
    return name, text(stage), _concluded(told.answer), text("" if told.telling is None else told.telling.id)


def _concluded(answer: Answer) -> Text:
    """The possible outcomes, and what follows besides."""
    said = predicates(answer.rulebook, answer.question, answer.possible)
    brought = [one for one in answer.consequences if one.provision is not None]  # the rest is as the outcome is
    beside = [one.says if one.certain else f"perhaps {one.says}" for one in brought]
    return text(strong(said), f"; {both(beside)}" if beside else "")


def _stage(rulebook: Rulebook, telling: Telling | None) -> str:
    stage = rulebook.ordinary_stage if telling is None else telling.stage
    return next(one.says for one in rulebook.stages if one.id == stage)


# --- why they differ from the text ----------------------------------------------------------------------


def _from_the_text(rulebook: Rulebook, found: SourceComparison) -> Iterator[Block]:
    tellings = {one.telling.id: one.telling for one in found.told if one.telling is not None}
    differing = [one for one in found.differences if one.other == TEXT]
    if differing:
        items = tuple(_difference(rulebook, tellings[one.one], one) for one in differing)
        yield Section(text("Why they differ from the text"), (Items(items),))
    idle = [line for one in found.told for line in _without_effect(rulebook, one, differing)]
    yield from (Paragraph(line) for line in idle)


def _difference(rulebook: Rulebook, telling: Telling, difference: SourceDifference) -> Item:
    """The smallest sets of readings over which a source differs from the text, with its own words."""
    blocks: list[Block] = []
    for number, group in enumerate(difference.over):
        if number:
            blocks.append(Paragraph(text("or, in their place:")))
        blocks.append(Items(tuple(_reads(rulebook, telling, name) for name in group)))
    return Item(text(strong(telling.title)), telling.id, tuple(blocks))


def _reads(rulebook: Rulebook, telling: Telling, name: str) -> Item:
    """How a source takes a reading (or the stage), where it says so, and how the text is taken."""
    if name == STAGE:
        says = f"what is {_stage(rulebook, telling)} is law; by the text, what is {_stage(rulebook, None)}"
        where = f"{telling.source} {telling.stage_at}" if telling.stage_at else telling.source
        return Item(text(says), "", (Paragraph(text(faint(where))),))
    told = next(one for one in telling.readings if one.reading == name)
    entry = rulebook.readings[name]
    standard = "the text is open" if entry.default is None else f"the text has {entry.default}"
    words = f" “{told.says}”" if told.says else ""
    return Item(
        text("Reading ", reading(name, name), f": {entry.option(told.option).says}"),
        "",
        (
            Paragraph(text(identifier(f"{name}={told.option}"), f"; {standard}")),
            Paragraph(text(faint(f"{telling.source} {told.at}{words}"))),
        ),
    )


def _without_effect(rulebook: Rulebook, one: TellingAnswer, differing: Sequence[SourceDifference]) -> Iterator[Text]:
    """What a source reads otherwise than by default, where that changes nothing here."""
    telling = one.telling
    if telling is None or any(difference.one == telling.id for difference in differing):
        return
    for told in telling.readings:
        if told.reading in one.speaks and told.option != rulebook.readings[told.reading].default:
            said = f" as {told.option} ({told.at}), which makes no difference here."
            yield text(f"{telling.id} reads ", reading(told.reading, told.reading), said)


# --- between the sources --------------------------------------------------------------------------------


def _between(rulebook: Rulebook, found: SourceComparison) -> Iterator[Block]:
    """Over what the sources differ among each other, folded."""
    tellings = {one.telling.id: one.telling for one in found.told if one.telling is not None}
    among = [one for one in found.differences if one.other != TEXT]
    if among:
        items = tuple(
            Item(text(f"{one.other} and {one.one} differ on {_over(rulebook, tellings, one)}")) for one in among
        )
        yield Fold(text(f"{count(len(among), 'difference')} between the sources"), (Items(items),))


def _over(rulebook: Rulebook, tellings: dict[str, Telling], difference: SourceDifference) -> str:
    one, other = tellings[difference.one], tellings[difference.other]
    return either(
        [
            both([f"{name} ({_taken(rulebook, other, name)} / {_taken(rulebook, one, name)})" for name in group])
            for group in difference.over
        ]
    )


def _taken(rulebook: Rulebook, telling: Telling, name: str) -> str:
    """The option of a reading (or the stage) that a source takes, its own or the default."""
    if name == STAGE:
        return telling.stage
    return telling.chosen().get(name) or rulebook.readings[name].default or "open"
