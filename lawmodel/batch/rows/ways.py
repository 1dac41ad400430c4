"""The ways in which one question is asked side by side: under each reading of a text, as each telling has the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import prod
from typing import Final

from lawmodel.batch.rows.plan import Asked
from lawmodel.case.arguments import raise_problems, telling_problems
from lawmodel.problems import no_such
from lawmodel.rulebook.model import Option, Rulebook

MOST_WAYS: Final = 64


class CannotAsk(ValueError):
    """The ways cannot be asked; says what is wrong and what to do."""


def as_told_by(asked: Asked, name: str) -> Asked:
    """The same question under the law of a telling; what is asked expressly comes before it.

    Raises `ProblemsFound` for a telling that there is not.
    """
    raise_problems(*telling_problems(asked.rulebook, name))
    telling = asked.rulebook.tellings[name]
    return replace(asked, stage=asked.stage or telling.stage, readings={**telling.chosen(), **asked.readings})


def ways_of(asked: Asked, each_reading: Sequence[str] = (), *, each_telling: bool = False) -> list[Asked]:
    """A question, once for every combination of options of these readings, and of tellings; raises `CannotAsk`."""
    rulebook = asked.rulebook
    for name in each_reading:
        if name in asked.readings:
            raise CannotAsk(f"--each-reading {name}: it is also chosen with --reading. Leave out one of the two.")
    chosen = [
        [(name, option.id) for option in _reading_options(rulebook, name)] for name in dict.fromkeys(each_reading)
    ]
    if each_telling and not rulebook.tellings:
        raise CannotAsk("--each-telling: this rulebook has no tellings.")
    tellings: list[str | None] = [*rulebook.tellings] if each_telling else [None]
    count = prod([len(tellings), *map(len, chosen)])
    if count > MOST_WAYS:
        raise CannotAsk(
            f"these readings and tellings combine in {count:,} ways, and {MOST_WAYS} sets of columns are the most. "
            "Name fewer of them."
        )
    found = []
    for telling, options in product(tellings, product(*chosen)):
        one = replace(asked, readings={**asked.readings, **dict(options)})
        apart = {}
        if telling is not None:
            one, apart = as_told_by(one, telling), {"telling": telling}
        if options:
            apart["reading"] = ", ".join(f"{name}={option}" for name, option in options)
        found.append(replace(one, apart=apart))
    return found


def _reading_options(rulebook: Rulebook, name: str) -> Sequence[Option]:
    if name not in rulebook.readings:
        problem = no_such(name, rulebook.readings, "--each-reading")
        raise CannotAsk(f"{problem.file}: {problem.message}. {problem.mend}")
    return rulebook.readings[name].options
