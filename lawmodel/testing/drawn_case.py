"""A case that a test has drawn: it is shown as a case file, ready to be saved and decided."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import field, fields, replace
from pathlib import Path, PurePath
from typing import Any, Final

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.plain import plain_value
from lawmodel.case.writing import case_text
from lawmodel.dataclass import dataclass
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import rules_folder
from lawmodel.output_files import save_text
from lawmodel.rulebook.model import Rulebook

FILE: Final = "found.yaml"
MOST_FILES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DrawnCase(Case):
    """A case, with the rulebook that it belongs to; its own readings, day and stage are those it was looked at with."""

    rulebook: Rulebook = field(compare=False)

    def answer(self, question: str | None = None, *, readings: Mapping[str, str] | None = None) -> Answer:
        """The answer as `decide` gives it, at the day and stage at which the case is looked at.

        ``question`` may be left out where the case has one. ``readings`` stand in the place of all that were chosen
        with the case: ``{}`` asks under the defaults. Forward chaining takes no part.
        """
        if question is None:
            if len(self.questions) != 1:
                raise ValueError(f"name a question: the case has {len(self.questions)}")
            (question,) = self.questions
        case = self if readings is None else replace(self, readings=readings)
        return decide(self.rulebook, case, question, forward_chaining=False)

    def to_case(self) -> Case:
        """The case alone."""
        return Case(**{one.name: getattr(self, one.name) for one in fields(Case)})

    def to_yaml(self) -> str:
        """The text of a case file that is read as this case."""
        content: dict[str, Any] = {"title": self.title} if self.title else {}
        if self.questions:
            content["questions"] = list(self.questions)
        if self.presume is not False:
            content["presume"] = "ordinary" if self.presume is True else list(self.presume)
        facts: dict[str, Any] = {}
        for path, value in self.facts.items():
            group, _, name = path.rpartition(".")
            (facts.setdefault(group, {}) if group else facts)[name] = plain_value(self.rulebook.facts[path], value)
        return case_text({**content, "facts": facts})

    def command(self, file: str = FILE) -> str:
        """The command that decides the case once it is saved, as it was looked at here."""
        words = ["lawmodel", "decide", file]
        for path in _rules_of(self.rulebook):
            words += ["--rules", path]
        for name, option in self.readings.items():
            words += ["--reading", f"{name}={option}"]
        if self.on is not None:
            words += ["--on", self.on.isoformat()]
        if self.stage is not None:
            words += ["--stage", self.stage]
        return shlex.join(words)

    def save(self, path: Path | str) -> None:
        """Write a case file, replacing what stands there; raises `ProblemsFound` where that cannot be done."""
        save_text(path, str(self))

    def __str__(self) -> str:
        return f"# A case that a test has found. Save it as {FILE}, then:\n#   {self.command()}\n{self.to_yaml()}"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How Hypothesis shows it: at the margin, so that it can be copied as it stands."""
        printer.text(f"\n{self}")


def _rules_of(rulebook: Rulebook) -> list[str]:
    """The files that a command has to name for this rulebook; none where it is the one that comes with the program."""
    supplied = rules_folder()
    files = list(dict.fromkeys(_files(rulebook)))
    others = [file for file in files if not _within(file, supplied)]
    if not others:
        return []
    folder = _common_folder(others)
    shown = [str(folder)] if len(others) > MOST_FILES and folder is not None else others
    return [str(supplied), *shown] if len(others) < len(files) else shown


def _files(rulebook: Rulebook) -> Iterator[str]:
    sections = (rulebook.facts, rulebook.readings, rulebook.concepts, rulebook.questions, rulebook.provisions)
    for section in sections:
        for entry in section.values():
            yield entry.place.file


def _within(file: str, folder: Path) -> bool:
    return Path(file).resolve().is_relative_to(folder.resolve())


def _common_folder(files: list[str]) -> PurePath | None:
    """The innermost folder that holds all files."""
    first, *rest = (PurePath(file).parents for file in files)
    return next((folder for folder in first if all(folder in parents for parents in rest)), None)
