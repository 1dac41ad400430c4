"""The values of an input that can matter: what any other value does, one of these does too.

- Of **numbers and days** only their place among what they are compared with can matter: each constant, and the values
  next to it. Where other inputs are open, what counts besides is whether there is room for them between it and a
  constant: so of the values on either side of each as many as there are such inputs, and one more (``reach``).
- Of **choices**, some of each kind that comparisons can tell apart: by which of them name a choice, and by which of the
  inputs that it is compared with can have it.
- Of yes and no, both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from lawmodel.inputs import FIRST_DAY, LAST_DAY, Scalar
from lawmodel.reasoning.formula import Domain

NEXT_TO: Final = 1
MOST_NAMED: Final = 24
"""So many choices are kept of those that the same comparisons name: one would do, the others may be better examples."""


def places(domain: Domain, constants: Iterable[object], reach: int = NEXT_TO) -> list[int]:
    """The special days of a domain of days, and the numbers or days at and near constants, in order.

    What is no number or day of the domain is left out, and may be among the constants.
    """
    first, last = (0, None) if domain.kind == "number" else (FIRST_DAY, LAST_DAY)
    centres = {one for one in constants if isinstance(one, int) and not isinstance(one, bool)}
    near = {centre + step for centre in centres for step in range(-reach, reach + 1)}
    return sorted(domain.special | {one for one in near if first <= one and (last is None or one <= last)})


class RelevantChoices:
    """The choices of a domain, some of which stand for all: those that no comparison can tell apart are of one kind.

    Linear in the number of choices, and of those that are named.
    """

    def __init__(
        self,
        domain: Domain,
        named: Iterable[Collection[Scalar]],
        others: Sequence[Domain] = (),
        of_each_kind: int = 1,
    ) -> None:
        """Take what comparisons name, each by itself, and the domains of inputs with which it can be compared.

        Choices are of one kind if the same comparisons name them, and the same domains have them. Of a kind that no
        comparison names ``of_each_kind`` are kept, of any other as many or `MOST_NAMED`.
        """
        tested = list(named)
        numbers: dict[Scalar, list[int]] = {}
        for number, values in enumerate((*tested, *(other.choices for other in others))):
            for value in values:
                numbers.setdefault(value, []).append(number)
        kept: dict[tuple[int, ...], list[str]] = {}
        self._standing: dict[str, str] = {}
        for choice in domain.choices:
            kind = tuple(numbers.get(choice, ()))
            is_named = bool(kind) and kind[0] < len(tested)
            alike = kept.setdefault(kind, [])
            if len(alike) < (max(of_each_kind, MOST_NAMED) if is_named else of_each_kind):
                alike.append(choice)
                self._standing[choice] = choice
            else:
                self._standing[choice] = alike[0]
        self.values = sorted(
            (choice for choice in domain.choices if self._standing[choice] == choice),
            key=lambda choice: not (numbers.get(choice) and numbers[choice][0] < len(tested)),
        )
        """Those that are kept: the named ones first, else in the order of the domain."""

    def standing_for(self, choice: str) -> str:
        """The one that is kept and does what this one does: itself, if it is kept."""
        return self._standing[choice]
