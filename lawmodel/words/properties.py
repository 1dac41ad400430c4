"""A property of the law in words: what it claims, of which cases, and under which law."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lawmodel.problems import listed
from lawmodel.rulebook.model import Change, Property, Rulebook
from lawmodel.words.law import day
from lawmodel.words.outcomes import either, predicate, statement

COMPARED: Final = {
    "same_outcome": "the outcome is the same for both",
    "same_answer": "outcome and grounds are the same for both",
    "no_weaker": "the second outcome is never weaker than the first",
    "no_stronger": "the second outcome is never stronger than the first",
}


def law_meant(rulebook: Rulebook, one: Property) -> str:
    """The days and stages for which a property is stated."""
    says = {stage.id: stage.says for stage in rulebook.stages}
    if one.on is not None:
        days = f"of {day(one.on)}"
    elif one.since is not None and one.until is not None:
        days = f"of every day from {day(one.since)} to {day(one.until)}"
    elif one.since is not None:
        days = f"of every day since {day(one.since)}"
    elif one.until is not None:
        days = f"of every day until {day(one.until)}"
    else:
        days = "of every day"
    stages = listed([says[stage] for stage in one.stages or (rulebook.ordinary_stage,)])
    return f"the law {days}, counting what is {stages}"


def readings_meant(rulebook: Rulebook, one: Property) -> str:
    """The readings for which a property is stated."""
    settled = [f"{name}: {option}" for name, option in one.readings.items()]
    rest = (
        "every other by default, those without one in every option" if one.by_default else "every option of all others"
    )
    if not settled:
        rest = rest.replace("every other by default", "by default").replace("all others", "all")
    return "; ".join([*settled, rest])


def changed_in_words(rulebook: Rulebook, change: Change) -> str:
    """In what the second case differs from the first."""
    parts = []
    if change.facts:
        parts.append(f"{listed(change.facts)} may be anything")
    parts += [f"{path} is {value}" for path, value in change.to.items()]
    if change.one_more is not None:
        parts.append(f"there is one more record of {change.one_more}")
    parts += [f"the reading {name} is {option}" for name, option in change.readings.items()]
    if change.on is not None:
        parts.append(f"the law is that of {day(change.on)}")
    if change.stage is not None:
        says = {stage.id: stage.says for stage in rulebook.stages}
        parts.append(f"bills count once {says[change.stage]}")
    return f"as the first, but {', and '.join(parts)}"


def claim_in_words(rulebook: Rulebook, one: Property) -> str:
    """What a property claims."""
    claims = one.claims
    parts = [
        f"{word}: {_statements(rulebook, one.question, outcomes)}"
        for word, outcomes in (("always", claims.always), ("never", claims.never))
        if outcomes
    ]
    parts += [f"{_cited(rulebook, name)} is always a ground" for name in claims.ground]
    parts += [f"{_cited(rulebook, name)} is never a ground" for name in claims.no_ground]
    parts += [f"always: {rulebook.consequences[name].says}" for name in claims.brings]
    parts += [f"never: {rulebook.consequences[name].says}" for name in claims.never_brings]
    if claims.compared is not None:
        parts.append(COMPARED[claims.compared])
    return "; ".join(parts)


def _cited(rulebook: Rulebook, provision: str) -> str:
    return f"{provision} ({rulebook.provisions[provision].citation})"


def _statements(rulebook: Rulebook, question: str, outcomes: Sequence[str]) -> str:
    """Outcomes as one sentence, with the names by which they are typed."""
    first, *others = outcomes
    said = either([statement(rulebook, question, first), *(predicate(rulebook, question, one) for one in others)])
    return f"{said} ({', '.join(outcomes)})"
