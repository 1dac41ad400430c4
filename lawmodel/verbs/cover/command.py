"""`lawmodel cover`: which limbs of the law do the cases test, and which not?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import click

from lawmodel.case.case import Case
from lawmodel.commands.case_paths import cases_in
from lawmodel.commands.exercise_sets import exercises_in
from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.json_output import Schema
from lawmodel.commands.older_outputs import is_case
from lawmodel.commands.options import law_paths, name_of, rulebook_of, rules_option
from lawmodel.commands.progress import show_progress
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.exercises.expected_cases import expected_cases
from lawmodel.inquiry.covering import minimal_pairs
from lawmodel.inquiry.covering.covering import Covering, Missing, result
from lawmodel.inquiry.distinguishing.expected_answers import expected_answers
from lawmodel.law_files import scenarios_folder
from lawmodel.output_files import Output, check_outputs, save_all
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.uses import EntryNode, Uses
from lawmodel.verbs.cover.document import document

SET: Final = ".json"
"""How the name of a set of exercises ends."""


@click.command("cover", epilog="Example: lawmodel cover scenarios --at-least 100")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@click.option("--provision", metavar="ID", help="Only this provision (or concept), and the concepts that it uses.")
@click.option("--question", metavar="QUESTION", help="Only what the answers to this question show.")
@click.option("--at-least", type=click.FloatRange(0, 100), metavar="PERCENT", help="Exit code 1 if less is covered.")
@click.option(
    "--complete",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write case files into this folder that show what is missing: pairs that differ in one fact.",
)
@rules_option
@output_options
def command(
    paths: tuple[Path, ...],
    provision: str | None,
    question: str | None,
    at_least: float | None,
    complete: Path | None,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """Which limbs of the law do the cases test, and which not?

    For every condition as it is written two cases are looked for in which it alone changes the answer: one in which it
    is so, and one in which it is not. PATH is a case file, a folder, or a set of exercises (.json), of which each case
    has its key as the answer; without PATH, the cases that come with the program are looked at.
    """
    folder = None if complete is None else Output("--complete", complete, "folder", is_case)
    named = paths or (() if rules else (scenarios_folder(),))
    read = [*law_paths(rules), *named]
    output.check(read)
    if folder is not None:
        check_outputs([folder], law_paths(rules))
        check_outputs([folder], named, adding=True)
    rulebook = rulebook_of(rules)
    among = _entries(rulebook, provision)
    if rules and not paths and complete is None:
        raise click.UsageError("name the cases that test the rulebook, or a folder for --complete to write some.")
    sets = [one for one in named if one.suffix.lower() == SET]
    files = [one for one in named if one not in sets]
    cases = cases_in(rulebook, files) if files else []
    cases += [case for one in sets for case in expected_cases(rulebook, exercises_in(one), str(one))]
    name_of(question, rulebook.questions, "--question")
    covering = Covering(rulebook, () if question is None else (question,))
    tests = list(expected_answers(rulebook, cases))
    try:
        covering.add(tests, _progress("expectations"))
        missing = covering.missing(among)
    except KeyboardInterrupt:
        shown = len(covering.shown)
        click.echo(f"\nStopped: {shown} of at most {2 * len(covering.limbs)} shown so far.", err=True)
        raise
    finally:
        _progress("")(0, 0)
    found = result(covering, missing, len(cases), len(tests), among)
    if folder is not None:
        found = replace(found, written=tuple(map(str, _complete(covering, missing, cases, folder, read))))
    output.add(Schema.COVERAGE, found, partial(document, found))
    output.finish()
    if at_least is not None and found.percent < at_least:
        sys.exit(ExitCode.DOES_NOT_HOLD)


def _entries(rulebook: Rulebook, name: str | None) -> Collection[str]:
    """A provision or concept, and the concepts and shared conclusions that it uses; nothing stands for all."""
    if name is None:
        return ()
    name_of(name, [*rulebook.provisions, *rulebook.concepts, *rulebook.conclusions], "--provision")
    node = EntryNode("provision", name)
    if name not in rulebook.provisions:
        node = EntryNode("concept" if name in rulebook.concepts else "conclusion", name)
    uses = Uses(rulebook)
    return {name, *uses.ids(node, "concept"), *uses.ids(node, "conclusion")}


def _complete(
    covering: Covering, missing: Missing, cases: Sequence[Case], folder: Output, read: Sequence[Path]
) -> list[Path]:
    """Write the case files that show what is missing; interrupted, those that were made so far."""
    made = minimal_pairs.complete(covering, missing, cases, _progress("limbs"))
    _progress("")(0, 0)
    texts = {pair.name: pair.text for pair in made.pairs}
    written = save_all(folder, texts, read, adding=True) if texts else []
    if made.interrupted:
        click.echo(f"Stopped: {len(written)} case files were written to {folder.path} so far.", err=True)
        raise KeyboardInterrupt
    if made.failed:
        click.echo(f"{len(made.failed)} are shown by no case of which everything is settled.", err=True)
    return written


def _progress(what: str) -> Callable[[int, int], None]:
    """Says on a terminal how far it has come; without a word for what is counted, wipes that out."""
    return lambda done, of: show_progress(f"{done} of {of} {what}" if what else "")
