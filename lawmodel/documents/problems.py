"""A problem of a file, as it is shown where problems are the result."""

from __future__ import annotations

from lawmodel.document import Diagnostic, text
from lawmodel.problems import Problem
from lawmodel.safe_text import safe_line


def diagnostic(problem: Problem) -> Diagnostic:
    """The place, what is wrong, the line of the file, and what to do: the words in which other verbs say it too."""
    return Diagnostic(
        safe_line(problem.heading()),
        text(safe_line(problem.message)),
        text(safe_line(problem.mend)),
        "\n".join(problem.excerpt()),
    )
