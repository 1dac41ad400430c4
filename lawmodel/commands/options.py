"""Options that several verbs share, and what they are checked against."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from lawmodel.case.arguments import readings_problems, stage_problems
from lawmodel.case.values import NotAValue, parse_day
from lawmodel.law_files import rules_folder
from lawmodel.problems import Problem, ProblemsFound, no_such
from lawmodel.rulebook.held_law import held_law
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook

rules_option: Callable[[Any], Any] = click.option(
    "--rules",
    "rules",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A rulebook of your own: folders and files, read as one. Default: the one that comes with the program.",
)
on_option: Callable[[Any], Any] = click.option(
    "--on",
    "on",
    metavar="DATE",
    help="The law of this day (YYYY-MM-DD). Default: the day that the case says, or today.",
)
held_option: Callable[[Any], Any] = click.option(
    "--held-by",
    "held_by",
    metavar="MISCONCEPTION",
    help="By the law as one takes it who holds this misconception (`lawmodel law --misconceptions`).",
)
stage_option: Callable[[Any], Any] = click.option(
    "--stage", "stage", metavar="STAGE", help="As if every bill that had got as far as this stage were law."
)
reading_option: Callable[[Any], Any] = click.option(
    "--reading",
    "readings",
    multiple=True,
    metavar="READING=OPTION",
    help="Take this reading (`=unknown`: leave it open). Repeatable.",
)


def rulebook_of(rules: Sequence[Path]) -> Rulebook:
    """The rulebook that the user named, or the supplied one; raises `ProblemsFound`."""
    return load_rulebook(*law_paths(rules))


def held_by_one(rulebook: Rulebook, misconception: str | None, option: str = "--held-by") -> Rulebook:
    """The rulebook, or what somebody takes for it who holds a misconception; a usage error where there is no such."""
    name_of(misconception, rulebook.misconceptions, option)
    return rulebook if misconception is None else held_law(rulebook, misconception)


def law_paths(rules: Sequence[Path]) -> tuple[Path, ...]:
    """The files and folders of the rulebook that the user named, or of the supplied one: they are read."""
    return tuple(rules) or (rules_folder(),)


def day_of(text: str | None, option: str = "--on") -> datetime.date | None:
    """The day of an option; a usage error where it is none."""
    if text is None:
        return None
    try:
        return parse_day(text)
    except NotAValue as error:
        raise click.UsageError(f"{option}: {error}") from None


def name_of(text: str | None, known: Iterable[str], option: str) -> str | None:
    """A name among those known; a usage error that suggests one otherwise."""
    names = list(known)
    if text is not None and text not in names:
        refuse(no_such(text, names, option))
    return text


def refuse(*problems: Problem) -> None:
    """A usage error with the first of these problems, which go by the names of options; none, if there are none."""
    for one in problems:
        raise click.UsageError(f"{one.file}: {one.message}. {one.mend}")


@contextmanager
def usage_errors() -> Iterator[None]:
    """What is wrong with what goes by the names of options is a usage error, and not one of a file."""
    try:
        yield
    except ProblemsFound as found:
        refuse(*found.problems)


def stage_of(rulebook: Rulebook, text: str | None) -> str | None:
    """A stage of the rulebook."""
    refuse(*stage_problems(rulebook, text, "--stage"))
    return text


def readings_of(rulebook: Rulebook, texts: Sequence[str]) -> dict[str, str]:
    """The readings that the user chose; usage errors where there is no such reading or option."""
    chosen: dict[str, str] = {}
    for text in texts:
        name, equals, option = text.partition("=")
        if not equals:
            raise click.UsageError(f"--reading: `{text}` chooses nothing. Write --reading reading=option.")
        refuse(*readings_problems(rulebook, {name: option}, "--reading"))
        if chosen.get(name, option) != option:
            raise click.UsageError(f"--reading: `{name}` is chosen twice, as {chosen[name]} and as {option}. Keep one.")
        chosen[name] = option
    return chosen
