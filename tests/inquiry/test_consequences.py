"""Consequences beside the outcome: which follow, which may, and their figures."""

from __future__ import annotations

import datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.inquiry.ferry import ferry

LAW_DAY = datetime.date(2022, 5, 1)
EXPULSION = Path(__file__).parents[2] / "scenarios" / "expulsion" / "31-bill-and-law.yaml"


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"))


def crossing(law: Rulebook, readings: dict[str, str] | None = None, **facts: Any) -> Answer:
    """The answer for a traveller without passes; ``armed`` and ``drunk`` are facts of the traveller."""
    given = {f"traveller.{name}": value for name, value in facts.items() if name in ("armed", "drunk")}
    given |= {f"cargo.{name}": value for name, value in facts.items() if name in ("value", "limit")}
    case = Case(facts={"passes": (), **given}, presume=bool(facts.get("presume")))
    return decide(law, case, "crossing", readings=readings, on=LAW_DAY)


def brought(answer: Answer) -> dict[str, bool]:
    """Each consequence, and whether it certainly follows."""
    return {one.id: one.certain for one in answer.consequences}


# --- which follow ------------------------------------------------------------------------------------


def test_what_an_applying_provision_brings_follows(law: Rulebook) -> None:
    answer = crossing(law, {"toll": "low"}, armed=False, drunk=True)
    assert answer.outcome == "delayed"
    assert brought(answer) == {"toll-low": True, "notice": True, "receipt": True}


def test_a_reading_decides_which(law: Rulebook) -> None:
    assert "toll-high" in brought(crossing(law, {"toll": "high"}, armed=False, drunk=False))
    assert "toll-high" not in brought(crossing(law, {"toll": "low"}, armed=False, drunk=False))


def test_where_the_reading_is_open_each_is_possible_and_none_certain(law: Rulebook) -> None:
    answer = crossing(law, armed=False, drunk=False)
    assert answer.determined
    assert brought(answer) == {"toll-high": False, "toll-low": False, "receipt": True}


def test_nothing_follows_from_a_provision_that_speaks_for_a_weaker_outcome(law: Rulebook) -> None:
    answer = crossing(law, {"severity": "strict", "toll": "low"}, armed=True, drunk=False)
    assert answer.outcome == "refused"
    assert brought(answer) == {"escort": True, "receipt": True}  # refused, so no toll for waiting


def test_a_provision_that_concludes_nothing_brings_it_whatever_the_outcome(law: Rulebook) -> None:
    for severity in ("strict", "mild"):
        answer = crossing(law, {"severity": severity, "toll": "low"}, armed=True, drunk=True)
        assert brought(answer)["notice"]


def test_a_consequence_of_every_branch_is_certain_though_the_branch_is_open(law: Rulebook) -> None:
    assert brought(crossing(law, armed=False))["receipt"]


def test_what_follows_from_either_outcome_is_certain_though_the_outcome_is_open(law: Rulebook) -> None:
    answer = crossing(law, {"severity": "unknown", "toll": "low"}, armed=True, drunk=False)
    assert answer.possible == ("refused", "delayed")
    assert brought(answer) == {"escort": True, "toll-low": False, "receipt": True}


COMPLETE: list[list[Any]] = [
    [True, False],
    [True, False],
    ["carried", "drunk-only"],
    ["strict", "mild"],
    ["high", "low"],
]
"""The values of two facts (armed, drunk) and three readings (arms, severity, toll)."""
OPEN: list[list[Any]] = [
    [True, None],
    [False, None],
    ["carried", "unknown"],
    ["strict", "unknown"],
    ["high", "unknown"],
]


def crossing_of(law: Rulebook, values: tuple[Any, ...]) -> Answer:
    armed, drunk, arms, severity, toll = values
    return crossing(law, {"arms": arms, "severity": severity, "toll": toll}, armed=armed, drunk=drunk)


def test_exactly_those_that_completions_bring(law: Rulebook) -> None:
    """All cases with something left open, each compared with all its completions."""
    complete = {values: set(brought(crossing_of(law, values))) for values in product(*COMPLETE)}
    for values in product(*OPEN):
        found = [
            brings
            for completion, brings in complete.items()
            if all(value in (None, "unknown", other) for value, other in zip(values, completion, strict=True))
        ]
        certain = set.intersection(*found)
        expected = {name: name in certain for name in set.union(*found)}
        assert brought(crossing_of(law, values)) == expected, values


# --- figures -----------------------------------------------------------------------------------------


def figures(answer: Answer, name: str) -> list[dict[str, Any]]:
    return next([dict(figure) for figure in one.figures] for one in answer.consequences if one.id == name)


def test_a_bound_may_be_a_fact(law: Rulebook) -> None:
    answer = crossing(law, {"toll": "high"}, armed=False, drunk=False, value=90, presume=True)
    assert figures(answer, "toll-high") == [
        {"kind": "toll", "from": 5, "to": 90, "unit": "pence"},
        {"kind": "work", "from": None, "to": 100, "unit": "minutes"},  # presumed
    ]


def test_a_bound_that_is_not_known_says_so(law: Rulebook) -> None:
    assert [one["to"] for one in figures(crossing(law, {"toll": "high"}), "toll-high")] == ["unknown", "unknown"]


def test_a_bound_may_be_nought(law: Rulebook) -> None:
    assert figures(crossing(law, {"toll": "high"}, value=0), "toll-high")[0]["to"] == 0


# --- the law that comes with the program -------------------------------------------------------------


@pytest.fixture(scope="module")
def supplied() -> Rulebook:
    return load_rulebook(rules_folder())


def expelled(supplied: Rulebook, variant: str | None = None, **law: Any) -> Answer:
    case = next(one for one in load_cases(supplied, EXPULSION) if one.variant == variant)
    return decide(supplied, case, "expulsion", **law)


BILL: dict[str, Any] = {"on": datetime.date(2026, 2, 16), "stage": "first_reading"}


def test_the_bill_and_the_law_set_other_figures(supplied: Rulebook) -> None:
    passed = expelled(supplied)
    assert brought(passed) == {"penalty-as-passed": True}
    assert figures(passed, "penalty-as-passed") == [
        {"kind": "fine", "from": None, "to": 5000, "unit": "rubles"},  # the maximum of the article applied
        {"kind": "compulsory works", "from": 100, "to": 200, "unit": "hours"},
    ]
    bill = expelled(supplied, **BILL)
    assert brought(bill) == {"penalty-of-the-bill": True}
    assert figures(bill, "penalty-of-the-bill") == [
        {"kind": "fine", "from": 1000, "to": 50000, "unit": "rubles"},
        {"kind": "compulsory works", "from": None, "to": 200, "unit": "hours"},
    ]


@pytest.mark.parametrize(
    ("option", "of_the_law"),
    [("as-passed", "penalty-as-passed"), ("bill-figures", "penalty-of-the-bill")],
)
def test_the_reading_decides_the_figures_of_the_law_and_not_those_of_the_bill(
    supplied: Rulebook, option: str, of_the_law: str
) -> None:
    readings = {"substitute-penalty": option}
    assert brought(expelled(supplied, readings=readings)) == {of_the_law: True}
    assert brought(expelled(supplied, readings=readings, **BILL)) == {"penalty-of-the-bill": True}


def test_with_the_reading_open_either_may_follow(supplied: Rulebook) -> None:
    answer = expelled(supplied, readings={"substitute-penalty": "unknown"})
    assert answer.determined
    assert brought(answer) == {"penalty-of-the-bill": False, "penalty-as-passed": False}
    assert brought(expelled(supplied, readings={"substitute-penalty": "unknown"}, **BILL)) == {
        "penalty-of-the-bill": True
    }


def test_the_ban_comes_beside_the_penalty_and_only_beside_it(supplied: Rulebook) -> None:
    assert brought(expelled(supplied, "at-a-football-match")) == {"penalty-as-passed": True, "sports-ban": True}
    assert brought(expelled(supplied, "at-a-football-match", on=datetime.date(2026, 4, 2))) == {}
    assert brought(expelled(supplied, "sport-unknown")) == {"penalty-as-passed": True, "sports-ban": False}


def test_what_is_open_of_the_outcome_is_open_of_what_follows(supplied: Rulebook) -> None:
    answer = expelled(supplied, "fighting-unknown")
    assert not answer.determined
    assert brought(answer) == {"penalty-as-passed": False}
    assert brought(expelled(supplied, "sanction-without-expulsion")) == {}
