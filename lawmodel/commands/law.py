"""`lawmodel law`: the rulebook at a glance, an entry of it, or all that is contested in it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from lawmodel.answer.law.law_view import Entry, LawView
from lawmodel.answer.law.standing import LawOn
from lawmodel.commands.json_output import Schema, write_json
from lawmodel.commands.options import day_of, json_option, rulebook_of, rules_option, stage_of, stage_option
from lawmodel.problems import did_you_mean, listed


@click.command(
    "law",
    epilog="An ID is that of a provision, reading, concept, conclusion, consequence, question, outcome, instrument, "
    "source, telling, date, stage or list of choices; or the path of a fact; or a citation, as in: lawmodel law "
    '"Art. NUMBER"',
)
@click.argument("names", nargs=-1, metavar="[ID...]")
@click.option(
    "--contested", is_flag=True, help="Every point on which sources differ, and every date that is not certain."
)
@click.option("--search", "words", metavar="WORDS", help="The entries with a text in which these words occur.")
@click.option("--all", "spelled_out", is_flag=True, help="Spell out every concept where a condition uses it.")
@click.option("--on", "on", metavar="DATE", help="The law of this day (YYYY-MM-DD). Default: today.")
@stage_option
@rules_option
@json_option
def command(
    names: tuple[str, ...],
    contested: bool,
    words: str | None,
    spelled_out: bool,
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    as_json: bool,
) -> None:
    """The rulebook: questions, provisions, readings, date lines.

    Without an ID all of it at a glance; with IDs one entry after the other. A citation that several entries have, or
    parts of which they have, lists them.
    """
    wanted = [name for name, given in (("--contested", contested), ("--search", words), ("IDs", names)) if given]
    if len(wanted) > 1:
        raise click.UsageError(f"{' and '.join(wanted)} ask for different things. Leave out all but one.")
    if words is not None and not words.strip():
        raise click.UsageError("--search: no words are given. Name some that a text may hold.")
    day = day_of(on) or datetime.date.today()
    rulebook = rulebook_of(rules)
    view = LawView(rulebook, LawOn(rulebook, day, stage_of(rulebook, stage)))
    if words is not None:
        _search(view, words.strip(), as_json=as_json)
        return
    named = [_named(view, name) for name in dict.fromkeys(names)]
    if as_json:
        entries = tuple(dict.fromkeys(entry for one in named for entry in one.entries))
        write_json(*_plain(view, entries, contested), indent=2)
    else:
        _show(view, named, contested=contested, spelled_out=spelled_out)


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
    group = [path for path in view.rulebook.facts if path.startswith(f"{name}.")]
    otherwise = f"Its facts are: {listed(group)}." if group else LISTS
    hint = otherwise if group else did_you_mean(name, view.names(), otherwise)
    raise click.UsageError(f"there is no entry `{name}` in this rulebook. {hint}")


def _search(view: LawView, words: str, *, as_json: bool) -> None:
    from lawmodel.answer.law.law_search import search, similar

    found = list(search(view, words))
    if as_json:
        plain = {"law": view.law_to_json(), "words": words, "entries": [one.to_json() for one in found]}
        write_json(Schema.LAW_SEARCH, plain, indent=2)
        return
    if not found:
        near = similar(view, words)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        click.echo(f"No text of this rulebook says “{words}”.{hint}")
        return
    from lawmodel.answer.console import console, write
    from lawmodel.answer.law.law_list_text import that_say

    write(console(), that_say(words, found))


def _plain(view: LawView, entries: tuple[Entry, ...], contested: bool) -> tuple[Schema, dict[str, Any]]:
    from lawmodel.answer.law.contested import contested_to_json
    from lawmodel.answer.law.law_data import entries_to_json, overview_to_json

    if contested:
        return Schema.LAW_CONTESTED, contested_to_json(view)
    if entries:
        return Schema.LAW_ENTRIES, entries_to_json(view, entries)
    return Schema.LAW, overview_to_json(view)


def _show(view: LawView, named: Sequence[_Named], *, contested: bool, spelled_out: bool) -> None:
    from lawmodel.answer.console import console, write

    to = console()
    if contested:
        from lawmodel.answer.law.contested_text import show_contested

        show_contested(view, to)
    elif named:
        from lawmodel.answer.law.law_list_text import of_citation
        from lawmodel.answer.law.law_text import show_entries

        for one in named:
            if one.listed:
                write(to, of_citation(one.name, one.entries))
        shown = dict.fromkeys(entry for one in named if not one.listed for entry in one.entries)
        show_entries(view, list(shown), to, spelled_out=spelled_out)
    else:
        from lawmodel.answer.law.law_overview import show_overview

        show_overview(view, to)
