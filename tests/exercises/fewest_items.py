"""How few items could a test ask? Bounds for simulated classes of thirty, to compare what the tests ask with.

``python -m tests.exercises.fewest_items`` prints them: what no test can go below (the capacity of an answer with 5 % of
slips), and what the adaptive test asks of items that part the misconceptions in whatever way would be best.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from lawmodel.exercises.adaptive_test import ENOUGH, AdaptiveTest
from lawmodel.exercises.diagnosis import GUESSES, DiagnosticItem, Hypothesis, even_prior
from lawmodel.exercises.entropy import entropy
from lawmodel.exercises.exercise import LAW
from lawmodel.rulebook.load import load_rulebook
from tests.exercises.test_simulated_class import COURSE

SLIP = 0.05
STUDENTS = 30
OF_THE_LAW = 3
CLASSES = 2
ITEMS = 60
"""Of each question."""
MOST = {"extradition": 10, "deployment": 2, "expulsion": 3}
"""So many misconceptions of each question the best of the joined cases part from the law."""
SHARES = (1.0, 0.9, 0.8, 0.7, 0.5)
"""Of its misconceptions an item parts one of these shares from the law, where it is free to."""


def capacity(answers: int) -> float:
    """How many bits an answer of so many can tell at most."""
    return math.log2(answers) - entropy((1 - SLIP, *[SLIP / (answers - 1)] * (answers - 1)))


def needed(prior: Mapping[str, float]) -> float:
    """How many bits the answers of a student of the class have to tell on average."""
    planted = [share for name, share in prior.items() if name not in (LAW, GUESSES)]
    of_the_law = OF_THE_LAW / STUDENTS
    return (1 - of_the_law) * math.log2(ENOUGH / planted[0]) + of_the_law * math.log2(ENOUGH / prior[LAW])


def best_items(
    groups: Mapping[str, Sequence[str]], answers: int, chance: random.Random, most: Mapping[str, int] | None = None
) -> list[DiagnosticItem]:
    """Items of each question that part its misconceptions by chance, into as many answers: so many, or any share."""
    names = [LAW, *(name for group in groups.values() for name in group)]
    offered = tuple(map(str, range(answers)))
    items = []
    for question, group in groups.items():
        for number in range(ITEMS):
            wanted = round(chance.choice(SHARES) * len(group)) if most is None else most[question]
            parted = chance.sample(list(group), max(1, min(wanted, len(group))))
            otherwise = {name: str(1 + place % (answers - 1)) for place, name in enumerate(parted)}
            predicted = {name: otherwise.get(name, "0") for name in names}
            items.append(DiagnosticItem(f"{question}-{number}", offered, predicted))
    return items


def asked(items: Sequence[DiagnosticItem], hypotheses: Sequence[Hypothesis]) -> tuple[float, float]:
    """How many items the adaptive test asks on average, and how many of thirty it finds."""
    misconceptions = [one.id for one in hypotheses if one.misconceptions]
    answered = found = students = 0
    for seed in range(CLASSES):
        chance = random.Random(seed)  # noqa: S311 - reproducible chance
        planted = chance.sample(misconceptions, min(len(misconceptions), STUDENTS - OF_THE_LAW)) + [LAW] * OF_THE_LAW
        for name in planted:
            test = AdaptiveTest(items, hypotheses, slip_rate=SLIP)
            while (item := test.next()) is not None:
                right = item.predicted[name]
                slip = chance.random() < SLIP
                test.answer(item.id, chance.choice([one for one in item.offered if one != right]) if slip else right)
            like = test.diagnosis()
            answered, students = answered + len(test.answers), students + 1
            found += like.verdict == "found" and like.hypotheses[0].id == name
    return answered / students, STUDENTS * found / students


def hypotheses_of(groups: Mapping[str, Sequence[str]]) -> list[Hypothesis]:
    """The law, these misconceptions, and guesses."""
    named = [Hypothesis(name, "", (name,)) for group in groups.values() for name in group]
    return [Hypothesis(LAW, ""), *named, Hypothesis(GUESSES, "")]


def main() -> None:
    """Print the bounds."""
    known = load_rulebook(Path("rules")).misconceptions
    by_question = {question: [name for name, one in known.items() if one.question == question] for question in COURSE}
    largest = max(by_question, key=lambda question: len(by_question[question]))
    for title, groups in ((", ".join(COURSE), by_question), (largest, {largest: by_question[largest]})):
        hypotheses = hypotheses_of(groups)
        click.echo(f"{title}: {len(hypotheses) - 2} misconceptions")
        for answers in (2, 4, 6):
            bound = needed(even_prior(hypotheses)) / capacity(answers)
            free = asked(best_items(groups, answers, random.Random(answers)), hypotheses)  # noqa: S311
            click.echo(f"  {answers} answers: at least {bound:.1f}; parted freely {free[0]:.1f}, found {free[1]:.1f}")
        few = asked(best_items(groups, 4, random.Random(4), MOST), hypotheses)  # noqa: S311
        said = ", ".join(f"{MOST[question]} of {question}" for question in groups)
        click.echo(f"  4 answers, an item parts {said} from the law: {few[0]:.1f}, found {few[1]:.1f}")


if __name__ == "__main__":
    main()
