"""The pictures of the documentation: each is shown on a page, with words in its place, and can be made anew."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
PICTURES = CHECKOUT / "docs" / "pictures"
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]*pictures/([\w-]+)\.webp)\)")
LARGEST = 120_000
"""Bytes of a picture."""


def made_pictures() -> ModuleType:
    """The command, as a module."""
    pytest.importorskip("playwright.sync_api", reason="no picture was made: Playwright is not installed")
    spec = importlib.util.spec_from_file_location("made_pictures", CHECKOUT / ".ci" / "made_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_each_picture_is_shown_with_words_in_its_place_and_is_small() -> None:
    pages = [CHECKOUT / "README.md", *sorted(CHECKOUT.glob("docs/*.md"))]
    shown = [(page, *found) for page in pages for found in SHOWN.findall(page.read_text(encoding="utf-8"))]
    assert {name for *_, name in shown} == {one.stem for one in PICTURES.iterdir()}
    for page, alternative, path, _ in shown:
        assert len(alternative.split()) >= 10, page
        picture = (page.parent / path).read_bytes()
        assert picture[:4] + picture[8:12] == b"RIFFWEBP"
        assert len(picture) < LARGEST


@pytest.mark.long
def test_a_picture_is_shown_on_the_site_and_no_wider_than_a_narrow_screen(tmp_path: Path) -> None:
    api = pytest.importorskip("playwright.sync_api", reason="no page was looked at: Playwright is not installed")
    found = next(filter(None, map(shutil.which, made_pictures().BROWSERS)), None)
    if found is None:
        pytest.skip("no page was looked at: there is no Chromium")
    site = [sys.executable, str(CHECKOUT / ".ci" / "docs_site.py"), str(tmp_path / "site")]
    subprocess.run(site, check=True, capture_output=True, timeout=120)
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.goto((tmp_path / "site" / "docs" / "workbench.html").as_uri())
        page.wait_for_load_state("networkidle")
        widths = page.evaluate("[...document.images].map(one => [one.naturalWidth, one.getBoundingClientRect().width])")
        browser.close()
    assert len(widths) == 3
    assert all(natural > 1000 and shown < 390 for natural, shown in widths)


@pytest.mark.long
def test_the_command_makes_a_picture_of_the_running_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = made_pictures()
    if not any(map(shutil.which, command.BROWSERS)):
        pytest.skip("no picture was made: there is no Chromium")
    assert {*command.PAGES, command.MODEL} == {one.stem for one in PICTURES.iterdir()}
    monkeypatch.setattr(command, "FOLDER", tmp_path)
    assert command.main(["case"]) == 0
    assert [one.name for one in tmp_path.iterdir()] == ["case.webp"]
    assert (tmp_path / "case.webp").stat().st_size > 10_000
    assert command.main(["nothing-is-called-so"]) == 2
