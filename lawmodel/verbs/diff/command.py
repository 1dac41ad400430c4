"""`lawmodel diff`: which entries two versions of the law differ in, and exactly on which cases the answers do."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from lawmodel.case.assignments import NotAnAssignment
from lawmodel.case.case import Case
from lawmodel.case.supposed import suppose
from lawmodel.case.values import day_in_words
from lawmodel.commands.ending import stop_if
from lawmodel.commands.json_output import Schema
from lawmodel.commands.older_outputs import is_case
from lawmodel.commands.one_case import the_case
from lawmodel.commands.options import (
    day_of,
    law_paths,
    name_of,
    on_option,
    reading_option,
    readings_of,
    rulebook_of,
    rules_option,
    stage_of,
    stage_option,
)
from lawmodel.commands.progress import show_progress
from lawmodel.commands.result_output import ResultOutput, format_options
from lawmodel.inquiry.searching.find import View
from lawmodel.output_files import Output, check_outputs, save_all
from lawmodel.reasoning.whole_law.dnf_cover import MOST
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.diff.diff import diff
from lawmodel.verbs.diff.differences import Diff
from lawmodel.verbs.diff.document import document

KINDS = ("date", "stage", "reading", "telling", "rules")


@click.command("diff", epilog="Example: lawmodel diff date 2026-03-18 2026-03-19")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("names", nargs=-1, metavar="BEFORE AFTER")
@click.option("--question", "questions", multiple=True, metavar="QUESTION", help="This question alone. Repeatable.")
@click.option("--given", type=click.Path(path_type=Path), metavar="FILE", help="What is given of all cases.")
@click.option("--where", multiple=True, metavar="FACT=VALUE", help="A fact that is given. Repeatable.")
@click.option(
    "--most",
    type=click.IntRange(1, 200),
    metavar="N",
    default=MOST,
    show_default=True,
    help="At most this many clauses where one outcome turns into another.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Save each example as a case file.")
@click.option(
    "--answers-only", is_flag=True, help="Count the entries that differ, and tell only what becomes of answers."
)
@reading_option
@on_option
@stage_option
@rules_option
@format_options
def command(
    kind: str,
    names: tuple[str, ...],
    questions: tuple[str, ...],
    given: Path | None,
    where: tuple[str, ...],
    most: int,
    out: Path | None,
    answers_only: bool,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """What do two versions of the law differ in, and on which cases exactly?

    \b
    date     the law of two days          date 2026-03-18 2026-03-19
    stage    of two stages of its bills   stage passed_duma in_force
    reading  of two options of a reading  reading combat everyone no-one
    telling  of two sources               telling press-signed press-adopted
    rules    two rulebooks                rules rules rules+BILL.yaml

    A rulebook is a folder or file, or several joined by `+`. Where no answer differs, that is a proof. Of two days,
    what only the passing of time changes in a case is no difference of the law, and is left out.
    """  # noqa: D301 - a backspace keeps the lines of the table apart
    folder = None if out is None else Output("--out", out, "folder", is_case)
    laws_read = [path for name in names for path in _paths(name)] if kind == "rules" else law_paths(rules)
    read = [*laws_read, *([given] if given else [])]
    if folder is not None:
        check_outputs([folder], read)
    day = day_of(on)
    if kind == "rules":
        if rules:
            raise click.UsageError("--rules goes with the other kinds: name the two rulebooks after `rules`.")
        before, after = _two(kind, names)
        laws = _load(before), _load(after)
        rulebook = laws[1]
        views = (
            View(before, on=day, stage=stage, rulebook=laws[0]),
            View(after, on=day, stage=stage, rulebook=laws[1]),
        )
        stage_of(laws[0], stage)
    else:
        rulebook = rulebook_of(rules)
        views = _views(rulebook, kind, names, View("", on=day, stage=stage))
    stage_of(rulebook, stage)
    for question in questions:
        for law in (rulebook, *(view.rulebook for view in views if view.rulebook is not None)):
            name_of(question, law.questions, "--question")
    case = Case() if given is None else the_case(rulebook, given, None)
    try:
        supposed = suppose(rulebook, case, where, readings=readings_of(rulebook, readings))
    except NotAnAssignment as error:
        raise click.UsageError(f"--where {error}") from None
    try:
        found = diff(
            rulebook,
            *views,
            questions=questions,
            given=supposed.case if given is not None or where else None,
            readings=supposed.readings,
            most=most,
            progress=show_progress,
        )
    finally:
        show_progress("")
    if folder is not None and not found.interrupted:
        save_all(folder, _examples(found), read)
    shown = partial(document, found, answers_only=answers_only)
    stop_if(found.interrupted, shown)
    output.add(Schema.DIFF, found, shown)


def _two(kind: str, names: Sequence[str]) -> tuple[str, str]:
    if len(names) != 2:
        raise click.UsageError(f"diff {kind}: name two, the one before and the one after.")
    if names[0] == names[1]:
        raise click.UsageError(f"diff {kind}: `{names[0]}` is named twice. Name two different ones.")
    return names[0], names[1]


def _views(rulebook: Rulebook, kind: str, names: Sequence[str], base: View) -> tuple[View, View]:
    if kind == "reading":
        if not names:
            raise click.UsageError("diff reading: name the reading, and two of its options.")
        reading, *options = names
        name_of(reading, rulebook.readings, "diff reading")
        for option in options:
            name_of(option, [one.id for one in rulebook.readings[reading].options], f"diff reading {reading}")
        one, other = _two(f"reading {reading}", options)
        return (
            replace(base, name=f"{reading}: {one}", readings={reading: one}),
            replace(base, name=f"{reading}: {other}", readings={reading: other}),
        )
    views = [_view(rulebook, kind, name, base) for name in _two(kind, names)]
    return views[0], views[1]


def _view(rulebook: Rulebook, kind: str, name: str, base: View) -> View:
    match kind:
        case "date":
            if base.on is not None:
                raise click.UsageError("--on goes with the other kinds: `diff date` names the two days itself.")
            day = day_of(name, "diff date")
            assert day is not None
            return replace(base, name=f"the law of {day_in_words(day.toordinal())}", on=day)
        case "stage":
            if base.stage is not None:
                raise click.UsageError("--stage goes with the other kinds: `diff stage` names the two stages itself.")
            name_of(name, [one.id for one in rulebook.stages], "diff stage")
            return replace(base, name=f"stage {name}", stage=name)
        case _:
            name_of(name, rulebook.tellings, "diff telling")
            telling = rulebook.tellings[name]
            return replace(base, name=name, readings=telling.chosen(), stage=base.stage or telling.stage)


def _load(text: str) -> Rulebook:
    """The rulebook in a folder or file, or in several joined by `+`."""
    return load_rulebook(*_paths(text))


def _paths(text: str) -> list[Path]:
    return [Path(text)] if os.path.lexists(text) else list(map(Path, text.split("+")))


def _examples(found: Diff) -> dict[str, str]:
    """Each example as a case file; where the two sides are two rulebooks, it expects the answer by the second."""
    files = {}
    for one in found.questions:
        for change in one.changes:
            if change.example is not None:
                shown = change.example
                if found.rulebooks[0] is not found.rulebooks[1]:
                    shown = replace(shown, seen=shown.seen[1:])
                files[f"{one.question}-{change.before}-{change.after}.yaml"] = shown.to_yaml()
    return files
