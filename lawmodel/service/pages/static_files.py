"""The style and the script of the pages, each sent as one file that is kept until the program changes."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import Final


def _joined(*places: tuple[str, str]) -> bytes:
    return b"\n".join(files(package).joinpath(name).read_bytes() for package, name in places)


_FOLDER: Final = "lawmodel.service.pages"
STYLE: Final = _joined(
    ("lawmodel.render.formats", "page.css"),
    (_FOLDER, "static/workbench.css"),
    (_FOLDER, "static/law.css"),
    (_FOLDER, "static/practice.css"),
)
SCRIPT: Final = _joined(
    (_FOLDER, "static/htmx.min.js"), (_FOLDER, "static/workbench.js"), (_FOLDER, "static/practice.js")
)
STYLE_ADDRESS: Final = f"/static/{hashlib.sha256(STYLE).hexdigest()[:12]}.css"
SCRIPT_ADDRESS: Final = f"/static/{hashlib.sha256(SCRIPT).hexdigest()[:12]}.js"
