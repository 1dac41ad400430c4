"""Random laws, a few, each with cases."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import given, settings

from lawmodel.batch.rows.plan import Asked
from lawmodel.inputs import Value
from tests.batch.test_batch_is_decide import random_row
from tests.random_rulebooks import QUESTION, READINGS, RandomLaw, random_laws

CASES = 40


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question of a random law, and cases that its days may contradict."""

    asked: Asked
    cases: list[dict[str, Value]]


def drawn_laws(count: int) -> Iterator[Drawn]:
    """Random laws, the same ones in every run; those that are as good as empty are passed over."""
    laws: list[RandomLaw] = []

    @settings(max_examples=4 * count)
    @given(random_laws(room=40))
    def draw(law: RandomLaw) -> None:
        laws.append(law)

    draw()
    for seed, law in enumerate(laws[-count:]):
        chance = random.Random(seed)  # noqa: S311 - reproducible
        rulebook = law.rulebook()
        readings = {name: chance.choice([*options, "unknown"]) for name, options in READINGS.items()}
        yield Drawn(Asked(rulebook, QUESTION, readings), [random_row(chance, rulebook, law, 0.1) for _ in range(CASES)])
