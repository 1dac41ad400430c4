"""The law as sources tell it, on an invented rulebook: conclusions, differences, silence, and mistakes in tellings."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from lawmodel.case.case import Case
from lawmodel.inquiry.decide import decide
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.tellings.tellings import STAGE, SourceComparison, compare_tellings
from tests.inquiry.ferry import FERRY, TELLINGS, ferry
from tests.verbs.tellings.compared import conclusions, differences


def on(year: int) -> datetime.date:
    return datetime.date(year, 5, 1)


ARMED = {"traveller.armed": True, "traveller.drunk": False}


def crossing(law: Rulebook, year: int = 2022, **facts: Any) -> SourceComparison:
    passes = ({"from": 1},)  # for ever: nobody waits for want of a pass
    case = Case(facts={"passes": passes, **ARMED, **{f"traveller.{name}": value for name, value in facts.items()}})
    return compare_tellings(law, case, "crossing", on(year))


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return ferry(tmp_path_factory.mktemp("ferry"), TELLINGS)


def test_differences_that_part_only_together_are_shown_together(law: Rulebook) -> None:
    found = crossing(law)  # the gazette lets arms matter with drunks alone
    assert conclusions(found) == {"text": ("delayed",), "gazette": ("free",), "almanac": ("delayed",)}
    # with arms as in the text the gazette would have it refused: severity has to be as in the text too
    assert differences(found)["gazette", "text"] == {frozenset({"arms", "severity"})}


def test_the_stage_can_be_what_parts(law: Rulebook) -> None:
    found = crossing(law, 2020, drunk=True)  # drafted, not yet valid
    assert conclusions(found) == {"text": ("free",), "gazette": ("refused",), "almanac": ("free",)}
    assert differences(found)["gazette", "text"] == {frozenset({STAGE})}


def test_different_consequences_part_as_well(law: Rulebook) -> None:
    case = Case(facts={"passes": (), "traveller.armed": False, "traveller.drunk": False})
    found = compare_tellings(law, case, "crossing", on(2022))
    assert set(conclusions(found).values()) == {("delayed",)}
    # of the toll the text, and with it the gazette, leaves open which it is; the almanac does not
    assert differences(found) == {
        ("almanac", "text"): {frozenset({"toll"})},
        ("almanac", "gazette"): {frozenset({"toll"})},
    }


def test_a_source_that_speaks_on_no_reading_of_a_question_is_silent(law: Rulebook) -> None:
    found = compare_tellings(law, Case(facts={"passes": ()}), "pass", on(2022))
    assert [one.telling for one in found.told] == [None]
    assert found.silent == ("gazette", "almanac")
    assert found.differences == ()
    nothing = compare_tellings(law, Case(), "weather")
    assert conclusions(nothing) == {"text": ("not_asked",)}


def test_only_the_readings_of_the_question_are_spoken_of(law: Rulebook) -> None:
    assert [one.speaks for one in crossing(law).told] == [(), ("arms", "severity"), ("toll",)]


def test_a_rulebook_without_tellings_has_the_text_alone(tmp_path: Path) -> None:
    found = crossing(ferry(tmp_path))
    assert conclusions(found) == {"text": ("delayed",)}
    assert (found.silent, found.differences) == ((), ())


def test_a_telling_of_the_last_stage_that_reads_nothing_otherwise_agrees_with_the_text(tmp_path: Path) -> None:
    official = """
tellings:
  - id: official
    title: The law
    source: ferry-law
    stage: valid
    readings: [{reading: severity, option: mild, at: s. 1}]
"""
    found = crossing(ferry(tmp_path, official))
    assert conclusions(found)["official"] == conclusions(found)["text"]
    assert found.differences == ()


def test_more_than_three_differences_are_shown_without_those_that_do_not_matter(tmp_path: Path) -> None:
    readings = [f"r{number}" for number in range(5)]
    law = FERRY.replace(
        "readings:\n",
        "readings:\n"
        + "".join(
            f"  - {{id: {name}, title: T, default: a, why: w, certainty: text, options: "
            "[{id: a, says: A, supported_by: [{id: ferry-law}]}, {id: b, says: B, supported_by: [{id: gazette}]}]}\n"
            for name in readings
        ),
        1,
    )
    # Every reading but the last must be as the text has it, or the question is asked.
    asked = ", ".join(f"{{reading: {name}, a: never, b: always}}" for name in readings[:-1])
    law += (
        "  - {id: weather-7, question: weather, title: W, citation: s. 7, text: T, certainty: text,\n"
        f"     sources: [{{id: ferry-law}}], concludes: asked, when: {{any: [{asked}]}}}}\n"
        "  - {id: weather-8, question: weather, title: W, citation: s. 8, text: T, certainty: text,\n"
        "     sources: [{id: ferry-law}], when: {reading: r4, a: never, b: never}, concludes: asked}\n"
    )
    told = "\n".join(f"      - {{reading: {name}, option: b, at: p. 1}}" for name in readings)
    telling = f"tellings:\n  - id: g\n    title: G\n    source: gazette\n    stage: drafted\n    readings:\n{told}\n"
    found = compare_tellings(ferry(tmp_path, telling, law=law), Case(), "weather", on(2022))
    assert found.differences[0].over == (("r0", "r1", "r2", "r3"),)


def test_a_reading_that_is_chosen_goes_before_what_is_told(law: Rulebook) -> None:
    case = Case(facts={"passes": ({"from": 1},), **ARMED})
    told = decide(law, case, "crossing", on=on(2022), told_by="gazette")
    assert (told.outcome, told.stage, told.told_by) == ("free", "drafted", "gazette")
    assert {name: told.readings[name] for name in ("arms", "severity")} == {"arms": "drunk-only", "severity": "strict"}
    assert set(told.defaults).isdisjoint({"arms", "severity"})
    assert told.rests_on == ()  # what the source says is no default
    chosen = decide(law, case, "crossing", on=on(2022), told_by="gazette", readings={"arms": "carried"})
    assert chosen.outcome == "refused"  # and the rest as the gazette tells it
    opened = decide(law, case, "crossing", on=on(2022), told_by="gazette", readings={"arms": "unknown"})
    assert (opened.possible, opened.turns_on) == (("refused", "free"), (("arms",),))
    earlier = decide(law, case, "crossing", on=on(2020), told_by="gazette", stage="valid", readings={"arms": "carried"})
    assert (earlier.outcome, earlier.stage) == ("free", "valid")


def test_of_what_a_source_does_not_speak_the_default_stands(law: Rulebook) -> None:
    case = Case(facts={"passes": ({"from": 1},), **ARMED})
    told = decide(law, case, "crossing", on=on(2022), told_by="almanac")
    assert (told.outcome, told.readings["toll"], "toll" in told.defaults) == ("delayed", "low", False)
    assert set(told.rests_on) == {"arms", "severity"}


def test_a_telling_there_is_not_is_no_telling(law: Rulebook) -> None:
    with pytest.raises(ProblemsFound, match="herald"):
        decide(law, Case(), "crossing", told_by="herald")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"option: strict": "option: hard"}, "`hard`"),
        ({"reading: severity": "reading: gravity"}, "`gravity`"),
        ({"stage: drafted": "stage: dreamt"}, "`dreamt`"),
        ({"source: almanac": "source: herald"}, "`herald`"),
        ({"reading: severity, option: strict": "reading: arms, option: carried"}, "`arms` is told twice"),
    ],
)
def test_a_telling_with_a_mistake_is_refused(tmp_path: Path, change: dict[str, str], message: str) -> None:
    ((old, new),) = change.items()
    assert old in TELLINGS
    with pytest.raises(ProblemsFound) as found:
        ferry(tmp_path, TELLINGS.replace(old, new))
    assert message in str(found.value)
