"""The cases that a user names by files and folders."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from lawmodel.case.case import Case
from lawmodel.case.file import read_cases
from lawmodel.law_files import case_files, split_variant
from lawmodel.problems import Collector
from lawmodel.rulebook.model import Rulebook


def cases_in(rulebook: Rulebook, paths: Sequence[Path]) -> list[Case]:
    """The cases in these files and folders; a usage error where one is not there, `ProblemsFound` for mistakes."""
    for path in paths:
        if not os.path.lexists(split_variant(path)[0]):
            raise click.UsageError(
                f"there is no file or folder `{path}`. Check the spelling and the folder you are in."
            )
    problems = Collector()
    cases = [case for file in case_files(paths) for case in read_cases(rulebook, file, problems)]
    problems.raise_if_any()
    return cases
