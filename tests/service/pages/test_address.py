"""The address of a case says all of it, however it was departed from, and never more than it may."""

from __future__ import annotations

import datetime
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lawmodel.case.case import Case
from lawmodel.service.pages.address import (
    LONG,
    MOST_INFLATED,
    Address,
    deflated,
    href,
    inflated,
    otherwise,
    read_address,
)
from lawmodel.service.pages.workbench import EMPTY, Workbench
from tests.service.pages.asking import SUPPLIED, law

BENCH = Workbench(law(), SUPPLIED)
NAMES = sorted(BENCH.cases)


def back(address: Address) -> Address:
    """What is read from the address that is written."""
    query = parse_qsl(urlsplit(href(law(), address)).query, keep_blank_values=True)
    return read_address(law(), address.name, address.base, query)


@given(some.sampled_from(NAMES), some.sampled_from([*NAMES, "new"]))
def test_a_case_is_read_from_its_address_as_it_was_written(name: str, other: str) -> None:
    base = EMPTY if other == "new" else BENCH.cases[other]
    case = replace(base, facts=BENCH.cases[name].facts, places={})
    found = back(Address(other, base, case))
    assert found.mistakes == ()
    assert found.case.facts == case.facts


@pytest.mark.parametrize("name", [name for name in NAMES if "acquired-before-some-day" in name])
def test_what_is_known_of_a_day_stands_in_it(name: str) -> None:
    address = Address(name, EMPTY, BENCH.cases[name])
    assert back(address).case.facts == BENCH.cases[name].facts
    field = "person.citizenships[1].from"
    changed = otherwise(law(), address, field, "after 2025-12-31 before 2026-04-01")
    assert changed.mistakes == ()
    assert back(changed).case.facts == changed.case.facts != address.case.facts
    assert otherwise(law(), address, field, "before 2026-4-1").mistakes


@given(
    some.sampled_from(["former-only", "everyone", "no-one", "unknown"]),
    some.dates(datetime.date(2000, 1, 1), datetime.date(2030, 1, 1)),
    some.sampled_from([one.id for one in law().stages]),
    some.sampled_from(["", *law().tellings]),
    some.sampled_from(["en", "ru"]),
    some.just("") | some.text("0123456789abcdef", min_size=8, max_size=64),
)
def test_what_is_asked_is_read_as_it_was_written(
    option: str, on: datetime.date, stage: str, told_by: str, language: str, rulebook: str
) -> None:
    base = BENCH.cases["extradition/04-serving-cook"]
    asked = Address(
        "extradition/04-serving-cook",
        base,
        base,
        "surrender",
        {"combat": option},
        on,
        stage,
        told_by,
        language,
        rulebook,
    )
    found = back(asked)
    assert replace(found, case=base) == asked


def test_an_address_says_only_what_the_reader_changed() -> None:
    base = BENCH.cases["extradition/04-serving-cook"]
    address = Address("extradition/04-serving-cook", base, base)
    assert href(law(), address) == "/cases/extradition/04-serving-cook"
    changed = otherwise(law(), address, "request.by", "international_body")
    assert href(law(), changed) == "/cases/extradition/04-serving-cook?request.by=international_body"
    assert href(law(), otherwise(law(), changed, "request.by", "")) == "/cases/extradition/04-serving-cook"


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        ("request.received=soon", "request.received", "soon"),
        ("question=extradicion", "question", "Did you mean extradition?"),
        ("reading.combat=nobody", "reading.combat", "no-one"),
        ("reading.combats=no-one", "reading.combats", "combat"),
        ("service=many", "service", "Give a number up to 50"),
        ("service=999999999999", "service", "Give a number up to 50"),
        ("on=2026-02-30", "on", "2026-02-30"),
        ("stage=passed", "stage", "Did you mean passed_duma?"),
    ],
)
def test_what_cannot_be_read_is_told_and_passed_over(query: str, parameter: str, says: str) -> None:
    base = BENCH.cases["extradition/04-serving-cook"]
    found = read_address(law(), "extradition/04-serving-cook", base, parse_qsl(query))
    (mistake,) = found.mistakes
    assert mistake.parameter == parameter
    assert says in f"{mistake.message} {mistake.mend}"
    assert found.case.facts == base.facts


@given(some.lists(some.tuples(some.text(max_size=30), some.text(max_size=30)), max_size=20))
def test_no_query_is_too_odd(query: list[tuple[str, str]]) -> None:
    base = BENCH.cases["extradition/04-serving-cook"]
    assert read_address(law(), "extradition/04-serving-cook", base, query).case.facts == base.facts


@given(some.dictionaries(some.text(min_size=1, max_size=20), some.text(max_size=40), min_size=1, max_size=60))
def test_what_is_compressed_comes_out_as_it_was(parameters: dict[str, str]) -> None:
    from urllib.parse import urlencode

    assert inflated(deflated(urlencode(parameters))) == parameters


@given(some.text(alphabet="abcXYZ019-_=.", max_size=60))
def test_what_was_never_compressed_says_nothing(text: str) -> None:
    assert isinstance(inflated(text), dict)


def test_a_small_address_that_swells_is_cut() -> None:
    assert sum(map(len, inflated(deflated("a=" + "x" * 50_000_000)).values())) <= MOST_INFLATED


def test_a_long_case_travels_compressed() -> None:
    base = BENCH.cases["extradition/34-every-question-at-once"]
    served = base.facts["service"]
    assert isinstance(served, tuple)
    many = replace(base, facts={**base.facts, "service": served[:1] * 12}, places={})
    address = Address("new", EMPTY, many)
    assert "?z=" in href(law(), address)
    assert len(href(law(), address)) < LONG
    assert back(address).case.facts == many.facts


def test_a_button_adds_a_record_and_takes_one_out() -> None:
    base = BENCH.cases["extradition/04-serving-cook"]
    query = [("service", "2"), ("service.1.fought", "no"), ("service.2.fought", "yes"), ("do", "remove:service.1")]
    assert read_address(law(), "x", base, query).case.facts["service"] == ({"fought": True},)
    query[-1] = ("do", "add:service")
    assert read_address(law(), "x", base, query).case.facts["service"] == ({"fought": False}, {"fought": True}, {})


def test_a_fact_that_is_called_as_a_parameter_keeps_its_own_name() -> None:
    from lawmodel.service.pages.address import parameter_of

    assert parameter_of("stage") == "fact.stage"
    assert parameter_of("request.state") == "request.state"


def test_a_new_case_presumes_what_is_ordinary() -> None:
    assert Case() != EMPTY
    assert back(Address("new", EMPTY, replace(EMPTY, presume=False))).case.presume is False


def test_of_a_record_an_address_says_only_what_was_changed() -> None:
    base = BENCH.cases["extradition/04-serving-cook"]
    address = Address("extradition/04-serving-cook", base, base)
    changed = otherwise(law(), address, "service[1].to", "2026-03-15")
    assert href(law(), changed) == "/cases/extradition/04-serving-cook?service.1.to=2026-03-15"
    left_out = otherwise(law(), address, "service[1].fought", "")
    assert href(law(), left_out) == "/cases/extradition/04-serving-cook?service.1.fought="
    for one in (changed, left_out):
        assert back(one).case.facts == one.case.facts != base.facts
