"""What the verbs about one case are asked: which case, which questions, under which readings and which law."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from lawmodel.answer.answer import Answer
from lawmodel.case.arguments import question_having
from lawmodel.case.case import Case
from lawmodel.case.file import BASE, load_cases
from lawmodel.commands.options import (
    day_of,
    held_by_one,
    held_option,
    name_of,
    on_option,
    reading_option,
    readings_of,
    rulebook_of,
    rules_option,
    stage_of,
    stage_option,
    usage_errors,
)
from lawmodel.dataclass import dataclass
from lawmodel.inquiry.sheet import questions_of
from lawmodel.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class CaseQuestions:
    """One case, and how it is to be looked at."""

    rulebook: Rulebook
    case: Case
    questions: tuple[str, ...]
    readings: Mapping[str, str]
    on: datetime.date | None
    stage: str | None

    def decide(self, question: str, case: Case | None = None, readings: Mapping[str, str] | None = None) -> Answer:
        """The answer on the case (or another), under the readings and the law that the user chose (or others)."""
        from lawmodel.inquiry.decide import decide

        chosen = self.readings if readings is None else readings
        return decide(self.rulebook, case or self.case, question, readings=chosen, on=self.on, stage=self.stage)


def case_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a verb about one case; they arrive as keyword arguments, to be given to `asked_of`."""
    question = click.option(
        "--question", "questions", multiple=True, metavar="QUESTION", help="Ask this question. Repeatable."
    )
    variant = click.option("--variant", metavar="NAME", help="This variant of the case (`base`: the case itself).")
    options = (question, variant, reading_option, on_option, stage_option, held_option, rules_option)
    for option in reversed(options):
        command = option(command)
    return command


def asked_of(
    path: Path,
    *,
    questions: tuple[str, ...],
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    held_by: str | None = None,
    rules: tuple[Path, ...],
) -> CaseQuestions:
    """The case and all that was chosen with it; usage errors and `ProblemsFound` where something is wrong.

    Without a question: those that the case asks, or that its facts bear on.
    """
    rulebook = held_by_one(rulebook_of(rules), held_by)
    for question in questions:
        name_of(question, rulebook.questions, "--question")
    chosen = readings_of(rulebook, readings)
    day = day_of(on)
    stage_of(rulebook, stage)
    case = the_case(rulebook, path, variant)
    return CaseQuestions(
        rulebook, case, tuple(dict.fromkeys(questions)) or questions_of(rulebook, case), chosen, day, stage
    )


def the_case(rulebook: Rulebook, path: Path, variant: str | None) -> Case:
    """The case in a file, or one variant of it, which may also be named as ``FILE#VARIANT``."""
    cases = load_cases(rulebook, path)
    by_name = {one.variant or BASE: one for one in cases}
    name_of(variant, by_name, "--variant")
    return cases[0] if variant is None else by_name[variant]


def question_of(rulebook: Rulebook, outcome: str, questions: tuple[str, ...], option: str) -> str:
    """The question that has an outcome, among those named if any are; a usage error where there is none, or several."""
    with usage_errors():
        return question_having(rulebook, outcome, questions, option, "--question")
