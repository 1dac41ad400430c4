"""A rules engine for law. The names below are the library; docs/python.md shows them at work.

Whatever is asked for is imported when it is asked for: importing this package costs next to nothing.
"""

TYPE_CHECKING = False  # as in `typing`, which is not imported for it
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from lawmodel.answer.answer import Answer as Answer
    from lawmodel.case.case import Case as Case
    from lawmodel.case.file import load_cases as load_cases
    from lawmodel.case.model import case_model as case_model
    from lawmodel.case.values import UNKNOWN as UNKNOWN
    from lawmodel.inquiry.decide import decide as decide
    from lawmodel.problems import ProblemsFound as ProblemsFound
    from lawmodel.reasoning.trace import Trace as Trace
    from lawmodel.rulebook.model import Rulebook as Rulebook

__all__ = [
    "UNKNOWN",
    "Answer",
    "Case",
    "ProblemsFound",
    "Rulebook",
    "Trace",
    "case_model",
    "decide",
    "load_cases",
    "load_rulebook",
]

_HOMES = {
    "UNKNOWN": "lawmodel.case.values",
    "Answer": "lawmodel.answer.answer",
    "Case": "lawmodel.case.case",
    "ProblemsFound": "lawmodel.problems",
    "Rulebook": "lawmodel.rulebook.model",
    "Trace": "lawmodel.reasoning.trace",
    "case_model": "lawmodel.case.model",
    "decide": "lawmodel.inquiry.decide",
    "load_cases": "lawmodel.case.file",
}


def load_rulebook(*paths: "Path | str") -> "Rulebook":
    """The rulebook in these folders and files; without any, the one that comes with this program.

    Raises `ProblemsFound` with everything that is wrong with it.
    """
    from lawmodel.law_files import rules_folder
    from lawmodel.rulebook.load import load_rulebook as load

    return load(*(paths or (rules_folder(),)))


if not TYPE_CHECKING:  # for a type checker every name would exist

    def __getattr__(name: str) -> "Any":
        """One of the names above, from where it is at home."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        globals()[name] = found = getattr(import_module(_HOMES[name]), name)
        return found

    def __dir__() -> "list[str]":
        return sorted({*globals(), *__all__})
