"""Numbers of the rulebook: declared once, with a source, and named wherever the law counts, compares or measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawmodel.case.case import Case
from lawmodel.inputs import Value
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.distinguishing.mutated_statements import slips_of_date, statement_slips
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.condition import Count, DateName, FactCompared
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.parts import parts
from lawmodel.rulebook.uses import EntryNode, Uses
from lawmodel.words.outline import Outline

LAW = """
rulebook: {title: Leave, law_date: request.made, stages: [{id: valid, says: valid}]}
sources: [{id: act, title: The Act, kind: instrument}]
facts:
  - {id: request.made, type: date, title: the request, phrase: "made on {}", ask: When?}
  - {id: person.born, type: date, title: the birth, phrase: "born on {}", ask: When?}
  - {id: person.limit, type: number, title: the limit, phrase: "a limit of {}", ask: Which?}
  - {id: person.points, type: number, title: points, phrase: "{} points", ask: How many?}
  - {id: person.ill, type: yes/no, title: illness, "yes": ill, "no": not ill, ask: Ill?}
  - {id: person.old, type: yes/no, title: age, "yes": old, "no": not old, ask: Old?}
  - {id: person.poor, type: yes/no, title: poverty, "yes": poor, "no": not poor, ask: Poor?}
numbers:
  - {id: enough, value: VALUE, says: words that are enough, sources: [{id: act, at: s. 1}]}
questions:
  - {id: leave, title: Leave, asks: Is it granted?, outcomes: [{id: granted, says: "yes", means: granted},
     {id: refused, says: "no", means: refused}]}
provisions:
  - {id: act-1, question: leave, title: One, citation: Act s. 1, text: Text., certainty: text, sources: [{id: act}],
     when: WHEN, concludes: granted}
"""
OF = "of: [{person.ill: 'yes'}, {person.old: 'yes'}, {person.poor: 'yes'}]"


def law(folder: Path, when: str, value: object = 2) -> Rulebook:
    (folder / "rulebook.yaml").write_text(LAW.replace("WHEN", when).replace("VALUE", str(value)))
    return load_rulebook(folder)


def outcome(rulebook: Rulebook, **facts: int) -> tuple[str, ...]:
    given: dict[str, Value] = {"request.made": 739_000, "person.ill": True, "person.old": True, "person.poor": False}
    given |= {f"person.{name}": value for name, value in facts.items()}
    return tuple(decide(rulebook, Case(facts=given), "leave").possible)


@pytest.mark.parametrize(
    ("when", "granted_by", "facts"),
    [
        (f"{{at_least: enough, {OF}}}", [1, 2], {}),
        (f"{{exactly: enough, {OF}}}", [2], {}),
        (f"{{at_most: enough, {OF}}}", [2], {}),
        ("{person.points: {more_than: enough}}", [1, 2], {"points": 3}),
        ("{request.made: {on_or_after: enough days after person.born}}", [1, 2], {"born": 738_998}),
        ("{person.born: {on_or_after: enough days before request.made}}", [2, 3], {"born": 738_998}),
    ],
)
def test_the_answer_is_that_of_the_number_that_is_declared(
    tmp_path: Path, when: str, granted_by: list[int], facts: dict[str, int]
) -> None:
    found = [value for value in (1, 2, 3) if _granted(tmp_path, when, value, facts)]
    assert found == granted_by


def _granted(folder: Path, when: str, value: int, facts: dict[str, int]) -> bool:
    if f"at_most: enough, {OF}" in when and value == 3:
        return False  # always true of three, which is a mistake
    return outcome(law(folder, when, value), **facts) == ("granted",)


def test_the_files_may_come_in_any_order(tmp_path: Path) -> None:
    head, rest = LAW.replace("WHEN", f"{{at_least: enough, {OF}}}").replace("VALUE", "2").split("numbers:")
    numbers, law_itself = rest.split("questions:")
    (tmp_path / "1.yaml").write_text(f"questions:{law_itself}")
    (tmp_path / "2.yaml").write_text(head)
    (tmp_path / "3.yaml").write_text(f"numbers:{numbers}")
    assert outcome(load_rulebook(tmp_path)) == ("granted",)


@pytest.mark.parametrize(
    ("when", "value", "said"),
    [
        (f"{{at_least: enuogh, {OF}}}", 2, "there is no number `enuogh`"),
        (f"{{at_least: enough, {OF}}}", 4, "`at_least: enough (4)` of 3 conditions is never true"),
        (f"{{at_most: enough, {OF}}}", 3, "`at_most: enough (3)` of 3 conditions is always true"),
        ("{request.made: {after: enuogh days after person.born}}", 2, "there is no number `enuogh`"),
        ("{request.made: {after: enough days after person.born}}", 1_000_000, "is no span of time"),
        ("{person.points: {at_least: no-number}}", 2, "there is no number `no-number`"),
        ("{person.points: {at_least: points}}", 2, "there is no fact `points`"),
        (f"{{at_least: enough, {OF}}}", "two", "`two` is not a whole number"),
    ],
)
def test_a_wrong_number_is_said_at_its_place(tmp_path: Path, when: str, value: object, said: str) -> None:
    with pytest.raises(ProblemsFound) as raised:
        law(tmp_path, when, value)
    assert [said in one.message for one in raised.value.problems] == [True]
    assert raised.value.problems[0].line > 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("person.points", "`person.points` is the name of a fact too"),
        ("2nd", "`2nd` cannot be the name of a number: it is the beginning of a number in digits"),
    ],
)
def test_a_name_that_would_be_read_as_something_else_is_refused(tmp_path: Path, name: str, said: str) -> None:
    text = LAW.replace("WHEN", "{person.ill: 'yes'}").replace("VALUE", "2").replace("id: enough", f"id: {name}")
    (tmp_path / "rulebook.yaml").write_text(text)
    with pytest.raises(ProblemsFound, match=said):
        load_rulebook(tmp_path)


def test_a_provision_says_what_the_number_is_and_reads_it(tmp_path: Path) -> None:
    rulebook = law(tmp_path, f"{{at_least: enough, {OF}}}")
    stated = rulebook.provisions["act-1"].when
    assert Outline(rulebook).line(stated).says == "at least 2 of this (words that are enough)"
    assert EntryNode("provision", "act-1") in Uses(rulebook).users(EntryNode("number", "enough"))


def test_a_slip_in_a_number_is_one_in_digits(tmp_path: Path) -> None:
    """What is off by one is no longer the number of that name."""
    rulebook = law(tmp_path, f"{{at_least: enough, {OF}}}")
    slips = [slip for part in parts(rulebook) for slip in statement_slips(rulebook, part)]
    counts = [slip.stated for slip in slips if slip.kind == "number off by one"]
    assert [(one.number, one.named) for one in counts if isinstance(one, Count)] == [(1, None), (3, None)]
    compared = law(tmp_path, "{request.made: {before: enough years after person.born}}").provisions["act-1"].when
    assert isinstance(compared, FactCompared)
    assert isinstance(compared.date, DateName)
    assert [day.named for kind, day in slips_of_date(compared.date) if kind == "span off by one"] == [None, None]
