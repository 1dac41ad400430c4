"""What an answer holds as data: its facts with their origin, what would settle it, what yields, what is not law yet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import Run

COOK = "scenarios/extradition/04-serving-cook.yaml"
TRIBUNAL = "scenarios/deployment/25-international-courts.yaml#b-special-tribunal"
EVERY = "scenarios/extradition/34-every-question-at-once.yaml"
CERTAIN = "scenarios/extradition/28-foreign-or-stateless.yaml"


@pytest.fixture
def answer(run: Run) -> Any:
    """The only answer of a run."""

    def only(file: str, question: str, *arguments: str) -> dict[str, Any]:
        case, _, variant = file.partition("#")
        ran = run("decide", case, "--variant", variant or "base", "--question", question, *arguments, "--json")
        assert (ran.code, ran.err) == (0, "")
        found: dict[str, Any] = json.loads(ran.out)
        return found

    return only


def test_facts_say_where_they_come_from(answer: Any) -> None:
    facts = {one["input"]: one for one in answer(COOK, "extradition")["facts"]}
    assert facts["service[1].basis"] == {
        "input": "service[1].basis",
        "kind": "fact",
        "says": "service 1: under contract",
        "origin": "given",
        "value": "contract",
    }
    assert {name: facts[name]["origin"] for name in ("service[1].to", "request.by", "service[1].theatre")} == {
        "service[1].to": "left out",
        "request.by": "presumed",
        "service[1].theatre": "unknown",
    }
    assert facts["service[1].theatre"]["value"] == "unknown"
    assert "service[1].discharge_proof" not in facts  # no provision of this question reads it


def test_what_is_unknown_without_effect_is_named(answer: Any) -> None:
    idle = {one["input"] for one in answer(COOK, "extradition")["unknown_without_effect"]}
    assert "service[1].theatre" in idle
    deciding = answer(COOK, "extradition", "--reading", "combat=unknown")
    assert "combat" not in {one["input"] for one in deciding["unknown_without_effect"]}


def test_what_would_settle_an_open_answer(answer: Any) -> None:
    settling = {one["input"]: one for one in answer(TRIBUNAL, "deployment")["settled_by"]}
    resolution = settling["authority.federation_council_resolution"]
    assert resolution["value"] is False
    assert [(one["values"], one["possible"]) for one in resolution["otherwise"]] == [([True], ["authorised"])]
    assert settling["authority.president_decided"]["otherwise"][0]["possible"] == ["decision_missing"]
    assert answer(COOK, "extradition")["settled_by"] == []


def test_a_change_that_is_said_to_settle_the_case_settles_it(answer: Any) -> None:
    for one in answer(TRIBUNAL, "deployment")["settled_by"]:
        assert all(len(alternative["possible"]) == 1 for alternative in one["otherwise"])


def test_options_and_choices_are_told_one_by_one(answer: Any) -> None:
    (point,) = answer(TRIBUNAL, "deployment")["depends_on"]
    assert {tuple(one["values"]): one["possible"] for one in point["options"]} == {
        ("president-alone",): ["authorised"],
        ("standing-consent",): ["authorised"],
        ("federation-council-too",): ["decision_missing"],
    }
    kind = next(one for one in answer(COOK, "extradition")["assumes"] if one["input"] == "request.kind")
    assert [one["values"] for one in kind["otherwise"]] == [
        ["transfer_of_sentenced_person"],
        ["prisoner_exchange"],
        ["notice_only"],
        ["transit"],
    ]


def test_a_bill_that_is_not_law_yet(answer: Any, run: Run, tmp_path: Path) -> None:
    reader = tmp_path / "reader.yaml"
    reader.write_text(
        """
facts:
  reader: {home: ash, joined: 2015-06-01}
  loan: {asked_on: 2023-01-09, branch: ash}
  loans: []
presume: ordinary
""",
        encoding="utf-8",
    )
    library = ("--rules", "tests/toy/rules")
    (bill,) = answer(str(reader), "loan", *library)["pending_law"]
    assert (bill["instrument"], bill["stage"], bill["date"]) == ("night-order", "proposed", "2022-05-05")
    assert bill["possible"] == ["ask_librarian"]
    assert bill["says"].endswith("is not law on 9 January 2023: it had only been proposed (5 May 2022)")
    sheet = " ".join(run("decide", str(reader), "--question", "loan", *library).out.split())
    assert "Not law Order on lending by night" in sheet
    assert "if it were law the librarian decides" in sheet
    assert answer(str(reader), "loan", "--stage", "proposed", *library)["pending_law"] == []
    before = answer(str(reader), "loan", "--on", "2022-05-04", *library)  # there was no bill yet
    assert before["pending_law"] == []


def test_what_yields_to_a_stronger_answer(answer: Any, run: Run) -> None:
    (weaker,) = answer(EVERY, "expulsion")["overridden"]
    assert (weaker["citation"], weaker["outcome"]) == ("KoAP Art. 3.10", "expulsion_possible")
    sheet = run("decide", EVERY, "--variant", "base", "--question", "expulsion", "--format", "markdown").out
    assert "1 provision overridden" in sheet
    assert "by itself, is possible" in sheet


def test_a_ground_says_what_carries_it(answer: Any) -> None:
    (ground,) = answer(COOK, "extradition")["grounds"]
    assert ground["in_force"] == "2026-03-19"
    says = [step["says"] for step in ground["steps"]]
    assert "service 1: still serving" in says
    assert "citizenship 1: citizenship held from birth" not in says  # left out, and without effect
    combat = next(step for step in ground["steps"] if step.get("reading", {}).get("id") == "combat")
    assert combat["reading"] == {"id": "combat", "option": "former-only", "chosen": "default", "by": ""}


def test_a_union_that_is_certain_holds_though_neither_member_is_known(answer: Any, run: Run) -> None:
    (ground,) = answer(CERTAIN, "extradition")["grounds"]
    first = ground["steps"][0]
    assert (first["holds"], first["says"]) == ("yes", "a foreign citizen or a stateless person")
    sheet = run("decide", CERTAIN, "--variant", "base").out
    assert "? " not in sheet.partition("\nGround")[2]
    assert "in every case" in sheet


def test_a_list_that_is_not_known_can_be_what_the_answer_depends_on(answer: Any) -> None:
    found = answer("scenarios/exactness/nothing-known.yaml", "extradition")
    point = next(one for one in found["depends_on"] if one["inputs"] == ["service"])
    assert point["options"] == []


def test_brief_data_holds_none_of_it(answer: Any) -> None:
    brief = answer(COOK, "extradition", "--brief")
    assert not {"facts", "assumes", "depends_on", "settled_by", "not_met", "overridden", "pending_law"} & brief.keys()
    assert "steps" not in brief["grounds"][0]
    assert brief["header"]["question"] == "extradition"


def test_html_and_markdown_say_the_same(run: Run, tmp_path: Path) -> None:
    for ending in ("html", "md"):
        out = tmp_path / f"answer.{ending}"
        assert run("decide", COOK, "--variant", "base", "--out", str(out)).code == 0
        text = out.read_text(encoding="utf-8")
        assert "Extradition must be refused" in text
        assert "the bar leaves a choice" in text
        assert "The person is not in Russia" in text  # folded, but there
