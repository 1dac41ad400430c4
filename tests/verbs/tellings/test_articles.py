"""The law as each of the five articles tells it, on hypothetical cases.

What a reader of an article would conclude is derived by hand from what the article says, not from the program.
"""

from __future__ import annotations

import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from lawmodel.case.file import load_cases
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.tellings.tellings import STAGE, SourceComparison, compare_tellings
from tests.sizes import one_in
from tests.verbs.tellings.compared import conclusions, differences

SCENARIOS = Path(__file__).parents[3] / "scenarios"
REFUSE, MAY_REFUSE, GRANT = ("must_refuse",), ("may_refuse",), ("may_grant",)
TEXT, ADOPTED, DUMA = "text", "press-adopted", "press-duma"
PACKAGE, SIGNED, DEPLOYMENT = "press-package", "press-signed", "press-deployment"


@pytest.fixture(scope="module")
def supplied() -> Rulebook:
    return load_rulebook(rules_folder())


def told(
    supplied: Rulebook, path: str, variant: str | None = None, day: datetime.date | None = None
) -> SourceComparison:
    (file,) = SCENARIOS.glob(f"{path}*.yaml")
    case = next(one for one in load_cases(supplied, file) if one.variant == variant)
    return compare_tellings(supplied, case, file.parent.name, day)


@pytest.mark.parametrize(
    ("path", "variant", "adopted", "duma", "package", "signed"),
    [
        # He never fought. adopted L3 and duma L13 ask for contract and combat; package L8 for service alone; signed
        # L13 too, but L15 for an alleged act that relates to combat, which this one does not.
        ("extradition/04", None, GRANT, GRANT, REFUSE, GRANT),
        # He fought, left, and is wanted for an old murder. "May refuse" (adopted L3), "illegal" (duma L13), "block"
        # (package L8); signed L15 again needs the relation to combat.
        ("extradition/07", None, MAY_REFUSE, REFUSE, REFUSE, GRANT),
        ("extradition/07", "killing-in-combat", MAY_REFUSE, REFUSE, REFUSE, REFUSE),
        # He enlisted after his arrest and did not fight: none speaks of the day, all else is as in case 4.
        ("extradition/08", None, GRANT, GRANT, REFUSE, GRANT),
        # A third state asks: adopted L5 and duma L11 speak of home countries, package L10 and signed L15 of any.
        ("extradition/18", None, GRANT, GRANT, REFUSE, GRANT),
        ("extradition/18", "home-state-asks", MAY_REFUSE, REFUSE, REFUSE, GRANT),
        # Stateless: package L8 and signed L13 name stateless persons; adopted L3 and duma L11 foreigners alone.
        ("extradition/18", "stateless", GRANT, GRANT, REFUSE, GRANT),
    ],
)
def test_what_readers_of_the_articles_conclude_on_extradition(
    supplied: Rulebook,
    path: str,
    variant: str | None,
    adopted: tuple[str, ...],
    duma: tuple[str, ...],
    package: tuple[str, ...],
    signed: tuple[str, ...],
) -> None:
    found = told(supplied, path, variant)
    expected = {TEXT: REFUSE, ADOPTED: adopted, DUMA: duma, PACKAGE: package, SIGNED: signed}
    assert conclusions(found) == expected
    assert found.silent == (DEPLOYMENT,)
    apart = {(one, other) for other, one in combinations(expected, 2) if expected[one] != expected[other]}
    assert {(one.one, one.other) for one in found.differences} == apart


def test_they_part_over_combat_and_the_alleged_act_on_the_cook(supplied: Rulebook) -> None:
    combat, nexus = {frozenset({"combat"})}, {frozenset({"offence-nexus"})}
    assert differences(told(supplied, "extradition/04")) == {
        (ADOPTED, TEXT): {frozenset({"combat", "force"})},  # with combat alone it would be a discretion
        (DUMA, TEXT): combat,
        (SIGNED, TEXT): nexus,
        (PACKAGE, ADOPTED): combat,
        (PACKAGE, DUMA): combat,
        (SIGNED, PACKAGE): nexus,
    }


def test_they_part_over_force_and_the_alleged_act_on_the_murder(supplied: Rulebook) -> None:
    force, nexus = {frozenset({"force"})}, {frozenset({"offence-nexus"})}
    assert differences(told(supplied, "extradition/07")) == {
        (ADOPTED, TEXT): force,
        (DUMA, ADOPTED): force,
        (PACKAGE, ADOPTED): force,
        (SIGNED, ADOPTED): {frozenset({"force", "offence-nexus"})},
        (SIGNED, TEXT): nexus,
        (SIGNED, DUMA): nexus,
        (SIGNED, PACKAGE): nexus,
    }


def test_they_part_over_the_state_that_asks(supplied: Rulebook) -> None:
    found = differences(told(supplied, "extradition/18"))
    assert found[DUMA, TEXT] == {frozenset({"requester"})}
    assert found[ADOPTED, TEXT] == {frozenset({"requester", "force"})}
    assert found[PACKAGE, DUMA] == {frozenset({"requester"})}
    assert found[SIGNED, TEXT] == {frozenset({"offence-nexus"})}


def test_no_article_speaks_of_the_day_on_which_service_is_tested(supplied: Rulebook) -> None:
    found = told(supplied, "extradition/08")
    for one in found.told[1:]:
        assert "critical-date" not in one.speaks
        assert "critical-date" in one.answer.defaults


@pytest.mark.parametrize(
    ("path", "variant", "text", "article", "over"),
    [
        # L13: citizens arrested abroad, by whatever court; the President.
        ("deployment/24", None, ("not_authorised",), ("authorised",), {"court-class"}),
        # L25: the security law sends troops as well, where the decision runs against Russia's interests.
        (
            "deployment/24",
            "against-interests",
            ("not_authorised",),
            ("authorised",),
            {"court-class", "security-law-power"},
        ),
        # L13: the troops protect Russian citizens, and nobody else.
        ("deployment/24", "resident-without-citizenship", ("not_authorised",), ("not_authorised",), None),
        ("deployment/24", "compatriot", ("not_authorised",), ("not_authorised",), None),
        # L13: arrested, detained or prosecuted; of a warrant it says nothing, but L25 asks for no measure.
        ("deployment/25", None, ("not_authorised",), ("authorised",), {"security-law-power"}),
        # L17: courts without Russia, bodies that Moscow does not recognise. L13: the President could send troops.
        (
            "deployment/25",
            "a-arrested",
            ("authorised", "decision_missing"),
            ("authorised",),
            {"authoriser", "security-law-power"},
        ),
        (
            "deployment/25",
            "b-special-tribunal",
            ("authorised", "decision_missing"),
            ("authorised",),
            {"authoriser", "security-law-power"},
        ),
        ("deployment/25", "b-without-the-president", ("decision_missing",), ("decision_missing",), None),
        # L11: drafts that the government has approved; on 1 June they were not law yet.
        (
            "deployment/25",
            "b-before-the-amendment",
            ("not_authorised",),
            ("authorised",),
            {STAGE, "security-law-power"},
        ),
    ],
)
def test_what_a_reader_of_the_article_concludes_on_deployment(
    supplied: Rulebook,
    path: str,
    variant: str | None,
    text: tuple[str, ...],
    article: tuple[str, ...],
    over: set[str] | None,
) -> None:
    found = told(supplied, path, variant)
    assert conclusions(found) == {TEXT: text, DEPLOYMENT: article}
    assert found.silent == (ADOPTED, DUMA, PACKAGE, SIGNED)
    assert differences(found) == ({} if over is None else {(DEPLOYMENT, TEXT): {frozenset(over)}})


def test_on_expulsion_one_article_parts_over_the_figures_alone(supplied: Rulebook) -> None:
    found = told(supplied, "expulsion/31")
    assert set(conclusions(found).values()) == {("substitute_penalty",)}
    assert {one: over for (one, other), over in differences(found).items() if other == TEXT} == {
        PACKAGE: {frozenset({"substitute-penalty"})}  # L11 has the figures of the bill
    }


def test_on_expulsion_while_it_was_a_bill_the_stage_parts(supplied: Rulebook) -> None:
    found = told(supplied, "expulsion/31", "serving-cook", datetime.date(2026, 3, 1))
    assert conclusions(found)[TEXT] == ("expulsion_possible",)
    assert conclusions(found)[PACKAGE] == ("substitute_penalty",)  # L8: those who merely serve are spared as well
    # Had it waited for the law, or asked for fighting as the text does, it would conclude as the text does.
    assert differences(found)[PACKAGE, TEXT] == {frozenset({STAGE}), frozenset({"expulsion-persons"})}


@pytest.mark.parametrize("path", one_in(2, ["extradition/07", "extradition/18", "deployment/25", "extradition/20"]))
def test_each_set_suffices_and_none_of_it_can_be_left_out(supplied: Rulebook, path: str) -> None:
    (file,) = SCENARIOS.glob(f"{path}*.yaml")
    for case in load_cases(supplied, file):
        found = compare_tellings(supplied, case, file.parent.name)
        by_name = {"text" if one.telling is None else one.telling.id: one for one in found.told}

        def inputs(name: str, one: dict[str, Any] = by_name) -> dict[str, str | None]:
            telling = one[name].telling
            chosen = {} if telling is None else telling.chosen()
            stage = supplied.ordinary_stage if telling is None else telling.stage
            return {STAGE: stage, **{r: chosen.get(r, reading.default) for r, reading in supplied.readings.items()}}

        for difference in found.differences:
            mine, theirs = inputs(difference.one), inputs(difference.other)
            for group in difference.over:
                for size in range(len(group) + 1):
                    for taken in combinations(group, size):
                        mixed = {**mine, **{name: theirs[name] for name in taken}}
                        readings = {name: str(o) for name, o in mixed.items() if name != STAGE and o is not None}
                        answer = decide(supplied, case, found.question, readings=readings, stage=mixed[STAGE])
                        same = answer.possible == by_name[difference.other].answer.possible
                        assert same == (size == len(group)), (case.name, difference, taken)


def test_an_article_added_in_yaml_is_told_like_the_others(tmp_path: Path) -> None:
    further = tmp_path / "further.yaml"
    further.write_text(
        """
sources:
  - {id: press-further, title: An invented article, kind: press}
tellings:
  - id: press-further
    title: An invented article
    source: press-further
    stage: first_reading
    stage_at: L2
    readings:
      - {reading: combat, option: everyone, at: L4, says: only those who fought}
""",
        encoding="utf-8",
    )
    law = load_rulebook(rules_folder(), further)
    found = told(law, "extradition/04")
    assert conclusions(found)["press-further"] == GRANT
    assert differences(found)["press-further", TEXT] == {frozenset({"combat"})}
    assert differences(found)["press-further", PACKAGE] == {frozenset({"combat"})}
    assert ("press-further", ADOPTED) not in differences(found)  # for the adopted one, too, he had to fight
    assert conclusions(told(load_rulebook(rules_folder()), "extradition/04")).keys().isdisjoint({"press-further"})


def test_an_article_overruled_on_one_reading(supplied: Rulebook) -> None:
    cook = load_cases(supplied, next(SCENARIOS.glob("extradition/04*.yaml")))[0]
    told_so = decide(supplied, cook, "extradition", told_by=DUMA)
    overruled = decide(supplied, cook, "extradition", told_by=DUMA, readings={"combat": "former-only"})
    assert (told_so.outcome, overruled.outcome) == ("may_grant", "must_refuse")
    assert overruled.readings["requester"] == "home-state"  # the rest as the article has it
    assert overruled.stage == "passed_duma"
