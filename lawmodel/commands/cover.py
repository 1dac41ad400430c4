"""`lawmodel cover`: which limbs of the law do the cases test, and which not?"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawmodel.case.case import Case
from lawmodel.commands.case_paths import cases_in
from lawmodel.commands.options import json_option, name_of, rulebook_of, rules_option
from lawmodel.commands.progress import show_progress
from lawmodel.law_files import scenarios_folder
from lawmodel.rulebook.model import Rulebook

if TYPE_CHECKING:
    from lawmodel.inquiry.coverage.cover import Covering, Missing


@click.command("cover", epilog="Example: lawmodel cover scenarios --at-least 100")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@click.option("--provision", metavar="ID", help="Only this provision (or concept), and the concepts that it uses.")
@click.option("--all", "all_limbs", is_flag=True, help="Show the limbs that are covered too, and by which cases.")
@click.option("--at-least", type=click.FloatRange(0, 100), metavar="PERCENT", help="Exit code 1 if less is covered.")
@click.option(
    "--complete",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write case files into this folder that show what is missing: pairs that differ in one fact.",
)
@rules_option
@json_option
def command(
    paths: tuple[Path, ...],
    provision: str | None,
    all_limbs: bool,
    at_least: float | None,
    folder: Path | None,
    rules: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Which limbs of the law do the cases test, and which not?

    For every condition as it is written two cases are looked for in which it alone changes the answer: one in which it
    is so, and one in which it is not. PATH is a case file or a folder; without PATH, the cases that come with the
    program are looked at.
    """
    rulebook = rulebook_of(rules)
    among = _entries(rulebook, provision)
    if rules and not paths and folder is None:
        raise click.UsageError("name the cases that test the rulebook, or a folder for --complete to write some.")
    cases = cases_in(rulebook, paths or (() if rules else (scenarios_folder(),)))
    from lawmodel.inquiry.coverage.cover import Covering, result
    from lawmodel.inquiry.coverage.expected_answers import expected_answers

    covering = Covering(rulebook)
    tests = list(expected_answers(rulebook, cases))
    try:
        covering.add(tests, _progress("expectations"))
        missing = covering.missing(among)
    except KeyboardInterrupt:
        shown = len(covering.shown)
        click.echo(f"\nStopped: {shown} of at most {2 * len(covering.limbs)} shown so far.", err=True)
        sys.exit(130)
    finally:
        _progress("")(0, 0)
    found = result(covering, missing, len(cases), len(tests), among)
    written = [] if folder is None else _complete(covering, missing, cases, folder)
    if as_json:
        extra = {} if folder is None else {"written": [str(file) for file in written]}
        click.echo(json.dumps({**found.to_json(), **extra}, ensure_ascii=False))
    else:
        from lawmodel.answer.console import console, write
        from lawmodel.answer.whole_law.cover_text import coverage

        write(console(), coverage(found, all_limbs))
        if folder is not None:
            click.echo(f"{len(written)} case files that show what is missing: written to {folder}")
    if at_least is not None and found.percent < at_least:
        sys.exit(1)


def _entries(rulebook: Rulebook, name: str | None) -> Collection[str]:
    """A provision or concept, and the concepts and shared conclusions that it uses; nothing stands for all."""
    if name is None:
        return ()
    from lawmodel.rulebook.uses import Node, Uses

    name_of(name, [*rulebook.provisions, *rulebook.concepts, *rulebook.conclusions], "--provision")
    node = Node("provision", name)
    if name not in rulebook.provisions:
        node = Node("concept" if name in rulebook.concepts else "conclusion", name)
    uses = Uses(rulebook)
    return {name, *uses.ids(node, "concept"), *uses.ids(node, "conclusion")}


def _complete(covering: Covering, missing: Missing, cases: Sequence[Case], folder: Path) -> list[Path]:
    """Write the case files that show what is missing; those that were made so far if it is interrupted."""
    from lawmodel.inquiry.coverage.minimal_pairs import complete
    from lawmodel.output_files import save_text

    pairs, failed = complete(covering, missing, cases, _progress("limbs"))
    _progress("")(0, 0)
    if pairs:
        folder.mkdir(parents=True, exist_ok=True)
    for pair in pairs:
        save_text(folder / pair.name, pair.text)
    if failed:
        click.echo(f"{len(failed)} are shown by no case of which everything is settled.", err=True)
    return [folder / pair.name for pair in pairs]


def _progress(what: str) -> Callable[[int, int], None]:
    """Says on a terminal how far it has come; without a word for what is counted, wipes that out."""
    return lambda done, of: show_progress(f"{done} of {of} {what}" if what else "")
