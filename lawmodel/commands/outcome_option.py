"""The question that is meant where a verb asks for an outcome."""

from __future__ import annotations

from lawmodel.commands.one_case import CaseQuestions, question_of


def question_with(asked: CaseQuestions, outcome: str, questions: tuple[str, ...], option: str) -> str:
    """The question that has an outcome: among those named; else one that the case speaks to, or any.

    A usage error where there is none, or several.
    """
    having = [
        name for name in asked.questions if any(one.id == outcome for one in asked.rulebook.questions[name].outcomes)
    ]
    return having[0] if len(having) == 1 else question_of(asked.rulebook, outcome, questions, option)
