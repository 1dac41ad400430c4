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
    from lawmodel.inquiry.change import change as change
    from lawmodel.inquiry.decide import decide as decide
    from lawmodel.inquiry.searching.find import View as View
    from lawmodel.inquiry.searching.find import Wanted as Wanted
    from lawmodel.inquiry.searching.find import find as find
    from lawmodel.inquiry.searching.prove import prove as prove
    from lawmodel.problems import ProblemsFound as ProblemsFound
    from lawmodel.reasoning.trace import Trace as Trace
    from lawmodel.rulebook.model import Rulebook as Rulebook
    from lawmodel.verbs.ask.interview import Interview as Interview
    from lawmodel.verbs.compare.compare_dates import compare_dates as compare_dates
    from lawmodel.verbs.compare.compare_readings import compare_readings as compare_readings
    from lawmodel.verbs.compare.compare_stages import compare_stages as compare_stages
    from lawmodel.verbs.compare.compare_tellings import group_tellings as group_tellings
    from lawmodel.verbs.report.report import report as report
    from lawmodel.verbs.turns_on.turns_on import turns_on as turns_on
    from lawmodel.verbs.whatif.whatif import whatif as whatif
    from lawmodel.verbs.why.why import why as why
    from lawmodel.verbs.why_not.why_not import why_not as why_not

__all__ = [
    "UNKNOWN",
    "Answer",
    "Case",
    "Interview",
    "ProblemsFound",
    "Rulebook",
    "Trace",
    "View",
    "Wanted",
    "case_model",
    "change",
    "compare_dates",
    "compare_readings",
    "compare_stages",
    "decide",
    "find",
    "group_tellings",
    "load_cases",
    "load_rulebook",
    "prove",
    "report",
    "turns_on",
    "whatif",
    "why",
    "why_not",
]

_HOMES = {
    "UNKNOWN": "lawmodel.case.values",
    "Answer": "lawmodel.answer.answer",
    "Case": "lawmodel.case.case",
    "Interview": "lawmodel.verbs.ask.interview",
    "ProblemsFound": "lawmodel.problems",
    "Rulebook": "lawmodel.rulebook.model",
    "Trace": "lawmodel.reasoning.trace",
    "View": "lawmodel.inquiry.searching.find",
    "Wanted": "lawmodel.inquiry.searching.find",
    "case_model": "lawmodel.case.model",
    "change": "lawmodel.inquiry.change",
    "compare_dates": "lawmodel.verbs.compare.compare_dates",
    "compare_readings": "lawmodel.verbs.compare.compare_readings",
    "compare_stages": "lawmodel.verbs.compare.compare_stages",
    "decide": "lawmodel.inquiry.decide",
    "find": "lawmodel.inquiry.searching.find",
    "group_tellings": "lawmodel.verbs.compare.compare_tellings",
    "load_cases": "lawmodel.case.file",
    "prove": "lawmodel.inquiry.searching.prove",
    "report": "lawmodel.verbs.report.report",
    "turns_on": "lawmodel.verbs.turns_on.turns_on",
    "whatif": "lawmodel.verbs.whatif.whatif",
    "why": "lawmodel.verbs.why.why",
    "why_not": "lawmodel.verbs.why_not.why_not",
}


def load_rulebook(*paths: "Path | str") -> "Rulebook":
    """The rulebook in these folders and files; without any, the one that comes with this program.

    Raises `ProblemsFound` with everything that is wrong with it.
    """
    from lawmodel.law_files import rules_folder
    from lawmodel.problems import path_of
    from lawmodel.rulebook.load import load_rulebook as load

    return load(*([path_of(path, "paths") for path in paths] or (rules_folder(),)))


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
