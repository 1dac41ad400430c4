"""`lawmodel decisions`: how do reported decisions stand to the rulebook?"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import click

from lawmodel.case.decision_file import read_decision
from lawmodel.case.reported_decision import ReportedDecision
from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.json_output import Schema
from lawmodel.commands.options import rulebook_of, rules_option
from lawmodel.commands.progress import show_progress
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.law_files import case_files
from lawmodel.problems import Collector, Problem, ProblemsFound
from lawmodel.results.header import Header
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.decisions.compare_decision import compare_decision
from lawmodel.verbs.decisions.document import document
from lawmodel.verbs.decisions.result import ComparedDecision, ComparedDecisions

MOST_DECISIONS: Final = 1_000
"""So many decisions are compared in one run."""


@click.command("decisions", epilog="Example: lawmodel decisions examples/decisions --strict")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--strict", is_flag=True, help="Exit code 1 if a verdict is not the one that its file expects.")
@rules_option
@output_options
def command(paths: tuple[Path, ...], strict: bool, rules: tuple[Path, ...], output: ResultOutput) -> None:
    """How do reported decisions stand to the rulebook?

    PATH is a file of a decision, or a folder of such files (docs/decisions.md). Each is compared with the answer on the
    facts that are reported. It *agrees* if the answer is the outcome that was decided, on the grounds that are stated;
    it is *open* if that may be the answer; else it *departs*. For each the smallest changes of readings are shown that
    would make it stand otherwise.
    """
    rulebook = rulebook_of(rules)
    found = ComparedDecisions(Header(rulebook), tuple(_compared(rulebook, _decisions(rulebook, paths))))
    output.add(Schema.DECISIONS, found, partial(document, found))
    output.finish()
    if strict and found.not_as_expected:
        sys.exit(ExitCode.DOES_NOT_HOLD)


def _decisions(rulebook: Rulebook, paths: Sequence[Path]) -> list[ReportedDecision]:
    """The decisions of these files and folders; `ProblemsFound` with every mistake in them."""
    for path in paths:
        if not os.path.lexists(path):
            raise click.UsageError(
                f"there is no file or folder `{path}`. Check the spelling and the folder you are in."
            )
    files = case_files(paths)
    if not files:
        raise click.UsageError("there is no file of a decision here. Their names end in .yaml.")
    if len(files) > MOST_DECISIONS:
        raise click.UsageError(f"there are {len(files):,} files here, and {MOST_DECISIONS:,} are compared at most.")
    problems = Collector()
    read = [read_decision(rulebook, file, problems) for file in files]
    problems.raise_if_any()
    return [one for one in read if one is not None]


def _compared(rulebook: Rulebook, decisions: Sequence[ReportedDecision]) -> list[ComparedDecision]:
    """The decisions compared; `ProblemsFound` with all that no case can be."""
    compared: list[ComparedDecision] = []
    impossible: list[Problem] = []
    for number, one in enumerate(decisions, 1):
        show_progress(f"{number} of {len(decisions)} decisions")
        try:
            compared.append(compare_decision(rulebook, one))
        except ProblemsFound as found:
            impossible += found.problems
    show_progress("")
    if impossible:
        raise ProblemsFound(impossible)
    return compared
