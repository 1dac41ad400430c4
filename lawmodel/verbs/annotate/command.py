"""`lawmodel annotate`: the law with all that is known of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from lawmodel.case.file import load_cases
from lawmodel.commands.json_output import Schema
from lawmodel.commands.options import day_of, law_paths, rulebook_of, rules_option, stage_of, stage_option
from lawmodel.commands.result_output import ResultOutput, output_options_and_akoma_ntoso
from lawmodel.law_entries.law_view import Entry, LawView
from lawmodel.law_entries.standing import LawOn
from lawmodel.law_entries.tested import Tests
from lawmodel.law_files import case_files, scenarios_folder
from lawmodel.output_files import Output, check_folder, save_folder
from lawmodel.problems import did_you_mean, listed
from lawmodel.render.formats.html import MARK
from lawmodel.rulebook.model import Rulebook
from lawmodel.user_files import read_file
from lawmodel.verbs.annotate.annotated import annotated_law
from lawmodel.verbs.annotate.document import document
from lawmodel.verbs.annotate.site import FIRST, CaseFile, site


@click.command("annotate", epilog="Example: lawmodel annotate PROVISION --out provision.html")
@click.argument("names", nargs=-1, metavar="[PROVISION...]")
@click.option(
    "--cases",
    "cases",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="PATH",
    help="Cases that test the law: files and folders. Default: with the supplied rulebook, the supplied ones.",
)
@click.option(
    "--site",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write a site into this folder: pages that can be read from a disk, without a network.",
)
@click.option("--on", "on", metavar="DATE", help="The law of this day (YYYY-MM-DD). Default: today.")
@stage_option
@rules_option
@output_options_and_akoma_ntoso
def command(
    names: tuple[str, ...],
    cases: tuple[Path, ...],
    folder: Path | None,
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """The law with all that is known of it, as one document.

    Each provision stands with its words and their translation, its rule in words, its versions with their days, and the
    cases that test it. What it reads follows: the readings of its text with who supports each and since when, concepts,
    instruments, and sources with their addresses. A PROVISION is an id or a citation; without one all are annotated.
    """
    if folder is not None:
        place = Output("--site", folder, "whole folder", is_older=lambda head: MARK.encode() in head)
        check_folder(place, [*_case_paths(cases, rules), *law_paths(rules)], FIRST)
    rulebook = rulebook_of(rules)
    day = day_of(on) or datetime.date.today()
    view = LawView(rulebook, LawOn(rulebook, day, stage_of(rulebook, stage)))
    provisions = [one for name in names for one in _named(view, name)]
    files = _case_files(rulebook, cases, rules)
    tests = Tests(rulebook, (case for one in files.values() for case in one.cases))
    law = annotated_law(view, provisions, tests)
    if folder is not None:
        save_folder(folder, site(law, tests, files))
        return
    if output.format == "akoma-ntoso":
        from lawmodel.verbs.annotate.akoma_ntoso import akoma_ntoso

        output.add_text(akoma_ntoso(law).rstrip("\n"))
        return
    output.add(Schema.ANNOTATED_LAW, law, partial(document, law), indent=2)


def _named(view: LawView, name: str) -> Sequence[Entry]:
    """The provisions of an id, or of a citation and its parts; a usage error where there is none."""
    found = [one for one in view.named(name) or view.cited(name) if one.kind == "provision"]
    if not found and (versions := view.other_versions(name)):
        raise click.UsageError(f"there is no version `{name}` in this rulebook. There is: {listed(versions)}.")
    if not found:
        ids = [*view.rulebook.provisions, *(one.citation for one in view.rulebook.provisions.values())]
        hint = did_you_mean(name, ids, "`lawmodel law` lists what there is.")
        raise click.UsageError(f"there is no provision `{name}` in this rulebook. {hint}")
    return found


def _case_paths(paths: Sequence[Path], rules: Sequence[Path]) -> Sequence[Path]:
    return paths or (() if rules else (scenarios_folder(),))


def _case_files(rulebook: Rulebook, paths: Sequence[Path], rules: Sequence[Path]) -> dict[str, CaseFile]:
    """The files of cases that are named; those that come with the program where its own rulebook is meant.

    The latter are called by their place among the supplied ones: where the program is installed is nobody's concern.
    """
    found = {}
    for path in _case_paths(paths, rules):
        for file in case_files([path]):
            read = load_cases(rulebook, file)
            if read:
                inside = file.relative_to(path) if path in file.parents else Path(file.name)
                page = f"cases/{'/'.join(inside.with_suffix('').parts)}.html"
                name = str(file) if paths else (Path(path.name) / inside).as_posix()
                called = [replace(one, name=name + one.name.removeprefix(str(file))) for one in read]
                found[name] = CaseFile(page, read_file(file).decode("utf-8"), called)
    return found
