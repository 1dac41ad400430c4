"""A drawing as a picture of its own, outside a page: it brings those rules of the page's style sheet that it needs."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

_WIDE: Final = re.compile(r'<svg class="wide"[^>]*>.*?</svg>', re.DOTALL)
"""Of the two drawings of a picture the one for a page."""
_COLOUR: Final = re.compile(r"--(\w+): light-dark\((#\w+)")
UNCOMMON: Final = re.compile(r"[^\x00-\u052f\u1e00-\u22ff\u2500-\u27bf\ufb00-\ufb06\ufffd]")
"""Characters beyond Latin, Greek and Cyrillic letters and the common signs: the fonts of Typst may lack them."""
_RULE: Final = re.compile(r"\.picture ([^{}]+?)\s*\{([^{}]*)\}")
_VARIABLE: Final = re.compile(r"var\(--(\w+)\)")
_OF_PAGE: Final = ("figcaption", ".drawings", "svg", ".wide", ".narrow")
"""What of a page is around a drawing, or in the other drawing of it."""
_FONTS: Final = "text{font-family:'Libertinus Serif';font-size:13px}.identifier{font-family:'DejaVu Sans Mono'}"


def standalone(drawings: str) -> str | None:
    """The wide drawing of a picture, in the colours of paper; None where there is none."""
    found = _WIDE.search(drawings)
    if found is None:
        return None
    begin = found[0].index(">")
    opening = found[0][:begin].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"{opening}><style>{_style()}</style>{found[0][begin + 1 :]}"


@cache
def _style() -> str:
    sheet = files("lawmodel.render.formats").joinpath("page.css").read_text(encoding="utf-8")
    colours = {found[1]: found[2] for found in _COLOUR.finditer(sheet)}

    def on_paper(rule: str) -> str:
        return _VARIABLE.sub(lambda one: colours[one[1]], rule).replace("currentColor", colours["words"])

    rules = [
        f"{selector.replace('.picture ', '')}{{{on_paper(inside)}}}"
        for selector, inside in _RULE.findall(sheet)
        if not selector.startswith(_OF_PAGE) and selector != "text"
    ]
    faint = f".faint{{fill:{colours['second']}}}.reading{{fill:{colours['reading']}}}"
    return f"{_FONTS}text{{fill:{colours['words']}}}{''.join(rules)}{faint}"
