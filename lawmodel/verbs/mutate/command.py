"""`lawmodel mutate`: would anybody notice if the law were another by a slip?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import click

from lawmodel.commands.case_paths import cases_in
from lawmodel.commands.ending import stop_if
from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.json_output import Schema
from lawmodel.commands.older_outputs import is_case, is_kept_run
from lawmodel.commands.options import law_paths, name_of, rulebook_of, rules_option
from lawmodel.commands.progress import show_progress
from lawmodel.commands.result_output import ResultOutput, format_options
from lawmodel.law_files import scenarios_folder
from lawmodel.output_files import Output, check_outputs, save_all
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.verbs.mutate.document import document
from lawmodel.verbs.mutate.mutate import MutationAnalysis
from lawmodel.verbs.mutate.mutation_run import MutationRun, chosen, distinguishing_cases

MOST_TRIED: Final = 5_000
"""So many mutants are tried in one run, where no sample is asked for."""


@click.command("mutate", epilog="Example: lawmodel mutate --sample 100 --seed 7 --out DIR")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@click.option("--provision", metavar="ID", help="Only slips in this provision (or concept, instrument, reading …).")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Try only this many slips, drawn by chance.")
@click.option(
    "--seed",
    type=int,
    metavar="N",
    default=0,
    show_default=True,
    help="With --sample: the same seed draws the same slips.",
)
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Run this many processes. Default: one for each processor."
)
@click.option(
    "--resume",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep the results in this file; the same command goes on from there.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Save case files that would notice what nothing notices yet.",
)
@click.option("--strict", is_flag=True, help="Exit code 1 if some slip changes the law and nothing notices it.")
@click.option("--same", is_flag=True, help="Show the mutants too that are proved to be the same law.")
@rules_option
@format_options
def command(
    paths: tuple[Path, ...],
    provision: str | None,
    sample: int | None,
    seed: int,
    jobs: int | None,
    resume: Path | None,
    out: Path | None,
    strict: bool,
    same: bool,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """Would anybody notice if the law were another by a slip?

    Makes every small slip in the rulebook, one at a time: a limb dropped, a negation flipped, a day off by one … and
    looks whether an expectation of the cases (PATH; by default those that come with the program) or a property of the
    rulebook notices it. What nothing notices is proved to be the same law, or a case is shown that would notice it.
    """
    named = paths or (() if rules else (scenarios_folder(),))
    read = [*law_paths(rules), *named]
    folder = None if out is None else Output("--out", out, "folder", is_case)
    check_outputs([Output("--resume", resume, is_older=is_kept_run)] if resume else [], read)
    if folder is not None:
        check_outputs([folder], law_paths(rules))
        check_outputs([folder], named, adding=True)
    rulebook = rulebook_of(rules)
    cases = cases_in(rulebook, named)
    if rules and not cases:
        raise click.UsageError("name the cases that test the rulebook.")
    analysis = MutationAnalysis(rulebook, cases)
    name_of(provision, dict.fromkeys(one.entry for one in analysis.mutants), "--provision")
    tried = chosen(analysis.mutants, provision, sample, seed)
    if len(tried) > MOST_TRIED and sample is None:
        message = f"there are {len(tried):,} mutants, and {MOST_TRIED:,} are tried at most"
        mend = "Draw some by chance (--sample N), or name an entry (--provision ID)."
        raise ProblemsFound([Problem(message, mend, "`mutate`")])
    run = MutationRun(analysis, tried, resume, _progress())
    stopped = False
    try:
        run.go(jobs or os.cpu_count() or 1)
    except KeyboardInterrupt:
        stopped = True
    found = run.result()
    _progress()(0, 0)
    if stopped:
        kept = "" if resume is None else f" With --resume {resume} it goes on from there."
        click.echo(f"Stopped: {len(found.seen)} mutants were tried.{kept}", err=True)
    elif folder is not None:
        save_all(folder, dict(distinguishing_cases(analysis, found.unnoticed)), read, adding=True)
    if stopped and not found.seen:
        raise KeyboardInterrupt
    shown = partial(document, found, same=same)
    stop_if(stopped, shown)
    output.add(Schema.MUTATION, found, shown)
    output.finish()
    if strict and found.unnoticed:
        sys.exit(ExitCode.DOES_NOT_HOLD)


def _progress() -> Callable[[int, int], None]:
    """Says on a terminal how far it has come; with nothing to be done, wipes that out."""
    return lambda done, of: show_progress(f"{done} of {of} mutants" if of else "")
