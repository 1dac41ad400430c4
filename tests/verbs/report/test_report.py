"""`report`: the data of a memorandum, compared with what the questions say of which it is made."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from lawmodel import Rulebook, decide, load_cases, load_rulebook
from lawmodel.case.case import Case
from lawmodel.document import Document, Footnotes, Section, Span, plain
from lawmodel.render.formats import markdown
from lawmodel.verbs.report.document import document
from lawmodel.verbs.report.report import report
from lawmodel.verbs.report.result import Report
from tests.commands.running import Run
from tests.render.opened import words_in
from tests.sizes import one_in

SOLDIER = "scenarios/extradition/34-every-question-at-once.yaml"
COOK = "scenarios/extradition/04-serving-cook.yaml"
TRIBUNAL = "scenarios/deployment/25-international-courts.yaml#b-special-tribunal"
NOBODY_HELD = "scenarios/deployment/25-international-courts.yaml"
DISCHARGE = "scenarios/exactness/discharge-day-unknown.yaml"
NOTHING = "scenarios/exactness/nothing-known.yaml"
NATIONALITY = "examples/british-nationality/rules"
FATHER = "examples/british-nationality/cases/05-unmarried-father.yaml"
PARENTS = "examples/british-nationality/cases/11-nothing-known-of-the-parents.yaml"
SERVICE = "scenarios/exactness/service-list-unknown.yaml"
QUICK = [SOLDIER, COOK, TRIBUNAL, NOBODY_HELD, DISCHARGE, SERVICE, FATHER, PARENTS]
CASES = [*QUICK, pytest.param(NOTHING, marks=pytest.mark.long)]


@cache
def law(of: str) -> Rulebook:
    return load_rulebook(NATIONALITY if of.startswith("examples/") else "rules")


@cache
def case_of(name: str) -> Case:
    file, _, variant = name.partition("#")
    return next(one for one in load_cases(law(name), file) if (one.variant or "base") == (variant or "base"))


@cache
def made(name: str) -> Report:
    first, *others = case_of(name).asked()
    return report(law(name), case_of(name), first, others=others)


@cache
def told(name: str) -> Document:
    return document(made(name))


@cache
def words(name: str) -> str:
    return " ".join(markdown.render(told(name)).replace("\\", "").split())


def spans(value: object) -> list[Span]:
    """Every span of a document in its order, those of its footnotes left out."""
    if isinstance(value, Footnotes):
        return []
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [one for each in value for one in spans(each)]
    fields = getattr(type(value), "__dataclass_fields__", {})
    return [one for name in fields for one in spans(getattr(value, name))]


def titles(of: Document) -> list[str]:
    return [plain(one.title) for one in of.blocks if isinstance(one, Section)]


# --- the whole ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_its_sections_are_numbered_through_and_in_order(name: str) -> None:
    numbered = [one for one in titles(told(name)) if one[0].isdigit()]
    assert [int(one.partition(".")[0]) for one in numbered] == list(range(1, len(numbered) + 1))
    for title in ("Facts", "The law", "Analysis", "Contested readings", "What must still be found out", "Limits"):
        assert any(one.endswith(title) for one in numbered)
    assert titles(told(name))[len(numbered) :][0].startswith("Appendix A")


@pytest.mark.parametrize("name", CASES)
def test_footnotes_are_numbered_in_the_order_of_their_marks_and_each_has_one(name: str) -> None:
    marks = [one.note for one in spans(told(name).blocks) if one.note is not None]
    first = list(dict.fromkeys(marks))
    assert first == list(range(1, len(first) + 1))
    last = told(name).blocks[-1]
    notes = last.notes if isinstance(last, Footnotes) else ()
    assert [one.number for one in notes] == first


@pytest.mark.parametrize("name", CASES)
def test_a_source_is_cited_in_full_once_and_by_that_note_later(name: str) -> None:
    last = told(name).blocks[-1]
    assert isinstance(last, Footnotes)
    rulebook, full = law(name), dict[str, int]()
    for note in last.notes:
        for source in rulebook.sources.values():
            if source.title in plain(note.text) and source.title != source.short:
                full.setdefault(source.title, note.number)
        for mark in (one for one in note.text if one.link is not None and one.link.kind == "note"):
            assert int(mark.text) <= note.number


def test_the_same_case_gives_the_same_memorandum() -> None:
    rulebook = law(COOK)
    assert document(report(rulebook, case_of(COOK), "extradition")) == document(
        report(rulebook, case_of(COOK), "extradition")
    )


# --- its parts -----------------------------------------------------------------------------------------------


def test_the_head_says_the_answer_its_grounds_and_the_fact_that_carries_the_most() -> None:
    assert "Extradition must be refused." in words(SOLDIER)
    same = "the act is not a crime under Russian law (CPC Art. 464(1)(6); Constitution Art. 63(2))"
    other = "the person serves Russia under contract, or served and fought (CPC Art. 464(1)(7))"
    assert f"3 grounds support it: {same}; and {other}." in words(SOLDIER)
    assert "Without it the answer would stay on CPC Art. 464(1)(7) alone." in words(SOLDIER)
    assert "No contested reading, and no computed or disputed day, changes it." in words(SOLDIER)
    assert "4 contested readings: combat, force, offence-nexus and treaty-conflict" in words(COOK)


def test_the_words_that_open_a_list_stand_before_what_is_in_it_once() -> None:
    rows = [(one.role, one.id) for one in made(SOLDIER).law_in_force]
    assert rows[:2] == [("opening", "mandatory-ground-of-464"), ("ground", "cpc-464-1-6")]
    assert [role for role, _ in rows].count("opening") == 1
    assert "extradition of a person is not permitted if" in words(SOLDIER)
    assert all(one.short for one in made(SOLDIER).analysis if one.role == "ground")


def test_each_fact_that_bears_stands_once_under_where_it_comes_from() -> None:
    for name in QUICK:
        found, answer = made(name).facts, made(name).answer
        groups = (*found.given, *found.from_silence, *found.assumed_without_effect)
        told_facts = [*(one for group in groups for one in group.facts), *found.assumed, *found.unknown]
        assert sorted(one.name for one in told_facts) == sorted(one.name for one in answer.facts)


def test_a_judgment_that_the_case_states_is_told_apart() -> None:
    assert [one.name for one in made(SOLDIER).facts.judgments] == ["offence.crime_in_russia"]
    assert "It was taken as it is given, and not examined." in words(SOLDIER)
    assert "though a judgment of law" not in words(COOK)


def test_how_sure_a_text_is_goes_with_its_verb() -> None:
    assert "CPC Art. 464(1)(7) provides, as its text is reported:" in words(COOK)
    assert "CPC Art. 464(1)(6) provides:" in words(SOLDIER)
    assert "since 19 March 2026 (computed; ten full days after publication" in words(COOK)


def test_what_was_given_as_a_reason_before_is_referred_to() -> None:
    third = next(one for one in made(SOLDIER).analysis if one.provision == "const-63-2")
    assert third.applies[0].says == "the act is not a crime under Russian law"
    assert words(SOLDIER).count("The reason is given in 3.1.") == 3


def test_a_provision_that_applies_and_gives_way_is_analysed_last() -> None:
    assert [one.role for one in made(SOLDIER).analysis] == ["ground"] * 3 + ["yields"]
    assert "by itself it means that extradition is not available." in words(SOLDIER)


def test_an_element_that_no_fact_below_it_settles_is_not_said_to_be_met() -> None:
    (one,) = made(DISCHARGE).analysis
    open_ones = [element for element in one.applies if element.holds == "open"]
    assert [fact.input for element in open_ones for fact in element.facts][:1] == ["service[1].to"]
    assert "the answer is the same either way" in words(DISCHARGE)


def test_where_no_provision_applies_each_says_why() -> None:
    assert not made(NOBODY_HELD).analysis
    assert len(made(NOBODY_HELD).not_met) == 9
    assert "no armed attack on Russian forces stationed abroad (assumed)" in words(NOBODY_HELD)


def test_an_open_answer_has_a_line_for_each_outcome_and_no_least_change() -> None:
    assert "It depends" in words(TRIBUNAL)
    assert "If the President decides alone: deployment abroad under Russian law is authorised." in words(TRIBUNAL)
    assert made(TRIBUNAL).change is None
    assert "The least change" not in words(TRIBUNAL)
    assert "It depends** on one open point" in words(SERVICE)


@pytest.mark.long
def test_of_many_open_points_the_head_says_only_how_many() -> None:
    assert "It depends** on 30 open points" in words(NOTHING)
    assert "Section 5 says what each of them would decide." in words(NOTHING)


def test_what_no_reading_changes_is_told_with_the_fact_that_carries_it_otherwise() -> None:
    supposing = made(SOLDIER).supposing
    assert supposing is not None
    assert supposing.input == "offence.crime_in_russia"
    assert supposing.grounds == ("CPC Art. 464(1)(7)",)
    assert [one.id for one in supposing.readings] == ["force", "purpose", "treaty-conflict"]
    assert made(COOK).supposing is None


def test_what_is_to_be_found_names_assumptions_days_gaps_and_what_would_settle() -> None:
    kinds = [one.kind for one in made(COOK).to_find]
    assert kinds == sorted(kinds, key=["assumed", "date", "not found", "not read", "settles"].index)
    assert set(kinds) == {"assumed", "date", "not found", "not read", "settles"}
    assert "open reading" in [one.kind for one in made(TRIBUNAL).to_find]
    assert "open fact" in [one.kind for one in made(SERVICE).to_find]


def test_the_other_questions_have_the_answers_of_decide() -> None:
    for one in made(SOLDIER).other_questions:
        assert one.possible == decide(law(SOLDIER), case_of(SOLDIER), one.question).possible
    assert "is in force since 3 April 2026 (otherwise: is possible)." in words(SOLDIER)
    assert len(made(SOLDIER).other_questions) == 7


@pytest.mark.parametrize("name", one_in(3, [COOK, DISCHARGE, SERVICE, TRIBUNAL, SOLDIER, NOBODY_HELD, FATHER]))
def test_each_option_of_a_reading_leads_where_decide_says(name: str) -> None:
    one = made(name)
    for effect in one.readings:
        for other in effect.others:
            found = decide(law(name), case_of(name), one.question, readings={effect.id: other.option})
            assert found.possible == other.possible, (effect.id, other.option)
        if effect.effect == "none":
            assert all(other.possible == one.answer.possible for other in effect.others)


# --- the command ------------------------------------------------------------------------------------------------


def test_the_command_that_it_names_makes_it_again(run: Run) -> None:
    asked = ("report", COOK, "--question", "extradition", "--variant", "base", "--reading", "combat=everyone")
    shown = run(*asked, "--to", "md").out
    command = re.search(r"```console\nlawmodel (.*)\n```", shown)
    assert command is not None
    assert tuple(command[1].split()) == asked
    assert run(*command[1].split(), "--to", "md").out == shown
    assert "chosen for this memorandum" in shown


def test_a_case_without_a_day_is_asked_again_of_the_same_day(run: Run, tmp_path: Path) -> None:
    undated = tmp_path / "undated.yaml"
    undated.write_text("title: Undated\nfacts: {sanction: {provides_expulsion: no}}\n", encoding="utf-8")
    told = run("report", str(undated), "--question", "expulsion", "--json").out
    today = datetime.date.today().isoformat()
    assert f"--on {today}" in json.loads(told)["command"]
    assert "--on" not in json.loads(run("report", COOK, "--json").out)["command"]


def test_the_law_may_be_as_a_source_tells_it(run: Run) -> None:
    shown = run("report", COOK, "--as-told-by", "press-duma", "--question", "extradition", "--to", "md").out
    assert "as the source tells it" in shown
    assert "--as-told-by press-duma" in shown


def test_formats_are_named_by_their_endings_too(run: Run, tmp_path: Path) -> None:
    assert run("report", COOK, "--to", "md").out == run("report", COOK, "--format", "markdown").out
    assert run("report", COOK, "--out", str(tmp_path / "cook.html")).code == 0
    page = (tmp_path / "cook.html").read_text(encoding="utf-8")
    assert '<a href="#note-1" id="mark-1" role="doc-noteref"' in page
    assert '<li value="1" id="note-1">' in page


def test_a_file_of_word_goes_through_a_pipe() -> None:
    asked = (sys.executable, "-c", "from lawmodel.commands.main import main; main()", "report", COOK, "--to", "docx")
    done = subprocess.run(asked, capture_output=True, check=True)
    assert "Extradition must be refused." in words_in("docx", done.stdout)


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_an_older_memorandum_gives_way_and_no_other_file_does(run: Run, tmp_path: Path, ending: str) -> None:
    pytest.importorskip("typst")
    path = tmp_path / f"memorandum.{ending}"
    assert run("report", COOK, "--out", str(path)).code == 0
    first = path.read_bytes()
    assert run("report", COOK, "--out", str(path)).code == 0
    assert path.read_bytes() == first
    path.write_bytes(b"PK a file of somebody's")
    ran = run("report", COOK, "--out", str(path))
    assert ran.code == 2
    assert "is not replaced" in ran.err
    assert path.read_bytes() == b"PK a file of somebody's"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--to", "rtf"), "is not one of"),
        (("--question", "extraditon"), "extradition"),
        (("--variant", "nobody"), "nobody"),
        (("--reading", "combat=never"), "never"),
        (("--as-told-by", "pres-duma"), "press-duma"),
        (("--to", "md", "--json"), "contradict each other"),
    ],
)
def test_what_is_wrong_is_said(run: Run, arguments: tuple[str, ...], says: str) -> None:
    ran = run("report", COOK, *arguments)
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err
