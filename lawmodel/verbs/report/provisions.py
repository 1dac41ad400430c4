"""The provisions behind an answer: which they are, what they say, and how they come to it condition by condition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.dataclass import dataclass
from lawmodel.reasoning.trace import Trace
from lawmodel.results.given_input import GivenInput
from lawmodel.rulebook.condition import names_in, walk
from lawmodel.rulebook.model import MOST_OF_SHORT, Ceases, Instrument, Rulebook, SourceRef, Step
from lawmodel.verbs.report.result import Analysis, Element, ElementFact, LawInForce, NotMetHere, Role
from lawmodel.words.outcomes import both, predicates, statement, subject
from lawmodel.words.steps import Condenser, Line, first_failure, further
from lawmodel.words.traces import UNKNOWN_WHETHER

UNKNOWN: Final = "not known: "
"""Before the name of a fact that is not known (`lawmodel.case.values.in_words`)."""


def provisions_behind(answer: Answer) -> dict[str, Role]:
    """The provisions that a memorandum analyses, each with its part: grounds first, then what gives way to them."""
    found: dict[str, Role] = {one.id: "ground" for one in answer.grounds}
    for name in answer.possible_grounds:
        found.setdefault(name, "possible ground")
    for one in answer.overridden:
        found.setdefault(one.id, "yields")
    return found


# --- the law in force -----------------------------------------------------------------------------------


def law_in_force(answer: Answer, provision: str, role: Role) -> LawInForce:
    """What a provision says, how that is known, and since when it is law."""
    written = answer.rulebook.provisions[provision]
    law = next((one for one in answer.step_of(provision).walk() if one.kind == "law" and one.date is not None), None)
    instrument = None if law is None else answer.rulebook.instruments[str(law.id)]
    return LawInForce(
        id=provision,
        citation=written.citation,
        title=written.title,
        role=role,
        text=written.text,
        words=written.words,
        certainty=written.certainty,
        instrument=None if instrument is None else instrument.title,
        in_force=None if law is None else law.date,
        date_certainty=None if law is None else law.date_certainty,
        date_remark=None if law is None or instrument is None else _remark(instrument, str(law.date)),
        sources=written.sources,
    )


def opening_words(answer: Answer, provisions: Sequence[str]) -> Iterator[LawInForce]:
    """The words that open the lists in which provisions stand, once each."""
    rulebook = answer.rulebook
    concluded = (rulebook.provisions[name].concludes for name in provisions)
    named = (name for one in concluded if one is not None for part in walk(one) for name in names_in(part).conclusions)
    for name in dict.fromkeys(named):
        written = rulebook.conclusions.get(name)
        if written is None or written.words is None:
            continue
        at = written.words.at
        short = rulebook.sources[written.words.source].short or rulebook.sources[written.words.source].title
        yield LawInForce(
            id=name,
            citation=f"{short} {at}, opening" if at else f"{short}, opening",
            title=written.title or name,
            role="opening",
            text=written.text or "",
            words=written.words,
            certainty=written.certainty or "text",
            instrument=None,
            in_force=None,
            date_certainty=None,
            date_remark=None,
            sources=(SourceRef(id=written.words.source, at=at, place=written.place),),
        )


def _remark(instrument: Instrument, date: str) -> str | None:
    """What the rulebook says of the day on which an instrument became law, or ceased."""
    dated: list[Step | Ceases] = [*instrument.steps]
    dated += [] if instrument.ceases is None else [instrument.ceases]
    return next((one.remark for one in dated if one.date.isoformat() == date and one.remark), None)


# --- how it comes to its outcome --------------------------------------------------------------------------


def analysis(answer: Answer, provision: str, role: Role) -> Analysis:
    """A provision on this case, condition by condition."""
    written, step = answer.rulebook.provisions[provision], answer.step_of(provision)
    outcome = _outcome(answer, step, role)
    condenser = Condenser()
    reader = _Reader(answer, {one.name: one for one in answer.facts}, _records(answer.rulebook))
    applies = tuple(reader.elements(condenser.lines(step.children)))
    possible = _possible(answer, step, role)
    ways = [line for one in possible for line in condenser.lines(further(step, one))]
    concludes = tuple(reader.elements(ways))
    ground = next((one for one in answer.grounds if one.id == provision), None)
    asked = [one for one in applies if one.says and not one.asks_nothing]
    met = both([one.says for one in asked]) if all(one.holds == "yes" for one in asked) else ""
    return Analysis(
        provision=provision,
        citation=written.citation,
        title=written.title,
        role=role,
        outcome=outcome,
        short=written.short or (met if len(met.split()) <= MOST_OF_SHORT else ""),
        says=statement(answer.rulebook, answer.question, outcome)
        if outcome is not None
        else f"{subject(answer.rulebook, answer.question)} {predicates(answer.rulebook, answer.question, possible)}",
        in_every_case=ground is None or ground.in_every_case,
        applies=applies,
        concludes=concludes,
    )


def _outcome(answer: Answer, step: Trace, role: Role) -> str | None:
    possible = _possible(answer, step, role)
    return possible[0] if len(possible) == 1 else None


def _possible(answer: Answer, step: Trace, role: Role) -> tuple[str, ...]:
    """The outcomes for which a provision may speak."""
    if role == "ground" and answer.outcome is not None:
        return (answer.outcome,)
    if role == "yields":
        return tuple(one.outcome for one in answer.overridden if one.id == step.id)
    refused = {str(one.id) for one in step.children if one.kind == "conclusion" and one.truth is False}
    return tuple(one for one in answer.works_out.outcomes_of(str(step.id)) if one not in refused)


def not_met_here(answer: Answer) -> Iterator[NotMetHere]:
    """The provisions that do not apply, each with why, and where the facts come from on which it fails."""
    origins = {one.name: one.origin for one in answer.facts}
    steps = {str(step.id): step for step in answer.trace}
    for one in answer.not_met:
        failing = first_failure(steps[one.id])
        inputs = () if failing is None else failing.inputs
        found = dict.fromkeys(origins[name] for name in inputs if name in origins)
        yield NotMetHere(one.id, one.citation, one.title, one.because, tuple(found))


def _records(rulebook: Rulebook) -> re.Pattern[str]:
    """What stands before a line about one record: the word for one of its list, and its number."""
    each = sorted({re.escape(one.each) for one in rulebook.facts.values() if one.each}, key=len, reverse=True)
    return re.compile(rf"((?:{'|'.join(each) or '(?!)'}) [0-9]+): ")


@dataclass(slots=True)
class _Reader:
    """Reads the lines of a reason as elements of a rule."""

    answer: Answer
    facts: Mapping[str, GivenInput]
    record: re.Pattern[str]

    def elements(self, lines: Iterable[Line]) -> Iterator[Element]:
        """An element for each condition; readings under which nothing is asked share one, at the end."""
        idle: list[str] = []
        for line in lines:
            if line.reading is not None and not line.children and line.asks_nothing:
                idle.append(line.reading.id)
            else:
                yield self._element(line)
        if idle:
            yield Element("", "", "yes", (), tuple(dict.fromkeys(idle)), "", asks_nothing=True)

    def _element(self, line: Line) -> Element:
        head = line
        while head.reading is not None and len(head.children) == 1 and head.truth is head.children[0].truth:
            head = head.children[0]  # the condition that a reading asks for says more than the reading
        of, said = self._of("" if head.reading is not None else head.says)
        below = [one for one in self._leaves(line) if one is not head or one.inputs]
        found = dict.fromkeys(fact for one in below if (fact := self._fact(one)) is not None)
        readings = tuple(dict.fromkeys(self._readings(line)))
        nothing = line.reading is not None and line.asks_nothing
        return Element(of, said, line.holds, tuple(found), readings, head.citation, asks_nothing=nothing)

    def _leaves(self, line: Line) -> Iterator[Line]:
        """The lines below that say of the case how things are."""
        below = [leaf for child in line.children for leaf in self._leaves(child)]
        if below:
            yield from below
        elif line.reading is None:
            yield line

    def _readings(self, line: Line) -> Iterator[str]:
        if line.reading is not None and not line.is_option:
            yield line.reading.id
        for child in line.children:
            yield from self._readings(child)

    def _fact(self, line: Line) -> ElementFact | None:
        of, says = self._of(line.says)
        name = line.inputs[0] if line.inputs else None
        held = None if name is None else self.facts.get(name)
        return ElementFact(of, says, line.holds, None if held is None else held.origin, name)

    def _of(self, says: str) -> tuple[str, str]:
        """The record that a line is about, and what is said of it; that it is not known is said apart."""
        found = self.record.match(says)
        of, said = ("", says) if found is None else (found[1], says[found.end() :])
        return of, said.removeprefix(UNKNOWN_WHETHER).removeprefix(UNKNOWN)
