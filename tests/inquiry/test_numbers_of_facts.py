"""A number fact compared with another: one line, and exact where one or both are open."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.inquiry.decide import decide
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.serialise import as_written
from lawmodel.words.outline import Outline

LAW = """
rulebook: {title: Loans, law_date: loan.day, stages: [{id: valid, says: valid}]}
sources: [{id: act, title: The Act, kind: instrument}]
facts:
  - {id: loan.day, type: date, title: the day, phrase: "on {}", ask: When?}
  - {id: loan.due, type: date, title: due day, phrase: "due on {}", ask: When due?}
  - {id: loan.sum, type: number, title: sum of the loan, phrase: "a loan of {}", ask: How much?}
  - {id: loan.limit, type: number, title: limit of the branch, phrase: "a limit of {}", ask: Up to how much?,
     words: {none: {means: above_every_number, says: no limit}}}
  - id: pledges
    type: records
    title: pledges
    each: pledge
    none: no pledge
    ask: Which?
    of: [{id: worth, type: number, title: worth, phrase: "worth {}", ask: How much?}]
questions:
  - {id: loan, title: Loan, asks: Is it granted?, outcomes: [{id: granted, says: "yes", means: granted},
     {id: refused, says: "no", means: refused}]}
provisions:
  - {id: act-1, question: loan, title: One, citation: Act s. 1, text: Text., certainty: text, sources: [{id: act}],
     when: WHEN, concludes: granted}
"""
WITHIN = "{loan.sum: {at_most: loan.limit}}"
PLEDGED = "{some: pledges, such_that: {worth: {more_than: loan.sum}}}"


def law(folder: Path, when: str) -> Rulebook:
    (folder / "rulebook.yaml").write_text(LAW.replace("WHEN", when))
    return load_rulebook(folder)


def answer(rulebook: Rulebook, total: int | None, limit: int | None = None, *worth: int | None) -> Answer:
    facts = {"loan.day": 730_000, "loan.sum": total, "loan.limit": limit}
    return decide(rulebook, Case(facts={**facts, "pledges": tuple({"worth": one} for one in worth)}), "loan")


@pytest.mark.parametrize(
    ("comparison", "granted"),
    [
        ("at_most: loan.limit", {4, 5}),
        ("less_than: loan.limit", {4}),
        ("at_least: loan.limit", {5, 6}),
        ("more_than: loan.limit", {6}),
        ("same_as: loan.limit", {5}),
    ],
)
def test_a_number_is_compared_with_that_of_another_fact(tmp_path: Path, comparison: str, granted: set[int]) -> None:
    rulebook = law(tmp_path, f"{{loan.sum: {{{comparison}}}}}")
    assert {total for total in (4, 5, 6) if answer(rulebook, total, 5).outcome == "granted"} == granted
    assert set(answer(rulebook, 5, None).possible) == {"granted", "refused"}
    assert set(answer(rulebook, None, 5).possible) == {"granted", "refused"}
    assert set(answer(rulebook, None, None).possible) == {"granted", "refused"}
    settled = {"at_most": ("granted",), "more_than": ("refused",)}  # nought is at most any number, and more than none
    assert answer(rulebook, 0, None).possible == settled.get(comparison.partition(":")[0], ("granted", "refused"))


def test_a_field_is_compared_with_a_fact(tmp_path: Path) -> None:
    rulebook = law(tmp_path, PLEDGED)
    assert answer(rulebook, 100, 0, 100, 101).outcome == "granted"
    assert answer(rulebook, 101, 0, 100, 101).outcome == "refused"
    assert set(answer(rulebook, 100, 0, None).possible) == {"granted", "refused"}


@pytest.mark.parametrize(
    ("total", "limit", "said"),
    [
        (4, 5, "a loan of 4, less than a limit of 5"),
        (5, 5, "a loan of 5, as much as a limit of 5"),
        (1_000_000, 5, "a loan of 1,000,000, more than a limit of 5"),
        (5, None, "a loan of 5; not known: limit of the branch"),
    ],
)
def test_the_trace_names_both(tmp_path: Path, total: int, limit: int | None, said: str) -> None:
    assert said in [one.says for step in answer(law(tmp_path, WITHIN), total, limit).trace for one in step.walk()]


def test_it_is_written_and_outlined_as_it_is_read(tmp_path: Path) -> None:
    rulebook = law(tmp_path, WITHIN)
    assert as_written(rulebook.provisions["act-1"])["when"] == {"loan.sum": {"at_most": "loan.limit"}}
    assert Outline(rulebook).line(rulebook.provisions["act-1"].when).says == "a loan of at most limit of the branch"
