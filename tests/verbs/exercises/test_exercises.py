"""`lawmodel exercises`: a set that the law makes, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lawmodel.exercises.exercise_file import parse_exercises
from tests.commands.running import Run
from tests.inquiry.ferry import FERRY

NATIONALITY = str(Path(__file__).parents[3] / "examples" / "british-nationality" / "rules")
MAKING = (
    "exercises",
    "--rules",
    NATIONALITY,
    "--question",
    "citizenship-by-birth",
    "--kind",
    "outcome",
    "--count",
    "2",
)


def test_the_same_seed_makes_the_same_set_which_the_other_verbs_read(run: Run, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.json" for name in ("one", "two", "other")]
    for file, seed in zip(files, ("4", "4", "5"), strict=True):
        ran = run(*MAKING, "--seed", seed, "--out", str(file))
        assert (ran.code, ran.err) == (0, "")
    first, again, other = (file.read_bytes() for file in files)
    assert first == again != other
    made = parse_exercises(first.decode())
    assert [one.kind for one in made.exercises] == ["outcome", "outcome"]
    sheet, key = run("worksheet", str(files[0])), run("worksheet", str(files[0]), "--key")
    right = made.exercises[0].right[0]
    assert right.says.split(".")[0] in " ".join(sheet.out.split())
    assert "Right:" in key.out
    assert "Right:" not in sheet.out
    assert run("exercises", str(files[0]), "--to", "gift", "--out", str(tmp_path / "quiz.gift")).code == 0


def test_what_could_not_be_made_is_told(run: Run, tmp_path: Path) -> None:
    ran = run(*MAKING, "--kind", "reading", "--seed", "1", "--out", str(tmp_path / "set.json"), "--json")
    result = json.loads(ran.out)
    made = result["exercises"]
    assert made + sum(one["wanted"] - one["made"] for one in result["left_out"]) == 2
    assert all(one["why"] for one in result["left_out"])


def test_a_set_that_tests_every_limb_is_confirmed_by_cover(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ferry.yaml").write_text(FERRY, encoding="utf-8")
    law, made = ("--rules", str(tmp_path / "ferry.yaml")), str(tmp_path / "set.json")
    ran = run("exercises", *law, "--question", "crossing", "--every-limb", "--out", made)
    assert (ran.code, ran.err) == (0, "")
    said = " ".join(ran.out.split())
    assert "11 of 16 sides of limbs are tested." in said
    assert "Not tested: no case whatever shows it, which is proved Limb receipt-4: drunk receipt-4: sober" in said
    cover = json.loads(run("cover", made, *law, "--question", "crossing", "--json").out)
    assert (cover["shown"], cover["unmet"]) == (11, 0)
    assert run("cover", made, *law, "--question", "nowhere").code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Name a SET, or make one with --question"),
        (("set.json", "--seed", "3"), "Name a SET, or make one with --question"),
        (("set.json", "--question", "citizenship-by-birth"), "Name a SET, or make one with --question"),
        (("--kind", "outcome"), "Name a SET, or make one with --question"),
        (("set.json", "--diagnostic"), "Name a SET, or make one with --question"),
        (
            ("--question", "citizenship-by-birth", "--diagnostic", "--kind", "outcome"),
            "--diagnostic chooses the exercises itself",
        ),
        (
            ("--question", "citizenship-by-birth", "--every-limb", "--count", "3"),
            "--every-limb chooses the exercises itself",
        ),
        (
            ("--question", "citizenship-by-birth", "--every-limb", "--diagnostic"),
            "--every-limb chooses the exercises itself",
        ),
        (("set.json", "--every-limb"), "Name a SET, or make one with --question"),
        (("--question", "nowhere"), "there is no `nowhere`"),
        (("--question", "citizenship-by-birth", "--count", "0"), "--count"),
        (("--question", "citizenship-by-birth", "--level", "9"), "--level"),
        (("--question", "citizenship-by-birth", "--kind", "riddle"), "--kind"),
        (("--question", "citizenship-by-birth", "--to", "gift"), "ends in .gift"),
        (("nowhere.json", "--to", "gift"), "ends in .gift"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("exercises", *arguments, "--out", "made.json")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_set_is_not_written_over(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.json"
    mine.write_text("{}", "utf-8")
    ran = run(*MAKING, "--out", str(mine))
    assert ran.code == 2
    assert mine.read_text("utf-8") == "{}"
