"""The parts of a rulebook as written."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from lawmodel.rulebook.condition import Always, Condition, FactIs, StatedPart, walk
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.parts import STATEMENTS, parts, with_part
from tests.sizes import one_in

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=one_in(3, ["tests/toy/rules", "rules", "examples/british-nationality/rules"]))
def rulebook(request: pytest.FixtureRequest) -> Rulebook:
    return load_rulebook(ROOT / request.param)


def test_every_statement_is_among_the_parts(rulebook: Rulebook) -> None:
    entries = [(entry, keys) for section, keys in STATEMENTS for entry in getattr(rulebook, section).values()]
    stated = [getattr(entry, key) for entry, keys in entries for key in keys if getattr(entry, key) is not None]
    assert [id(part.stated) for part in parts(rulebook)] == [id(one) for one in chain(*map(walk, stated))]


def test_put_back_in_its_own_place_a_part_changes_nothing(rulebook: Rulebook) -> None:
    for part in parts(rulebook):
        same = with_part(rulebook, part, part.stated)
        assert [getattr(same, section) for section, _ in STATEMENTS] == [
            getattr(rulebook, section) for section, _ in STATEMENTS
        ]


def test_another_statement_stands_in_one_place_only(rulebook: Rulebook) -> None:
    before = statements(rulebook)
    for part in parts(rulebook):
        if isinstance(part.stated, Condition):
            now = statements(with_part(rulebook, part, Always(True, part.place)))
            where = (part.section, part.entry, part.key, part.steps)
            assert now[where] == Always(True, part.place)
            apart = [
                one for one in before if one[:3] != where[:3] or one[3][: len(part.steps)] != part.steps[: len(one[3])]
            ]
            assert all(now[one] == before[one] for one in apart)


def test_each_change_has_a_digest_of_its_own(rulebook: Rulebook) -> None:
    changed = [
        with_part(rulebook, part, Always(value, part.place)).digest
        for part in parts(rulebook)
        if isinstance(part.stated, FactIs)
        for value in (True, False)
    ]
    assert len(changed) > 1
    assert len({*changed, rulebook.digest}) == len(changed) + 1


def statements(rulebook: Rulebook) -> dict[tuple[str, str, str, tuple[int, ...]], StatedPart]:
    return {(part.section, part.entry, part.key, part.steps): part.stated for part in parts(rulebook)}
