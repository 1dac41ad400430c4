"""A question and a case in the form of another engine, with the rulebook's own words beside every part."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Final

from lawmodel.case.case import Case
from lawmodel.case.valuation import Valued
from lawmodel.case.values import day_in_words, in_words
from lawmodel.inputs import LAW_DATE, READING_PREFIX, Scalar
from lawmodel.inquiry.ask import Ask, TypedCase
from lawmodel.reasoning.answer_sets.program import answer_set_program
from lawmodel.reasoning.answer_sets.remarks import Remarks
from lawmodel.rulebook.model import Rulebook

_HOW_TO_READ: Final = (
    "How to run it, with clingo 5 (potassco.org; after `pip install clingo` write `python -m clingo` for `clingo`):",
    "clingo --enum-mode=brave FILE: the outcomes that are possible, and every provision that may be a ground.",
    "clingo --enum-mode=cautious FILE: the outcome, where it is certain, and its grounds in every case.",
    "clingo --project=show FILE 0: every combination of an outcome and its grounds, once.",
    "",
    "How to read it: a fact has a value, fact(Name, Value), and so has a field of a record, field(List, Number, Name, "
    "Value). A day is written as the digits of its year, month and day, day(Name, Day), or it never was, never(Name). "
    "A reading has an option, reading(Name, Option). A provision applies, and speaks for an outcome; whatever the law "
    "names holds. Each answer set is one way in which the case can be completed. The values to choose from are enough "
    "for this case: whoever changes what is known exports anew.",
)


def as_answer_set_program(
    rulebook: Rulebook,
    case: Case | TypedCase,
    question: str,
    *,
    readings: Mapping[str, str] | None = None,
    on: datetime.date | None = None,
    stage: str | None = None,
) -> str:
    """The question and the case as a program for clingo.

    Raises `ProblemsFound` for whatever is wrong with what is given.
    """
    ask = Ask(rulebook, case, question, readings=readings, on=on, stage=stage)
    made, valued = ask.decider(), ask.valued()
    words = RulebookRemarks(rulebook, ask.case, question, made.stage, valued)
    return answer_set_program(made.question, valued.valuation, words)


class RulebookRemarks(Remarks):
    """The rulebook's words for the parts of its law, and for the facts of a case."""

    def __init__(self, rulebook: Rulebook, case: Case, question: str, stage: str, valued: Valued) -> None:
        self._rulebook = rulebook
        self._case = case
        self._question = question
        self._stage = stage
        self._valued = valued

    def heading(self) -> Sequence[str]:
        """What is asked, of which case, and under which law."""
        asked = self._rulebook.questions[self._question]
        day = self._valued.law_date
        law = "an unknown day" if day is None else day_in_words(day.toordinal())
        stage = next(one.says for one in self._rulebook.stages if one.id == self._stage)
        named = ": ".join(part for part in (self._case.name, self._case.title) if part)
        return (
            f"{asked.title}: {asked.asks}",
            *([f"Case: {named}"] if named else []),
            f"Law: {self._rulebook.title}, of {law}; stage of the law: {stage}",
            "",
            *_HOW_TO_READ,
        )

    def of_law(self, kind: str, name: str) -> str:
        """A title, or what a concept says."""
        rulebook = self._rulebook
        match kind:
            case "provision":
                return f"{rulebook.provisions[name].citation}: {rulebook.provisions[name].title}"
            case "in-force":
                return f"{rulebook.provisions[name].citation}: in force"
            case "exception":
                return f"{rulebook.provisions[name].citation}: an exception applies"
            case "concept":
                return rulebook.concepts[name].yes
            case "law":
                return f"{rulebook.instruments[name].title}: counts as law"
            case "repeal":
                return f"{rulebook.instruments[name].title}: supersedes what stood before"
            case "reading":
                return rulebook.readings[name].title
            case _:
                return rulebook.questions[self._question].outcome(name).means

    def of_input(self, key: str, field: str, value: Scalar | None) -> str:
        """What is known, in words; of what is open, the title."""
        if key.startswith(READING_PREFIX):
            reading = self._rulebook.readings[key.removeprefix(READING_PREFIX)]
            return reading.title if value is None else reading.option(str(value)).says
        if key == LAW_DATE:
            return "the day of the law" if value is None else f"the law of {day_in_words(int(value))}"
        fact = self._rulebook.fact(f"{key}.{field}" if field else key)
        if value is None:
            return fact.title
        presumed = " (presumed)" if key in self._valued.presumed else ""
        return in_words(self._rulebook, fact, value) + presumed
