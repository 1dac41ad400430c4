"""An answer in a line or two, for the report of a test that fails."""

from __future__ import annotations

import io

from lawmodel.answer.answer import Answer
from lawmodel.answer.console import console
from lawmodel.answer.text import show


def brief_text(answer: Answer) -> str:
    """The conclusion, its grounds, and what it turns on."""
    stream = io.StringIO()
    show(answer, console(stream), brief=True)
    return stream.getvalue().rstrip()
