"""What the user is told about each kind of mistake, word for word.

Each file in `bad/` makes one mistake; the block of `#|` lines at its end, which is cut off before the file is read, is
what `lawmodel check` says before its last line. `LAWMODEL_ACCEPT=1` writes the blocks anew; read them before you keep
them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lawmodel.case.file import load_cases
from lawmodel.commands.main import program
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook

BAD = Path(__file__).parent / "bad"
MARK = "#| "
TITLE = "1 mistake\n\n"
SUMMARY = """
What was checked
  Rulebook  2 questions, 3 provisions, 1 reading, 3 concepts, 7 facts, 1
            instrument, 2 sources
  Cases     there are mistakes, so no expectation was tested
  Left out  case.yaml, because of mistakes

"""


def files_in(folder: str) -> list[Path]:
    return sorted((BAD / folder).glob("*.yaml"))


def split(file: Path) -> tuple[str, str]:
    """The text of a file, and what is said of it."""
    lines = file.read_bytes().decode().splitlines(keepends=True)
    told = [line.removeprefix(MARK.rstrip()).removeprefix(" ") for line in lines if line.startswith(MARK.rstrip())]
    return "".join(line for line in lines if not line.startswith(MARK.rstrip())), "".join(told)


def run(*arguments: str) -> Result:
    """The outcome of a command line, without a traceback whatever happens."""
    result = CliRunner().invoke(program, arguments)
    if isinstance(result.exception, ProblemsFound):  # what `main` prints
        return result
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def expect_told(file: Path, result: Result) -> None:
    not_met = ("expectation-not-met", "misconception-that-does-not-show")
    assert result.exit_code == (1 if file.stem in not_met else 2)
    text, told = split(file)
    found = result.stdout.splitlines()
    found = found[2 : found.index("What was checked") - 1]  # without the title and the summary
    if os.environ.get("LAWMODEL_ACCEPT"):
        block = "".join(f"{MARK}{line}".rstrip() + "\n" for line in found)
        file.write_bytes((text + block).encode())
    else:
        assert "\n".join(found) + "\n" == told


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the rulebook that has no mistake."""
    monkeypatch.chdir(tmp_path)
    Path("rules").mkdir()
    shutil.copy(BAD / "rulebook.yaml", "rules")
    return tmp_path


@pytest.mark.parametrize("file", files_in("rules"), ids=lambda file: file.stem)
def test_rulebook(file: Path, place: Path) -> None:
    (place / "rules" / file.name).write_bytes(split(file)[0].encode())
    expect_told(file, run("check", "rules"))


@pytest.mark.parametrize("file", files_in("heads"), ids=lambda file: file.stem)
def test_head_of_a_rulebook(file: Path, place: Path) -> None:
    (place / "rules" / "rulebook.yaml").write_bytes(split(file)[0].encode())
    expect_told(file, run("check", "rules"))


@pytest.mark.parametrize(
    "file", [*files_in("cases"), *files_in("files")], ids=lambda file: f"{file.parent.name}-{file.stem}"
)
def test_case(file: Path, place: Path) -> None:
    Path("cases").mkdir()
    (place / "cases" / file.name).write_bytes(split(file)[0].encode())
    expect_told(file, run("check", "rules", "cases"))


@pytest.mark.parametrize("file", files_in("decisions"), ids=lambda file: file.stem)
def test_decision(file: Path, place: Path) -> None:
    (place / file.name).write_bytes(split(file)[0].encode())
    result = CliRunner().invoke(program, ("decisions", file.name, "--rules", "rules"))
    assert isinstance(result.exception, ProblemsFound)
    said, (text, told) = str(result.exception), split(file)
    if os.environ.get("LAWMODEL_ACCEPT"):
        file.write_bytes((text + "".join(f"{MARK}{line}".rstrip() + "\n" for line in said.splitlines())).encode())
    else:
        assert f"{said}\n" == told


def test_syntax_of_cases_where_the_rulebook_is_wrong(place: Path) -> None:
    Path("rules/more.yaml").write_text("provison: []\n")
    Path("cases").mkdir()
    Path("cases/a.yaml").write_text("title: Hives: on a roof\n")
    Path("cases/b.yaml").write_text("facts: {nothing: known}\n")  # cannot be judged without a rulebook
    told = run("check", "rules", "cases").stdout
    assert "cases/a.yaml:1:13: a colon stands where no key can be" in told
    assert "rules/more.yaml:1:1: there is no section `provison`" in told
    assert "2 problems found." in told


def told_of(data: bytes) -> str:
    """What is said of a case file with these bytes."""
    Path("case.yaml").write_bytes(data)
    result = run("check", "rules", "case.yaml")
    assert result.exit_code == 2
    assert result.stdout.startswith(TITLE)
    assert result.stdout.endswith("1 problem found.\n" + SUMMARY)
    return result.stdout.removeprefix(TITLE).removesuffix("\n\n1 problem found.\n" + SUMMARY)


def test_file_of_50_megabytes(place: Path) -> None:
    assert told_of(b"#" * 50_000_000) == (
        "case.yaml: the file is larger than 1 MB\n"
        "  No case or statute is that long. Is it the right file? Split it if so."
    )


def test_too_many_entries(place: Path) -> None:
    assert "more than 200,000 entries" in told_of(b"[" + b"a," * 300_000 + b"a]")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[\n"])
@pytest.mark.parametrize("times", [61, 1_500, 100_000])
def test_brackets_without_end(opening: str, times: int, place: Path) -> None:
    """The library has a limit of its own in some of its versions, and reads ahead to it: ours comes first."""
    column, line = (1, 61) if "\n" in opening else (60 * len(opening) + 1, 1)
    told = told_of(opening.encode() * times)
    assert told.startswith(f"case.yaml:{line}:{column}: the file is nested more than 60 deep\n")


def test_keys_nested_without_end(place: Path) -> None:
    deep = "".join(f"{' ' * depth}a:\n" for depth in range(1_000))
    assert "the file is nested more than 60 deep" in told_of(deep.encode())


def test_not_utf_8(place: Path) -> None:
    assert told_of("title: Grüße\n".encode("latin-1")).splitlines() == [
        "case.yaml:1:10: the file is not UTF-8 text",
        "  1 | title: Gr��e",
        "    |          ^",
        "  Save it as UTF-8 in your editor.",
    ]


def test_utf_16(place: Path) -> None:
    assert "the file is not UTF-8 text" in told_of("title: Hives\n".encode("utf-16"))


def test_nul(place: Path) -> None:
    assert "case.yaml:1:8: a control character (U+0000) stands here" in told_of(b"title: \0\n")


def test_missing_file(place: Path) -> None:
    result = run("check", "rules", "nowhere.yaml")
    assert result.exit_code == 2
    assert "there is no file or folder `nowhere.yaml`" in result.stderr
    with pytest.raises(ProblemsFound) as found:
        load_rulebook("nowhere.yaml")
    assert str(found.value).startswith("nowhere.yaml: there is no such file\n  Check the spelling")


def test_folder_where_a_file_should_be(place: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        load_cases(load_rulebook("rules"), "rules")
    assert str(found.value).startswith("rules: this is a folder, and a file is needed\n")


def test_folder_without_yaml_files(place: Path) -> None:
    Path("empty").mkdir()
    assert "\nempty: there are no YAML files in this folder\n" in run("check", "rules", "empty").stdout


def test_several_rulebooks(place: Path) -> None:
    shutil.copytree("rules", "other")
    assert run("check", "rules", "other").exit_code == 0
    Path("case.yaml").write_text("facts: {}\n")
    assert "say with --rules by which the cases are checked" in run("check", "rules", "other", "case.yaml").stderr
    assert run("check", "case.yaml", "--rules", "rules").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--reading", "swram=five"], "--reading: there is no `swram`. Did you mean swarm?"),
        (["--reading", "swarm=fife"], "--reading swarm: there is no `fife`. Did you mean five?"),
        (["--reading", "swarm"], "--reading: `swarm` chooses nothing. Write --reading reading=option."),
        (["--reading", "swarm=five", "--reading", "swarm=ten"], "`swarm` is chosen twice, as five and as ten."),
        (["--on", "2026-02-30"], "--on: `2026-02-30` is not a day of the calendar."),
        (["--stage", "in-force"], "--stage: there is no `in-force`. Did you mean in_force?"),
        (["--question", "bee"], "--question: there is no `bee`. Did you mean bees?"),
        (["--variant", "more"], "--variant: there is no `more`."),
    ],
)
def test_options(arguments: list[str], told: str, place: Path) -> None:
    Path("case.yaml").write_text("facts: {}\n")
    result = run("decide", "case.yaml", "--rules", "rules", *arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_json(place: Path) -> None:
    Path("case.yaml").write_text("facts:\n  site: {kind: roff}\n")
    result = run("check", "rules", "case.yaml", "--json")
    assert result.exit_code == 2
    plain = json.loads(result.stdout)
    (used,) = plain.pop("rulebooks")
    assert used["sha256"] == load_rulebook("rules").content_hash
    assert plain == {
        "schema": "lawmodel/check",
        "version": 1,
        "problems": [
            {
                "message": "`roff` is no value of `site.kind`",
                "mend": "Did you mean roof?",
                "file": "case.yaml",
                "line": 2,
                "column": 16,
            }
        ],
        "tested": False,
        "left_out": ["case.yaml"],
        "misconceptions": 0,
        "mistakes": 1,
        "unmet": None,
        "cases": 0,
        "expectations": 0,
        "remarks": [],
    }


BEES_EXPECTED = "facts: {site: {kind: roof}}\nexpect: [{question: bees, status: depends}]\n"


def test_one_bad_file_does_not_stop_the_expectations_of_the_others(place: Path) -> None:
    Path("cases").mkdir()
    Path("cases/bad.yaml").write_text("facts:\n  site: {kind: roff}\n")
    Path("cases/good.yaml").write_text(BEES_EXPECTED)
    Path("cases/unmet.yaml").write_text(BEES_EXPECTED.replace("depends", "determined"))
    result = run("check", "rules", "cases")
    assert result.exit_code == 2
    assert "cases/bad.yaml:2:16: `roff` is no value of `site.kind`" in result.stdout
    assert "cases/unmet.yaml:2:10: the case, bees: status expected determined, found depends" in result.stdout
    assert "2 problems found." in result.stdout
    assert result.stdout.startswith("1 mistake, 1 expectation not met\n")
    assert result.stdout.endswith(
        "  Cases     2 cases, 2 expectations: 1 not met\n  Left out  cases/bad.yaml, because of mistakes\n\n"
    )
    plain = json.loads(run("check", "rules", "cases", "--json").stdout)
    assert (plain["tested"], plain["left_out"]) == (True, ["cases/bad.yaml"])
    assert len(plain["problems"]) == 2
    Path("cases/unmet.yaml").unlink()
    good = run("check", "rules", "cases")
    assert good.exit_code == 2
    assert "1 expectation: all met\n  Left out  cases/bad.yaml, because of mistakes" in good.stdout
    assert "left_out" in json.loads(run("check", "rules", "cases", "--no-expect", "--json").stdout)


def test_no_more_than_200_are_shown(place: Path) -> None:
    Path("case.yaml").write_text("facts:\n" + "".join(f"  wrong{number}: 1\n" for number in range(300)))
    told = run("check", "rules", "case.yaml").stdout
    assert "300 problems found. The first 200 are shown." in told
    assert told.count("there is no fact") == 200


@pytest.mark.parametrize("citation", ["Art. 12²", f"Art. {'9' * 5_000}", "Art. ٣(2)"])
def test_any_number_may_stand_in_a_citation(citation: str, place: Path) -> None:
    """Articles are put in the order of their numbers, also of those that are raised, or longer than any."""
    rules = Path("rules/rulebook.yaml")
    rules.write_text(rules.read_text().replace("Bee Act s. 1", citation).replace("section 1", citation))
    Path("case.yaml").write_text("facts: {site: {kind: roof}}\nexpect: [{question: bees, status: depends}]\n")
    assert run("check", "rules", "case.yaml").exit_code == 0
    assert run("law", "bee-act", "--rules", "rules").exit_code == 0


def test_nothing_is_wrong(place: Path) -> None:
    Path("case.yaml").write_text("facts: {site: {kind: roof}}\nexpect:\n  - {question: honey, outcome: barred}\n")
    for options, standing in (((), "all met"), (("--quick",), "all met"), (("--no-expect",), "well-formed")):
        result = run("check", "rules", "case.yaml", *options)
        assert result.exit_code == 0
        assert result.stdout.endswith(f"2 sources\n  Cases     1 case, 1 expectation: {standing}\n\n")


def test_exit_code_of_the_program(place: Path) -> None:
    """Run as a user runs it: problems of a case go to standard error, and no traceback does."""
    Path("case.yaml").write_text("facts: [\n")
    command = [sys.executable, "-c", "from lawmodel.commands.main import main; main()"]
    environment = {**os.environ, "PYTHONPATH": str(BAD.parents[1])}
    ran = subprocess.run(
        [*command, "decide", "case.yaml", "--rules", "rules"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("case.yaml:1:8: the file ends here, and something is still open\n")
    assert "Traceback" not in ran.stderr
