"""As on a terminal."""

from __future__ import annotations

import io
from typing import Final

from lawmodel.document import Document

EXTENSIONS: Final = (".txt",)
MARK: Final = None


def render(document: Document, *, everything: bool = False) -> str:
    """The whole document as on a terminal, without its colours; it ends in a line break."""
    from lawmodel.render.terminal import console, show

    stream = io.StringIO()
    show(document, console(stream), everything=everything)
    return stream.getvalue()
