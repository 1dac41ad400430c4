"""Random complete cases, as values of all inputs, for the laws of `tests.random_rulebooks`."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from lawmodel.inputs import Value
from lawmodel.reasoning.evaluation import Values
from lawmodel.reasoning.formula import Domain, Ordering
from lawmodel.reasoning.whole_law.nearby import consistent


def complete_cases(
    domains: Mapping[str, Domain], orderings: Sequence[Ordering], seed: int, count: int = 60
) -> Iterator[Values]:
    """Complete consistent cases, with values among those that the random laws compare with."""
    chance = random.Random(seed)  # noqa: S311 - reproducible disorder

    def value(domain: Domain) -> Value:
        match domain.kind:
            case "yes/no":
                return chance.random() < 0.5
            case "choice":
                return str(chance.choice(domain.choices))
            case "number":
                return chance.randrange(5)
            case "date":
                return int(chance.choice([*range(98, 105), *domain.special]))
        return tuple({name: value(one) for name, one in domain.fields} for _ in range(chance.randrange(3)))  # type: ignore[misc]

    found = 0
    while found < count:
        values = {key: value(domain) for key, domain in domains.items()}
        if consistent(orderings, values):
            found += 1
            yield values
