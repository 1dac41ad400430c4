"""A search for cases: the sides from which they are looked at, the questions that can be meant, and what is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from lawmodel.case.arguments import question_having, question_problems, raise_problems, stage_problems, telling_problems
from lawmodel.case.case import Case
from lawmodel.case.values import NotAValue, parse_day
from lawmodel.inputs import reading_key
from lawmodel.inquiry.decider import decider
from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.inquiry.searching.found import Found
from lawmodel.inquiry.searching.misfits import misfits
from lawmodel.problems import Problem, ProblemsFound, no_such
from lawmodel.results.header import Header
from lawmodel.rulebook.held_law import held_law
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.find.found_cases import Differ, FoundCases

LAW: Final = "the law"
"""What the law is called beside a misconception."""
MOST: Final = 100
"""So many more cases can be asked for."""


def sides(rulebook: Rulebook, differ: Differ, names: Sequence[str], base: View, given_as: str) -> list[View]:
    """The sides from which a case is to look different: options of a reading, days, stages, tellings, laws.

    ``names`` are a reading and, perhaps, some of its options; one misconception, which differs from the law; or two of
    whatever differs, or more. What ``base`` says of the law holds for each of them otherwise. Raises `ProblemsFound`.
    """
    if differ == "reading":
        return _readings(rulebook, names, base, given_as)
    if differ == "misconception" and len(names) == 1:
        return [replace(base, name=LAW), _side(rulebook, differ, names[0], base, given_as)]
    if len(set(names)) < 2:
        raise ProblemsFound([Problem("one alone does not differ", "Name two of them.", given_as)])
    return [_side(rulebook, differ, name, base, given_as) for name in dict.fromkeys(names)]


def _readings(rulebook: Rulebook, names: Sequence[str], base: View, given_as: str) -> list[View]:
    if not names:
        mend = "Name the reading, and if you like two or more of its options."
        raise ProblemsFound([Problem("no reading is named", mend, given_as)])
    reading, *options = names
    if reading not in rulebook.readings:
        raise_problems(no_such(reading, rulebook.readings, given_as))
    known = [one.id for one in rulebook.readings[reading].options]
    raise_problems(*(no_such(one, known, f"{given_as} {reading}") for one in options if one not in known))
    if len(options) == 1:
        mend = "Name at least two options, or none for all."
        raise ProblemsFound([Problem("one option alone does not differ", mend, f"{given_as} {reading}")])
    return [View(f"{reading}: {one}", {reading: one}, base.on, base.stage) for one in options or known]


def _side(rulebook: Rulebook, differ: Differ, name: str, base: View, given_as: str) -> View:
    if differ == "date":
        try:
            return View(f"law of {name}", on=parse_day(name), stage=base.stage)
        except NotAValue as error:
            raise ProblemsFound([Problem(error.message, error.mend, given_as)]) from None
    if differ == "stage":
        raise_problems(*stage_problems(rulebook, name, given_as))
        return View(f"stage {name}", on=base.on, stage=name)
    if differ == "misconception":
        if name not in rulebook.misconceptions:
            raise_problems(no_such(name, rulebook.misconceptions, given_as))
        return replace(base, name=name, rulebook=held_law(rulebook, name))
    if differ == "rules":
        law = load_rulebook(Path(name))
        raise_problems(*misfits(rulebook, law))
        return replace(base, name=name, rulebook=law)
    raise_problems(*telling_problems(rulebook, name, given_as))
    telling = rulebook.tellings[name]
    return View(name, telling.chosen(), base.on, telling.stage)


def questions_sought(
    rulebook: Rulebook, question: str | None, wanted: Wanted, views: Sequence[View], given_as: Mapping[str, str]
) -> tuple[str, ...]:
    """The questions that can be meant: the one that is named, or that has the outcome or ground; else all that bear.

    ``given_as`` says what ``question``, ``outcome`` and ``grounds`` were given as. Raises `ProblemsFound`.
    """
    if question is not None:
        raise_problems(*question_problems(rulebook, question, given_as["question"]))
    named: tuple[str, ...] = () if question is None else (question,)
    grounds = (*wanted.grounds, *([wanted.only_ground] if wanted.only_ground else []))
    meant = {rulebook.provisions[ground].question for ground in grounds}
    if len(meant) > 1 or (meant and question not in {None, *meant}):
        answer = f"these provisions answer different questions: {', '.join(sorted(meant))}"
        raise ProblemsFound([Problem(answer, "Name those of one question.", given_as["grounds"])])
    named = named or tuple(meant)
    if wanted.outcome is not None:
        return (question_having(rulebook, wanted.outcome, named, given_as["outcome"], given_as["question"]),)
    if named:
        return named
    if wanted.brings:
        return tuple(name for name in rulebook.questions if {*wanted.brings} <= _brought(rulebook, name))
    held = [rulebook.misconceptions[view.name].question for view in views if view.name in rulebook.misconceptions]
    if held and len(set(held)) == 1:
        return (held[0],)
    laws = [view.rulebook for view in views if view.rulebook is not None]
    asked = [name for name in rulebook.questions if all(name in law.questions for law in laws)]
    keys = {reading_key(name) for view in views for name in view.readings}
    bearing = [name for name in asked if not keys or keys & decider(rulebook, name).comparisons.occurring]
    return tuple(bearing or asked)


def found_cases(
    rulebook: Rulebook,
    questions: Sequence[str],
    views: Sequence[View],
    wanted: Wanted,
    *,
    given: Case,
    readings: Mapping[str, str],
    most: int,
    differ: Differ | None,
    seed: int | None = None,
) -> FoundCases:
    """At most so many cases about the first of the questions that has any, the simplest first; raises what `find` does.

    ``given`` is what is given of each case, ``readings`` what is chosen for each. With a ``seed`` each is made like one
    from life.
    """
    found: list[Found] = []
    for one in questions:
        found = list(islice(find(rulebook, one, views, wanted, given=given, readings=readings, seed=seed), most))
        if found:
            break
    return FoundCases(
        Header(rulebook), tuple(questions), tuple(views), wanted, tuple(found), most, differ, seed is not None
    )


def _brought(rulebook: Rulebook, question: str) -> set[str]:
    """The consequences that a question can have."""
    resolved = decider(rulebook, question).question
    return {name for rule in resolved.rules for name, _ in rule.brings} | {name for name, _ in resolved.follows}
