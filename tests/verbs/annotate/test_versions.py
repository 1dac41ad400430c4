"""The versions of provisions: the days on which they are law, and the ids by which they are cited."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.law_entries.law_view import LawView
from lawmodel.law_entries.standing import LawOn
from lawmodel.law_entries.versions import Version
from lawmodel.law_files import rules_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.sizes import examples

EXAMPLES = Path(__file__).parents[3] / "examples"
DAY = datetime.date(2026, 6, 1)
OWN = """
rulebook:
  title: Bridges
  law_date: crossing.made
  stages: [{id: passed, says: passed}, {id: in_force, says: in force}]
HEAD
sources: [{id: act, title: Bridge Act, kind: instrument}]
instruments:
  - id: act
    title: Bridge Act
    sources: [{id: act}]
    steps: [{stage: in_force, date: 2020-01-01, certainty: derived}]
    ceases: {date: 2024-01-01, certainty: text}
  - id: bill
    title: Bridge Bill
    sources: [{id: act}]
    steps: [{stage: passed, date: 2025-01-01, certainty: text}]
facts:
  - {id: crossing.made, type: date, title: the crossing, ask: When?, phrase: "crossed {}"}
readings:
  - id: reach
    title: Since when?
    why: the law says no more
    certainty: text
    default: never
    sources: [{id: act}]
    options:
      - {id: never, says: never, supported_by: [{id: act}]}
      - {id: since-2021, says: since 2021, supported_by: [{id: act}]}
questions:
  - id: crossing
    title: Crossing
    asks: May it be crossed?
    outcomes: [{id: refused, says: "no", means: it is refused}, {id: free, says: "yes", means: it is free}]
provisions:
"""
PROVISION = """
  - id: NAME
    question: crossing
    title: A bar
    citation: Bridge Act s. 1
    text: It is refused.
    certainty: text
    sources: [{id: act}]
    when: always
    concludes: refused
"""
KINDS = {
    "always": "",
    "between": "    enacted_by: act\n",
    "until": "    repealed_by: act\n",
    "bill": "    enacted_by: bill\n",
    "never": "    in_force: never\n",
    "read": "    in_force: {reading: reach, never: never, since-2021: {law-date: {on_or_after: 2021-01-01}}}\n",
    "twice": "    in_force: {any: [{law-date: {before: 2000-01-01}}, {law: act}]}\n",
    "counted": "    in_force: {law-date: {on_or_after: 10 days after 2020-02-25}}\n",
}


def view_of(rulebook: Rulebook) -> LawView:
    return LawView(rulebook, LawOn(rulebook, DAY))


@pytest.fixture(scope="module")
def supplied() -> LawView:
    return view_of(load_rulebook(rules_folder()))


def bridges(folder: Path, head: str = "") -> LawView:
    provisions = "".join(PROVISION.replace("NAME", name) + more for name, more in KINDS.items())
    (folder / "bridges.yaml").write_text(OWN.replace("HEAD", head) + provisions, encoding="utf-8")
    return view_of(load_rulebook(folder))


def test_each_kind(tmp_path: Path) -> None:
    view = bridges(tmp_path)
    found = {name: view.versions(view.rulebook.provisions[name]) for name in KINDS}
    assert {name: [one.name.rpartition("@")[2] for one in versions] for name, versions in found.items()} == {
        "always": ["always"],
        "between": ["2020-01-01"],
        "until": ["until-2019-12-31", "2024-01-01"],
        "bill": ["passed"],
        "never": ["never"],
        "read": ["2021-01-01"],
        "twice": ["until-1999-12-31", "2020-01-01"],
        "counted": ["2020-03-06"],
    }
    assert found["between"] == (
        Version("lawmodel:between@2020-01-01", datetime.date(2020, 1, 1), datetime.date(2023, 12, 31), True, "derived"),
    )
    assert [one.is_law for one in (*found["read"], *found["bill"])] == [None, False]


def test_the_jurisdiction_stands_before_the_provision(tmp_path: Path) -> None:
    view = bridges(tmp_path, "  jurisdiction: gb-sct")
    assert view.versions(view.rulebook.provisions["always"])[0].id == "lawmodel:gb-sct/always@always"


@given(st.data(), st.dates(datetime.date(1980, 1, 1), datetime.date(2030, 1, 1)))
@examples(quick=20, full=400)
def test_a_provision_is_law_on_the_days_of_its_versions(
    supplied: LawView, data: st.DataObject, day: datetime.date
) -> None:
    provision = data.draw(st.sampled_from(list(supplied.rulebook.provisions.values())))
    turns = [each for one in supplied.versions(provision) for each in (one.first, one.last) if each is not None]
    day = data.draw(st.sampled_from([day, *turns, *(one + datetime.timedelta(days=1) for one in turns)]))
    of_day = [
        one.is_law
        for one in supplied.versions(provision)
        if one.is_law and (one.first is None or one.first <= day) and (one.last is None or day <= one.last)
    ]
    assert (LawOn(supplied.rulebook, day).provision(provision).is_law is True) == (of_day == [True])


LAWS = (EXAMPLES / "british-nationality" / "rules", rules_folder(), EXAMPLES / "editions" / "first")


@pytest.mark.parametrize("rules", LAWS)
def test_every_id_leads_to_its_provision_and_to_no_other(rules: Path) -> None:
    view = view_of(load_rulebook(rules))
    ids = [one.id for provision in view.rulebook.provisions.values() for one in view.versions(provision)]
    assert len(set(ids)) == len(ids)
    for provision in view.rulebook.provisions.values():
        for one in view.versions(provision):
            assert [entry.id for entry in view.named(one.id)] == [provision.id]
            assert [entry.id for entry in view.named(one.name)] == [provision.id]
            assert view.named(f"{provision.id}@1900-01-01") == ()


def test_an_id_of_an_earlier_edition_leads_to_the_version_that_took_its_place(supplied: LawView) -> None:
    """None is given again for something else; of a provision that is gone nothing is known."""
    before = view_of(load_rulebook(EXAMPLES / "editions" / "first"))
    now = supplied.rulebook.provisions
    current = {one.name: one for provision in now.values() for one in supplied.versions(provision)}
    replaced = {earlier: one for one in current.values() for earlier in one.replaces}
    assert not {one.rpartition("/")[2] for one in replaced} & set(current)
    for provision in before.rulebook.provisions.values():
        for one in before.versions(provision) if provision.id in now else ():
            assert one.name in current or f"lawmodel:ru/{one.name}" in replaced, one.name
            assert [entry.id for entry in supplied.named(one.id)] == [provision.id]
    assert replaced["lawmodel:ru/enl-foreign@2003-11-01"].name == "enl-foreign@2003-11-24"
    assert all(one.earlier_ids == () or all(each.now for each in one.earlier_ids) for one in now.values())
    said = {each.was for one in now.values() for each in one.earlier_ids}
    assert {f"lawmodel:ru/{one}" for one in said} == set(replaced)  # each is told of a version that there is


@pytest.mark.parametrize(
    ("earlier", "says"),
    [
        ("{was: between, now: 2020-01-01}", "`between` is no id of a version"),
        ("{was: between@2020-01-01, now: 2020-01-01}", "`between@2020-01-01` is its id now"),
        ("{was: always@2019-01-01, now: 2020-01-01}", "`always@2019-01-01` is an earlier id of `always` too"),
    ],
)
def test_an_earlier_id_that_cannot_be_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, earlier: str, says: str
) -> None:
    monkeypatch.setitem(KINDS, "always", "    earlier_ids: [{was: always@2019-01-01, now: always}]\n")
    monkeypatch.setitem(KINDS, "between", f"{KINDS['between']}    earlier_ids: [{earlier}]\n")
    with pytest.raises(ProblemsFound) as found:
        bridges(tmp_path)
    assert [one.message for one in found.value.problems] == [says]


def test_another_version_is_named_in_place_of_one_that_there_is_not(supplied: LawView) -> None:
    assert supplied.other_versions("lawmodel:ru/cpc-464-1-7@2026-03-20") == ("cpc-464-1-7@2026-03-19",)
    assert supplied.other_versions("no-such-provision@2026-03-20") == ()
    assert supplied.other_versions("cpc-464-1-7") == ()
