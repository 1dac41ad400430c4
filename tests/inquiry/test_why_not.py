"""What stands in the way of an outcome: the paths to it, what overrides it, and what excludes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawmodel.case.file import load_cases, parse_cases
from lawmodel.law_files import rules_folder, scenarios_folder
from lawmodel.problems import ProblemsFound
from lawmodel.results.why_not import WhyNot
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.why_not.why_not import why_not
from tests.inquiry.ferry import ferry

ARMED = "facts: {crossing: {made: 2022-05-01}, traveller: {armed: yes, drunk: no}, passes: [{from: 2020-01-01}]}"


@pytest.fixture
def river(tmp_path: Path) -> Rulebook:
    return ferry(tmp_path)


def asked(river: Rulebook, outcome: str, text: str = ARMED) -> WhyNot:
    return why_not(river, parse_cases(river, text)[0], "crossing", outcome)


def excluding(found: WhyNot) -> list[set[str]]:
    assert found.found is not None
    return [{one.name for one in reason.inputs} for reason in found.found.reasons]


def test_each_provision_that_could_speak_for_it_and_what_it_fails_on(river: Rulebook) -> None:
    found = asked(river, "refused")
    assert found.status == "excluded"
    (path,) = found.paths
    assert (path.provision, path.speaks, path.applies) == ("arms-1", False, True)
    assert path.says == "an armed traveller waits (reading severity: mild, default)"
    assert excluding(found) == [{"severity"}]
    assert not found.overriding


def test_what_is_weaker_than_the_answer_is_overridden(river: Rulebook) -> None:
    found = asked(river, "free")
    assert found.paths == ()
    assert found.overriding == (("arms-1", "delayed"),)
    assert excluding(found) == [{"crossing.made", "traveller.armed", "arms"}]


def test_a_provision_that_speaks_for_it_may_be_overridden_too(river: Rulebook) -> None:
    """Without a pass he would have to wait, were he not refused."""
    text = "facts: {crossing: {made: 2022-05-01}, traveller: {armed: yes, drunk: no}, passes: []}"
    case = parse_cases(river, text)[0]
    found = why_not(river, case, "crossing", "delayed", readings={"severity": "strict"})
    assert {path.provision: path.speaks for path in found.paths} == {"arms-1": False, "toll-2": True}
    assert found.overriding == (("arms-1", "refused"),)


def test_what_is_still_possible_and_what_would_have_to_be_found(river: Rulebook) -> None:
    found = asked(river, "free", ARMED.replace("armed: yes", "armed: unknown"))
    assert (found.status, found.found, found.paths) == ("possible", None, ())
    assert [(one.name, one.value) for one in found.ways[0].findings] == [("traveller.armed", False)]


def test_the_answer_is_said_to_be_the_answer(river: Rulebook) -> None:
    assert asked(river, "delayed").status == "answer"


def test_an_outcome_there_is_not_is_refused(river: Rulebook) -> None:
    with pytest.raises(ProblemsFound):
        asked(river, "lost")


def test_grounds_that_a_case_leaves_open_and_excludes_all_the_same() -> None:
    """Nearly nothing is known: provisions that are open could speak for it, were there none that override them."""
    rulebook = load_rulebook(rules_folder())
    case = load_cases(rulebook, scenarios_folder() / "exactness" / "russian-and-nothing-else.yaml")[0]
    found = why_not(rulebook, case, "extradition", "may_grant")
    assert found.status == "excluded"
    assert found.overriding == (("cpc-464-1-1", "must_refuse"), ("const-61-1", "must_refuse"))
    weaker = why_not(rulebook, case, "extradition", "not_available")
    assert {path.provision for path in weaker.paths if path.speaks is None} >= {"cpc-462-1-presence", "cpc-462-3-3"}
