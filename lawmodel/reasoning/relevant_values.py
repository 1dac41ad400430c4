"""The values of an input that can matter: what any other value does, one of these does too.

- Of **numbers and days** only their place among what they are compared with can matter: each constant, and the values
  next to it. Where other inputs are open, what counts besides is whether there is room for them between it and a
  constant: so of the values on either side of each as many as there are such inputs, and one more (``reach``).
- Of **choices**, those that some comparison names or some input has; and of the others, which a comparison can tell
  apart only by what else has them among its choices, a few of each kind.
- Of yes and no, both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from lawmodel.inputs import Scalar
from lawmodel.reasoning.formula import Domain
from lawmodel.reasoning.open_cases.residual import FIRST_DAY, LAST_DAY

NEXT_TO: Final = 1


def places(domain: Domain, constants: Iterable[object], reach: int = NEXT_TO) -> list[int]:
    """The special days of a domain of days, and the numbers or days at and near constants, in order.

    What is no number or day of the domain is left out, and may be among the constants.
    """
    first, last = (0, None) if domain.kind == "number" else (FIRST_DAY, LAST_DAY)
    centres = {one for one in constants if isinstance(one, int) and not isinstance(one, bool)}
    near = {centre + step for centre in centres for step in range(-reach, reach + 1)}
    return sorted(domain.special | {one for one in near if first <= one and (last is None or one <= last)})


def choices(
    domain: Domain, named: Collection[Scalar], others: Sequence[Domain] = (), of_each_kind: int = 1
) -> list[str]:
    """The choices of a domain that are named, then so many of each kind of the others; each in the order of the domain.

    ``others`` are the domains of inputs with which it can be compared: choices that are in the same ones are alike.
    """
    among = [frozenset(other.choices) for other in others]
    kept: dict[tuple[bool, ...], int] = {}
    unnamed = []
    for choice in domain.choices:
        kind = tuple([choice in one for one in among])
        if choice not in named and kept.get(kind, 0) < of_each_kind:
            kept[kind] = kept.get(kind, 0) + 1
            unnamed.append(choice)
    return [*(choice for choice in domain.choices if choice in named), *unnamed]
