"""A region in few clauses: on random truth tables, against going through every row."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from lawmodel.reasoning.solving.solver import Solver
from lawmodel.reasoning.whole_law.dnf_cover import Clause, DnfCover, Point

NAMES = ("a", "b", "c", "d")
ROWS = list(product((False, True), repeat=len(NAMES)))


def region(inside: set[tuple[bool, ...]], within: set[tuple[bool, ...]], depths: tuple[int, ...]) -> DnfCover:
    """A region of rows of a truth table."""

    def either(rows: set[tuple[bool, ...]]) -> str:
        parts = (
            f"(and {' '.join(name if so else f'(not {name})' for name, so in zip(NAMES, row, strict=True))})"
            for row in sorted(rows)
        )
        return f"(or false {' '.join(parts)})"

    text = "".join(f"(declare-const {name} Bool)" for name in NAMES)
    text += f"(declare-const within Bool)(assert (= within {either(within)}))"
    text += f"(declare-const inside Bool)(assert (= inside {either(inside)}))"
    points = [Point(name, depth) for name, depth in zip(NAMES, depths, strict=True)]
    return DnfCover(Solver(text), "within", "inside", points)


def meets(clause: Clause, row: tuple[bool, ...]) -> bool:
    return all(row[NAMES.index(name)] is so for name, so in clause)


@given(st.sets(st.sampled_from(ROWS), min_size=1), st.sets(st.sampled_from(ROWS)), st.tuples(*[st.integers(0, 2)] * 4))
def test_clauses_cover_the_region_exactly(
    inside: set[tuple[bool, ...]], more: set[tuple[bool, ...]], depths: tuple[int, ...]
) -> None:
    within = inside | more
    found = region(inside, within, depths).clauses(most=30)
    assert found.every
    assert {row for row in within if any(meets(clause, row) for clause in found.found)} == inside
    for clause in found.found:
        others = [one for one in found.found if one is not clause]
        assert any(meets(clause, row) and not any(meets(one, row) for one in others) for row in inside), "to spare"
        for left_out in clause:
            shorter = tuple(one for one in clause if one is not left_out)
            assert any(meets(shorter, row) for row in within - inside), "not prime"


def test_a_clause_goes_no_deeper_than_it_must() -> None:
    """Here `a` alone settles it, and so would `c`, deeper down."""
    rows = {row for row in ROWS if row[0] and row[2]}
    within = {row for row in ROWS if row[0] is row[2]}
    assert region(rows, within, (0, 0, 1, 1)).clauses().found == [(("a", True),)]
    assert region(rows, within, (1, 1, 0, 0)).clauses().found == [(("c", True),)]


def test_only_so_many_are_looked_for() -> None:
    parity = {row for row in ROWS if sum(row) % 2}
    found = region(parity, set(ROWS), (0, 0, 0, 0)).clauses(most=3)
    assert (len(found.found), found.every) == (3, False)
    assert len(region(parity, set(ROWS), (0, 0, 0, 0)).clauses().found) == 8


def test_what_is_everything_needs_nothing_said() -> None:
    assert region(set(ROWS), set(ROWS), (0, 0, 0, 0)).clauses().found == [()]
