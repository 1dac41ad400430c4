"""`lawmodel law`: the rulebook at a glance, an entry of it, or all that is contested in it."""

from __future__ import annotations

import datetime
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
    "source, telling, date, stage or list of choices; or the path of a fact; or a citation, in quotation marks.",
)
@click.argument("names", nargs=-1, metavar="[ID...]")
@click.option(
    "--contested", is_flag=True, help="Every point on which sources differ, and every date that is not certain."
)
@click.option("--all", "spelled_out", is_flag=True, help="Spell out every concept where a condition uses it.")
@click.option("--on", "on", metavar="DATE", help="The law of this day (YYYY-MM-DD). Default: today.")
@stage_option
@rules_option
@json_option
def command(
    names: tuple[str, ...],
    contested: bool,
    spelled_out: bool,
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    as_json: bool,
) -> None:
    """The rulebook: questions, provisions, readings, date lines.

    Without an ID all of it at a glance; with IDs one entry after the other.
    """
    if contested and names:
        raise click.UsageError("--contested shows every contested point: leave out --contested, or the IDs.")
    day = day_of(on) or datetime.date.today()
    rulebook = rulebook_of(rules)
    view = LawView(rulebook, LawOn(rulebook, day, stage_of(rulebook, stage)))
    entries = _named(view, names)
    if as_json:
        write_json(*_plain(view, entries, contested), indent=2)
    else:
        _show(view, entries, contested=contested, spelled_out=spelled_out)


def _named(view: LawView, names: tuple[str, ...]) -> tuple[Entry, ...]:
    found: dict[tuple[str, str, str | None], Entry] = {}
    for name in names:
        entries = view.named(name)
        if not entries:
            known = dict.fromkeys(entry.id for entry in view.entries)
            group = [path for path in view.rulebook.facts if path.startswith(f"{name}.")]
            otherwise = f"Its facts are: {listed(group)}." if group else "`lawmodel law` lists what there is."
            hint = otherwise if group else did_you_mean(name, known, otherwise)
            raise click.UsageError(f"there is no entry `{name}` in this rulebook. {hint}")
        found.update(((entry.kind, entry.id, entry.within), entry) for entry in entries)
    return tuple(found.values())


def _plain(view: LawView, entries: tuple[Entry, ...], contested: bool) -> tuple[Schema, dict[str, Any]]:
    from lawmodel.answer.law.contested import contested_to_json
    from lawmodel.answer.law.law_data import entries_to_json, overview_to_json

    if contested:
        return Schema.LAW_CONTESTED, contested_to_json(view)
    if entries:
        return Schema.LAW_ENTRIES, entries_to_json(view, entries)
    return Schema.LAW, overview_to_json(view)


def _show(view: LawView, entries: tuple[Entry, ...], *, contested: bool, spelled_out: bool) -> None:
    from lawmodel.answer.console import console

    to = console()
    if contested:
        from lawmodel.answer.law.contested_text import show_contested

        show_contested(view, to)
    elif entries:
        from lawmodel.answer.law.law_text import show_entries

        show_entries(view, entries, to, spelled_out=spelled_out)
    else:
        from lawmodel.answer.law.law_overview import show_overview

        show_overview(view, to)
