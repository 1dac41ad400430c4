"""An option that a file of one's own adds to a reading of the rulebook; and what readings say of their options."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.commands.main import program
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.expectations import unmet
from lawmodel.problems import ProblemsFound
from tests.inquiry.ferry import FERRY, TELLINGS, ferry

OWN = """
options:
  - reading: arms
    id: sober-only
    says: arms matter in the hands of the sober
    like: carried
    supported_by: [{id: almanac, at: p. 3}]
    held: {since: 2020-02-01, says: it was printed then, sources: [{id: almanac, at: p. 1}]}
    branches:
      arms-1: {traveller.drunk: no}
  - {reading: severity, id: milder, says: it may wait, like: mild, supported_by: [{id: almanac}]}
"""
SETTLES = """    would_settle:
      - {says: a decision of the river court, sources: [{id: gazette, at: p. 7}]}
    options:
      - {id: carried,"""


def outcome(law: object, drunk: bool, **readings: str) -> str | None:
    case = Case(facts={"traveller.armed": True, "traveller.drunk": drunk, "passes": (), "crossing.made": 738_000})
    return decide(law, case, "crossing", readings={"severity": "strict", **readings}).outcome  # type: ignore[arg-type]


def test_an_added_option_reads_the_law_by_its_own_condition_and_else_like_another(tmp_path: Path) -> None:
    law = ferry(tmp_path, OWN)
    assert [one.id for one in law.readings["arms"].options] == ["carried", "drunk-only", "sober-only"]
    assert (outcome(law, True, arms="sober-only"), outcome(law, False, arms="sober-only")) == ("delayed", "refused")
    assert (outcome(law, True, arms="carried"), outcome(law, True, arms="drunk-only")) == ("refused", "refused")
    assert outcome(law, False, severity="milder") == outcome(law, False, severity="mild") == "delayed"


def test_an_open_reading_is_open_between_all_options(tmp_path: Path) -> None:
    narrow, wide = ferry(tmp_path), ferry(tmp_path, OWN)
    for law, options in ((narrow, {"carried", "drunk-only"}), (wide, {"carried", "drunk-only", "sober-only"})):
        case = Case(facts={"traveller.armed": True, "traveller.drunk": True, "passes": ()})
        answer = decide(law, case, "crossing", readings={"arms": "unknown", "severity": "strict"})
        if law is wide:
            (point,) = answer.depends_on
            assert {value for one in point.options for value in one.values} == options
        else:
            assert answer.outcome == "refused"


@pytest.mark.parametrize(
    ("old", "new", "message", "mend"),
    [
        ("reading: arms", "reading: armed", "there is no reading `armed`", "Did you mean arms?"),
        ("like: carried", "like: carrie", "`carrie` is no option of `arms`", "Did you mean carried?"),
        ("arms-1:", "arms-2:", "no condition of `arms-2` is read by `arms`", "Did you mean arms-1?"),
        ("id: sober-only", "id: carried", "the option `carried` stands twice", "Give one of them another id."),
        (
            "drunk: no}",
            "drank: no}",
            "there is no fact `traveller.drank`",
            "Did you mean traveller.drunk or traveller.armed?",
        ),
    ],
)
def test_what_is_wrong_with_an_added_option_is_told(
    tmp_path: Path, old: str, new: str, message: str, mend: str
) -> None:
    with pytest.raises(ProblemsFound) as found:
        ferry(tmp_path, OWN.replace(old, new))
    assert (message, mend) in [(one.message, one.mend) for one in found.value.problems]
    assert all(one.file.endswith("ferry-1.yaml") and one.line for one in found.value.problems)


def test_a_reading_says_since_when_an_option_is_held_and_what_would_settle_it(tmp_path: Path) -> None:
    ferry(tmp_path, OWN, law=FERRY.replace("    options:\n      - {id: carried,", SETTLES))
    shown = " ".join(CliRunner().invoke(program, ["law", "arms", "--rules", str(tmp_path)]).stdout.split())
    assert "Held since 1 February 2020: it was printed then almanac p. 1" in shown
    assert "What would settle it" in shown
    assert "a decision of the river court gazette p. 7" in shown
    ran = CliRunner().invoke(program, ["law", "arms", "--rules", str(tmp_path), "--json"])
    entry = json.loads(ran.stdout)["entries"][0]
    assert entry["would_settle"] == [
        {"says": "a decision of the river court", "sources": [{"id": "gazette", "at": "p. 7"}]}
    ]
    assert entry["options"][2]["held"]["since"] == "2020-02-01"


def test_an_expectation_may_be_told_by_a_source(tmp_path: Path) -> None:
    law = ferry(tmp_path, TELLINGS)
    text = """
facts: {{traveller: {{armed: yes, drunk: {drunk}}}, passes: [], crossing: {{made: 2020-06-01}}}}
expect:
  - {{question: crossing, told_by: gazette, outcome: refused}}
"""
    assert list(unmet(law, parse_cases(law, text.format(drunk="yes"))[0])) == []
    (problem,) = unmet(law, parse_cases(law, text.format(drunk="no"))[0])
    assert "crossing, told by gazette, " in problem.message
    chosen = text.format(drunk="no").replace("told_by: gazette", "told_by: gazette, readings: {arms: carried}")
    assert list(unmet(law, parse_cases(law, chosen)[0])) == []
    with pytest.raises(ProblemsFound, match="`gazet` is no telling"):
        parse_cases(law, text.format(drunk="no").replace("gazette", "gazet"))
