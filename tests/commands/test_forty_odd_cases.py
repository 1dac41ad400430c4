"""Forty cases that cannot be, or that hardly any lawyer would write on purpose: none passes without a word.

Each is a soldier's case with one thing changed. What cannot be is refused, and what is odd is remarked on, in words
that name it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from tests.commands.running import Run

CONTRACT: Final = {"formation": "armed_forces", "basis": "contract"}
SOLDIER: Final[dict[str, Any]] = {
    "person": {"citizenships": [{"state": "UZ"}]},
    "service": [{**CONTRACT, "signed": "2025-01-20", "from": "2025-02-03"}],
    "request": {"state": "UZ", "received": "2026-04-01"},
    "decision": {"made": "2026-04-22"},
}


def served(**period: Any) -> dict[str, Any]:
    return {"service": [{**CONTRACT, **period}]}


IMPOSSIBLE: Final[dict[str, dict[str, Any]]] = {
    "a removal decided after the day of the law is no existing decision": {"removal": {"decided": "2026-04-23"}},
    "nobody is told of a decision before it is made": {"decision": {"notified": "2026-04-21"}},
    "an appeal is decided after the decision that it attacks": {"decision": {"appeal_decided": "2026-04-21"}},
    "a request is received before it is decided": {"request": {"received": "2026-04-23"}},
    "and decided before anyone is handed over": {"decision": {"surrender": "2026-04-21"}},
    "a citizenship cannot end before it is acquired": {
        "person": {"citizenships": [{"state": "UZ", "from": "2020-01-02", "to": "2020-01-01"}]}
    },
    "a period of service cannot end before it begins": served(**{"from": "2025-02-03", "to": "2025-02-02"}),
}
ODD: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "no-measure": ("no measure was taken", {"measure": {"kind": "none", "abroad": "yes"}}),
    "detained": (
        "held abroad, and yet is on Russian territory",
        {"measure": {"kind": "detention", "abroad": "yes"}, "person": {"present_in_russia": "yes"}},
    ),
    "arrested": (
        "held abroad, and yet is on Russian territory",
        {"measure": {"kind": "arrest", "abroad": "yes"}, "person": {"present_in_russia": "yes"}},
    ),
    "compatriot": (
        "a citizen of Russia, and yet a compatriot",
        {"person": {"citizenships": [{"state": "RU"}], "compatriot": "yes"}},
    ),
    "no-court": ("nobody's decision is executed", {"body": {"kind": "no_court", "recognised_by_russia": "yes"}}),
    "no-basis-european": (
        "neither treaty nor reciprocity",
        {"request": {"state": "DE", "basis": "none", "treaty": "european_convention"}},
    ),
    "no-basis-minsk": ("neither treaty nor reciprocity", {"request": {"basis": "none", "treaty": "minsk_convention"}}),
    "russia-asks": ("the requesting state is Russia", {"request": {"state": "RU"}}),
    "tribunal-and-state": ("an international body makes the request", {"request": {"by": "international_body"}}),
    "wrong-convention": (
        "with them the Minsk Convention applies",
        {"request": {"basis": "treaty", "treaty": "chisinau_convention"}},
    ),
    "no-protection": (
        "yet it guards against",
        {"person": {"protection": "none", "protection_from_requesting_state": "yes"}},
    ),
    "no-death-penalty": (
        "an assurance against the death penalty",
        {"offence": {"death_penalty": "no", "death_penalty_assurance": "yes"}},
    ),
    "no-torture": ("assurances against ill-treatment", {"risk": {"torture": "no", "torture_assurance": "yes"}}),
    "sentence": (
        "asked for prosecution, and yet a sentence",
        {"request": {"purpose": "prosecution"}, "offence": {"sentence_months": 10}},
    ),
    "maximum": (
        "yet the maximum penalty is given",
        {"request": {"purpose": "sentence"}, "offence": {"max_penalty_months": "life_or_death"}},
    ),
    "judged-and-prosecuted": (
        "prosecuted there for the same act",
        {"offence": {"finally_judged_in_russia": "yes", "prosecuted_in_russia": "yes"}},
    ),
    "no-crime-maximum": (
        "yet Russian law threatens a penalty",
        {"offence": {"crime_in_russia": "no", "max_penalty_months": 60}},
    ),
    "no-crime-prosecuted": (
        "yet the person is prosecuted for it there",
        {"offence": {"crime_in_russia": "no", "prosecuted_in_russia": "yes"}},
    ),
    "foreign-deserter": (
        "desertion from a foreign army is none",
        {"offence": {"crime_in_russia": "no", "purely_military": "yes"}},
    ),
    "pardoned": (
        "pardoned in Russia for the act, and yet neither judged",
        {"offence": {"pardoned_in_russia": "yes", "finally_judged_in_russia": "no"}},
    ),
    "never-fought": ("never on strength fought", served(**{"from": "never", "fought": "yes"})),
    "never-deserted": ("never on strength deserted", served(**{"from": "never", "deserted": "yes"})),
    "never-until": ("never on strength served until", served(**{"from": "never", "to": "2025-07-01"})),
    "theatre": ("has a theatre of fighting", served(**{"from": "2025-02-03", "fought": "no", "theatre": "ukraine"})),
    "elsewhere": (
        "has a theatre of fighting",
        served(**{"from": "2025-02-03", "fought": "no", "theatre": "elsewhere"}),
    ),
    "months": ("has months of combat", served(**{"from": "2025-02-03", "fought": "no", "months_of_combat": 6})),
    "discharged": (
        "still serving holds proof of discharge",
        served(**{"from": "2025-02-03", "discharge_proof": "yes"}),
    ),
    "signed-late": (
        "signed after the service under it had ended",
        served(signed="2025-08-01", **{"from": "2025-02-03", "to": "2025-07-01"}),
    ),
    "conscript": (
        "nobody is conscripted or mobilised into a private military company",
        {"service": [{"formation": "private_military_company", "basis": "conscription", "from": "2025-02-03"}]},
    ),
    "mobilised": (
        "nobody is conscripted or mobilised into a private military company",
        {"service": [{"formation": "private_military_company", "basis": "mobilisation", "from": "2025-02-03"}]},
    ),
    "two-at-once": (
        "overlap by more than a day",
        {"service": [{**CONTRACT, "from": "2025-02-03", "to": "2025-07-01"}, {**CONTRACT, "from": "2025-06-30"}]},
    ),
    "sixty-years": ("lasts sixty years", served(**{"from": "1960-02-03"})),
    "twice": ("the same citizenship is held twice", {"person": {"citizenships": [{"state": "UZ"}, {"state": "UZ"}]}}),
}


def with_changes(changes: dict[str, Any]) -> dict[str, Any]:
    """The soldier's facts with these in place of its own: those of a group each by itself, a list as a whole."""
    facts = dict(SOLDIER)
    for group, changed in changes.items():
        facts[group] = {**SOLDIER.get(group, {}), **changed} if isinstance(changed, dict) else changed
    return facts


def test_there_are_forty() -> None:
    assert len(IMPOSSIBLE) + len(ODD) == 40


@pytest.mark.parametrize("says", IMPOSSIBLE)
def test_what_cannot_be_is_refused(run: Run, tmp_path: Path, says: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(json.dumps({"questions": ["removal"], "facts": with_changes(IMPOSSIBLE[says])}), encoding="utf-8")
    for verb in ("check", "decide"):
        ran = run(verb, str(path))
        assert ran.code == 2, verb
        assert says in " ".join((ran.out + ran.err).split()), verb


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All odd cases in one file, after the soldier's own."""
    path = tmp_path_factory.mktemp("odd") / "odd.yaml"
    variants = [{"id": name, "facts": changes} for name, (_, changes) in ODD.items()]
    case = {"questions": ["extradition"], "presume": "ordinary", "facts": SOLDIER, "variants": variants}
    path.write_text(json.dumps(case), encoding="utf-8")
    return path


def test_check_remarks_on_what_is_odd(run: Run, odd: Path) -> None:
    shown = json.loads(run("check", str(odd), "--json").out)["remarks"]
    assert len(shown) == len(ODD)
    for (says, _), remark in zip(ODD.values(), shown, strict=True):
        assert says in remark["message"]


def test_an_answer_says_what_is_odd_about_its_case(run: Run, odd: Path) -> None:
    lines = run("decide", str(odd), "--json", "--brief").out.splitlines()
    remarks = {one["case"].partition("#")[2]: one["remarks"] for one in map(json.loads, lines)}
    assert remarks.pop("") == []
    assert remarks.keys() == ODD.keys()
    for name, (says, _) in ODD.items():
        assert [says in one["says"] for one in remarks[name]] == [True], name


def test_the_sheet_says_it_in_words(run: Run, odd: Path) -> None:
    says, _ = ODD["sixty-years"]
    assert says in " ".join(run("decide", str(odd), "--variant", "sixty-years").out.split())
