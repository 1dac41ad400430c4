"""Exercises on pages, asked for as a browser without a script would: choosing, answering, hints, marks, progress."""

from __future__ import annotations

import datetime
import html
import json
import re
from dataclasses import replace
from functools import cache
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel import load_cases
from lawmodel.exercises.draft import ExerciseDraft
from lawmodel.exercises.exercise import LAW, AnswerOption, Exercise, WrittenCase
from lawmodel.exercises.lettered import lettered
from lawmodel.exercises.making import Making
from lawmodel.exercises.making_sets import make
from lawmodel.exercises.marking import Chosen, mark
from lawmodel.exercises.progress import StudentProgress, logged
from lawmodel.exercises.progress_file import progress_text
from lawmodel.kept_objects import KeptObjects
from lawmodel.law_files import scenarios_folder
from lawmodel.safe_text import safe
from lawmodel.service.pages.catalogue import LANGUAGES, catalogue
from lawmodel.service.pages.exchange import PageRequest
from lawmodel.service.pages.practice import sets_at_hand
from lawmodel.service.pages.practice.answer_form import read_form
from lawmodel.service.pages.practice.exercise_page import exercise_page
from lawmodel.service.pages.practice.set_address import SetAsked, read_set, set_href
from lawmodel.service.pages.practice.sets_at_hand import SetAtHand, SetsAtHand
from tests.exercises.drawn_exercises import exercises
from tests.service.pages.asking import Form, get, law

SET = SetAsked("extradition", ("outcome",), count=1, seed=5)
"""Its exercise is `made_of_the_cook`, whatever the law would make."""
QUICK = SetAsked("extradition", ("order",), count=2, seed=3)
"""Made at once."""


@cache
def at_hand() -> SetsAtHand:
    return SetsAtHand(law())


@cache
def made_of_the_cook() -> Exercise:
    """One who serves still: must he have fought? Made as the kind makes it, of a supplied case."""
    laws = at_hand().laws("extradition")
    making = Making(laws, "outcome", 1, [])
    case = load_cases(law(), scenarios_folder() / "extradition" / "04-serving-cook.yaml")[0]
    case = replace(case, presume=True, title="", name="", expectations=())
    ours = laws.answer(case)
    held = [laws.held[name] for name in ("fighting-of-all", "combat-crimes-only", "item-7-is-a-may")]
    wrong = [making.wrong(case, one, (ours, laws.answer(case, one.id)), one.says) for one in held]
    right = AnswerOption(
        LAW, "Extradition must be refused. One who still serves need not have fought.", True, answered=ours
    )
    draft = ExerciseDraft(
        stem="Which answer is right, and why?", options=(wrong[0], right, *wrong[1:]), answered=ours, case=case
    )
    made = making.finished(draft)
    assert made is not None
    return made


@pytest.fixture(autouse=True)
def of_the_cook(monkeypatch: pytest.MonkeyPatch) -> None:
    """The set `SET` is the exercise of the cook."""
    until = SetsAtHand.until

    def known(self: SetsAtHand, asked: SetAsked, place: int) -> SetAtHand:
        return SetAtHand((made_of_the_cook(),), (), True) if asked.key == SET.key else until(self, asked, place)

    monkeypatch.setattr(SetsAtHand, "until", known)


def exercise(asked: SetAsked = SET, place: int = 1) -> Exercise:
    return at_hand().until(asked, place).exercises[place - 1]


def page(asked: SetAsked = SET, place: int = 1, /, **further: str) -> str:
    return shown(set_href(asked, place, further))


@cache
def shown(address: str) -> str:
    response = get(address)
    assert response.status == 200
    return response.body


def plain(body: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def letter(one: Exercise, name: str) -> str:
    return next(letter for letter, option in lettered(one) if option.id == name)


def answered(**further: str) -> str:
    return page(**{"do": "mark", **further})


# --- choosing ----------------------------------------------------------------------------------------------


def test_what_is_chosen_leads_to_the_first_exercise_of_a_set_that_its_address_names() -> None:
    chosen = get("/practise").body
    fields = dict(Form(chosen, "/practise").fields)
    assert (fields["question"], fields["count"], fields["seed"]) == ("extradition", "6", "1")
    first = get(f"/practise?{urlencode({**fields, 'count': '3', 'seed': '3', 'kind': 'order', 'level': ''})}").body
    assert "Exercise 1 of 3" in plain(first)
    link = re.search(r'href="(/practise/extradition\?[^"]+)"', first)
    assert link is not None
    of_set = plain(get(html.unescape(link[1])).body)
    assert "lawmodel exercises --question extradition --kind order --count 3 --seed 3 --out exercises.json" in of_set


def test_a_link_that_names_its_rulebook_says_where_it_is_another() -> None:
    of_set = get(set_href(QUICK)).body
    shared = re.search(r'<a href="([^"]+)" id="shared">', of_set)
    assert shared is not None
    assert f"rulebook={law().content_hash[:8]}" in shared[1]
    assert "another rulebook" not in plain(get(html.unescape(shared[1])).body)
    for place in (None, 1, 2):
        words = plain(get(set_href(replace(QUICK, rulebook="30dafd08"), place)).body)
        assert "This was made with another rulebook, sha256:30dafd08." in words
        assert "So the exercises may be others than those that were sent." in words


def test_the_set_of_an_address_is_the_one_that_the_command_makes() -> None:
    made = make(at_hand().laws("extradition"), ["order"], 2, 3)
    assert at_hand().until(QUICK, 2).exercises == made.exercises
    for place, one in enumerate(made.exercises, 1):
        assert html.escape(one.stem) in page(QUICK, place).replace("&#39;", "&#x27;")


def test_a_set_ends_with_what_could_not_be_made() -> None:
    short = SetAsked("extradition", ("order",), count=20, seed=3)
    made = make(at_hand().laws("extradition"), ["order"], 20, 3)
    last = len(made.exercises)
    assert 2 < last < 20
    words = plain(page(short, last + 1))
    assert f"You have come through {last} exercises." in words
    assert f"Put the steps in order {last} of 20" in words
    assert get(set_href(short, 21)).status == 200
    assert get(set_href(short, 22)).status == 404


def test_where_a_level_has_none_the_nearest_that_has_one_is_offered() -> None:
    rare = SetAsked("extradition", ("statement",), level=1, count=2, seed=3)
    shown = get(set_href(rare, 1))
    assert shown.status == 200
    words = plain(shown.body)
    assert "No exercise of level 1 was found" in words
    assert "exercises of this kind are of level 3 at least" in words
    offered = [html.unescape(one) for one in re.findall(r'<a class="button[^"]*" href="([^"]+)">Begin', shown.body)]
    assert offered == [set_href(replace(rare, level=level), 1) for level in (3, None)]
    assert "Is that true of the law as a whole" in plain(get(offered[0]).body)


def test_where_a_kind_has_none_of_any_level_that_is_said() -> None:
    words = plain(page(SetAsked("removal", ("day",), level=2, count=1, seed=3), 1))
    assert "No exercise could be made" in words
    assert "Choose another kind, or another question." in words


@pytest.mark.parametrize(
    "address", ["/practise/nothing", "/practise/extradition/0", "/practise/extradition/x", "/practise/extradition/1/2"]
)
def test_what_there_is_not_is_not_found(address: str) -> None:
    assert get(address).status == 404


def test_what_cannot_be_read_of_an_address_is_told_and_passed_over() -> None:
    asked = PageRequest("practise", "", (("kind", "order,outcom"), ("level", "9"), ("count", "500"), ("seed", "-1")))
    read = read_set(law(), "extradition", asked)
    assert (read.kinds, read.level, read.count, read.seed) == (("order",), None, 6, 1)
    assert [one.parameter for one in read.mistakes] == ["kind", "level", "count", "seed"]
    assert "Did you mean outcome?" in read.mistakes[0].mend


@given(st.lists(st.tuples(st.sampled_from(("kind", "level", "count", "seed", "rulebook", "ui")), st.text())))
def test_a_set_that_was_read_has_an_address_that_names_it(query: list[tuple[str, str]]) -> None:
    read = read_set(law(), "extradition", PageRequest("practise", "extradition", tuple(query)))
    view, _, name = set_href(read).partition("?")
    fields = [one.partition("=") for one in name.split("&")]
    again = read_set(law(), "extradition", PageRequest("practise", view, tuple((n, v) for n, _, v in fields)))
    assert again.key == read.key
    assert not again.mistakes


# --- before an answer ----------------------------------------------------------------------------------------


@given(exercises(), st.data())
def test_nothing_of_the_key_is_in_the_page_before_an_answer(one: Exercise, data: st.DataObject) -> None:
    """With any other key, the page would be the same."""
    turned = [
        replace(option, right=data.draw(st.booleans()), id=f"x{n}", misconception=None, reading=None, feedback="")
        for n, option in enumerate(one.options)
    ]
    other = replace(one, options=tuple(turned), explanation="", answered=None, sides=(), proof=(), limbs=())
    if isinstance(one.response, WrittenCase):
        other = replace(other, response=replace(one.response, possible=not one.response.possible, example={}))
    form, laws = read_form(PageRequest("practise", "")), at_hand().laws("extradition")
    assert exercise_page(laws, SET, 1, one, form) == exercise_page(laws, SET, 1, other, form)


def test_options_go_by_their_letters() -> None:
    body = page()
    assert re.findall(r'name="answer" value="([^"]+)"', body) == ["A", "B", "C", "D"]
    for option in exercise().options:
        assert option.says in plain(body)
        assert not option.feedback or option.feedback not in plain(body)


def test_three_hints_come_one_by_one_and_cost() -> None:
    hints = exercise().hints
    body = page(do="hint")
    assert "Hint 2 (costs 20 %)" in plain(body)
    for shown in range(1, 4):
        words = plain(body)
        assert [hint in words for hint in hints] == [place < shown for place in range(3)]
        fields = dict(Form(body, "/practise/extradition/1").fields)
        assert fields["hints"] == str(shown)
        body = page(**{**{k: v for k, v in fields.items() if k not in ("kind", "count", "seed")}, "do": "hint"})
    assert "do" not in dict(Form(body, "/practise/extradition/1").fields)
    assert "Mark: 40 % (after 3 hints)" in plain(answered(answer=letter(exercise(), "law"), hints="3"))


# --- after an answer -----------------------------------------------------------------------------------------


def test_a_right_answer_is_told_so_with_the_law_behind_it() -> None:
    words = plain(answered(answer=letter(exercise(), "law")))
    assert "Right Mark: 100 %" in words
    assert "your answer, right" in words
    assert exercise().explanation in words
    assert "Read CPC Art. 464(1)(7)" in words
    assert "Where the law and your answer part" not in words


def test_a_wrong_answer_is_right_on_another_reading_which_others_hold() -> None:
    body = answered(answer=letter(exercise(), "fighting-of-all"))
    words = plain(body)
    assert "Not on this reading Mark: 30 %" in words
    assert "Right, if it is read so: fighting is required of everyone, of those who serve as well" in words
    assert "The Moscow Times" in words
    parted = words[words.index("Where the law and your answer part") :]
    assert "Reading combat (default): fighting is required only of those who have left" in parted
    assert "did not take part in fighting" in parted


def test_a_twin_shows_what_makes_the_difference_under_each_reading() -> None:
    body = answered(answer=letter(exercise(), "fighting-of-all"))
    table = body[body.index('<table class="stack twins"') :]
    rows = re.findall(r"<tr.*?</tr>", table[: table.index("</table>")], re.DOTALL)
    assert "on strength until" in plain(rows[0])
    told = [re.findall(r"(must be refused|may be granted)", plain(row)) for row in rows[1:]]
    assert told == [
        ["must be refused", "may be granted"],
        ["may be granted", "may be granted"],
        ["must be refused", "must be refused"],
    ]
    for href in re.findall(r'<a href="(/cases/new[^"]+)"', rows[1]):
        assert get(html.unescape(href)).status == 200


def test_naming_the_reading_makes_the_answer_nearly_right() -> None:
    words = plain(answered(answer=letter(exercise(), "fighting-of-all"), reading="combat=everyone"))
    assert "Mark: 80 %" in words


def test_a_further_try_has_half_a_mark_at_most_and_is_not_noted() -> None:
    first = answered(answer=letter(exercise(), "law"))
    assert "data-record" in first
    again = re.search(r'<a class="button quiet" href="([^"]+)">Answer again</a>', first)
    assert again is not None
    fields = dict(Form(get(html.unescape(again[1])).body, "/practise/extradition/1").fields)
    assert fields["tries"] == "2"
    second = answered(answer=letter(exercise(), "law"), tries="2")
    assert "Mark: 50 % (a further try: at most 50 %)" in plain(second)
    assert "data-record" not in second


def test_who_does_not_know_is_told_the_answer() -> None:
    words = plain(page(do="unknown"))
    assert "The answer Mark: 0 %" in words
    assert exercise().explanation in words


def test_nothing_chosen_is_asked_for() -> None:
    assert "Nothing is answered yet." in plain(page(do="mark"))
    assert "Nothing is answered yet." in plain(page(do="mark", answer="Z"))


def test_steps_are_put_in_order() -> None:
    one = exercise(QUICK)
    letters = [each for each, option in lettered(one)]
    twice = {f"place.{each}": "1" for each in letters}
    assert "Two steps have the same place." in plain(page(QUICK, do="mark", **twice))
    right = page(QUICK, do="unknown")
    order = re.search(r'<div class="right-order">.*?</div>', right, re.DOTALL)
    assert order is not None
    says = [plain(each) for each in re.findall(r"<li>(.*?)(?:<span|</li>)", order[0])]
    named = {option.says: each for each, option in lettered(one)}
    placed = {f"place.{named[said]}": str(place) for place, said in enumerate(says, 1)}
    assert "Right Mark: 100 %" in plain(page(QUICK, do="mark", **placed))


def test_a_case_that_is_written_is_decided_and_what_is_none_is_told() -> None:
    built = SetAsked("extradition", ("build",), count=10, seed=3)
    found = at_hand().until(built, 10).exercises
    wanted = {
        bool(one.response.possible): place
        for place, one in enumerate(found, 1)
        if isinstance(one.response, WrittenCase)
    }
    assert set(wanted) == {True, False}
    possible = found[wanted[True] - 1]
    assert isinstance(possible.response, WrittenCase)
    written = json.dumps(dict(possible.response.example))
    body = page(built, wanted[True], do="mark", case=written)
    assert "Mark: 100 %" in plain(body)
    none = page(built, wanted[True], do="mark", case="facts: {person: {colour: red}}")
    assert "This is no case yet." in plain(none)
    assert "there is no fact `person.colour`" in plain(none)
    assert html.escape(possible.explanation) not in none  # nothing of the key is told, and it can be mended
    assert dict(Form(none, f"/practise/extradition/{wanted[True]}").fields).get("tries") is None
    assert "There is such a case." in plain(page(built, wanted[True], do="mark", none="yes"))
    for place in wanted.values():  # the question alone does not tell whether there is one
        assert "Why is there none?" not in page(built, place)
    asked = page(built, wanted[False], do="mark", none="yes")
    assert "Say why there is none." in plain(asked)
    reason = letter(found[wanted[False] - 1], "law")
    assert "Mark: 100 %" in plain(page(built, wanted[False], do="mark", none="yes", answer=reason))


@pytest.mark.parametrize("script", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}"])
def test_whatever_is_written_is_only_text(script: str) -> None:
    built = SetAsked("extradition", ("build",), count=6, seed=3)
    body = page(built, 1, do="mark", case=script, reading=script, answer=script)
    assert "<script>alert" not in body
    assert "<img src" not in body
    assert "49" not in re.sub(r"\d{3,}", "", plain(body[body.index("<h1") : body.index("</main>")]))


def test_pages_of_exercises_speak_russian_and_keep_to_it() -> None:
    body = page(replace(SET, language="ru"), do="mark", answer=letter(exercise(), "fighting-of-all"))
    assert "При этом толковании нет" in plain(body)
    links, switch = re.findall(r'href="(/[^"]*)"', body), re.search(r'<p class="side"><a href="([^"]+)"', body)
    assert switch is not None
    assert [one for one in links if not one.startswith("/static") and "ui=ru" not in one] == [switch[1]]


def test_both_catalogues_have_the_same_texts() -> None:
    one, other = (set(catalogue(language).texts) for language in LANGUAGES)
    assert one == other


def test_nothing_that_steers_a_screen_is_on_a_page() -> None:
    for address in ("/practise/extradition/1?kind=order&count=", "/law/search?search=", "/cases/new?request.by="):
        body = get(f"{address}{quote(chr(0x202E) + chr(7) + 'x')}").body
        assert "\N{REPLACEMENT CHARACTER}" in body
        assert safe(body) == body


# --- sets that are kept ---------------------------------------------------------------------------------------


def test_what_was_made_is_found_by_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    made = at_hand().until(QUICK, 2)
    other = SetsAtHand(law())
    monkeypatch.setattr(sets_at_hand, "made_in_turn", None)  # nothing can be made
    assert other.until(QUICK, 2) == made


def test_what_was_spoiled_in_the_cache_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made = at_hand().until(QUICK, 2)
    monkeypatch.setattr(KeptObjects, "recall", lambda *_: (True, '{"title": "no exercises"}'))
    assert SetsAtHand(law()).until(QUICK, 2) == made


# --- progress -------------------------------------------------------------------------------------------------


def log_of(*chosen: str) -> str:
    """A log of these answers, a day after the other, long ago."""
    at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    log = StudentProgress()
    for number, name in enumerate(chosen):
        found = mark(exercise(), Chosen((name,)))
        log = log.with_answer(logged(exercise(), Chosen((name,)), found, 0, at + datetime.timedelta(days=number)))
    return progress_text(log)


def test_a_marked_page_has_the_answer_as_the_log_has_it() -> None:
    body = answered(answer=letter(exercise(), "fighting-of-all"))
    record = re.search(r'data-record="([^"]+)"', body)
    assert record is not None
    answer = {**json.loads(html.unescape(record[1])), "at": "2026-01-01T00:00:00Z"}
    assert {"answers": [answer]} == {"answers": json.loads(log_of("fighting-of-all"))["answers"]}


def test_what_is_due_and_what_the_answers_are_like_is_worked_out_from_a_log_that_is_sent() -> None:
    page = get("/progress", log_of("fighting-of-all"), sets=set_href(SET, 1))
    words = plain(page.body)
    assert "1 answer. " in words
    assert "Whoever invokes item 7 must have taken part in fighting. 20" in words
    assert "missed 1 of 1" in words
    assert "(1 answer could be weighed.)" in words
    assert html.escape(set_href(SET, 1)) in page.body  # the point that is due is asked again
    alone = plain(get("/progress", log_of("fighting-of-all")).body)
    assert "(0 answers could be weighed.)" in alone


@pytest.mark.parametrize("content", ["no log", "{}", '{"format": "lawmodel-progress", "edition": 2, "answers": []}'])
def test_what_is_no_log_is_refused_with_its_place(content: str) -> None:
    page = get("/progress", content)
    assert page.status == 422
    assert 'role="alert"' in page.body


@pytest.mark.parametrize(
    "sets",
    ["/practise/nothing/3", "/cases/new", "/practise/extradition/999", "\x00", "/practise/extradition/1?kind=x" * 99],
)
def test_addresses_that_are_no_sets_are_passed_over(sets: str) -> None:
    assert get("/progress", log_of("law"), sets=sets).status == 200
