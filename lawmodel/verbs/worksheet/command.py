"""`lawmodel worksheet`: exercises on paper, and the key to them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from lawmodel.commands.exercise_sets import exercises_in
from lawmodel.commands.json_output import Schema
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.verbs.worksheet.document import document
from lawmodel.verbs.worksheet.result import worksheet_of


@click.command("worksheet", epilog="Example: lawmodel worksheet exercises.json --key --out key.html")
@click.argument("exercises", type=click.Path(path_type=Path), metavar="SET")
@click.option("--key", "is_key", is_flag=True, help="The key in place of the sheet.")
@output_options
def command(exercises: Path, is_key: bool, output: ResultOutput) -> None:
    """A sheet of exercises to be handed round; with --key what is right, why, and what is said of each option.

    SET is a file of exercises. Sheet and key have the same numbers and letters; the sheet tells nothing of the key.
    """
    chosen = exercises_in(exercises)
    shown = partial(document, chosen, is_key=is_key)
    output.add(Schema.WORKSHEET, worksheet_of(chosen, is_key=is_key), shown)
