"""`lawmodel law`: the rulebook at a glance, an entry of it, or all that is contested in it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from lawmodel.commands.json_output import Schema
from lawmodel.commands.options import day_of, rulebook_of, rules_option, stage_of, stage_option
from lawmodel.commands.result_output import SHOWN, ResultOutput, output_options
from lawmodel.dataclass import dataclass
from lawmodel.law_entries.entries import LawEntries, entry_result
from lawmodel.law_entries.entry_document import entry_document
from lawmodel.law_entries.law_view import Entry, LawView
from lawmodel.law_entries.misconceptions import Misconceptions, misconceptions_document
from lawmodel.law_entries.standing import LawOn
from lawmodel.problems import did_you_mean, listed
from lawmodel.verbs.law.document import citation_document, contested_document, overview_document, search_document
from lawmodel.verbs.law.overview import Contested, Overview
from lawmodel.verbs.law.search import search, similar


@click.command(
    "law",
    epilog="An ID is that of a provision, reading, concept, conclusion, consequence, question, outcome, instrument, "
    "source, telling, misconception, date, stage or list of choices; or the path of a fact; or a citation, as in: "
    'lawmodel law "Art. NUMBER". With --all concepts are spelled out where a condition uses them.',
)
@click.argument("names", nargs=-1, metavar="[ID...]")
@click.option(
    "--contested", is_flag=True, help="Where sources differ, which dates are not certain, and what was not found."
)
@click.option("--misconceptions", is_flag=True, help="What may be taken for the law, and a case on which each shows.")
@click.option("--search", "words", metavar="WORDS", help="The entries with a text in which these words occur.")
@click.option("--on", "on", metavar="DATE", help="The law of this day (YYYY-MM-DD). Default: today.")
@stage_option
@rules_option
@output_options
def command(
    names: tuple[str, ...],
    contested: bool,
    misconceptions: bool,
    words: str | None,
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """The rulebook: questions, provisions, readings, date lines.

    Without an ID all of it at a glance; with IDs one entry after the other. A citation that several entries have, or
    parts of which they have, lists them.
    """
    options = (("--contested", contested), ("--misconceptions", misconceptions), ("--search", words), ("IDs", names))
    wanted = [name for name, given in options if given]
    if len(wanted) > 1:
        raise click.UsageError(f"{' and '.join(wanted)} ask for different things. Leave out all but one.")
    if words is not None and not words.strip():
        raise click.UsageError("--search: no words are given. Name some that a text may hold.")
    day = day_of(on) or datetime.date.today()
    rulebook = rulebook_of(rules)
    view = LawView(rulebook, LawOn(rulebook, day, stage_of(rulebook, stage)))
    if words is not None:
        found = search(view, words.strip())
        near = () if found.entries else similar(view, words.strip())
        output.add(Schema.LAW_SEARCH, found, partial(search_document, found, near), indent=2)
    elif contested:
        points = Contested(view)
        output.add(Schema.LAW_CONTESTED, points, partial(contested_document, points), indent=2)
    elif misconceptions:
        held = Misconceptions(view)
        output.add(Schema.LAW_MISCONCEPTIONS, held, partial(misconceptions_document, held), indent=2)
    elif names:
        _add_entries(view, [_named(view, name) for name in dict.fromkeys(names)], output)
    else:
        glance = Overview(view)
        output.add(Schema.LAW, glance, partial(overview_document, glance), indent=2)


LISTS = "`lawmodel law` lists what there is. `lawmodel law --search WORDS` looks through all texts."


@dataclass(frozen=True, slots=True)
class _Named:
    """What a name that was typed means."""

    name: str
    entries: tuple[Entry, ...]
    listed: bool
    """Whether it means several by a citation, which are listed rather than shown one after the other."""


def _named(view: LawView, name: str) -> _Named:
    if entries := view.named(name):
        return _Named(name, entries, listed=False)
    if entries := view.cited(name):
        return _Named(name, entries, listed=len(entries) > 1)
    if versions := view.other_versions(name):
        raise click.UsageError(f"there is no version `{name}` in this rulebook. There is: {listed(versions)}.")
    group = [path for path in view.rulebook.facts if path.startswith(f"{name}.")]
    otherwise = f"Its facts are: {listed(group)}." if group else LISTS
    hint = otherwise if group else did_you_mean(name, view.names(), otherwise)
    raise click.UsageError(f"there is no entry `{name}` in this rulebook. {hint}")


def _add_entries(view: LawView, named: Sequence[_Named], output: ResultOutput) -> None:
    """One object of plain data for all of them; a document for each list and each entry."""
    if output.is_json:
        every = dict.fromkeys(entry for one in named for entry in one.entries)
        found = LawEntries(view, tuple(entry_result(view, entry) for entry in every))
        output.add_data(Schema.LAW_ENTRIES, found, indent=2)
        return
    for one in named:
        if one.listed:
            output.add_document(partial(citation_document, one.name, one.entries))
    shown = dict.fromkeys(entry for one in named if not one.listed for entry in one.entries)
    on_page = frozenset((entry.kind, entry.id) for entry in shown if entry.kind != "outcome")
    for entry in shown:
        told = partial(entry_document, entry_result(view, entry), on_page, spelled_out=output.everything)
        output.add_document(partial(told, pictures=output.format != SHOWN))
