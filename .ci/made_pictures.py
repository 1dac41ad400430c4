"""Make the pictures of the documentation anew: what a browser shows of the running service, and of an exported model.

`python .ci/made_pictures.py` makes all, `python .ci/made_pictures.py NAME…` those that are named. It needs Chromium and
the extra `browser`; the picture of the decision model needs dmn-js of npm in the folder `LAWMODEL_DMN_TOOLS`. Fonts
differ from computer to computer, so nothing compares the pictures: they are looked at.
"""

import base64
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from lawmodel.dataclass import dataclass

CHECKOUT = Path(__file__).resolve().parent.parent
FOLDER = CHECKOUT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUALITY = 80
MODEL = "decision-model"
DMN_TOOLS = "LAWMODEL_DMN_TOOLS"


@dataclass(frozen=True)
class Shot:
    """A page of the service, and the part of it that is shown: from its top, so many pixels."""

    address: str
    width: int
    height: int


PAGES: Mapping[str, Shot] = {
    "case": Shot("/cases/extradition/04-serving-cook", 1180, 860),
    "case-read-otherwise": Shot("/cases/extradition/04-serving-cook?reading.combat=everyone", 1180, 520),
    "readings-and-days": Shot("/contested/extradition/04-serving-cook", 1180, 760),
    "provision": Shot("/law/cpc-464-1-7", 1180, 860),
}


@contextmanager
def service() -> Iterator[str]:
    """The address of the service while it runs."""
    command = [str(Path(sys.executable).with_name("lawmodel")), "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(
        command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        assert running.stdout is not None
        try:
            found = next(filter(None, (re.search(r"http://127\.0\.0\.1:\d+", line) for line in running.stdout)), None)
            if found is None:
                raise SystemExit("the service did not start")
            yield found[0]
        finally:
            running.terminate()


def taken(browser: Browser, address: str, width: int, height: int, script: str = "", model: str = "") -> bytes:
    """What the browser shows at an address, as WebP."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if script:
        page.evaluate(script, model)
    page.wait_for_timeout(500)
    session = page.context.new_cdp_session(page)
    found = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    page.close()
    return base64.b64decode(found["data"])


def model_page(tools: Path, folder: Path) -> str:
    """A page on which dmn-js shows a model."""
    inside = tools / "dmn-js" / "dist"
    sheets = ("dmn-js-shared", "dmn-js-drd", "diagram-js")
    linked = "".join(f'<link rel="stylesheet" href="{(inside / "assets" / one).as_uri()}.css">' for one in sheets)
    program = f'<script src="{(inside / "dmn-viewer.production.min.js").as_uri()}"></script>'
    style = "<style>.dmn-definitions { display: none }</style>"
    page = folder / "model.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8">{linked}{style}<div id="c" style="height:480px"></div>{program}',
        encoding="utf-8",
    )
    return page.as_uri()


SHOW = """async xml => {
  const viewer = new DmnJS({ container: '#c' });
  const { warnings } = await viewer.importXML(xml);
  if (warnings.length) throw new Error(String(warnings));
  viewer.getActiveViewer().get('canvas').zoom('fit-viewport');
}"""


def main(names: list[str]) -> int:
    """1 where a picture could not be made."""
    wrong = set(names) - {*PAGES, MODEL}
    if wrong:
        print(f"there is no {', '.join(sorted(wrong))}. There is: {', '.join([*PAGES, MODEL])}")
        return 2
    wanted = names or [*PAGES, MODEL]
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        print("there is no Chromium")
        return 1
    FOLDER.mkdir(exist_ok=True)
    tools = os.environ.get(DMN_TOOLS)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as temporary:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        made: dict[str, bytes] = {}
        if set(wanted) & PAGES.keys():
            with service() as address:
                for name in (one for one in wanted if one in PAGES):
                    shot = PAGES[name]
                    made[name] = taken(browser, address + shot.address, shot.width, shot.height)
        if MODEL in wanted and tools is not None:
            model = Path(temporary) / "model.dmn"
            program = str(Path(sys.executable).with_name("lawmodel"))
            command = [program, "export", "--to", "dmn", "--question", "surrender", "--out", str(model)]
            subprocess.run(command, cwd=CHECKOUT, check=True)
            page = model_page(Path(tools).resolve(), Path(temporary))
            made[MODEL] = taken(browser, page, 760, 500, SHOW, model.read_text(encoding="utf-8"))
        browser.close()
    for name, picture in made.items():
        (FOLDER / f"{name}.webp").write_bytes(picture)
        print(f"docs/pictures/{name}.webp: {len(picture):,} bytes")
    missing = [one for one in wanted if one not in made]
    if missing:
        print(f"NOT MADE: {', '.join(missing)}: {DMN_TOOLS} names no folder with dmn-js")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
