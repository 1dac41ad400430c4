"""The page of every verb passes axe (https://github.com/dequelabs/axe-core), light and dark, wide and narrow.

It is run where there is a browser, Chromium or Chrome, and axe: the file that `LAWMODEL_AXE` names, or the one of the
package `axe-playwright-python`. Elsewhere it says that it was not run.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.commands.every_verb import law, prepare
from tests.commands.running import Run
from tests.commands.test_every_sheet import SHOWING, asked

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LARGER = {
    "decide, open": ("decide", "scenarios/deployment/25-international-courts.yaml#b-special-tribunal"),
    "decide, eight questions": ("decide", "scenarios/extradition/34-every-question-at-once.yaml"),
    "tellings": ("tellings", "scenarios/extradition/04-serving-cook.yaml"),
    "compare": ("compare", "scenarios/extradition/04-serving-cook.yaml"),
    "law": ("law", "Art. 464"),
    "annotate": ("annotate", "Art. 464"),
    "law of another country": ("law", "--contested", "--rules", "examples/british-nationality/rules"),
}
"""Pages of real laws."""
PROGRAM = """
const found = {};
for (const [name, page] of Object.entries(PAGES)) {
  document.documentElement.innerHTML = page;
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  const ran = await axe.run(document, { resultTypes: ["violations"] });
  const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  found[name] = ran.violations.map((one) => `${one.impact} ${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
  if (wider > 0) found[name].push(`${wider} pixels wider than the window`);
}
document.documentElement.innerHTML = "<body><pre></pre></body>";
document.querySelector("pre").textContent = "found " + JSON.stringify(found) + " end";
"""


def axe() -> Path | None:
    """The file of axe, if it is there."""
    if named := os.environ.get("LAWMODEL_AXE"):
        return Path(named)
    package = find_spec("axe_playwright_python")
    return None if package is None or package.origin is None else Path(package.origin).with_name("axe.min.js")


@pytest.fixture
def tools() -> tuple[str, str]:
    """A browser, and the source of axe."""
    browser, source = next(filter(None, map(shutil.which, BROWSERS)), None), axe()
    if browser is None or source is None:
        pytest.skip("axe was not run: there is no " + ("Chromium" if browser is None else "axe (LAWMODEL_AXE)"))
    return browser, source.read_text(encoding="utf-8")


@pytest.fixture
def pages(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A page of each verb, and some larger ones."""
    found = {name: run(*arguments, "--format", "html").out for name, arguments in LARGER.items()}
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    run("batch", *law("crossing", "table.csv", "--out", "kept.csv"))
    for verb in SHOWING:
        found[f"{verb} of a small law"] = run(*asked(verb), "--format", "html").out
    for name, arguments in {
        "tabulate, compared": ("tabulate", *law("kept.csv", "--against", "kept.csv")),
        "check, with mistakes": ("check", "law", "unmet.yaml"),
    }.items():
        found[name] = run(*arguments, "--format", "html").out
    return found


def bare(page: str, scheme: str) -> str:
    """What stands within the element html of a page; without the policy, which would let no axe run."""
    inside = re.sub(r"(?s)^.*?<html[^>]*>|</html>.*$", "", page)
    inside = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", inside)
    assert inside.startswith("\n<head>"), page[:200]
    return inside.replace("</head>", f"<style>:root {{ color-scheme: {scheme}; }}</style></head>")


@pytest.mark.long
@pytest.mark.parametrize(("scheme", "width"), [("light", 1000), ("dark", 360)])
def test_axe_finds_nothing(
    tools: tuple[str, str], pages: dict[str, str], tmp_path: Path, scheme: str, width: int
) -> None:
    browser, source = tools
    shown = json.dumps({name: bare(page, scheme) for name, page in pages.items()}).replace("</", "<\\/")
    script = f"<script>{source}</script><script type=module>const PAGES = {shown};{PROGRAM}</script>"
    host = tmp_path / "host.html"
    host.write_text(f'<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title>{script}</html>', "utf-8")
    options = (
        "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
        f"--disable-component-update --disable-sync --dump-dom --virtual-time-budget=900000 --window-size={width},900"
    )
    command = [browser, *options.split(), f"--user-data-dir={tmp_path / 'browser'}", host.as_uri()]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=400).stdout
    found = re.search(r"found (\{.*\}) end", said, re.DOTALL)
    assert found, said[-2000:]
    told: dict[str, list[str]] = json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert set(told) == set(pages)
    assert {name: wrong for name, wrong in told.items() if wrong} == {}
