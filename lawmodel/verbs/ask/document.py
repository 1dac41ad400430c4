"""An interview on a terminal: a question with its answers, why it is asked, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from lawmodel.answer.law.law_parts import columns
from lawmodel.answer.words import count
from lawmodel.inputs import Scalar
from lawmodel.rulebook.model import Fact, Reading, Rulebook

MANY: int = 24
"""Longer lists of answers are not spelled out."""
KEYS = "?  why do you ask    -  I don't know    <  go back    !  stop here"


def opening(rulebook: Rulebook, question: str, law: str, readings: Mapping[str, str]) -> Iterator[RenderableType]:
    """What the interview is about, and what may be typed."""
    yield Text(rulebook.questions[question].asks, "bold")
    chosen = "".join(f" · reading {name}: {option}" for name, option in readings.items())
    yield Text(law + chosen, "dim")
    yield Text(KEYS, "dim")


def asked(rulebook: Rulebook, place: int, fact: Fact | None, reading: Reading | None, record: str) -> Iterator[Text]:
    """A question, with the answers that can be typed."""
    lead = f"{place:>2}  "
    yield Text()
    if reading is not None:
        yield Text.assemble((lead, "dim"), (reading.title, "bold"), ("  a reading: the text is silent", "dim"))
        yield from _numbered({option.id: option.says for option in reading.options})
        return
    assert fact is not None
    yield Text.assemble((lead, "dim"), (f"{record}: " if record else "", ""), (fact.ask, "bold"))
    match fact.type:
        case "yes/no":
            yield Text(f"      y  {fact.yes}\n      n  {fact.no}", "")
        case "choice":
            choices = rulebook.choices_of(fact)
            if len(choices) <= MANY:
                yield from _numbered(choices)
            else:
                first = next(iter(choices.items()))
                yield Text(f"      a name or a code, such as {first[1]} or {first[0]}", "dim")
        case "date":
            yield Text("      a day, such as 2026-03-19", "dim")
            for word, means in fact.words.items():
                yield Text(f"      {word}  {means.says}")
        case "number":
            yield Text("      a whole number", "dim")
        case _:
            yield Text(f"      how many? 0: {fact.none}", "dim")


def _numbered(choices: Mapping[str, str]) -> Iterator[Text]:
    for number, (name, says) in enumerate(choices.items(), 1):
        yield Text.assemble((f"     {number:>2}  ", ""), says, (f"  {name}", "dim"))


def why_asked(
    rulebook: Rulebook, question: str, provisions: Sequence[str], if_so: Iterable[tuple[str, Sequence[str]]]
) -> Iterator[RenderableType]:
    """The provisions that read what is asked for, and what each answer would leave possible."""
    yield Text("      What it bears on", "dim")
    cited = columns(40, None)
    for name in provisions:
        provision = rulebook.provisions[name]
        cited.add_row(Text(provision.citation, "cyan"), Text(provision.title))
    yield Padding(cited, (0, 0, 0, 6))
    means = {one.id: one.means for one in rulebook.questions[question].outcomes}
    told = list(if_so)
    if told:
        yield Text("      What each answer would come to", "dim")
        results = columns(40, None)
        for says, possible in told:
            result = f"settled: {means[possible[0]]}" if len(possible) == 1 else "still open: " + ", ".join(possible)
            results.add_row(Text(says), Text(result, "cyan" if len(possible) == 1 else "yellow"))
        yield Padding(results, (0, 0, 0, 6))


def closing(
    rulebook: Rulebook, questions_asked: int, determined: bool, stopped: bool, never_needed: Sequence[str]
) -> Iterator[RenderableType]:
    """How the interview ended, and what was never needed."""
    yield Text()
    after = f"after {count(questions_asked, 'question')}"
    if determined:
        yield Text(f"That settles it, {after}.", "bold")
    elif stopped:
        yield Text(f"Stopped {after}; the answer still depends on what is not known.", "bold")
    else:
        yield Text(f"Nothing more to ask, {after}: the answer depends on what is not known.", "bold")
    if never_needed and determined:
        titles = ", ".join(rulebook.facts[path].title for path in never_needed)
        yield Text.assemble((f"Never needed  {count(len(never_needed), 'open fact')}: ", ""), (titles, "dim"))
    yield Text()


def answers_in_words(rulebook: Rulebook, fact: Fact | None, reading: Reading | None, values: Sequence[Scalar]) -> str:
    """Answers that come to the same, in words."""
    from lawmodel.case.values import in_words

    if reading is not None:
        return " or ".join(str(value) for value in values)
    assert fact is not None
    if fact.type == "records":
        return " or ".join((fact.none or "none") if value == 0 else f"at least one {fact.each}" for value in values)
    if len(values) > 4:
        return f"{in_words(rulebook, fact, values[0])}, or another of {len(values)} answers"
    return " or ".join(in_words(rulebook, fact, value) for value in values)
