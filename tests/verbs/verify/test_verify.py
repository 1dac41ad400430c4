"""What `verify` says of a receipt, and its exit codes."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from lawmodel import load_cases, load_rulebook
from lawmodel.commands.json_output import Schema, json_line
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.receipts import checked_receipt
from lawmodel.law_files import editions
from lawmodel.rulebook.load import hash_of_files
from lawmodel.version import VERSION
from tests.commands.every_verb import prepare
from tests.commands.running import Run
from tests.verbs.verify.test_receipts import changed, hashed_anew

FIRST = "examples/editions/first"
COOK = "scenarios/extradition/04-serving-cook.yaml"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a small law, a case, and a receipt that further engines have checked."""
    prepare(tmp_path)
    law = load_rulebook(tmp_path / "law")
    asked = Ask(law, load_cases(law, tmp_path / "case.yaml")[0], "crossing")
    written(tmp_path, json.loads(json_line(Schema.RECEIPT, checked_receipt(asked).to_json())))
    return tmp_path


def told(out: str) -> str:
    return " ".join(out.split())


def verified(run: Run, place: Path, law: str = "law", receipt: str = "receipt.json") -> tuple[int, str]:
    ran = run("verify", str(place / receipt), "--rules", str(place / law), "--all")
    assert ran.err == ""
    return ran.code, told(ran.out)


def written(place: Path, plain: Any) -> None:
    (place / "receipt.json").write_text(json.dumps(plain), encoding="utf-8")


def json_of(run: Run, place: Path, law: str) -> Any:
    return json.loads(run("verify", str(place / "receipt.json"), "--rules", str(place / law), "--json").out)


def receipt_in(place: Path) -> Any:
    return json.loads((place / "receipt.json").read_text(encoding="utf-8"))


def test_same_answer_same_rules(run: Run, place: Path) -> None:
    code, says = verified(run, place)
    assert code == 0
    assert "SAME ANSWER, SAME RULES Crossing is refused." in says
    assert "Checked again, with the same result: " in says
    assert "z3 on another outcome, z3 on each possible outcome." in says


def test_same_answer_other_rules(run: Run, place: Path) -> None:
    with (place / "law" / "bridge.yaml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    (place / "law" / "more.yaml").write_text("numbers: []\n", encoding="utf-8")
    code, says = verified(run, place)
    assert code == 0
    assert "SAME ANSWER, OTHER RULES" in says
    assert "2 files of the rulebook differ" in says
    assert "bridge.yaml: changed" in says
    assert "more.yaml: added" in says
    assert "lawmodel diff" not in says


def test_another_answer_other_rules(run: Run, place: Path) -> None:
    shutil.copytree(place / "law", place / "new")
    law = place / "new" / "bridge.yaml"
    law.write_text(law.read_text(encoding="utf-8").replace("default: carried", "default: drunk-only"), encoding="utf-8")
    code, says = verified(run, place, "new")
    assert code == 1
    assert "ANOTHER ANSWER, OTHER RULES" in says
    assert "answer Crossing is refused Crossing is free" in says
    assert "grounds Bridge Law s. 1 none" in says
    (command,) = (one for one in json_of(run, place, "new")["what_changed"].splitlines())
    assert command == f"lawmodel diff rules OLD {place / 'new'} --question crossing"
    assert "What changed in the law: lawmodel diff rules OLD" in says
    ran = run(*shlex.split(command.replace("OLD", str(place / "law")))[1:])
    assert ran.code == 0
    assert "refused" in ran.out


def test_a_rulebook_that_does_not_know_the_question(run: Run, place: Path) -> None:
    code, says = verified(run, Path(), "rules", str(place / "receipt.json"))
    assert code == 1
    assert "ANOTHER ANSWER, OTHER RULES" in says
    assert "By this rulebook the case cannot be decided: there is no `crossing`." in says
    assert "answer refused none" in says


def test_another_answer_same_rules(run: Run, place: Path) -> None:
    plain = changed(receipt_in(place), ("answer", "grounds"), [])
    written(place, hashed_anew(plain))
    code, says = verified(run, place)
    assert code == 1
    assert "ANOTHER ANSWER, SAME RULES" in says
    assert f"so is the version of the program ({VERSION})" in says
    written(place, hashed_anew(changed(plain, ("program", "version"), "0.0.9")))
    code, says = verified(run, place)
    assert code == 1
    assert f"it is the program that differs (0.0.9 then, {VERSION} now). Please report it." in says


def test_same_answer_other_words(run: Run, place: Path) -> None:
    written(place, hashed_anew(changed(receipt_in(place), ("trace", "sha256"), "0" * 64)))
    code, says = verified(run, place)
    assert code == 0
    assert "SAME ANSWER, OTHER WORDS" in says
    assert "Only sentences or steps are told otherwise." in says


def test_altered(run: Run, place: Path) -> None:
    written(place, changed(receipt_in(place), ("asked", "on"), "2022-01-02"))
    code, says = verified(run, place)
    assert code == 2
    assert "ALTERED What it holds is not what its hashes are of: asked. Nothing was decided." in says


def test_another_engine_says_otherwise(run: Run, place: Path) -> None:
    plain = receipt_in(place)
    number = next(n for n, one in enumerate(plain["checks"]) if one.get("of") == "another outcome")
    written(place, hashed_anew(changed(plain, ("checks", number, "verdict"), "sat")))
    code, says = verified(run, place)
    assert code == 1
    assert "SAME ANSWER, SAME RULES" in says
    assert "z3 on another outcome finds otherwise than the receipt says." in says


def test_an_engine_that_is_missing_is_named(run: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = receipt_in(place)
    derived = {"engine": "forward chaining", "agrees": True}
    checks = [derived, *(one for one in plain["checks"] if one["engine"] == "z3")]
    written(place, hashed_anew(changed(plain, ("checks",), checks)))
    monkeypatch.setattr("lawmodel.inquiry.decide._cross_check", lambda *_: "it is not there")
    code, says = verified(run, place)
    assert code == 0
    assert "Not checked: forward chaining (it is not there)." in says
    assert "Checked again, with the same result: z3 on another outcome, z3 on each possible outcome." in says


def test_another_release_of_an_engine_may_say_the_same(run: Run, place: Path) -> None:
    plain = receipt_in(place)
    for number, one in enumerate(plain["checks"]):
        if one["engine"] == "z3":
            plain = changed(plain, ("checks", number, "version"), "4.8.0")
    written(place, hashed_anew(plain))
    code, says = verified(run, place)
    assert code == 0
    assert "otherwise" not in says


def test_several_receipts_end_with_the_worst(run: Run, place: Path) -> None:
    good, bad = place / "good.json", place / "bad.json"
    shutil.copy(place / "receipt.json", good)
    bad.write_text(json.dumps(changed(receipt_in(place), ("case", "title"), "x")), encoding="utf-8")
    ran = run("verify", str(good), str(bad), "--rules", str(place / "law"), "--json")
    assert ran.code == 2
    assert [json.loads(line)["verdict"] for line in ran.out.splitlines()] == ["same answer, same rules", "altered"]


# --- earlier editions ----------------------------------------------------------------------------------


def test_the_rulebook_of_a_receipt_is_found_among_earlier_editions(run: Run, tmp_path: Path) -> None:
    place = str(tmp_path / "receipt.json")
    assert [str(one) for one in editions()] == [FIRST]
    assert hash_of_files(Path(FIRST)) == load_rulebook(FIRST).content_hash
    assert run("decide", COOK, "--rules", FIRST, "--brief", "--receipt", place).code == 0
    ran = run("verify", place)
    says = told(ran.out)
    assert ran.code == 0
    assert "SAME ANSWER, SAME RULES Extradition must be refused." in says
    assert f"Decided by the rulebook of the receipt, version 0.1.0, sha256:30dafd08, in {FIRST}." in says
    assert "The rulebook at hand is another: version 0.2.0, sha256:" in says
    found = json.loads(run("verify", place, "--json").out)
    assert (found["edition"], found["what_changed"], found["changed_files"]) == (FIRST, None, [])


def test_a_rulebook_that_is_chosen_is_the_one_that_decides(run: Run, tmp_path: Path) -> None:
    place = str(tmp_path / "receipt.json")
    assert run("decide", COOK, "--brief", "--receipt", place).code == 0
    found = json.loads(run("verify", place, "--rules", FIRST, "--json").out)
    assert (found["verdict"], found["edition"]) == ("another answer, other rules", None)
    command = shlex.split(found["what_changed"])
    assert command == ["lawmodel", "diff", "rules", "rules", FIRST, "--question", "extradition"]


def test_a_folder_of_editions_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "x.yaml").symlink_to("nowhere.yaml")
    assert hash_of_files(tmp_path / "broken") == ""
    assert hash_of_files(tmp_path / "missing") == ""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the text ends here"),
        (b"\xff\xfe", "this is no text in UTF-8"),
        (b"no receipt", "`no` is no value of JSON"),
        (b"[]", "this is no receipt"),
        (b"null", "this is no receipt"),
        (b'{"schema": "lawmodel/answer"}', "this is no receipt"),
    ],
)
def test_what_is_no_receipt_is_refused(run: Run, tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "receipt.json").write_bytes(content)
    ran = run("verify", str(tmp_path / "receipt.json"))
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert "Traceback" not in ran.err
