"""Cases told in prose: what is told is what is read back, and it reads as a lawyer would write it."""

from __future__ import annotations

import datetime
import random
import re
from pathlib import Path

import pytest

from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.case.values import encode_given
from lawmodel.exercises.prose.facts_told import facts_given
from lawmodel.exercises.prose.person import Sex, every_person, invent, name_stocks
from lawmodel.exercises.prose.read_back import StoryNotUnderstood, as_case, named_person, read_back
from lawmodel.exercises.prose.story import MOST_WORDS, NotTold, Story, facts_to_tell, tell
from lawmodel.exercises.prose.wordings import words_in
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import case_files, rules_folder, scenarios_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.sizes import one_in

FILES = case_files([scenarios_folder()])
NAMES = [file.relative_to(scenarios_folder()).as_posix() for file in FILES]
NOTHING_IN_THEM = ("exactness/nothing-known.yaml",)
BRITISH = Path("examples/british-nationality")
TOY = Path("tests/toy/rules")
PRONOUN = re.compile(r"\b(he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
SEXES: tuple[Sex, ...] = ("male", "female")
WOMAN = ("she", "her", "hers", "herself")


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(rules_folder())


def told_anew(rulebook: Rulebook, case: Case, question: str, seed: int = 0) -> Story:
    return tell(rulebook, case, question, seed=seed)


@pytest.mark.parametrize("file", one_in(40, FILES))
def test_every_supplied_case_is_told_and_read_back(rulebook: Rulebook, file: Path) -> None:
    for number, case in enumerate(load_cases(rulebook, file)):
        for question in case.asked():
            if not facts_to_tell(rulebook, case, question, None, ()):
                assert file.relative_to(scenarios_folder()).as_posix() in NOTHING_IN_THEM
                continue
            story = tell(rulebook, case, question, seed=number)
            assert read_back(rulebook, story.text) == facts_to_tell(rulebook, case, question, None, ())
            assert words_in(story.text) / len(story.sentences) <= MOST_WORDS
            assert not re.search(r"[\[\](){}_§]", story.text)
            its = {one.lower() for one in PRONOUN.findall(story.text)}
            assert not its & set(WOMAN) or story.person.sex == "female"
            assert its <= set(WOMAN) or story.person.sex == "male"
            assert "the person" not in story.text.lower() or story.in_words_of_values
            outcomes = rulebook.questions[question].outcomes
            given_away = [one.predicate or one.says for one in outcomes if len((one.predicate or one.says).split()) > 2]
            assert not [one for one in given_away if one in story.text]
            assert not [one.citation for one in rulebook.provisions.values() if one.citation in story.text]


@pytest.mark.parametrize("file", one_in(45, FILES))
def test_what_is_read_back_is_answered_alike(rulebook: Rulebook, file: Path) -> None:
    for case in load_cases(rulebook, file)[:3]:
        question = case.asked()[0]
        if not facts_to_tell(rulebook, case, question, None, ()) or case.facts.get(rulebook.law_date) is None:
            continue  # the day of the law is that of today, or not known
        read = as_case(rulebook, read_back(rulebook, told_anew(rulebook, case, question).text), case.presume)
        ours, theirs = decide(rulebook, case, question), decide(rulebook, read, question)
        assert (ours.outcome, ours.possible, [one.id for one in ours.grounds]) == (
            theirs.outcome,
            theirs.possible,
            [one.id for one in theirs.grounds],
        )


def test_one_seed_tells_one_story_and_another_another(rulebook: Rulebook) -> None:
    (case, *_) = load_cases(rulebook, scenarios_folder() / "extradition/04-serving-cook.yaml")
    stories = [tell(rulebook, case, "extradition", seed=seed).text for seed in (1, 1, 2, 3, 4)]
    assert stories[0] == stories[1]
    assert len(set(stories)) == 4


def test_only_what_is_needed_is_told_and_what_is_given_beside_it(rulebook: Rulebook) -> None:
    (case, *_) = load_cases(rulebook, scenarios_folder() / "extradition/04-serving-cook.yaml")
    needed = (
        "service[1].basis",
        "service[1].formation",
        "service[1].from",
        "decision.made",
        "person.citizenships[1].state",
    )
    story = tell(rulebook, case, "extradition", seed=1, needed=needed, beside=("request.state",))
    assert set(story.told) == {*needed, "service", "service[1].to", "person.citizenships", "request.state"}


@pytest.mark.parametrize("political", [True, None])
def test_what_is_invented_never_stands_beside_facts_that_could_deny_it(
    rulebook: Rulebook, political: bool | None
) -> None:
    received = datetime.date(2026, 3, 2).toordinal()
    case = Case(facts={"request.state": "UZ", "request.received": received, "offence.political": political})
    (charges,) = (one.says for one in rulebook.phrases["request"].details if one.id == "charge")
    texts = [tell(rulebook, case, "extradition", seed=seed).text for seed in range(12)]
    assert any(charge in text for text in texts for charge in charges) == (political is None)


def test_in_plain_words(rulebook: Rulebook) -> None:
    (case, *_) = load_cases(rulebook, scenarios_folder() / "extradition/04-serving-cook.yaml")
    plain = {tell(rulebook, case, "extradition", seed=seed, register="plain").text for seed in range(3)}
    assert any("signed up" in text for text in plain)
    assert not any("signed up" in tell(rulebook, case, "extradition", seed=seed).text for seed in range(3))


def test_names_are_not_alike_in_a_set(rulebook: Rulebook) -> None:
    (case, *_) = load_cases(rulebook, scenarios_folder() / "extradition/04-serving-cook.yaml")
    names: list[str] = []
    for seed in range(7):
        names.append(tell(rulebook, case, "extradition", seed=seed, taken=names).person.name)
    initials = [tuple(word[0] for word in name.split()) for name in names]
    assert len(set(initials)) == len(initials)


@pytest.mark.parametrize(
    ("changed", "into"),
    [
        ("was never", "was once"),
        ("2026", "26"),
        ("Uzbekistan", "Uzbekistania"),
        ("Prosecutor", "prosecutor"),
    ],
)
def test_what_is_changed_is_not_understood(rulebook: Rulebook, changed: str, into: str) -> None:
    text = (
        "Otabek Toshnurov is a citizen of Uzbekistan. He signed a contract on 3 February 2025, began in a motor rifle "
        "regiment of the Russian army on 5 February 2025 and stayed until 15 March 2026. He was never in any fighting. "
        "The Prosecutor General's office decides on 22 April 2026."
    )
    text = text.replace("signed a contract on", "signed up on")
    assert read_back(rulebook, text)["service[1].fought"] is False
    with pytest.raises(StoryNotUnderstood):
        read_back(rulebook, text.replace(changed, into))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Otabek Toshnurov is stateless. She never fought.", "pronouns do not agree"),
        ("Otabek Toshnurov is stateless. Akmal Pardanazarov is stateless.", "more than one person"),
        ("Otabek Toshnurov is stateless. He is stateless.", "none, of person.citizenships"),
        ("Otabek Toshnurov sang.", "not at all"),
    ],
)
def test_what_is_not_understood_says_why(rulebook: Rulebook, text: str, says: str) -> None:
    with pytest.raises(StoryNotUnderstood, match=says):
        read_back(rulebook, text)


def test_another_day_is_read_as_another_day(rulebook: Rulebook) -> None:
    (case, *_) = load_cases(rulebook, scenarios_folder() / "extradition/04-serving-cook.yaml")
    story = told_anew(rulebook, case, "extradition")
    other = read_back(rulebook, story.text.replace("22 April 2026", "23 April 2026"))
    assert other["decision.made"] == int(facts_given(rulebook, case)["decision.made"] or 0) + 1  # type: ignore[arg-type]


@pytest.mark.parametrize("file", one_in(4, case_files([BRITISH / "cases"])))
def test_another_law_is_told_with_the_phrases_that_it_has_and_else_in_the_words_of_values(file: Path) -> None:
    british = load_rulebook(BRITISH / "rules")
    for case in load_cases(british, file):
        for question in case.asked():
            story = tell(british, case, question, seed=5)
            assert read_back(british, story.text) == facts_to_tell(british, case, question, None, ())
            assert "case is decided on" in story.text or "decision is of" in story.text


def test_a_law_without_phrases_is_told_in_the_words_of_values() -> None:
    toy = load_rulebook(TOY)
    assert not toy.phrases
    question = next(iter(toy.questions))
    case = Case(facts={path: _some_value(toy, path) for path, fact in toy.facts.items() if fact.sort != "records"})
    story = tell(toy, case, question, seed=1)
    assert story.in_words_of_values
    assert read_back(toy, story.text) == facts_to_tell(toy, case, question, None, ())


def _some_value(rulebook: Rulebook, path: str) -> bool | int | str:
    fact = rulebook.facts[path]
    match fact.sort:
        case "yes/no":
            return True
        case "choice":
            return next(iter(rulebook.choices_of(fact)))
        case "date":
            return 739_000
        case _:
            return 7


def test_nothing_to_tell_is_said(rulebook: Rulebook) -> None:
    with pytest.raises(NotTold, match="gives nothing"):
        tell(rulebook, Case(facts={}), "extradition", seed=1)


def test_names_tell_men_from_women_or_say_that_they_do_not() -> None:
    assert len(name_stocks()) > 12
    for person in every_person():
        assert named_person(f"{person.name} is stateless.") in (
            (person.given, person.family, person.sex),
            (person.given, person.family, None),
        )
        assert re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", person.name)


def test_every_state_has_a_name() -> None:
    for state in (*name_stocks(), "XX"):
        for sex in SEXES:
            assert invent(state, sex, random.Random(1)).name  # noqa: S311 - reproducible chance


def test_values_are_written_as_they_were(rulebook: Rulebook) -> None:
    """What is read back can be written into a case file."""
    (case, *_) = load_cases(rulebook, scenarios_folder() / "extradition/04-serving-cook.yaml")
    read = read_back(rulebook, told_anew(rulebook, case, "extradition").text)
    written = {
        key: encode_given(rulebook.facts[key], value)
        for key, value in read.items()
        if key in rulebook.facts and rulebook.facts[key].sort != "records"
    }
    assert written["decision.made"] == "2026-04-22"
    assert written["request.state"] == "UZ"
