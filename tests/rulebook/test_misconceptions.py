"""Misconceptions: the law as one takes it who holds one, and that the law itself does not know of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.case.file import parse_cases
from lawmodel.case.telling_case import telling_case
from lawmodel.inquiry.answer_in_brief import answer_in_brief
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.untold_misconceptions import misconceptions_untold
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.held_law import held_law
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.serialise import as_written
from tests.inquiry.ferry import FERRY
from tests.sizes import examples

HELD = """
misconceptions:
  - id: drunks-alone
    says: Arms matter only in the hands of a drunk.
    question: crossing
    edit: [{reading: arms, option: drunk-only}]
    case: {traveller: {armed: yes, drunk: no}, crossing: {made: 2022-01-01}, passes: [{from: 2019-01-01}]}
    law: {outcome: delayed, grounds: [arms-1]}
    held: {outcome: free}
  - id: drink-is-enough
    says: Whoever is armed or drunk is stopped.
    question: crossing
    edit:
      - provision: arms-1
        when: {any: [{traveller.armed: yes}, {traveller.drunk: yes}]}
        concludes: refused
    case: {traveller: {armed: no, drunk: yes}, crossing: {made: 2022-01-01}, passes: [{from: 2019-01-01}]}
    law: {outcome: free}
    held: {outcome: refused, grounds: [arms-1]}
  - id: law-when-drafted
    says: A law applies once it is drafted.
    question: crossing
    edit: [{instrument: ferry-law, stage: valid, date: 2020-01-10}]
    case: {traveller: {armed: yes, drunk: no}, crossing: {made: 2020-06-01}, passes: [{from: 2019-01-01}]}
    law: {outcome: free}
    held: {outcome: delayed, grounds: [arms-1]}
"""


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder = tmp_path_factory.mktemp("ferry")
    (folder / "ferry.yaml").write_text(FERRY, encoding="utf-8")
    (folder / "held.yaml").write_text(HELD, encoding="utf-8")
    return load_rulebook(folder)


def test_each_shows_on_its_case(ferry: Rulebook) -> None:
    assert list(misconceptions_untold(ferry)) == []
    assert {name: one.kind for name, one in ferry.misconceptions.items()} == {
        "drunks-alone": "reading",
        "drink-is-enough": "slip",
        "law-when-drafted": "slip",
    }


def test_what_is_expected_otherwise_is_told_with_its_place(ferry: Rulebook) -> None:
    one = ferry.misconceptions["drink-is-enough"]
    wrong = replace(one, held=replace(one.held, outcome="delayed"))
    told = list(misconceptions_untold(replace(ferry, misconceptions={one.id: wrong})))
    assert [problem.message for problem in told] == [
        "`drink-is-enough`, who holds it: outcome expected delayed, found refused"
    ]
    assert told[0].line == one.held.place.line > 0


def crossing(facts: dict[str, str]) -> str:
    traveller = f"{{armed: {facts['armed']}, drunk: {facts['drunk']}}}"
    return f"facts: {{traveller: {traveller}, crossing: {{made: {facts['made']}}}}}"


CASES = st.fixed_dictionaries(
    {
        "armed": st.sampled_from(("yes", "no", "unknown")),
        "drunk": st.sampled_from(("yes", "no", "unknown")),
        "made": st.sampled_from(("2019-05-05", "2020-06-01", "2021-01-01", "2024-02-29", "unknown")),
    }
)


@examples(quick=20, full=200)
@given(facts=CASES)
def test_a_reading_held_answers_as_the_law_under_that_option(ferry: Rulebook, facts: dict[str, str]) -> None:
    case = parse_cases(ferry, crossing(facts))[0]
    held = decide(held_law(ferry, "drunks-alone"), case, "crossing")
    chosen = decide(ferry, case, "crossing", readings={"arms": "drunk-only"})
    assert (held.possible, [one.id for one in held.grounds], held.turns_on) == (
        chosen.possible,
        [one.id for one in chosen.grounds],
        chosen.turns_on,
    )


@examples(quick=20, full=200)
@given(facts=CASES, name=st.sampled_from(("drunks-alone", "drink-is-enough", "law-when-drafted", None)))
def test_the_answer_by_ids_is_that_of_decide(ferry: Rulebook, facts: dict[str, str], name: str | None) -> None:
    law = ferry if name is None else held_law(ferry, name)
    case = parse_cases(ferry, crossing(facts))[0]
    full, brief = decide(law, case, "crossing"), answer_in_brief(Decider(law, "crossing", "valid"), case)
    assert (brief.status, brief.outcome, brief.possible) == (full.status, full.outcome, full.possible)
    assert {*map(frozenset, brief.turns_on)} == {*map(frozenset, full.turns_on)}
    if full.determined:
        assert set(brief.grounds) == {one.id for one in full.grounds if one.in_every_case}
        assert set(brief.beside) == {one.id for one in full.overridden}


def test_the_law_itself_knows_nothing_of_them(ferry: Rulebook) -> None:
    without = replace(ferry, misconceptions={})
    case = parse_cases(ferry, "facts: {traveller: {armed: yes, drunk: unknown}, crossing: {made: 2022-01-01}}")[0]
    assert decide(ferry, case, "crossing").to_json()["says"] == decide(without, case, "crossing").to_json()["says"]
    held = held_law(ferry, "drink-is-enough")
    assert held.content_hash == ""
    assert len({ferry.digest, held.digest, held_law(ferry, "drunks-alone").digest}) == 3
    assert held_law(ferry, "drink-is-enough").digest == held.digest
    with pytest.raises(KeyError):
        held_law(ferry, "nothing")


def test_a_case_is_written_as_it_was_read(ferry: Rulebook) -> None:
    written = as_written(ferry.misconceptions["law-when-drafted"])
    assert written["case"] == {
        "traveller": {"armed": "yes", "drunk": "no"},
        "crossing": {"made": "2020-06-01"},
        "passes": [{"from": "2019-01-01"}],
    }
    assert written["edit"] == [{"instrument": "ferry-law", "stage": "valid", "date": "2020-01-10"}]


def test_a_case_that_is_none_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "ferry.yaml").write_text(FERRY, encoding="utf-8")
    (tmp_path / "held.yaml").write_text(
        HELD.replace("2020-06-01}, passes: [{from: 2019-01-01}]", "2020-06-01}, passes: [{from: soon}]"),
        encoding="utf-8",
    )
    rulebook = load_rulebook(tmp_path)
    with pytest.raises(ProblemsFound) as refused:
        telling_case(rulebook, rulebook.misconceptions["law-when-drafted"])
    (problem,) = refused.value.problems
    assert "`soon` is not a day" in problem.message
    assert (
        problem.line
        == HELD[: HELD.index("case: {traveller: {armed: yes, drunk: no}, crossing: {made: 2020")].count("\n") + 1
    )


SUPPLIED = [rules_folder(), Path(__file__).parents[2] / "examples" / "british-nationality" / "rules"]


@pytest.mark.parametrize("folder", SUPPLIED, ids=["law", "nationality"])
def test_those_supplied_show(folder: Path) -> None:
    rulebook = load_rulebook(folder)
    assert len(rulebook.misconceptions) > 4
    assert list(misconceptions_untold(rulebook)) == []


def test_an_added_option_is_read_in_an_edit_too(tmp_path: Path, ferry: Rulebook) -> None:
    (tmp_path / "ferry.yaml").write_text(FERRY, encoding="utf-8")
    (tmp_path / "held.yaml").write_text(
        HELD.replace(
            "when: {any: [{traveller.armed: yes}, {traveller.drunk: yes}]}",
            "when: {all: [{traveller.drunk: yes}, {reading: arms, carried: always, drunk-only: never}]}",
        ),
        encoding="utf-8",
    )
    (tmp_path / "more.yaml").write_text(
        "options: [{reading: arms, id: hidden, says: s, like: carried, supported_by: [{id: gazette}]}]",
        encoding="utf-8",
    )
    law = held_law(load_rulebook(tmp_path), "drink-is-enough")
    case = parse_cases(law, "facts: {traveller: {armed: no, drunk: yes}, crossing: {made: 2022-01-01}}")[0]
    assert decide(law, case, "crossing", readings={"arms": "hidden"}).outcome == "refused"
