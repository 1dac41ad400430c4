"""What stands above the answer to a question: what is asked, of which case, and under which law."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from lawmodel.answer.words import law_of
from lawmodel.rulebook.model import Rulebook


def heading(rulebook: Rulebook, question: str, title: str, case: str) -> Iterator[RenderableType]:
    """The question and the case."""
    yield Text(rulebook.questions[question].asks, "bold")
    if case or title:
        yield Text.assemble((title, "italic"), ("  " if title else "", ""), (case, "dim"))
    yield Text()


def said(rulebook: Rulebook, question: str, name: str) -> str:
    """An outcome as an answer."""
    outcome = rulebook.questions[question].outcome(name)
    return f"{outcome.says.upper()}: {outcome.means}" if outcome.says else outcome.means


def means(rulebook: Rulebook, question: str, names: Sequence[str]) -> str:
    """What outcomes mean."""
    return " / ".join(rulebook.questions[question].outcome(name).means for name in names)


def law_in_words(rulebook: Rulebook, stage: str, day: str | None) -> str:
    """Which law is applied."""
    return "law of an unknown day" if day is None else law_of(rulebook, stage, datetime.date.fromisoformat(day))
