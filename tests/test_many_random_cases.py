"""A few of the many random cases, so that what compares them goes on working."""

import pytest

from tests.many_random_cases import compare
from tests.sizes import sizes


@pytest.mark.parametrize("laws", sizes(3, 40))
def test_the_machine_says_what_two_other_readings_say(laws: int) -> None:
    told = compare(7, laws, 20)
    assert told["cases"] == 20 * laws
    assert told["answers that depend"]
