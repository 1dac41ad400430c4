"""What people do with the pages, in a real browser: with a mouse, with the keyboard alone, and without a script.

It is run where Playwright's library (the extra `browser`) and Chromium are. Elsewhere it says that it was not run.
"""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lawmodel.exercises.progress import StudentProgress
from lawmodel.exercises.progress_file import parse_progress, progress_text
from tests.service.pages.asking import COOK, SUPPLIED, law

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.long
PATIENCE = 30_000
"""Milliseconds that a page may take on a busy machine before a test takes it for missing."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SERVING = "/practise/extradition/1?kind=outcome&count=1&seed=5"
"""An exercise: one who serves still, and whether she must have fought."""
PAGES = (
    "/cases",
    COOK,
    "/cases/deployment/25-international-courts@b-special-tribunal",
    "/cases/new",
    "/contested/extradition/04-serving-cook?pick=0:1&pick=1:1",
    "/contested/extradition/04-serving-cook?by=telling",
    "/beside/extradition/04-serving-cook?reading.combat=everyone&service.1.to=2026-03-15",
    f"{COOK}?service.1.from=2026-03-01&service.1.to=2026-01-01",
    "/practise",
    "/practise/extradition?kind=outcome&count=1&seed=5",
    f"{SERVING}&do=hint",
    f"{SERVING}&do=mark&answer=A",
    f"{SERVING}&do=mark&answer=A&ui=ru",
    "/practise/extradition/1?kind=contested&count=1&seed=3&do=mark&answer=A",
    "/practise/extradition/1?kind=day&count=1&seed=3&do=mark&answer=B",
    "/practise/extradition/1?kind=order&count=1&seed=3",
    "/practise/extradition/1?kind=order&count=1&seed=3&do=mark&place.A=1&place.B=2",
    "/practise/extradition/1?kind=build&count=1&seed=3&do=mark&none=yes",
    "/practise/extradition/2?kind=order&count=1&seed=3",
    "/progress",
    "/interview/new",
    "/parting/combat?question=extradition",
    "/upload",
    "/verify",
    "/weights/deployment/25-international-courts@b-special-tribunal",
    "/cases/nowhere",
    "/nowhere",
    "/law",
    "/law/contested",
    "/law/cpc-464-1-7",
    "/law/law-50-fz",
    "/law/extradition",
    "/law/service",
    "/law/search?search=fighting",
    "/law/nothing-is-called-so",
    "/law/combat?ui=ru",
    f"{COOK}?reading.combat=everyone&rulebook=30dafd08&ui=ru",
)


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """The service on a port of its own; its address."""
    uvicorn = pytest.importorskip("uvicorn")
    from lawmodel.service.app import application

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(application(law(), supplied=SUPPLIED), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, driven."""
    api = pytest.importorskip("playwright.sync_api", reason="no browser was driven: Playwright is not installed")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no browser was driven: there is no Chromium")
    with api.sync_playwright() as playwright:
        driven = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield driven
        driven.close()


@pytest.fixture
def page(browser: Browser, service: str) -> Iterator[Page]:
    """A page that fails the test where its script does, or asks for anything elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=service)
    shown = context.new_page()
    wrong: list[str] = []
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.on(
        "console",
        lambda said: (
            wrong.append(said.text) if said.type == "error" and "Failed to load resource" not in said.text else None
        ),
    )
    shown.on("request", lambda sent: None if sent.url.startswith((service, "data:")) else wrong.append(sent.url))
    yield shown
    context.close()
    assert wrong == []


def answers(page: Page, words: str) -> None:
    """Wait until this is the answer that stands on the page."""
    shows(page, "#answer", re.compile(rf"^\s*{re.escape(words)}\s*$"))


def shows(page: Page, place: str, words: str | re.Pattern[str]) -> None:
    """Wait until the words stand in this place: an address can change before its page is there."""
    from playwright.sync_api import expect

    expect(page.locator(place)).to_contain_text(words, timeout=PATIENCE)


def found_by_axe(page: Page) -> list[str]:
    """What axe finds wrong with a page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    violations = axe.run(page).response["violations"]
    return [f"{one['impact']} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations]


def test_a_case_is_chosen_understood_changed_and_passed_on(page: Page, browser: Browser, service: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="A serving cook who never fought").click()
    page.wait_for_url("**/04-serving-cook")
    answers(page, "Extradition must be refused")
    contested = page.locator("#reading-combat")
    assert "The Moscow Times" in contested.inner_text()
    contested.get_by_role("link", name="may be granted").click()
    page.wait_for_url("**reading.combat=everyone")
    answers(page, "Extradition may be granted")
    page.go_back()
    page.wait_for_url("**/04-serving-cook")
    answers(page, "Extradition must be refused")
    page.locator("#request-by-2").check()  # an international body makes the request
    page.wait_for_url("**request.by=international_body**")
    answers(page, "Extradition is not what was asked for")
    assert "changed by you" in page.locator("#fact-request-by").inner_text()
    elsewhere = browser.new_context().new_page()
    elsewhere.goto(page.url)
    answers(elsewhere, "Extradition is not what was asked for")
    elsewhere.close()


def test_an_interview_to_an_answer_and_three_steps_back(page: Page) -> None:
    page.goto("/interview/new")
    asked = []
    for reply in ("1", "RU"):
        asked.append(page.locator("legend h1").inner_text())
        field = page.locator("input[name='reply.entry']")
        choice = page.locator(f"input[name=reply][value='{reply}']")
        choice.check() if choice.count() else field.fill(reply)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(re.compile(f"asked=(.*%2C|.*,){{{len(asked) - 1}}}"))
    for _ in range(12):
        if not page.locator("form.ask").count():
            break
        asked.append(page.locator("legend h1").inner_text())
        before = page.url
        page.locator("input[name=reply][value=unknown]").check()
        page.get_by_role("button", name="Go on").click()
        page.wait_for_function("before => location.href !== before", arg=before)
    shows(page, "#page", "must be refused")
    for question in reversed(asked[-3:]):
        before = page.url
        page.get_by_role("link", name="One step back").click()
        page.wait_for_function("before => location.href !== before", arg=before)
        shows(page, "legend h1", question)


def test_where_two_articles_part_is_found(page: Page) -> None:
    page.goto(COOK)
    page.get_by_role("link", name="All readings and days").click()
    page.get_by_role("link", name="sources", exact=True).click()
    page.wait_for_url("**by=telling**")
    shows(page, "#main", "press-signed")
    shows(page, "#main", "combat")


def test_a_wrong_file_is_sent_and_each_mistake_is_shown(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("facts:\n  person: {citizenship: RU}\n  service: [{fought: maybe}]\n", "utf-8")
    page.goto("/upload")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Read it").click()
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "2 mistakes in the file" in alert.inner_text()
    assert "3:" in alert.inner_text()
    page.locator("#content").fill("facts:\n  person: {citizenships: [{state: RU}]}\n")
    page.locator("#file").evaluate("field => { field.value = '' }")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/cases/new?**")
    answers(page, "Extradition: it depends on 1 unknown fact")


def test_an_article_is_found_and_read(page: Page) -> None:
    page.goto("/law")
    page.get_by_role("searchbox").fill("участвовавшего")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Foreigners who serve, or served and fought, under contract").click()
    page.wait_for_url("**/law/cpc-464-1-7")
    shows(page, "#main", "либо проходившего военную службу")
    shows(page, "#main", "(one who does military service under contract, or who did it and took part in fighting)")
    page.get_by_text("18 readings in full").click()
    page.get_by_role("heading", name="Reading combat").get_by_role("link").click()
    page.wait_for_url("**/law/combat")
    shows(page, "#main", "fighting is required only of those who have left")
    page.get_by_role("link", name="A serving cook who never fought").click()
    answers(page, "Extradition must be refused")


def test_a_fact_is_changed_with_the_keyboard_alone_and_focus_stays(page: Page) -> None:
    page.goto(COOK)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the answer"
    field = page.locator("#service-1-to-entry")
    field.focus()
    page.keyboard.type("2026-03-15")
    page.keyboard.press("Enter")
    page.wait_for_url("**service.1.to=2026-03-15**")
    answers(page, "Extradition may be granted")
    assert page.evaluate("document.activeElement.id") == "service-1-to-entry"
    page.keyboard.press("Tab")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement !== document.body")


def test_focus_goes_where_a_link_leads_and_stays_where_a_fact_is_changed(browser: Browser, service: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, base_url=service)
    page = context.new_page()
    focused = "document.activeElement.tagName + '#' + document.activeElement.id"
    page.goto(COOK)
    field = page.locator("#request-by-2")
    field.scroll_into_view_if_needed()
    before = field.bounding_box()
    field.check()
    answers(page, "Extradition is not what was asked for")
    page.wait_for_function(f"() => {focused} === 'INPUT#request-by-2'", timeout=PATIENCE)
    assert before is not None
    stays = "was => Math.abs(document.activeElement.getBoundingClientRect().y - was) < 2"
    page.wait_for_function(stays, arg=before["y"], timeout=PATIENCE)  # though what stands above it is another page now
    page.goto(COOK)
    page.locator("#otherwise").get_by_role("link", name="may be granted").first.click()
    answers(page, "Extradition may be granted")
    page.wait_for_function(f"() => {focused} === 'H1#title' && scrollY === 0", timeout=PATIENCE)
    page.get_by_role("link", name="All readings and days").click()
    page.wait_for_url("**/contested/**")
    page.wait_for_function("() => document.activeElement.tagName === 'H1' && scrollY === 0", timeout=PATIENCE)
    page.goto(COOK)
    page.locator(".reasons a:visible").first.click()
    page.wait_for_function(f"() => {focused} === 'H2#law'", timeout=PATIENCE)
    context.close()


def test_facts_that_contradict_each_other_are_put_right_where_they_stand(page: Page) -> None:
    page.goto(COOK)
    field = page.locator("#service-1-to-entry")
    field.fill("2024-01-01")
    field.press("Enter")
    shows(page, "#answer", "There is no answer")
    field.fill("2026-03-15")
    field.press("Enter")
    answers(page, "Extradition may be granted")
    page.get_by_role("link", name="See it beside the case as it was").click()
    shows(page, "#main", "on strength until 15 March 2026")


def test_everything_works_without_a_script(browser: Browser, service: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=service)
    page = context.new_page()
    page.goto(COOK)
    page.locator("#request-by-2").check()
    page.get_by_role("button", name="Work out the answer").click()
    answers(page, "Extradition is not what was asked for")
    page.get_by_role("button", name="Add: service").click()
    page.locator("#record-service-2").wait_for()
    page.goto("/interview/new")
    page.locator("input[name=reply][value='0']").check()
    page.get_by_role("button", name="Go on").click()
    shows(page, "#main", "Question 2")
    context.close()


def test_a_student_practises_and_is_told_what_is_due(page: Page, tmp_path: Path) -> None:
    page.goto("/practise")
    page.locator("#kind-order").check()
    page.locator("#count").select_option("3")
    page.locator("#seed").fill("3")
    page.get_by_role("button", name="Begin").click()
    shows(page, ".step-head", "Exercise 1 of 3")
    page.get_by_role("button", name="Hint 1").click()
    shows(page, "#hints", "Begin with what depends on nothing else.")
    page.locator("#place-A").select_option("1")
    page.get_by_role("button", name="Mark my answer").click()
    shows(page, "#kept", "Kept in your progress.")
    page.reload()
    shows(page, "#verdict", "Not right")
    assert page.locator("#kept").inner_text() == ""  # it was noted once
    page.get_by_role("link", name="Next exercise").click()
    shows(page, ".step-head", "Exercise 2 of 3")
    page.get_by_role("button", name="I do not know").click()
    shows(page, "#kept", "Kept in your progress.")
    page.goto("/progress")
    shows(page, "#answers-here", "2")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as a file").click()
    saved = tmp_path / "progress.json"
    download.value.save_as(saved)
    log = parse_progress(saved.read_text("utf-8"))  # what `lawmodel quiz` reads
    assert [(one.kind, float(one.share), one.hints) for one in log.answers] == [("order", 0.0, 1), ("order", 0.0, 0)]
    page.get_by_role("button", name="Show what is due").click()
    shows(page, "#main", "2 answers.")
    assert found_by_axe(page) == []
    page.once("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Forget them").click()
    shows(page, "#answers-here", "0")
    page.locator("#progress-import").set_input_files(saved)
    shows(page, "#progress-says", "The answers were added.")
    shows(page, "#answers-here", "2")
    page.locator("#progress-import").set_input_files({"name": "x.json", "mimeType": "text/plain", "buffer": b"[]"})
    shows(page, "#progress-says", "This file is no log of answers")


def test_an_exercise_is_answered_with_the_keyboard_alone(page: Page) -> None:
    page.goto(SERVING)
    page.locator("#answer-A").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "answer-B"
    page.keyboard.press("Enter")  # a form is sent by its first button: that which marks
    shows(page, "#verdict", re.compile("Right|Not"))
    page.wait_for_function("() => document.activeElement !== document.body", timeout=PATIENCE)
    page.get_by_role("link", name="Answer again").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**tries=2")
    page.wait_for_function("() => document.activeElement.tagName === 'H1'", timeout=PATIENCE)


def test_exercises_are_practised_without_a_script(browser: Browser, service: str, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=service, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto("/practise")
    shows(page, "#main", "your progress is not kept")
    page.locator("#kind-outcome").check()
    page.locator("#seed").fill("5")
    page.get_by_role("button", name="Begin").click()
    page.locator("#answer-B").check()
    page.get_by_role("button", name="Mark my answer").click()
    shows(page, "#verdict", re.compile("Right|Not"))
    right = page.locator(".answered li", has_text="✓").inner_text().partition(".")[0]
    page.get_by_role("link", name="Open as case").click()
    answers(page, right)
    page.goto("/progress")
    file = tmp_path / "progress.json"
    file.write_text(progress_text(StudentProgress()), "utf-8")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Show what is due").click()
    shows(page, "#main", "0 answers.")
    context.close()


@pytest.mark.parametrize(("width", "narrow", "scheme"), [(1280, 320, "light"), (360, 320, "dark")])
def test_every_page_passes_axe_and_fits_its_window(
    browser: Browser, service: str, width: int, narrow: int, scheme: str
) -> None:
    """In both themes, wide and narrow; that it fits is asked in the narrowest window as well."""
    context = browser.new_context(color_scheme=scheme, base_url=service)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for address in PAGES:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        said = found_by_axe(page)
        for one in (width, narrow):
            page.set_viewport_size({"width": one, "height": 800})
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            said += [f"{wider} pixels too wide at {one}"] if wider > 0 else []
        if said:
            found[address] = said
    context.close()
    assert found == {}
