"""A drawing in pixels, for programs that show no SVG. Typst draws it, where it is installed (the extra `report`)."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import Final, NamedTuple

from lawmodel.render.pictures.standalone import UNCOMMON

PIXELS_PER_INCH: Final = 220
"""What word processors keep of a picture that is printed."""
_PAGE: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)"""
_VIEW: Final = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


class Raster(NamedTuple):
    """A drawing in pixels, and its size on paper in points."""

    png: bytes
    width: float
    height: float


def raster(svg: str, width: float, tallest: float) -> Raster | None:
    """A drawing of its own, so wide on paper, or less if it would be taller than ``tallest``; the same each time.

    None where nothing here can draw it: without Typst, and where its fonts may lack a letter.
    """
    view = _VIEW.search(svg)
    if view is None or UNCOMMON.search(svg) or find_spec("typst") is None:
        return None
    import typst

    shape = float(view[2]) / float(view[1])
    wide = min(width, tallest / shape)
    made: bytes = typst.compile(
        _PAGE,
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"svg": svg, "width": f"{wide:.2f}"},
        ignore_system_fonts=True,
    )
    return Raster(made, wide, wide * shape)
