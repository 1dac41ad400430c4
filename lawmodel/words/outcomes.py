"""Outcomes as statements: what is true of the subject of a question, not yes or no to the question."""

from __future__ import annotations

from collections.abc import Sequence

from lawmodel.rulebook.model import Rulebook


def subject(rulebook: Rulebook, question: str) -> str:
    """What the answers to a question are statements about, such as the act that is asked for."""
    asked = rulebook.questions[question]
    return asked.subject or asked.title


def predicate(rulebook: Rulebook, question: str, outcome: str) -> str:
    """What an outcome says of the subject: its predicate, or without one what it means."""
    found = rulebook.questions[question].outcome(outcome)
    return found.predicate or found.means.removeprefix("it ")


def statement(rulebook: Rulebook, question: str, outcome: str) -> str:
    """An outcome as a sentence without its full stop: subject and predicate."""
    found = rulebook.questions[question].outcome(outcome)
    is_predicate = found.predicate is not None or found.means.startswith("it ")
    separator = " " if is_predicate else ": "
    return f"{subject(rulebook, question)}{separator}{predicate(rulebook, question, outcome)}"


def predicates(rulebook: Rulebook, question: str, outcomes: Sequence[str]) -> str:
    """What each of several outcomes says, as alternatives: may be refused or may be granted."""
    return either([predicate(rulebook, question, one) for one in outcomes])


def either(parts: Sequence[str]) -> str:
    """One of several: a, b or c."""
    return " or ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def both(parts: Sequence[str]) -> str:
    """All of several: a, b and c."""
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)
