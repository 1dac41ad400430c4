"""The documentation as a site: every link of it, to a file or to a heading in it, leads somewhere, and nowhere else."""

from __future__ import annotations

import importlib.util
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_site", CHECKOUT / ".ci" / "docs_site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SITE = _module()


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: str(value) for name, value in attrs}
        self.anchors |= {found["id"]} if "id" in found else set()
        if tag == "a":
            self.links.append(found["href"])
        elif "src" in found or "href" in found:
            self.fetched.append(found.get("src") or found["href"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("docs") / "site"
    assert SITE.main([str(made)]) == 0
    return made


def test_every_link_leads_somewhere_in_the_site(folder: Path) -> None:
    pages = {file: Page(file.read_text(encoding="utf-8")) for file in folder.rglob("*.html")}
    assert len(pages) > 40
    for file, page in pages.items():
        style, *pictures = [(file.parent / one).resolve() for one in page.fetched]
        assert style == folder.resolve() / "style.css"
        assert all(one.parent == folder.resolve() / "docs" / "pictures" and one.is_file() for one in pictures)
        for link in page.links:
            if link.startswith(("https://", "http://")):
                continue
            path, _, anchor = link.partition("#")
            target = (file.parent / unquote(path)).resolve() if path else file
            assert target.exists(), (file, link)
            assert folder.resolve() in (target, *target.parents), (file, link)
            assert not anchor or anchor in pages[target].anchors, (file, link)


def test_every_page_of_the_documentation_is_in_the_readme() -> None:
    named = set(re.findall(r"\]\((docs/[\w-]+\.md)", (CHECKOUT / "README.md").read_text(encoding="utf-8")))
    assert {f"docs/{page.name}" for page in CHECKOUT.glob("docs/*.md")} == named


@pytest.mark.parametrize("link", ["no-such-page.md", "answers.md#no-such-heading", "../examples/no-such-folder"])
def test_a_link_that_leads_nowhere_is_noticed(link: str) -> None:
    anchors = {page: {"formats"} for page in SITE.pages()}
    with pytest.raises(SITE.Wrong):
        SITE._link(Path("docs/cases.md"), link, anchors, set())


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("mine", encoding="utf-8")
    assert SITE.main([str(tmp_path)]) == 2
    assert [one.name for one in tmp_path.iterdir()] == ["own"]
