"""Whatever is left out, closed by the rulebook, and flips an answer is named among what the answer assumes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lawmodel.case.case import Case
from lawmodel.documents.answer import document
from lawmodel.inputs import Scalar
from lawmodel.inquiry.decide import decide
from lawmodel.problems import ProblemsFound
from lawmodel.render.formats.markdown import render
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook

RULES = """
rulebook:
  title: Parcels
  version: "2.1"
  as_of: 2026-11-28
  law_date: parcel.sent
  stages: [{id: valid, says: valid}]
sources: [{id: rules, title: Rules, kind: instrument}]
facts:
  - {id: parcel.sent, type: date, title: sending, phrase: "sent on {}", ask: When?}
  - {id: parcel.signed, type: date, title: seal, phrase: "sealed on {}", ask: When?, left_out: {same_as: parcel.sent}}
  - {id: parcel.owed, type: date, title: debt, phrase: "owed on {}", ask: When?, left_out: {same_as: parcel.signed}}
  - {id: parcel.fragile, type: yes/no, title: glass, yes: fragile, no: sturdy, ask: Fragile?, left_out: no}
  - id: parcel.padded
    type: yes/no
    title: pads
    yes: padded
    no: bare
    ask: Padded?
    left_out: {same_as: parcel.fragile}
  - {id: parcel.heavy, type: yes/no, title: weight, yes: heavy, no: light, ask: Heavy?, left_out: no}
  - id: stamps
    type: records
    title: stamps
    each: stamp
    none: no stamp
    ask: Which stamps?
    of:
      - {id: torn, type: yes/no, title: tear, yes: torn, no: whole, ask: Torn?, left_out: no}
questions:
  - id: q
    title: Q
    asks: Is it refused?
    outcomes: [{id: refused, says: a, means: refused}, {id: taken, says: b, means: taken}]
provisions:
  - id: p
    question: q
    title: P
    citation: P
    text: P
    certainty: text
    sources: [{id: rules}]
    when:
      any:
        - parcel.signed: {after: 2026-02-01}
        - {parcel.padded: yes}
        - {some: stamps, such_that: {torn: yes}}
        - {parcel.owed: {before: 2026-01-01}}
    concludes: refused
"""
DAY = datetime.date(2026, 1, 15)


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    file = tmp_path_factory.mktemp("parcels") / "rules.yaml"
    file.write_text(RULES, encoding="utf-8")
    return load_rulebook(file)


CASE = Case(facts={"parcel.sent": DAY.toordinal(), "stamps": ({},)})


def otherwise(law: Rulebook) -> Iterator[tuple[str, Case]]:
    days: tuple[Scalar, ...] = (datetime.date(2025, 6, 1).toordinal(), datetime.date(2026, 6, 1).toordinal())
    for path, fact in law.facts.items():
        if path not in CASE.facts:
            for value in days if fact.sort == "date" else (True, False):
                yield path, replace(CASE, facts={**CASE.facts, path: value})
    yield "stamps[1].torn", replace(CASE, facts={**CASE.facts, "stamps": ({"torn": True},)})


def test_everything_left_out_that_flips_the_answer_is_named(law: Rulebook) -> None:
    answer = decide(law, CASE, "q", on=DAY)
    assert answer.outcome == "taken"
    flips = {path for path, case in otherwise(law) if decide(law, case, "q", on=DAY).possible != answer.possible}
    assert flips == {"parcel.signed", "parcel.owed", "parcel.fragile", "parcel.padded", "stamps[1].torn"}
    assert {one.input for one in answer.assumes} == flips
    assert {one.kind for one in answer.assumes} == {"left out"}
    (signed,) = (one for one in answer.assumes if one.input == "parcel.signed")
    assert signed.value == "2026-01-15"
    assert [one.possible for one in signed.otherwise] == [("refused",)]


def test_what_is_given_is_not_assumed(law: Rulebook) -> None:
    given = replace(CASE, facts={**CASE.facts, "parcel.signed": DAY.toordinal(), "parcel.padded": False})
    assert {one.input for one in decide(law, given, "q", on=DAY).assumes} == {"parcel.owed", "stamps[1].torn"}


def test_every_answer_says_as_of_when_the_law_is_known(law: Rulebook, tmp_path: Path) -> None:
    answer = decide(law, CASE, "q", on=DAY)
    used = answer.to_json()["header"]["rulebook"]
    assert (used["version"], used["as_of"]) == ("2.1", "2026-11-28")
    said = render(document([answer]))
    assert ", as known on 28 November 2026 (rulebook 2.1)." in said
    assert "Parcels, version 2.1, as of 28 November 2026" in said
    (tmp_path / "rules.yaml").write_text(RULES.replace("as_of: 2026-11-28", "as_of: 28 November"), encoding="utf-8")
    with pytest.raises(ProblemsFound, match="`28 November` is not a day"):
        load_rulebook(tmp_path / "rules.yaml")


SIX = ("ticking", "leaking", "living", "stolen", "empty", "unsigned")
HOW = """
readings:
  - id: how
    title: How strictly?
    default: strict
    why: nobody says
    certainty: text
    options:
      - {id: strict, says: strictly, supported_by: [{id: rules}]}
      - {id: lax, says: not at all, supported_by: [{id: rules}]}
questions:
"""
ANY_OF_SIX = """      any:
        - {parcel.ticking: yes}
        - {not: {parcel.leaking: no}}
        - {at_least: 1, of: [{parcel.living: yes}, {parcel.stolen: yes}]}
        - {reading: how, strict: {parcel.empty: yes}, lax: never}
        - {all: [{parcel.unsigned: yes}, {parcel.ticking: no}]}
    concludes: refused
"""


@pytest.mark.parametrize("closed", ["left_out: no", "ordinary: no"])
def test_six_facts_that_are_ordinarily_not_so_are_all_named(tmp_path: Path, closed: str) -> None:
    """Whether they are presumed or left out, and whether the law reads them by a negation, a count or a reading."""
    fact = "  - {{id: parcel.{0}, type: yes/no, title: {0}, yes: {0}, no: not {0}, ask: So?, {1}}}\n"
    facts = "".join(fact.format(name, closed) for name in SIX)
    text = RULES[: RULES.index("      any:\n")] + ANY_OF_SIX
    text = text.replace("  - id: stamps\n", f"{facts}  - id: stamps\n").replace("\nquestions:\n", HOW)
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    answer = decide(load_rulebook(tmp_path / "rules.yaml"), replace(CASE, presume=True), "q", on=DAY)
    assert answer.outcome == "taken"
    named = {one.input: [other.possible for other in one.otherwise] for one in answer.assumes if one.kind != "reading"}
    assert named == {f"parcel.{name}": [("refused",)] for name in SIX}
    said = render(document([answer]))
    assert all(f"not {name}" in said for name in SIX)
