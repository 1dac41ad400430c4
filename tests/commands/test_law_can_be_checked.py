"""What a lawyer needs to check what the program says of the law: whole addresses, and by which edition it was said."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawmodel.rulebook.load import load_rulebook
from tests.commands.running import Run

EDITION = "version 0.2.0, as of 28 November 2026"
SAID = (
    ("law", "cpc-464-1-7"),
    ("law", "--contested"),
    ("law", "--search", "fighting"),
    ("prove", "citizen-is-never-surrendered"),
    ("diff", "date", "2026-03-18", "2026-03-19", "--question", "surrender"),
    ("lint", "rules", "--only", "unused-entry"),
)


@pytest.mark.parametrize("words", SAID, ids=" ".join)
def test_what_is_told_of_the_law_says_by_which_edition(run: Run, words: tuple[str, ...]) -> None:
    assert EDITION in " ".join(run(*words).out.split())


def test_editions_that_are_compared_are_both_named(run: Run) -> None:
    said = run("diff", "rules", "examples/editions/first", "rules", "--question", "surrender").out
    assert "Extradition and deployment, Russia 2026, version 0.1.0\n" in said
    assert EDITION in said


def test_no_address_is_broken(run: Run) -> None:
    law = load_rulebook(Path("rules"))
    for name in ("peace-operations", "def-10-3-foreign-courts"):
        lines = [line.strip() for line in run("law", name).out.splitlines()]
        for source in law.provisions[name].sources:
            address = law.sources[source.id].address
            assert address is None or address in lines


def test_a_gap_in_a_law_touches_no_answer_of_an_earlier_day(run: Run) -> None:
    case = "scenarios/deployment/46-treaty-task-in-kazakhstan.yaml"
    assert "defence-amendment-publication" not in run("decide", case).out
    assert "defence-amendment-publication" in run("decide", case, "--on", "2026-07-01").out
