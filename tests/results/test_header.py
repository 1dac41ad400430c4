"""What a result says of itself: by contents, wherever the files lie."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lawmodel import decide, load_cases, load_rulebook
from lawmodel.law_files import rules_folder
from lawmodel.results.encoder import encode
from lawmodel.rulebook.parts import with_entries

COOK = Path(__file__).parents[2] / "scenarios" / "extradition" / "04-serving-cook.yaml"
RULEBOOK = load_rulebook()


def test_a_rulebook_has_the_same_hash_wherever_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(rules_folder(), tmp_path / "elsewhere")
    monkeypatch.chdir(tmp_path)
    elsewhere = load_rulebook("elsewhere")
    assert elsewhere.digest != RULEBOOK.digest  # which holds the places
    assert elsewhere.content_hash == RULEBOOK.content_hash
    assert load_rulebook("elsewhere").content_hash == RULEBOOK.content_hash  # also where it was kept
    with (tmp_path / "elsewhere" / "choices.yaml").open("a", encoding="utf-8") as file:
        file.write("# another remark\n")
    assert load_rulebook("elsewhere").content_hash != RULEBOOK.content_hash


def test_anybody_can_work_the_hash_out_without_the_program() -> None:
    folder = rules_folder()
    names = sorted(
        "./" + file.relative_to(folder).as_posix() for file in folder.rglob("*.yaml") if not file.name.startswith(".")
    )
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == RULEBOOK.content_hash


def test_a_rulebook_that_was_changed_has_no_hash() -> None:
    changed = with_entries(RULEBOOK, "concepts", dict(RULEBOOK.concepts), "nothing")
    answer = decide(changed, load_cases(changed, COOK)[0], "extradition")
    assert encode(answer.header)["rulebook"]["sha256"] is None


def test_a_case_is_named_by_its_facts() -> None:
    case = load_cases(RULEBOOK, COOK)[0]

    def hash_of(**changed: object) -> str:
        answer = decide(RULEBOOK, replace(case, **changed), "extradition")  # type: ignore[arg-type]
        found: str = encode(answer.header)["case"]["sha256"]
        return found

    assert hash_of() == hash_of(title="Another title", name="elsewhere.yaml", places={}, questions=("extradition",))
    assert hash_of() != hash_of(presume=False)
    assert hash_of() != hash_of(facts={**case.facts, "decision.made": None})


def test_who_chose_a_reading() -> None:
    case = replace(load_cases(RULEBOOK, COOK)[0], readings={"force": "discretionary", "theatre": "any"})
    answer = decide(RULEBOOK, case, "extradition", readings={"force": "unknown"}, told_by="press-duma")
    by = {name: one.by for name, one in answer.header.readings.items()}
    assert by["force"] == "asked"
    assert by["combat"] == "telling"
    assert by["theatre"] == "case"
    assert by["authoriser"] == "nobody"
    assert by["waiver"] == "default"
    said = encode(answer.header)
    assert said["readings"]["force"] == {"option": None, "default": False, "by": "asked"}
    assert not {"authoriser", "waiver"} & said["readings"].keys()
