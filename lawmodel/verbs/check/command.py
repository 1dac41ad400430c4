"""`lawmodel check`: every mistake in rulebooks and cases, and every expectation that is not met."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from lawmodel.case.case import Case
from lawmodel.case.file import MOST_BYTES, read_cases
from lawmodel.case.telling_case import telling_case
from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.json_output import Schema
from lawmodel.commands.options import rules_option
from lawmodel.commands.progress import show_progress
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.commands.sorted_files import sort_files
from lawmodel.law_files import rules_folder, scenarios_folder, split_variant
from lawmodel.problems import Collector, Problem, ProblemsFound
from lawmodel.rulebook.load import hashed
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.read import read_rulebook
from lawmodel.rulebook.rule_files import read_rule_files, rulebook_files
from lawmodel.verbs.check.document import document
from lawmodel.verbs.check.result import CheckResult
from lawmodel.yaml_nodes import read_yaml


@click.command("check", epilog="Example: lawmodel check rules scenarios")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@rules_option
@click.option("--no-expect", "no_expect", is_flag=True, help="Read the files only: leave the expectations alone.")
@click.option("--quick", is_flag=True, help="Test the expectations without asking the second engine too.")
@output_options
def command(
    paths: tuple[Path, ...], rules: tuple[Path, ...], no_expect: bool, quick: bool, output: ResultOutput
) -> None:
    """Is everything well-formed, and is every case answered as it expects?

    PATH is a file or a folder. A folder with a file that has the section `rulebook` is a rulebook, with all its files;
    all else are cases, checked against that rulebook, or --rules, or the one that comes with the program. Without
    PATH, what comes with the program is checked. A case file with a mistake is left out, and the others are tested.
    Exit code 2: there is a mistake; 1: an expectation is not met.
    """
    for path in (*paths, *rules):
        if not os.path.lexists(split_variant(path)[0]):
            raise click.UsageError(
                f"there is no file or folder `{path}`. Check the spelling and the folder you are in."
            )
    noted = Collector()
    supplied = [folder for folder in (rules_folder(), scenarios_folder()) if folder.is_dir()]
    if not paths:
        output.check(supplied)
    files = sort_files(paths or supplied, noted)
    law = _the_law(rules, files.rulebooks, bool(files.cases))
    rulebook: Rulebook | None = None
    rulebooks: list[Rulebook] = []
    named: list[Rulebook] = []
    """Those that are to be checked, and not only to check cases by."""
    for part in {tuple(one): None for one in (*files.rulebooks, *([law] if law else []))}:
        read = _rulebook(part, [*paths, *rules] or supplied, noted)
        if read is not None:
            rulebooks.append(read)
            named += [read] if list(part) in files.rulebooks else []
            rulebook = read if law and part == tuple(law) else rulebook
    cases = _cases(rulebook, files.cases, noted)
    odd: list[Problem] = []
    if rulebook is not None and any(not one.order for one in rulebook.consistency):
        cases, odd = _consistent(rulebook, cases, noted)
    mistakes = ProblemsFound(noted.problems).problems
    left_out = list(dict.fromkeys(one.file for one in mistakes))
    unmet: list[Problem] | None = None
    misconceptions = sum(len(one.misconceptions) for one in named)
    if not no_expect and ((rulebook is not None and (cases or not mistakes)) or misconceptions):
        unmet = list(_untold(named)) if misconceptions else []
        if rulebook is not None:
            unmet += _unmet(rulebook, cases, forward_chaining=not quick)
    result = CheckResult(
        mistakes,
        None if unmet is None else tuple(unmet),
        tuple(left_out),
        tuple(rulebooks),
        misconceptions,
        len(cases),
        sum(len(case.expectations) for case in cases),
        tuple(odd),
    )
    output.add(Schema.CHECK, result, partial(document, result), indent=2)
    output.finish()
    if result.problems:
        sys.exit(ExitCode.WRONG_INPUT if mistakes else ExitCode.DOES_NOT_HOLD)


def _the_law(rules: Sequence[Path], rulebooks: Sequence[list[Path]], needed: bool) -> list[Path] | None:
    """The files of the rulebook by which cases are checked."""
    if not rules and len(rulebooks) > 1 and needed:
        raise click.UsageError("there are several rulebooks here: say with --rules by which the cases are checked.")
    if not rules and len(rulebooks) == 1:
        return rulebooks[0]
    if not rules and not needed:
        return None
    problems = Collector()
    files = rulebook_files(rules or (rules_folder(),), problems)
    problems.raise_if_any()
    return files


def _rulebook(files: Sequence[Path], places: Sequence[Path], noted: Collector) -> Rulebook | None:
    """The rulebook in these files, read afresh; None, with its mistakes noted, where it has some.

    ``places`` are the files and folders that were named.
    """
    problems = Collector()
    read = read_rule_files(files, problems)
    rulebook = read_rulebook(read, problems)
    noted.problems += problems.problems
    if problems.problems or rulebook is None:
        return None
    for one in rulebook.misconceptions.values():
        try:
            telling_case(rulebook, one)
        except ProblemsFound as found:
            noted.problems += found.problems
    return hashed(rulebook, places, read)


def _cases(rulebook: Rulebook | None, files: Sequence[Path], noted: Collector) -> list[Case]:
    """The cases of the files without a mistake; where the rulebook is wrong, only whether they are YAML is said."""
    found: list[Case] = []
    for file in files:
        if rulebook is None:
            read_yaml(file, noted, MOST_BYTES)
            continue
        problems = Collector()
        cases = read_cases(rulebook, file, problems)
        noted.problems += problems.problems
        found += [] if problems.problems else cases
    return found


def _consistent(rulebook: Rulebook, cases: Sequence[Case], noted: Collector) -> tuple[list[Case], list[Problem]]:
    """The cases that can be as they are written, and what is odd about them; of the others it is noted why not."""
    from lawmodel.inquiry.consistent import consistency_of  # brings the engines

    kept, odd = [], []
    for case in cases:
        impossible, remarks = consistency_of(rulebook, case)
        odd += remarks
        if impossible:
            noted.problems += impossible
        else:
            kept.append(case)
    return kept, odd


def _unmet(rulebook: Rulebook, cases: Sequence[Case], *, forward_chaining: bool) -> Iterator[Problem]:
    from lawmodel.inquiry.expectations import unmet  # brings the engines

    for number, case in enumerate(cases, 1):
        show_progress(f"{number} of {len(cases)} cases")
        try:
            yield from unmet(rulebook, case, forward_chaining=forward_chaining)
        except ProblemsFound as found:  # days that contradict each other once what is left out is filled in
            yield from found.problems
    show_progress("")


def _untold(rulebooks: Sequence[Rulebook]) -> Iterator[Problem]:
    from lawmodel.inquiry.untold_misconceptions import misconceptions_untold  # brings the engines

    for rulebook in rulebooks:
        show_progress(f"{len(rulebook.misconceptions)} misconceptions")
        yield from misconceptions_untold(rulebook)
    show_progress("")
