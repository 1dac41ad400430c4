"""How much a test goes through: some of it in the quick run, and all of it with `--all`, where it counts as long.

The same test runs in both. So what the quick run has left out is run by ``--all -m long``, in full: with `--all` every
random test counts as long (`conftest`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import pytest
from hypothesis import HealthCheck, settings

Test = TypeVar("Test", bound=Callable[..., None])

QUICK: Final = "quick"
ALL: Final = "all"
"""The two Hypothesis profiles: how many examples a random test tries that says nothing of its size."""

for _profile, _examples in ((QUICK, 15), (ALL, 40)):
    settings.register_profile(
        _profile,
        derandomize=True,
        deadline=None,
        database=None,
        max_examples=_examples,
        suppress_health_check=list(HealthCheck),
    )


def is_full() -> bool:
    """Whether this is a run with `--all`."""
    return settings.get_current_profile_name() == ALL


def examples(quick: int, full: int) -> Callable[[Test], Test]:
    """How many examples a random test tries in the quick run, and in full."""
    return settings(max_examples=full if is_full() else quick)


def one_in(number: int, parameters: Sequence[Any]) -> list[Any]:
    """Parameters of a test, of which the first of each ``number`` are in the quick run, and the others are long.

    A tuple is the values of several parameters.
    """
    return [
        pytest.param(
            *(parameter if isinstance(parameter, tuple) else (parameter,)),
            marks=[pytest.mark.long] if place % number else [],
        )
        for place, parameter in enumerate(parameters)
    ]


def sizes(quick: int, full: int) -> list[Any]:
    """The two sizes of a test that has its size as a parameter; the full one is long."""
    return [quick, pytest.param(full, marks=pytest.mark.long)]
