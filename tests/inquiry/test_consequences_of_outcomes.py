"""What follows from an outcome itself, whatever provision it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from lawmodel.answer.answer import Answer, Brought
from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.documents.answer import document
from lawmodel.inputs import Value
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.expectations import unmet
from lawmodel.inquiry.searching.find import View, Wanted, find
from lawmodel.inquiry.searching.prove import prove
from lawmodel.problems import ProblemsFound
from lawmodel.render.formats.markdown import render as markdown
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.uses import EntryNode, Uses
from lawmodel.verbs.compare.compare_readings import compare_readings
from lawmodel.verbs.lint.checks import unused_entry
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw
from tests.inquiry.ferry import FERRY, ferry

TICKET: Final = (
    "  - {id: ticket, says: the ticket is paid back, sources: [{id: ferry-law, at: s. 9}], certainty: text}\n"
)
FREE: Final = '      - {id: free, says: "no", means: it is free}\n'
FOLLOWING: Final = """    consequences:
      - {id: ticket, citation: Ferry Law s. 9, certain: [refused], possible: [delayed]}
"""
PROPERTIES: Final = """
properties:
  - id: refused-is-paid-back
    says: Who is armed, and strictly refused, is paid back.
    question: crossing
    given: {traveller.armed: yes}
    readings: {severity: strict, arms: carried}
    since: 2021-01-01
    claims: {brings: [ticket]}
    holds: yes
  - id: never-paid-back
    says: Nobody is ever paid back.
    question: crossing
    claims: {never_brings: [ticket]}
    holds: no
    because: whoever is refused is
"""


def with_ticket(following: str = FOLLOWING) -> str:
    assert FERRY.count(FREE) == 1
    return FERRY.replace(FREE, FREE + following).replace(
        "consequences:\n  - id: toll-high", f"consequences:\n{TICKET}  - id: toll-high"
    )


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"), PROPERTIES, law=with_ticket())


ARMED: Final[dict[str, Value]] = {
    "passes": ({"from": 1},),
    "traveller.armed": True,
    "traveller.drunk": False,
    "crossing.made": 738000,
}
PEACEFUL: Final[dict[str, Value]] = {**ARMED, "traveller.armed": False}


def asked(law: Rulebook, facts: dict[str, Value], **how: Any) -> Answer:
    return decide(law, Case(facts=facts), "crossing", **how)


def ticket(answer: Answer) -> Brought | None:
    return next((one for one in answer.consequences if one.id == "ticket"), None)


def test_it_follows_certainly_with_the_grounds_of_the_answer(law: Rulebook) -> None:
    answer = asked(law, ARMED, readings={"severity": "strict"})
    found = ticket(answer)
    assert found is not None
    assert (answer.outcome, found.certain, found.provision, found.citation) == ("refused", True, None, "Ferry Law s. 9")
    assert (found.outcomes, found.grounds) == (("refused",), ("arms-1",))
    (plain,) = [one for one in answer.to_json()["consequences"] if one["id"] == "ticket"]
    assert (plain["certain"], plain["grounds"], plain["citation"]) == (True, ["arms-1"], "Ferry Law s. 9")
    page = markdown(document([answer]))
    assert "the ticket is paid back" in page
    assert "on the ground of the answer: Ferry Law s. 1" in page


def test_it_may_follow_where_the_outcome_only_allows_it(law: Rulebook) -> None:
    answer = asked(law, ARMED)
    found = ticket(answer)
    assert found is not None
    assert (answer.outcome, found.certain, found.outcomes) == ("delayed", False, ("delayed",))
    assert "the ticket is paid back (possible: it need not follow)" in markdown(document([answer]))


def test_it_does_not_follow_from_other_outcomes(law: Rulebook) -> None:
    assert (asked(law, PEACEFUL).outcome, ticket(asked(law, PEACEFUL))) == ("free", None)


def test_of_an_open_answer_it_follows_certainly_if_every_outcome_has_it(law: Rulebook) -> None:
    unknown: dict[str, Value] = {**ARMED, "traveller.armed": None}
    found = ticket(asked(law, unknown, readings={"severity": "strict"}))
    assert found is not None
    assert (found.certain, found.outcomes, found.grounds) == (False, ("refused",), ())
    assert "(possible: it depends on what is open)" in markdown(document([asked(law, unknown)]))


def test_a_comparison_does_not_repeat_what_the_outcome_says_already(law: Rulebook) -> None:
    rows = compare_readings(law, Case(facts=ARMED), "crossing").rows
    assert {row.answer.possible for row in rows} >= {("refused",), ("delayed",)}
    assert not any(one.id == "ticket" for row in rows for one in row.answer.consequences)


def test_cases_expect_what_certainly_follows(law: Rulebook) -> None:
    text = """
facts: {passes: [{from: 2020-01-01}], traveller: {armed: yes, drunk: no}, crossing: {made: 2022-05-01}}
expect:
  - {question: crossing, outcome: refused, readings: {severity: strict}, consequences: [ticket, escort, receipt]}
  - {question: crossing, outcome: delayed, consequences: [escort, receipt]}
"""
    (case,) = parse_cases(law, text, "case.yaml")
    assert list(unmet(law, case)) == []


def test_it_is_found_and_proved(law: Rulebook) -> None:
    found = next(iter(find(law, "crossing", [View("", {"severity": "strict"})], Wanted(brings=("ticket",)))))
    assert found.seen[0].answer.outcome == "refused"
    for name, stated in law.properties.items():
        assert prove(law, stated).holds is stated.holds, name


def test_the_consequence_is_used(law: Rulebook) -> None:
    assert Uses(law).users(EntryNode("consequence", "ticket")) == (
        EntryNode("outcome", "refused"),
        EntryNode("outcome", "delayed"),
    )
    assert not any("ticket" in one.message for one in unused_entry.check(SurveyedLaw(law)))


WRONG: Final = {
    "no-such-consequence": ("id: ticket, citation", "id: tickets, citation", "there is no consequence `tickets`"),
    "no-such-outcome": ("certain: [refused]", "certain: [refuse]", "`refuse` is no outcome of `crossing`"),
    "both": ("possible: [delayed]", "possible: [refused]", "`ticket` follows from `refused` both"),
    "of-nothing": (", certain: [refused], possible: [delayed]", "", "`ticket` follows from no outcome"),
    "without-citation": ("citation: Ferry Law s. 9, ", "", "`citation` is missing"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_refused_where_it_stands(name: str, tmp_path: Path) -> None:
    old, new, said = WRONG[name]
    text = with_ticket(FOLLOWING.replace(old, new))
    with pytest.raises(ProblemsFound) as found:
        ferry(tmp_path, law=text)
    problem = found.value.problems[0]
    assert problem.message.startswith(said)
    assert "id: ticket" in text.splitlines()[problem.line - 1]
    assert problem.column > 1
