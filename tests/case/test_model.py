from __future__ import annotations

import datetime
import json
import pickle
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from lawmodel.case.file import load_cases, parse_cases
from lawmodel.case.model import CaseModel, case_model, case_models
from lawmodel.case.shape import HEADINGS, OF_CASES, class_name
from lawmodel.law_files import case_files, rules_folder, scenarios_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.case.any_case import any_case
from tests.case.library import library, loans
from tests.sizes import one_in

__all__ = ["loans"]  # a fixture

Models = dict[str, Any]
SLOW = settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@pytest.fixture(scope="module")
def models(loans: Rulebook) -> Models:
    return case_models(loans)


@pytest.fixture(scope="module", params=one_in(2, ["an invented rulebook", "the supplied rulebook"]))
def rulebook(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    if request.param == "the supplied rulebook":
        return load_rulebook(rules_folder())
    return library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def model(rulebook: Rulebook) -> type[CaseModel]:
    return case_model(rulebook)


@SLOW
@given(data=st.data())
def test_what_is_saved_loads_the_same(rulebook: Rulebook, model: type[CaseModel], data: st.DataObject) -> None:
    case = _made(model, data.draw(any_case(rulebook)))
    (loaded,) = parse_cases(rulebook, case.to_yaml())
    given_case = case.to_case()
    assert loaded.facts == given_case.facts
    for name in ("presume", "title", "point", "hypothetical", "questions"):
        assert getattr(loaded, name) == getattr(given_case, name)
    assert model.from_case(loaded) == case


@SLOW
@given(data=st.data())
def test_json_and_back(rulebook: Rulebook, model: type[CaseModel], data: st.DataObject) -> None:
    case = _made(model, data.draw(any_case(rulebook)))
    assert model.model_validate_json(case.model_dump_json()) == case
    assert model.model_validate(case.model_dump(by_alias=True)) == case
    assert case.changed() == case


def _made(model: type[CaseModel], arguments: dict[str, Any]) -> CaseModel:
    try:
        return model(**arguments)
    except ValidationError as error:
        assume("comes after" not in str(error))
        raise


YES_NO = ["yes", "No", "TRUE", "unknown", "Unknown"]
NUMBERS = ["0", "007", "-1", "1e3", "٣", "1", "9" * 15, "9" * 16, ""]
DAYS = ["2026-02-29", "2024-02-29", "2026-2-1", "still_out", "never"]
TEXTS = st.text(max_size=8) | st.sampled_from([*YES_NO, *NUMBERS, *DAYS, "A1", "NO", "b-2"])


@SLOW
@given(data=st.data())
def test_a_file_and_a_model_accept_the_same_texts(loans: Rulebook, models: Models, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([path for path, fact in loans.facts.items() if fact.type != "records"]))
    text = data.draw(TEXTS)
    group, _, key = path.rpartition(".")
    facts = {group: {key: text}} if group else {key: text}
    try:
        (read,) = parse_cases(loans, json.dumps({"facts": facts}))
    except ProblemsFound:
        read = None
    member = "title_" if group == "title" else "json_" if group == "json" else group
    inner = {"import": "import_", "copy": "copy_"}.get(key, key)
    try:
        made = models["Case"](**({member: {inner: text}} if group else {key: text}))
    except ValidationError:
        made = None
    assert (read is None) == (made is None)
    if read is not None:
        assert made.to_case().facts == read.facts


def test_every_supplied_case_is_typed_and_back() -> None:
    rulebook = load_rulebook(rules_folder())
    model = case_model(rulebook)
    count = 0
    for file in case_files([scenarios_folder()]):
        for case in load_cases(rulebook, file):
            again = model.from_case(case).to_case(case.name)
            assert (again.facts, again.presume, again.name) == (case.facts, case.presume, case.name)
            count += 1
    assert count > 50


def test_names_that_are_taken_end_in_an_underscore(models: Models) -> None:
    assert list(models["Case"].model_fields) == [*HEADINGS, "loan", "title_", "closed", "reader", "json_"]
    assert list(models["Title"].model_fields) == ["import_", "copy_", "bool", "datetime"]
    assert list(models["CardHolder"].model_fields) == ["from__", "from_", "class_", "to"]
    assert set(models) == {"Loan", "Title", "CardHolder", "JsonCaseRecord", "Json", "Case"}
    case = models["Case"](title="Heading", title_={"import_": True}, reader=[{"from": "2026-01-01", "class_": "child"}])
    assert case.to_yaml() == (
        "title: Heading\nfacts:\n  title:\n    import: yes\n  reader:\n    - from: 2026-01-01\n      class: child\n"
    )


def test_no_attribute_of_the_models_can_be_the_name_of_a_fact() -> None:
    own = {name for name in dir(CaseModel) if not name.startswith("_")} - set(dir(BaseModel))
    assert own | {"rulebook", "shape"} == set(OF_CASES)


def test_class_names() -> None:
    assert class_name("period of service") == "PeriodOfService"
    assert class_name("card_holder-2") == "CardHolder2"
    assert class_name("2nd") == ""
    assert class_name("Ёлка") == ""


@pytest.mark.parametrize(
    ("arguments", "at", "message"),
    [
        ({"closed": "perhaps"}, ("closed",), "`perhaps` is neither yes nor no. Write yes, no or unknown."),
        ({"closed": 1}, ("closed",), "`1` is neither yes nor no"),
        ({"closed": 0.5}, ("closed",), "a float is no value of `closed`"),
        ({"loan": {"days": -1}}, ("loan", "days"), "`-1` is not a whole number"),
        ({"loan": {"days": True}}, ("loan", "days"), "`True` is not a whole number"),
        ({"loan": {"made": 20260101}}, ("loan", "made"), "Days are written year-month-day, with all their digits"),
        ({"loan": {"made": "2026-02-30"}}, ("loan", "made"), "`2026-02-30` is not a day of the calendar"),
        ({"loan": {"made": datetime.datetime(2026, 1, 1)}}, ("loan", "made"), "is a moment, and a day is needed"),  # noqa: DTZ001
        ({"loan": {"returned": "nevr"}}, ("loan", "returned"), "Did you mean never?"),
        (
            {"title_": {"bool": "A2"}},
            ("title_", "bool"),
            "`A2` is no value of `title.bool`. Its values are: A1, NO, B-2, or unknown.",
        ),
        ({"titel": 1}, ("titel",), "Extra inputs are not permitted"),
        ({"loan": {"day": 1}}, ("loan", "day"), "Extra inputs are not permitted"),
        ({"reader": "nobody"}, ("reader",), '`reader` is a list of records. Give a list, [] for none, or "unknown".'),
        ({"reader": {"to": "unknown"}}, ("reader",), "`reader` is a list of records"),
        ({"reader": [{}] * 51}, ("reader",), "more than 50 records"),
        ({"reader": [{}, {"class": "chld"}]}, ("reader", 1, "class"), "Did you mean child?"),
        ({"questions": ["fines"]}, ("questions",), "there is no question `fines`. Did you mean fine?"),
        ({"presume": "all"}, ("presume",), "this cannot be presumed"),
        ({"presume": ["loan.made"]}, ("presume",), "`loan.made` has no ordinary value"),
        ({"presume": ["loan.day"]}, ("presume",), "there is no fact `loan.day`. Did you mean loan.days?"),
        ({"title": "a case \x1b[2J"}, ("title",), "a control character is in this text: take it out"),
        ({"hypothetical": -1}, ("hypothetical",), "greater than or equal to 0"),
        ({"hypothetical": True}, ("hypothetical",), "valid integer"),
    ],
)
def test_what_is_wrong_is_refused_and_explained(
    models: Models, arguments: dict[str, Any], at: tuple[str | int, ...], message: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        models["Case"](**arguments)
    (error,) = refused.value.errors()
    assert error["loc"] == at
    assert message in error["msg"]


def test_days_that_cannot_follow_each_other(models: Models) -> None:
    case = models["Case"](loan={"made": "2026-03-02"}, reader=[{"to": "2026-01-01"}])
    with pytest.raises(ValidationError, match=r"lent before it is returned: 2 March 2026 comes after 1 March 2026"):
        case.changed(loan={"made": "2026-03-02", "returned": "2026-03-01"})
    with pytest.raises(ValidationError, match=r"Correct reader\[1\]\.from or reader\[1\]\.to\."):
        case.changed(reader=[{"from": "2026-01-02", "to": "2026-01-01"}])
    case.changed(loan={"made": "2026-03-02", "returned": "never"})


def test_left_out_unknown_and_none_at_all_differ(loans: Rulebook, models: Models) -> None:
    case = models["Case"]
    assert case().to_case().facts == case(reader=None, loan={"days": None}).to_case().facts == {}
    assert case(reader="unknown", loan={"days": "unknown"}).to_case().facts == {"reader": None, "loan.days": None}
    assert case(reader=[]).to_case().facts == {"reader": ()}
    assert case(reader=[{}]).to_case().facts == {"reader": ({},)}
    assert [repr(case()), repr(case(reader=[])), repr(case(closed=False))] == [
        "Case()",
        "Case(reader=())",
        "Case(closed=False)",
    ]


def test_words_of_the_same_meaning_are_one(models: Models) -> None:
    assert models["Loan"](returned="not_yet") == models["Loan"](returned="still_out")


def test_a_typed_case_does_not_change(models: Models) -> None:
    case = models["Case"](title="  one \n line ", closed=True)
    with pytest.raises(ValidationError, match="frozen"):
        case.closed = False
    other = case.changed(closed=False)
    assert (case.title, case.closed, other.title, other.closed) == ("one line", True, "one line", False)


def test_a_case_of_another_rulebook_has_facts_there_are_not(models: Models) -> None:
    supplied = load_rulebook(rules_folder())
    with pytest.raises(ProblemsFound, match="closed"):
        case_model(supplied).from_case(models["Case"](closed=True).to_case())


def test_cases_of_the_supplied_rulebook_can_be_sent_to_other_processes() -> None:
    from lawmodel.cases import Case

    case = Case(title="sent", presume="ordinary")
    assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301
