"""The sheet of `lawmodel change`: each way to an outcome has a number of its own, by which it can be referred to."""

from __future__ import annotations

import re

from tests.commands.running import Run


def test_numbers_go_on_from_part_to_part(run: Run) -> None:
    ran = run("change", "scenarios/extradition/04-serving-cook.yaml", "--to", "may_grant", "--up-to", "2")
    assert (ran.code, ran.err) == (0, "")
    numbers = [int(one) for one in re.findall(r"^  (\d+)  ", ran.out, re.MULTILINE)]
    assert len(numbers) > 4
    assert numbers == list(range(1, len(numbers) + 1))
