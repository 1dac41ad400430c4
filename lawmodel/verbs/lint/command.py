"""`lawmodel lint`: checks of a rulebook, each proved of every case."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from lawmodel.case.case import Case
from lawmodel.case.file import read_cases
from lawmodel.commands.ending import stop_if
from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.json_output import Schema
from lawmodel.commands.options import name_of, rulebook_of
from lawmodel.commands.progress import show_progress
from lawmodel.commands.result_output import ResultOutput, output_options_and_sarif
from lawmodel.law_files import case_files, rules_folder, scenarios_folder
from lawmodel.problems import Collector
from lawmodel.rulebook.model import Rulebook
from lawmodel.safe_text import json_text
from lawmodel.verbs.lint.accepted_findings import acceptance_files, read_acceptances
from lawmodel.verbs.lint.checking import checks, run_checks
from lawmodel.verbs.lint.document import checks_document, document
from lawmodel.verbs.lint.findings import CheckList
from lawmodel.verbs.lint.sarif import sarif
from lawmodel.verbs.lint.surveyed_law import SurveyedLaw


@click.command("lint", epilog="Example: lawmodel lint rules --only never-decides --only unasked-fact")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[RULES]...")
@click.option(
    "--scenarios",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Cases that test the rulebook. Repeatable. Default, for the rulebook that comes with the program: its own.",
)
@click.option("--only", multiple=True, metavar="CHECK", help="Make this check and no other. Repeatable.")
@click.option("--without", multiple=True, metavar="CHECK", help="Leave this check out. Repeatable.")
@click.option(
    "--accepted",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Findings that are known and meant. Default: .lint-accepted.yaml in a folder of the rulebook.",
)
@click.option("--list", "list_checks", is_flag=True, help="What each check finds, and nothing else.")
@click.option("--strict", is_flag=True, help="Exit code 1 for warnings too.")
@output_options_and_sarif
def command(
    paths: tuple[Path, ...],
    scenarios: tuple[Path, ...],
    only: tuple[str, ...],
    without: tuple[str, ...],
    accepted: Path | None,
    list_checks: bool,
    strict: bool,
    output: ResultOutput,
) -> None:
    """What is dead, doubled, out of reach or untested in a rulebook?

    "Never" and "always" are proved of all cases, days, readings and stages. RULES are folders and files, read as one
    rulebook (default: the one that comes with the program). Exit code 1: there is an error that is not accepted.
    """
    known = checks()
    for option, names in (("--only", only), ("--without", without)):
        for name in names:
            name_of(name, known, option)
    chosen = [known[name] for name in known if (not only or name in only) and name not in without]
    if not chosen:
        raise click.UsageError("no check is left to make: --without takes out all that --only names.")
    if list_checks:
        listed = CheckList(tuple(one.ABOUT for one in chosen))
        output.add(Schema.LINT_CHECKS, listed, partial(checks_document, listed), indent=2)
        return
    folders = paths or (rules_folder(),)
    output.check(folders)
    rulebook = rulebook_of(paths)
    files = acceptance_files(folders) if accepted is None else [accepted]
    acceptances = read_acceptances(files, known)
    law = SurveyedLaw(rulebook, _cases(rulebook, paths, scenarios), show_progress)
    try:
        report = run_checks(law, chosen, acceptances)
    finally:
        show_progress("")
    stop_if(report.interrupted, partial(document, report))
    if output.format == "sarif":
        output.add_text(json_text(sarif(report), 2))
    else:
        output.add(Schema.LINT, report, partial(document, report), indent=2)
    output.finish()
    if report.counts.error or (strict and report.counts.warning):
        sys.exit(ExitCode.DOES_NOT_HOLD)


def _cases(rulebook: Rulebook, paths: Sequence[Path], scenarios: Sequence[Path]) -> list[Case] | None:
    """The cases that test the rulebook; None where there are none to speak of."""
    supplied = not paths or [path.resolve() for path in paths] == [rules_folder().resolve()]
    if not scenarios and not supplied:
        return None
    problems = Collector()
    found: list[Case] = []
    for file in case_files(scenarios or [scenarios_folder()]):
        found += read_cases(rulebook, file, problems)
    problems.raise_if_any()
    return found
