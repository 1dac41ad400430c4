"""`lawmodel lint`: checks of a rulebook, each proved of every case."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from lawmodel.case.case import Case
from lawmodel.case.file import read_cases
from lawmodel.commands.ending import stop_if_rendered
from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.json_output import Schema, write_json, write_plain
from lawmodel.commands.options import name_of, rulebook_of
from lawmodel.commands.progress import show_progress
from lawmodel.law_files import case_files, rules_folder, scenarios_folder
from lawmodel.problems import Collector
from lawmodel.rulebook.model import Rulebook


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
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="Default: text.")
@click.option("--all", "accepted_too", is_flag=True, help="Show what is accepted too, with the reason.")
@click.option("--list", "list_checks", is_flag=True, help="What each check finds, and nothing else.")
@click.option("--strict", is_flag=True, help="Exit code 1 for warnings too.")
def command(
    paths: tuple[Path, ...],
    scenarios: tuple[Path, ...],
    only: tuple[str, ...],
    without: tuple[str, ...],
    accepted: Path | None,
    form: str,
    accepted_too: bool,
    list_checks: bool,
    strict: bool,
) -> None:
    """What is dead, doubled, out of reach or untested in a rulebook?

    "Never" and "always" are proved of all cases, days, readings and stages. RULES are folders and files, read as one
    rulebook (default: the one that comes with the program). Exit code 1: there is an error that is not accepted.
    """
    from lawmodel.inquiry.linting.checking import checks

    known = checks()
    for option, names in (("--only", only), ("--without", without)):
        for name in names:
            name_of(name, known, option)
    chosen = [known[name] for name in known if (not only or name in only) and name not in without]
    if not chosen:
        raise click.UsageError("no check is left to make: --without takes out all that --only names.")
    if list_checks:
        _list([one.ABOUT for one in chosen], form)
        return
    from lawmodel.inquiry.linting.accepted_findings import acceptance_files, read_acceptances
    from lawmodel.inquiry.linting.checking import run_checks
    from lawmodel.inquiry.linting.surveyed_law import SurveyedLaw

    rulebook = rulebook_of(paths)
    folders = paths or (rules_folder(),)
    files = acceptance_files(folders) if accepted is None else [accepted]
    acceptances = read_acceptances(files, known)
    law = SurveyedLaw(rulebook, _cases(rulebook, paths, scenarios), show_progress)
    try:
        report = run_checks(law, chosen, acceptances)
    finally:
        show_progress("")
    if form == "json" and not report.interrupted:
        write_json(Schema.LINT, report.to_json(), indent=2)
    elif form == "sarif" and not report.interrupted:
        from lawmodel.answer.whole_law.lint_sarif import sarif

        write_plain(sarif(report), indent=2)
    else:
        from lawmodel.answer.console import console, write
        from lawmodel.answer.whole_law.lint_text import lint_text

        stop_if_rendered(report.interrupted, lambda: lint_text(report, accepted_too=accepted_too))
        write(console(), lint_text(report, accepted_too=accepted_too))
    counts: Mapping[Any, int] = report.counted()
    if counts["error"] or (strict and counts["warning"]):
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


def _list(abouts: Sequence[Any], form: str) -> None:
    if form != "text":
        plain = [{"id": one.id, "title": one.title, "severity": one.severity, "means": one.means} for one in abouts]
        write_json(Schema.LINT_CHECKS, {"checks": plain}, indent=2)
        return
    from lawmodel.answer.console import console, write
    from lawmodel.answer.whole_law.lint_text import checks_text

    write(console(), checks_text(abouts))
