"""The pages of the law: each entry of the rulebook has one, their links lead somewhere, and a search finds entries."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html import unescape
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lawmodel.document import plain as words_of
from lawmodel.law_entries.entries import entry_result
from lawmodel.law_entries.entry_document import entry_document
from lawmodel.law_entries.law_view import LawView
from lawmodel.law_entries.standing import LawOn
from lawmodel.service.pages.address import NEW
from lawmodel.service.pages.links import law_address
from tests.service.pages.asking import COOK, get, law
from tests.service.pages.test_address import BENCH
from tests.service.pages.test_pages import HOSTILE, plain
from tests.sizes import one_in

ITEM_7 = "/law/cpc-464-1-7"


@cache
def view() -> LawView:
    """The law of a day."""
    import datetime

    return LawView(law(), LawOn(law(), datetime.date(2026, 11, 1)))


IDS = sorted({entry.id for entry in view().entries})
OVERVIEWS = ("/law/search?search=fighting", ITEM_7, "/law/combat", "/law/extradition", "/law/contested", "/law")


def led(page: str) -> list[str]:
    """The addresses of this service to which the links of a page lead."""
    found = (unescape(one) for one in re.findall(r'<a [^>]*?href="([^"]+)"', page))
    return list(dict.fromkeys(one for one in found if one.startswith("/")))


@cache
def is_there(address: str) -> bool:
    """Whether there is a page; of cases and questions to be searched it is known without working them out."""
    view, _, name = unquote(urlsplit(address).path).strip("/").partition("/")
    if view == "cases" and name:
        return name in BENCH.cases or name == NEW
    if view == "parting":
        question = dict(parse_qsl(urlsplit(address).query))["question"]
        return name in law().readings and question in law().questions
    return get(address).status == 200


# --- every entry --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", one_in(24, IDS))
def test_every_entry_has_a_page_with_its_title(name: str) -> None:
    response = get(law_address(name, {}))
    assert response.status == 200
    assert response.body.count("<h1") == 1
    shown = unescape(plain(response.body))
    for entry in view().named(name):
        told = entry_document(entry_result(view(), entry))
        assert " ".join(words_of(told.title).split()) in shown
        assert f'id="{told.anchor}"' in response.body


@pytest.mark.parametrize("name", one_in(64, IDS))
def test_every_link_of_an_entry_leads_to_a_page(name: str) -> None:
    page = get(law_address(name, {})).body
    assert [one for one in led(page) if not is_there(one)] == []
    places = set(re.findall(r' id="([^"]+)"', page))
    assert [one for one in re.findall(r'href="#([^"]+)"', page) if unescape(one) not in places] == []


def test_what_is_named_without_being_an_entry_leads_nowhere() -> None:
    page = get("/law/enl-foreign").body
    assert "law-date" in page
    assert 'href="/law/law-date"' not in page


@pytest.mark.parametrize("address", one_in(6, OVERVIEWS))
def test_every_link_of_an_overview_leads_to_a_page(address: str) -> None:
    assert [one for one in led(get(address).body) if not is_there(one)] == []


def test_everything_that_has_a_name_is_led_to_from_the_first_page() -> None:
    there = set(led(get("/law").body))
    for kind in ("questions", "provisions", "readings", "instruments", "concepts", "sources", "tellings", "properties"):
        missing = [name for name in getattr(law(), kind) if law_address(name, {}) not in there]
        assert missing == [], kind


@pytest.mark.parametrize("name", one_in(48, IDS))
def test_no_two_places_of_a_page_have_the_same_name(name: str) -> None:
    met = Counter(re.findall(r' id="([^"]+)"', get(law_address(name, {})).body))
    assert [one for one, number in met.items() if number > 1] == []


def test_several_entries_of_one_name_stand_on_one_page() -> None:
    page = get("/law/law-50-fz").body
    assert 'id="instrument-law-50-fz"' in page
    assert 'id="source-law-50-fz"' in page


# --- what stands on a page ----------------------------------------------------------------------------------


def test_a_provision_begins_with_its_operative_words() -> None:
    page = plain(get(ITEM_7).body)
    provision = law().provisions["cpc-464-1-7"]
    assert provision.words is not None
    order = (
        "CPC Art. 464(1)(7)",
        provision.words.original,
        provision.words.translation,
        " ".join(provision.text.split()),
        "law, in force since 19 March 2026",
        "Applies if",
        "Unless",
        "reports of it were seen on 28 November 2026",
        "Read in more than one way",
        "18 readings in full",
    )
    places = [unescape(page).find(one) for one in order]
    assert places == sorted(places)
    assert -1 not in places
    assert '<span lang="ru">«проходящего' in get(ITEM_7).body


def test_the_conditions_of_a_provision_are_drawn_beside_it_once() -> None:
    page = get(ITEM_7).body
    beside = page.partition("<aside")[2].partition("</aside>")[0]
    assert page.count('<figure class="picture ladder">') == beside.count('<figure class="picture ladder">') == 1
    assert "The same as a list" in beside


def test_a_provision_names_the_cases_that_expect_it() -> None:
    page = get(ITEM_7).body
    assert f'<a href="{COOK}" lang="en">A serving cook who never fought</a>' in page
    assert "/cases/" not in get("/law/enl-blacklist").body.partition("Cases that test it")[2].partition("</aside>")[0]


def test_a_reading_names_who_holds_what_and_leads_to_a_case_on_which_it_parts() -> None:
    page = get("/law/combat").body
    for option in law().readings["combat"].options:
        assert option.says in unescape(page)
        assert all(f'href="/law/{one.id}"' in page for one in option.supported_by)
    assert 'href="/parting/combat?question=extradition"' in page
    assert "A serving cook who never fought" in page


def test_contested_points_stand_on_a_page_of_their_own() -> None:
    page = get("/law/contested").body
    for reading in law().readings.values():
        assert f'id="reading-{reading.id}"' in page
        assert f'href="#reading-{reading.id}"' in page
    assert "Dates on which sources differ" in page
    assert all(gap.title in unescape(plain(page)) for gap in law().gaps.values())


def test_the_law_of_another_day_and_stage_goes_from_page_to_page() -> None:
    page = get(f"{ITEM_7}?on=2026-02-01&stage=passed_duma").body
    assert "not law" in plain(page)
    kept = [one for one in led(page) if one.startswith("/law/")]
    assert len(kept) > 50
    assert [one for one in kept if "ui=" not in one and urlsplit(one).query != "on=2026-02-01&stage=passed_duma"] == []
    assert "not law" not in plain(get(f"{ITEM_7}?on=2026-11-01").body)


@pytest.mark.parametrize("query", ["on=soon", "on=2026-02-30", "stage=passed", "on=%00", "stage=<b>"])
def test_a_day_or_stage_that_cannot_be_read_is_told(query: str) -> None:
    response = get(f"/law?{query}")
    assert response.status == 200
    assert "cannot be read" in response.body
    kept = [one for one in led(response.body) if "on=" in one or "stage=" in one]
    assert len(kept) == 1  # the same address in the other language alone
    assert kept[0].endswith("&ui=ru")


def test_the_case_leads_to_the_law_on_which_it_rests() -> None:
    """Beside the case, and from there to a page of its own."""
    page = get(COOK).body
    reasons = page.partition('aria-labelledby="reasons"')[2].partition("</section>\n\n<aside")[0]
    assert f'href="{COOK}?law=combat#law"' in reasons
    assert f'<a href="{COOK}?law=cpc-464-1-7#law"><strong>CPC Art. 464(1)(7)</strong></a>' in reasons
    not_met = f'<a href="{COOK}?law=cpc-464-1-1#law">CPC Art. 464(1)(1); Constitution Art. 61(1)</a>'
    assert not_met in reasons
    assert 'href="/law/combat"' in get(f"{COOK}?law=combat").body


# --- searching ----------------------------------------------------------------------------------------------


def found(words: str) -> list[str]:
    """The addresses of the entries that a search finds."""
    page = get(f"/law/search?{urlencode({'search': words})}").body
    return led(page.partition('<div class="sheet')[2].partition('<details class="which"')[0])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("took part in fighting", "fighting"),
        ("COMBAT", "combat"),
        ("464(1)(7)", "cpc-464-1-7"),
        ("п. 7 ч. 1 ст. 464", "cpc-464-1-7"),
        ("участвовавшего", "cpc-464-1-7"),
        ("cis-legislation.com", "cis-50-fz"),
    ],
)
def test_a_search_finds_what_a_text_says_and_what_a_citation_means(words: str, name: str) -> None:
    assert f"/law/{name}" in found(words)


@given(some.sampled_from(IDS))
def test_a_search_finds_every_entry_by_its_name_and_puts_it_first(name: str) -> None:
    assert found(name)[0] == law_address(name, {})


def test_a_search_that_finds_nothing_offers_words_that_look_alike() -> None:
    page = get("/law/search?search=fightimg").body
    assert 'href="/law/search?search=fighting"' in page
    assert "fightimg" in page


def test_a_search_for_nothing_says_what_can_be_searched_for() -> None:
    assert get("/law/search?search=+").status == get("/law/search").status == 200


@pytest.mark.parametrize(
    ("name", "near"), [("cpc-464-1-77", "cpc-464-1-7"), ("Combat", "combat"), ("request", "request.by")]
)
def test_a_name_that_is_none_is_told_with_those_that_look_alike(name: str, near: str) -> None:
    response = get(f"/law/{name}")
    assert response.status == 404
    assert f'href="/law/{near}"' in response.body


def test_a_citation_of_several_entries_lists_them() -> None:
    page = get(f"/law/{quote('Art. 464')}").body
    assert {ITEM_7, "/law/cpc-464-1-1"} <= set(led(page))


# --- whatever is asked --------------------------------------------------------------------------------------


@pytest.mark.parametrize("parameter", ["search", "on", "stage", "ui"])
def test_no_text_of_an_address_becomes_part_of_a_page_of_the_law(parameter: str) -> None:
    for path in ("/law", "/law/search", ITEM_7, "/law/contested", f"/law/{quote(HOSTILE, safe='')}"):
        page = get(f"{path}?{urlencode({parameter: HOSTILE})}").body
        assert "<script>alert" not in page
        assert "<img" not in page


@given(some.text(max_size=60), some.text(max_size=40))
def test_no_name_and_no_words_are_too_odd(name: str, words: str) -> None:
    address = f"/law/{quote(name, safe='')}?{urlencode({'search': words})}"
    assert get(address).status in (200, 404)
    assert get(f"/law/search?{urlencode({'search': words})}").status == 200


def test_a_very_long_name_is_answered() -> None:
    assert get(f"/law/{'x' * 50_000}").status == 404
    assert get(f"/law/search?search={'x' * 50_000}").status == 200


@pytest.mark.parametrize("address", OVERVIEWS)
def test_the_pages_of_the_law_speak_russian_where_they_are_asked_to(address: str) -> None:
    page = get(address + ("&" if "?" in address else "?") + "ui=ru").body
    assert '<html lang="ru">' in page
    assert "Поиск по праву" in page
    path = urlsplit(address).path
    elsewhere = [one for one in led(page) if "ui=ru" not in one and urlsplit(one).path != path]
    assert elsewhere == []


def test_an_entry_that_is_called_as_a_page_is_has_an_address_of_its_own() -> None:
    assert law_address("contested", {}) == "/law/entry/contested"
    assert law_address("entry/x", {}) == "/law/entry/entry%2Fx"
