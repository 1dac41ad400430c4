"""What stands on the pages: the answer that `decide` gives, what would overturn it, and where each link leads."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest

from lawmodel import decide, load_cases, load_rulebook
from lawmodel.commands.json_output import Schema, json_line
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.receipts import checked_receipt
from lawmodel.law_files import scenarios_folder
from lawmodel.service.pages.address import Address
from lawmodel.service.pages.contested_page import latest
from lawmodel.service.pages.exchange import PageRequest, PageResponse, Supplied
from lawmodel.service.pages.pages import respond
from lawmodel.service.pages.workbench import MOST_AT_HAND, Workbench
from lawmodel.verbs.compare.compare_dates import compare_dates
from tests.chosen_scenarios import chosen_scenarios
from tests.render.opened import words_in
from tests.service.pages.asking import COOK, SUPPLIED, Form, answer, get, law
from tests.sizes import one_in


def plain(page: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("file", one_in(12, [one for one in chosen_scenarios() if one.parent.name != "consistency"]))
def test_the_page_gives_the_answer_of_the_case(file: Path) -> None:
    case = load_cases(law(), file)[0]
    question = case.asked()[0]
    name = file.resolve().relative_to(scenarios_folder().resolve()).with_suffix("")
    response = get(f"/cases/{name.as_posix()}")
    assert response.status == 200
    found = decide(law(), case, question)
    if found.outcome is not None:
        assert answer(response.body).replace(", in every case", "").startswith(found.says.partition(":")[0])
    else:
        assert "it depends" in answer(response.body)


def test_each_thing_that_would_overturn_the_answer_leads_to_that_answer() -> None:
    page = get(COOK).body
    rows = re.findall(r'<li><a href="([^"]+)"><span>.*?<span class="out">.*?</svg>([^<]+)</span>', page, re.DOTALL)
    assert len(rows) >= 6
    for href, says in rows:
        assert says.strip() in answer(get(href.replace("&amp;", "&")).body), href


def test_readings_are_named_with_their_holders_and_lead_to_their_answers() -> None:
    page = get(COOK).body
    table = re.search(r'<table class="stack" id="reading-combat">.*?</table>', page, re.DOTALL)
    assert table is not None
    rows = re.findall(r'<td data-h="The answer here"><a href="([^"]+)".*?</svg>([^<]+)<', table[0], re.DOTALL)
    assert [says for _, says in rows] == ["must be refused", "may be granted", "must be refused"]
    assert "The Moscow Times" in table[0]
    for href, says in rows:
        assert says in answer(get(href).body)


def test_a_form_that_is_sent_as_it_is_changes_nothing() -> None:
    page = get(COOK).body
    again = get(f"{COOK}?{urlencode(Form(page, COOK).fields)}").body
    assert again == page


def test_a_fact_is_changed_undone_and_told_as_changed() -> None:
    fields = dict(Form(get(COOK).body, COOK).fields)
    changed = get(f"{COOK}?{urlencode({**fields, 'service.1.to': 'entered', 'service.1.to.entry': '2026-03-15'})}").body
    assert answer(changed) == "Extradition may be granted"
    assert "changed by you" in changed
    undo = re.search(r'<a href="([^"]+)">Undo</a>', changed)
    assert undo is not None
    assert answer(get(undo[1].replace("&amp;", "&")).body) == "Extradition must be refused"


def test_a_record_is_added_and_taken_out() -> None:
    fields = Form(get(COOK).body, COOK).fields
    more = get(f"{COOK}?{urlencode([*fields, ('do', 'add:service')])}").body
    assert "Service 2" in more
    fields = Form(more, COOK).fields
    assert get(f"{COOK}?{urlencode([*fields, ('do', 'remove:service.2')])}").body == get(COOK).body


def test_what_is_touched_stays_on_the_page() -> None:
    page = get(f"{COOK}?question=deployment").body
    assert 'id="fact-request-state"' in page  # given by the case, though it has no effect on this question


def test_presumed_given_and_not_known_have_shapes_of_their_own() -> None:
    page = get(COOK).body
    control = re.search(r'<fieldset class="fact" id="fact-request-by">.*?</fieldset>', page, re.DOTALL)
    assert control is not None
    assert re.findall(r'class="(\w+)" name="request.by"[^>]*?( checked)?>', control[0]) == [
        ("given", ""),
        ("given", ""),
        ("presumed", " checked"),
        ("unknown", ""),
    ]


def test_facts_that_contradict_each_other_are_told_and_not_decided_and_stay_on_the_page() -> None:
    address = f"{COOK}?service.1.from=2026-03-01&service.1.to=2026-01-01&reading.combat=everyone&request.by=unknown"
    page = get(address).body
    assert "There is no answer" in answer(page)
    assert "cannot end before it begins" in answer(page)
    assert 'value="2026-03-01"' in page
    fields = dict(Form(page, COOK).fields)
    assert fields["reading.combat"] == "everyone"
    assert fields["request.by"] == "unknown"
    assert get(f"{COOK}?{urlencode(fields)}").body == page
    mended = get(f"{COOK}?{urlencode({**fields, 'service.1.from.entry': '2025-02-05'})}").body
    assert answer(mended) == "Extradition: it depends on 1 unknown fact"


def test_what_cannot_be_read_is_told_beside_the_answer() -> None:
    page = get(f"{COOK}?request.received=soon").body
    assert answer(page) == "Extradition must be refused"
    assert "1 thing in this address cannot be read" in page
    assert "`soon`" in page


@pytest.mark.parametrize("address", ["/cases/extradition/none", "/parting/none?question=extradition", "/nowhere"])
def test_an_address_without_a_page_says_so(address: str) -> None:
    assert get(address).status == 404


EXAMPLES = Path(__file__).parents[3] / "examples"
HOSTILE = "<script>alert(1)</script>'\"><img src=x onerror=alert(1)>{{7*7}}"


@pytest.mark.parametrize(
    "parameter", ["request.state", "reading.combat", "question", "on", "stage", "told_by", "title", "search", "ui", "z"]
)
def test_no_text_of_an_address_becomes_part_of_the_page(parameter: str) -> None:
    for path in (COOK, "/cases", COOK.replace("cases", "contested"), COOK.replace("cases", "interview")):
        page = get(f"{path}?{urlencode({parameter: HOSTILE})}").body
        assert "<script>alert" not in page
        assert "<img" not in page


# --- the contested answer, the interview, parting ----------------------------------------------------------


def test_every_cell_of_the_table_leads_to_its_answer() -> None:
    page = get(COOK.replace("cases", "contested")).body
    cells = re.findall(
        r'<td class="" [^>]*><a href="([^"]+)" class="out" lang="en">.*?</svg>([^<]+)</a>', page, re.DOTALL
    )
    assert len(cells) == 12
    for href, says in cells:
        assert says in answer(get(href.replace("&amp;", "&")).body), href


def test_two_cells_stand_beside_each_other_with_only_what_differs() -> None:
    page = plain(get(COOK.replace("cases", "contested") + "?by=date&pick=0:1&pick=1:1").body)
    beside = page[page.index("Only what differs") : page.index("Why it changes")]
    assert "A must be refused · B may be granted" in beside
    assert "Reading combat" in beside
    assert "did not take part in fighting" in beside
    assert "citizen of Uzbekistan" not in beside


@pytest.mark.parametrize("by", ["date", "stage", "telling"])
def test_the_answer_is_compared_by_days_stages_and_sources(by: str) -> None:
    assert get(f"{COOK.replace('cases', 'contested')}?by={by}").status == 200


def test_an_interview_comes_to_the_answer_of_its_replies() -> None:
    page = get("/interview/new").body
    for _ in range(30):
        if 'name="input"' not in page:
            break
        fields = dict(Form(page, "/interview/new").fields)
        wanted = {"person.citizenships": "1", "person.citizenships[1].state": "RU"}
        reply = wanted.get(fields["input"], "unknown")
        page = get(f"/interview/new?{urlencode({**fields, 'reply': reply})}").body
    assert "The answer:" in plain(page)
    assert "must be refused" in plain(page)
    assert "change" in plain(page)


def test_a_reply_that_is_none_is_told_and_asked_again() -> None:
    page = get("/interview/new?input=request.received&reply=entered&reply.entry=soon").body
    assert "`soon`" in page
    assert 'name="input"' in page


def test_readings_part_on_a_case_that_opens() -> None:
    page = get("/parting/combat?question=extradition").body
    opened = re.search(r'<a class="button" href="([^"]+)">Open as case</a>', page)
    assert opened is not None
    assert answer(get(opened[1].replace("&amp;", "&")).body) == "Extradition must be refused"
    rows = re.findall(r'<td data-h="The answer here"><a href="([^"]+)".*?</svg>([^<]+)</a>', page, re.DOTALL)
    assert len({says for _, says in rows}) == 2
    for href, says in rows:
        assert says in answer(get(href.replace("&amp;", "&")).body)
    words = plain(page)
    assert "Extradition must be refused may be granted" in words[words.index("Only what differs") :]


def test_a_case_in_the_gallery_names_the_readings_on_which_it_hangs() -> None:
    page = get("/cases?search=cook").body
    row = page[page.index("A serving cook who never fought") :]
    row = row[: row.index("</li>")]
    assert "must be refused" in row
    assert re.search(r'It hangs on .*href="/law/combat"', row)


# --- files -------------------------------------------------------------------------------------------------


def test_a_case_taken_away_and_sent_back_is_the_same_case() -> None:
    taken = get(f"{COOK.replace('cases', 'take')}?as=yaml&reading.combat=everyone&request.by=international_body")
    assert taken.file == "04-serving-cook-extradition.yaml"
    page = get("/upload", taken.body).body
    assert answer(page) == answer(get(f"{COOK}?reading.combat=everyone&request.by=international_body").body)
    assert "A serving cook who never fought" in page


@pytest.mark.parametrize(("kind", "begins"), [("html", "<!doctype html>"), ("md", "# "), ("json", "{")])
def test_an_answer_is_taken_away(kind: str, begins: str) -> None:
    taken = get(f"{COOK.replace('cases', 'take')}?as={kind}")
    assert taken.body.startswith(begins)
    assert taken.file.endswith(f".{kind}")
    assert str(scenarios_folder().resolve()) not in taken.body


@pytest.fixture
def short_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses hold hardly anything: of the supplied law hardly any case is too long."""
    for module in ("pages", "upload"):
        monkeypatch.setattr(f"lawmodel.service.pages.{module}.MOST", 100)


@pytest.mark.usefixtures("short_addresses")
@pytest.mark.parametrize(("kind", "begins"), [("html", "<!doctype html>"), ("json", "{"), ("yaml", "title:")])
def test_a_case_that_no_address_holds_is_answered_as_a_file(kind: str, begins: str) -> None:
    taken = get(f"{COOK.replace('cases', 'take')}?as=yaml").body
    citizen = "  - id: citizen\n    title: A citizen\n    facts:\n      person: {citizenships: [{state: RU}]}\n"
    two = f"{taken}variants:\n{citizen}"
    page = get("/upload", two).body
    assert "too long for an address" in plain(page)
    sent = [dict(Form(form, "/take/new").fields) for form in re.findall(r"<form.*?</form>", page, re.DOTALL)]
    assert [one["case"] for one in sent if "case" in one] == ["0", "1"]
    answers = [get("/take/new", two, **{"case": number, "as": kind}) for number in ("0", "1")]
    assert all(one.status == 200 and one.body.startswith(begins) for one in answers)
    if kind == "json":
        assert [json.loads(one.body)["grounds"][0]["id"] for one in answers] == ["cpc-464-1-7", "cpc-464-1-1"]


@pytest.mark.usefixtures("short_addresses")
def test_an_address_that_is_too_long_offers_the_answer_as_a_file() -> None:
    response = get(f"{COOK}?reading.combat=everyone&title={'x' * 180}&ui=ru")
    assert response.status == 414
    assert "Решить и сохранить" in response.body
    case = html.unescape(response.body.partition('name="content" hidden>')[2].partition("</textarea>")[0])
    assert json.loads(get("/take/new", case, **{"as": "json"}).body)["outcome"] == "may_grant"


@pytest.mark.parametrize("content", ["facts: {person: {colour: red}}", "<script>", "a: [", ""])
def test_what_is_no_case_is_told_so_and_no_file(content: str) -> None:
    response = get("/take/new", content or " ", **{"case": "9", "as": "nothing"})
    assert (response.status, response.file) == (422, "")
    assert "<script>" not in response.body.partition("<main")[2]


def test_every_mistake_of_a_file_is_told_with_its_place_and_its_line() -> None:
    content = "facts:\n  request: {received: soon}\n  person: {citizenship: RU}\n"
    response = get("/upload", content)
    assert response.status == 422
    words = plain(response.body)
    assert "2 mistakes in the file" in words
    assert "2:23" in words
    assert "request: {received: soon}" in words


def test_a_file_that_is_no_text_is_a_mistake() -> None:
    assert get("/upload", "\x00\x01: [").status == 422


@pytest.mark.parametrize(
    "path", ["/cases", COOK, "/contested/extradition/04-serving-cook", "/interview/new", "/upload"]
)
def test_every_page_speaks_russian_where_it_is_asked_to(path: str) -> None:
    page = get(f"{path}?ui=ru").body
    assert '<html lang="ru">' in page
    assert "Случаи" in page
    english = re.findall(r'href="(/[^"]*)"', page)
    kept = [one for one in english if not one.startswith("/static") and "ui=ru" not in one and one != path]
    assert kept == []


def test_a_span_of_time_is_typed_with_its_unit() -> None:
    examples = Path(__file__).parents[3] / "examples" / "terms"
    terms = load_rulebook(examples / "rules")

    def page(view: str, name: str, *query: tuple[str, str]) -> PageResponse:
        address = f"/{view}/{name}" + (f"?{urlencode(query)}" if query else "")
        return respond(terms, Supplied(examples / "cases"), PageRequest(view, name, query, address, ""))

    asked = page("interview", "new", ("question", "payment")).body
    assert 'placeholder="12 months"' in asked
    assert "a span of time" in plain(asked)
    shown = page("cases", "contracts").body
    assert 'value="12 months"' in shown
    sent = page("cases", "contracts", ("contract.term", "entered"), ("contract.term.entry", "11 months")).location
    assert "contract.term=11%20months" in sent.replace("+", "%20")
    assert "is not paid" in answer(page("cases", "contracts", ("contract.term", "11 months")).body)
    assert "is told in months" in plain(page("cases", "contracts", ("contract.term", "30 days")).body)


# --- receipts, citations, weights ------------------------------------------------------------------------------


def test_a_receipt_taken_away_is_verified_where_it_is_sent() -> None:
    receipt = get(f"{COOK.replace('cases', 'take')}?as=receipt&reading.combat=everyone")
    assert receipt.file == "04-serving-cook-extradition.receipt.json"
    page = plain(get("/verify", receipt.body).body)
    assert "Same answer, same rules" in page
    assert "Extradition may be granted." in page
    altered = get("/verify", receipt.body.replace("may_grant", "must_refuse"))
    assert "Altered" in plain(altered.body)
    wrong = get("/verify", "no receipt")
    assert wrong.status == 422
    assert "is no value of JSON" in plain(wrong.body)


def test_a_memorandum_is_taken_away_as_a_file_of_word() -> None:
    taken = get(f"{COOK.replace('cases', 'take')}?as=docx&reading.combat=everyone")
    assert taken.file == "04-serving-cook-extradition.docx"
    told = words_in("docx", taken.content)
    assert "Extradition may be granted." in told
    assert "chosen for this memorandum" in told
    assert "as=docx" in get(COOK).body


def test_the_foot_of_a_page_cites_the_answer() -> None:
    page = plain(get(f"{COOK}?reading.combat=everyone").body)
    assert "readings combat=everyone: may be granted; determined" in page
    bibtex = get(f"{COOK.replace('cases', 'take')}?as=bibtex").body
    assert bibtex.startswith("@software{lawmodel-")
    assert r"outcome must\_refuse" in bibtex


# --- by which rulebook -----------------------------------------------------------------------------------------

FIRST = "30dafd08"
HERE = law().content_hash[:8]
OTHER = f"This was made with another rulebook, sha256:{FIRST}. Here it is {law().title}"


def shared(page: str) -> str:
    found = re.search(r'<a href="([^"]+)" id="shared">link that names the rulebook</a>', page)
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_a_link_that_is_passed_on_says_by_which_rulebook_it_was_made() -> None:
    page = get(f"{COOK}?reading.combat=everyone").body
    assert shared(page) == f"{COOK}?rulebook={HERE}&reading.combat=everyone"
    assert f"(sha256:{HERE})" in plain(page)
    followed = get(shared(page))
    assert answer(followed.body) == answer(page) == "Extradition may be granted"
    assert "another rulebook" not in plain(followed.body)
    assert shared(followed.body) == shared(page)


@pytest.mark.parametrize("view", ["cases", "contested", "interview", "weights"])
def test_a_page_says_calmly_that_it_is_by_another_rulebook(view: str) -> None:
    address = f"{COOK.replace('cases', view)}?rulebook={FIRST}"
    page = get(address)
    assert page.status == 200
    words = plain(page.body)
    assert OTHER in words
    assert f"(sha256:{HERE}). So the answer may be another" in words
    assert page.body.index('id="other-rulebook"') < page.body.index("<h1")
    assert 'class="note error"' not in page.body
    russian = plain(get(f"{address}&ui=ru").body)
    assert f"Составлено по другому своду правил, sha256:{FIRST}. Здесь — {law().title}" in russian
    assert "Поэтому ответ может быть не тем" in russian
    assert "another rulebook" not in russian


def test_it_stays_said_until_the_link_is_made_anew() -> None:
    page = get(f"{COOK}?rulebook={FIRST}").body
    fields = dict(Form(page, COOK).fields)
    assert fields["rulebook"] == FIRST
    changed = get(f"{COOK}?{urlencode({**fields, 'reading.combat': 'everyone'})}").body
    assert OTHER in plain(changed)
    assert FIRST not in shared(changed)
    assert "another rulebook" not in plain(get(shared(changed)).body)
    assert OTHER in plain(get(f"/cases/new?rulebook={FIRST}{'0' * 56}&person.citizenships=0").body)


@pytest.mark.parametrize("value", ["30dafd0", "30DAFD08", "x" * 8, "0" * 65, "30dafd08 ", "30dafd0\u0660", "<b>"])
def test_what_is_no_hash_is_refused_as_other_values_are(value: str) -> None:
    page = get(f"{COOK}?{urlencode({'rulebook': value})}").body
    words = plain(page)
    assert "1 thing in this address cannot be read and was passed over" in words
    assert "is no hash of a rulebook" in words
    assert "another rulebook" not in words
    assert "<b>`" not in page
    assert answer(page) == "Extradition must be refused"


def test_a_receipt_of_another_rulebook_is_told_so() -> None:
    first = load_rulebook("examples/editions/first")
    case = load_cases(first, "scenarios/extradition/04-serving-cook.yaml")[0]
    made = checked_receipt(Ask(first, case, "extradition"))
    receipt = json_line(Schema.RECEIPT, made.to_json())
    words = plain(get("/verify", receipt).body)
    assert OTHER in words
    assert "The answer below is by the rulebook of the receipt, version 0.1.0." in words
    assert "Same answer, same rules" in words
    assert "sha256:30dafd08, in first ." in words
    assert "editions" not in words.partition("Receipt (JSON)")[0]
    russian = plain(get("/verify?ui=ru", receipt).body)
    assert "Ответ ниже дан по своду, указанному в квитанции, версия 0.1.0." in russian
    own = get(f"{COOK.replace('cases', 'take')}?as=receipt").body
    assert "another rulebook" not in plain(get("/verify", own).body)


def test_open_points_are_weighed_on_a_page_of_their_own() -> None:
    opened = "/cases/deployment/25-international-courts@b-special-tribunal"
    assert "/weights/deployment/25-international-courts@b-special-tribunal" in get(opened).body
    page = get(opened.replace("cases", "weights")).body
    assert "%" in plain(page)
    assert "<svg" in page


def test_a_file_that_adds_to_the_law_is_read_with_it() -> None:
    own = (EXAMPLES / "own-reading" / "war-crimes.yaml").read_text(encoding="utf-8")
    page = plain(get("/upload", own).body)
    assert "No mistake. It adds" in page
    assert "reading war-crimes" in page
    wrong = get("/upload", own.replace("readings:", "readings:\n  - {id: Broken}", 1))
    assert wrong.status == 422
    assert "mistake" in plain(wrong.body)
    assert str(EXAMPLES.resolve()) not in wrong.body


def test_a_citation_opens_the_law_beside_the_case() -> None:
    page = get(f"{COOK}?law=combat")
    assert "Back to the grounds" in page.body
    assert answer(page.body) == "Extradition must be refused"
    assert f'href="{COOK}?law=combat#law"' in get(COOK).body
    assert get(f"{COOK}?law=nothing").body == get(COOK).body
    fields = Form(page.body, COOK).fields
    assert get(f"{COOK}?{urlencode(fields)}").body == page.body


def test_two_sources_stand_beside_each_other() -> None:
    page = plain(get(COOK.replace("cases", "contested") + "?by=telling&pick=0:0&pick=0:2").body)
    beside = page[page.index("Only what differs") : page.index("As each source tells the law")]
    assert "A must be refused · B may be granted" in beside
    assert "Reading combat" in beside
    assert "substitute-penalty" not in beside  # it bears on another question


def test_a_changed_case_stands_beside_the_case_as_it_was() -> None:
    changed = f"{COOK}?reading.combat=everyone&service.1.to=2026-03-15"
    link = re.search(r'<a href="(/beside/[^"]+)">', get(changed).body)
    assert link is not None
    page = plain(get(link[1].replace("&amp;", "&")).body)
    assert "As it was must be refused As changed may be granted" in page
    assert "Reading combat" in page
    assert "on strength until 15 March 2026" in page
    assert "citizen of Uzbekistan" not in page
    assert "/beside/" not in get(COOK).body
    added = plain(get(f"{COOK.replace('cases', 'beside')}?do=add:service&service=1").body)
    assert "no such service" in added


def test_answers_given_lately_are_at_hand_and_few() -> None:
    bench = Workbench(law(), SUPPLIED)
    case = bench.cases["extradition/04-serving-cook"]
    address = Address("extradition/04-serving-cook", case, case)
    first = bench.decide(address)
    assert bench.decide(replace(address, language="ru")) is first
    assert bench.decide(replace(address, readings={"combat": "everyone"})).outcome != first.outcome
    for day in range(1, MOST_AT_HAND + 1):
        bench.decide(replace(address, on=date(2026, 5, day)))
    assert bench.decide(address) is not first
    assert bench.decide(address).to_json() == first.to_json()


def test_of_many_days_the_latest_stand_in_the_table_and_those_of_the_case() -> None:
    found = compare_dates(
        law(), load_cases(law(), scenarios_folder() / "extradition/04-serving-cook.yaml")[0], "extradition"
    )
    rows = [replace(found.rows[0], when=f"stretch {n}", of_case=n == 3) for n in range(30)]
    assert [row.when for row in latest(rows)] == [f"stretch {n}" for n in (3, *range(23, 30))]
    late = [replace(row, of_case=n == 28) for n, row in enumerate(rows)]
    assert [row.when for row in latest(late)] == [f"stretch {n}" for n in range(22, 30)]
    assert latest(rows[:2]) == rows[:2]
