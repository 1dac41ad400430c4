"""`lawmodel annotate`: the law with all that is known of it, as a document, as a site, and as Akoma Ntoso."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from lawmodel.law_files import rules_folder, scenarios_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.verbs.annotate.command import command

TOY = Path(__file__).parents[2] / "toy" / "rules"
ROOT = Path(__file__).parents[3]
NATIONALITY = ROOT / "examples" / "british-nationality"
SCHEMA = Path(__file__).parent / "schema" / "akomantoso30.xsd"
AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
ON = ("--on", "2026-11-29")


def annotate(*arguments: str) -> Result:
    result = CliRunner().invoke(command, [*ON, *arguments], catch_exceptions=False)
    assert result.exit_code in (0, 2), result.output
    return result


def written(*arguments: str) -> str:
    result = annotate(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


# --- the document ----------------------------------------------------------------------------------------


def test_a_provision_with_all_that_is_known_of_it() -> None:
    told = written("cpc-464-1-7", "--format", "markdown")
    for words in (
        "проходящего … либо проходившего военную службу по контракту",
        "one who does military service under contract",
        "lawmodel:ru/cpc-464-1-7@2026-03-19",
        "from 19 March 2026 (computed)",
        "## Readings",
        "Held since 26 February 2026",
        "https://www.interfax.ru/russia/1074733",
        "reports of it were seen on 28 November 2026",
        "## Instruments",
        "A serving cook who never fought",
        "scenarios/coverage/cpc-464-1-7-5-not.yaml",
    ):
        assert words in told, words


def test_a_document_holds_what_its_provisions_read_and_nothing_else() -> None:
    plain = json.loads(written("cpc-464-1-7", "--json"))
    found = [(one["entry"]["entry"], one["entry"]["id"]) for one in plain["entries"]]
    assert [name for kind, name in found if kind == "provision"] == ["cpc-464-1-7"]
    assert {"combat", "force", "formations"} <= {name for kind, name in found if kind == "reading"}
    assert ("reading", "authoriser") not in found
    assert ("source", "law-50-fz") in found
    assert ("source", "rbc-security-law") not in found


def test_users_outside_the_document_are_counted_and_not_listed() -> None:
    told = written("cpc-464-1-7", "--format", "markdown")
    entries = [one["entry"] for one in json.loads(written("cpc-464-1-7", "--json"))["entries"]]
    (former,) = (one for one in entries if one["id"] == "former")
    others = [one["id"] for one in former["used_by"] if one["kind"] != "provision"]
    users = [*others, *former["provisions"]]
    outside = [name for name in users if name not in {one["id"] for one in entries}]
    part = told[told.index("concept `former`") :].partition("Used by")[2]
    used_by = part[: part.index("further entries")]
    assert outside
    assert used_by.rstrip().endswith(str(len(outside)))
    assert [name for name in users if f"`{name}`" in used_by] == [name for name in users if name not in outside]


def test_supplied_cases_are_called_by_their_place_wherever_the_program_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = written("cpc-464-1-7", "--json")
    assert '"scenarios/extradition/04-serving-cook.yaml"' in told
    assert str(ROOT) not in told


@pytest.mark.long
def test_all_of_the_law() -> None:
    rulebook = load_rulebook(rules_folder())
    plain = json.loads(written("--json"))
    found = {(one["entry"]["entry"], one["entry"]["id"]) for one in plain["entries"]}
    wanted = {"provision": rulebook.provisions, "reading": rulebook.readings, "source": rulebook.sources}
    assert all({name for each, name in found if each == kind} == set(entries) for kind, entries in wanted.items())


@pytest.mark.long
def test_every_name_on_the_page_leads_to_a_place_on_it() -> None:
    page = Page(written("--format", "html"))
    assert len(page.links) > 1000
    assert {link[1:] for link in page.links if link.startswith("#")} <= page.anchors
    assert all(link.startswith(("#", "https://", "http://")) for link in page.links)


def test_a_citation_and_its_parts() -> None:
    plain = json.loads(written("Art. 464", "--json"))
    found = [one["entry"]["citation"] for one in plain["entries"] if one["entry"]["entry"] == "provision"]
    assert len(found) == 11
    assert all("464" in citation for citation in found)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("cpc-464-1-8",), "there is no provision `cpc-464-1-8` in this rulebook. Did you mean cpc-464-1-"),
        (("combat",), "there is no provision `combat`"),
        (
            ("cpc-464-1-7@2026-03-20",),
            "there is no version `cpc-464-1-7@2026-03-20` in this rulebook. There is: cpc-464-1-7@2026-03-19.",
        ),
        (("cpc-464-1-8@2026-03-20",), "there is no provision `cpc-464-1-8@2026-03-20`"),
        (("--cases", "none.yaml"), "'none.yaml' does not exist"),
    ],
)
def test_what_there_is_not(arguments: tuple[str, ...], says: str) -> None:
    result = annotate(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr


def test_cases_of_another_rulebook_are_asked_for() -> None:
    rules = ("--rules", str(NATIONALITY / "rules"), "--format", "markdown")
    assert "Tested by" not in written("bna-1-1", *rules)
    assert "A settled mother, and a father of whom nothing is known" in written(
        "bna-1-1", *rules, "--cases", str(NATIONALITY / "cases")
    )


# --- the site --------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Where a page leads, and the places on it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a":
            self.links.append(str(found.get("href")))
        elif found.get("href") or found.get("src"):
            self.fetched.append(str(found.get("href") or found.get("src")))
        if found.get("id"):
            self.anchors.add(str(found["id"]))


SITES = {
    "nationality": ("--rules", str(NATIONALITY / "rules"), "--cases", str(NATIONALITY / "cases")),
    "supplied": (),
}
EACH = pytest.mark.parametrize(
    "site", ["nationality", pytest.param("supplied", marks=pytest.mark.long)], indirect=True, scope="module"
)


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "law"
    written("--site", str(folder), *SITES[request.param])
    return folder


def texts(folder: Path) -> dict[Path, bytes]:
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*.*")}


def pages(folder: Path) -> Iterator[tuple[Path, Page]]:
    for file in sorted(folder.rglob("*.html")):
        yield file, Page(file.read_text(encoding="utf-8"))


@EACH
def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    found = dict(pages(site))
    for file, page in found.items():
        for link in page.links:
            if link.startswith(("https://", "http://")):
                continue
            path, _, anchor = link.partition("#")
            target = (file.parent / unquote(path)).resolve() if path else file
            assert target in found, (file, link)
            assert not anchor or anchor in found[target].anchors, (file, link)
        assert [(file.parent / one).resolve() for one in page.fetched] == [site / "style.css"]


@pytest.mark.parametrize("site", [pytest.param("supplied", marks=pytest.mark.long)], indirect=True, scope="module")
def test_every_entry_version_and_case_has_a_page(site: Path) -> None:
    rulebook = load_rulebook(rules_folder())
    for entries in (rulebook.provisions, rulebook.readings, rulebook.concepts, rulebook.instruments, rulebook.sources):
        assert all((site / "law" / f"{name}.html").is_file() for name in entries)
    version = (site / "law" / "cpc-464-1-7@2026-03-19.html").read_text(encoding="utf-8")
    assert "On 19 March 2026" in version
    assert "lawmodel:ru/cpc-464-1-7@2026-03-19" in version
    cases = {file.relative_to(scenarios_folder()).with_suffix(".html") for file in scenarios_folder().rglob("*.yaml")}
    assert {file.relative_to(site / "cases") for file in (site / "cases").rglob("*.html")} == cases


@EACH
def test_every_page_can_be_reached_from_the_first(site: Path) -> None:
    found, reached, waiting = dict(pages(site)), set[Path](), [site / "index.html"]
    while waiting:
        file = waiting.pop()
        if file not in reached and file in found:
            reached.add(file)
            links = (link.partition("#")[0] for link in found[file].links if not link.startswith("http"))
            waiting += [(file.parent / unquote(link)).resolve() for link in links if link]
    assert set(found) - reached == set()


def test_the_site_of_a_provision_and_the_same_twice(tmp_path: Path) -> None:
    for name in ("one", "two", "two"):  # the second time it takes the place of the older one
        written("1(1)", *SITES["nationality"], "--site", str(tmp_path / name))
    one, two = (texts(tmp_path / name) for name in ("one", "two"))
    assert one == two
    assert Path("law/bna-1-1.html") in one
    assert Path("law/bna-41a.html") not in one
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one", "two"]


def test_a_folder_of_the_user_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "index.html").write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(command, [*ON, "--rules", str(TOY), "--site", str(own)])
    assert "is nothing that --site writes" in str(result.exception)
    assert (own / "index.html").read_text(encoding="utf-8") == "mine"
    assert [file.name for file in own.iterdir()] == ["index.html"]


def test_a_site_never_replaces_the_law() -> None:
    result = CliRunner().invoke(command, [*ON, "--site", str(rules_folder().parent)])
    assert "--site would replace" in str(result.exception)


# --- Akoma Ntoso -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


LAWS = (
    ("--rules", str(TOY)),
    (),
    ("const-61-1",),
    ("--rules", str(NATIONALITY / "rules"), "--cases", str(NATIONALITY / "cases")),
    ("--rules", str(ROOT / "examples" / "editions" / "first")),
    ("--rules", str(ROOT / "examples" / "outside" / "lending" / "rules")),
)


@pytest.mark.parametrize("arguments", LAWS)
def test_the_official_schema_holds(schema: etree.XMLSchema, arguments: tuple[str, ...]) -> None:
    root = etree.fromstring(written(*arguments, "--format", "akoma-ntoso").encode())
    schema.assertValid(root)
    names = {str(one.get("eId")) for one in root.iter() if one.get("eId")}
    for one in root.iter():
        for key in ("href", "source", "refersTo", "period", "start", "end"):
            value = one.get(key) or ""
            assert not value.startswith("#") or value[1:] in names, (key, value)


def test_what_a_schema_finds_wrong_it_finds_here(schema: etree.XMLSchema) -> None:
    text = written("const-61-1", "--format", "akoma-ntoso")
    assert not schema.validate(etree.fromstring(re.sub(r"<FRBRcountry[^>]*>", "", text).encode()))


def test_words_versions_and_readings_are_in_it() -> None:
    root: Any = etree.fromstring(written("cpc-464-1-7", "--format", "akoma-ntoso").encode())
    article = root.find(".//a:article[@eId='provision-cpc-464-1-7']", AKN)
    assert article.findtext("a:num", namespaces=AKN) == "CPC Art. 464(1)(7)"
    original = article.xpath(".//a:p[@xml:lang='ru']", namespaces=AKN)
    assert original[0].text.startswith("проходящего")
    group = root.find(f".//a:temporalGroup[@eId='{article.get('period')[1:]}']", AKN)
    assert [one.get("start") for one in group] == ["#day-2026-03-19"]
    note = root.find(".//a:note[@eId='reading-combat']", AKN)
    assert any("lawmodel:ru/reading/combat/former-only" in (line.text or "") for line in note)
    assert article.find(".//a:noteRef[@href='#reading-combat']", AKN) is not None


def test_it_is_written_to_a_file(tmp_path: Path) -> None:
    for _ in range(2):  # an older one gives way
        assert written("--rules", str(TOY), "--out", str(tmp_path / "law.xml")) == ""
    assert etree.parse(tmp_path / "law.xml").getroot().tag == f"{{{AKN['a']}}}akomaNtoso"
