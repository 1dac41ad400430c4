"""`lawmodel exercises`: a set of exercises, written as other systems read it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import click

from lawmodel.commands.exercise_sets import exercises_in
from lawmodel.commands.json_output import Schema
from lawmodel.commands.result_output import ResultOutput, format_options
from lawmodel.exercises.formats import exercise_format_named, exercise_format_names
from lawmodel.output_files import Output, check_outputs, save_bytes, save_text
from lawmodel.verbs.exercises.document import document
from lawmodel.verbs.exercises.option_keys import HEAD, option_keys
from lawmodel.verbs.exercises.result import ExportResult

KEYS: Final = ".keys.csv"
"""Behind the name of the file."""
BEGINNINGS: Final = {".xml": b"<?xml", ".gift": b"$CATEGORY: $course$/top/", ".zip": b"PK", ".apkg": b"PK"}
"""How a file of each ending begins, which a later export may replace."""


@click.command("exercises", epilog="Example: lawmodel exercises SET.json --to moodle-xml --out quiz.xml")
@click.argument("exercises", type=click.Path(path_type=Path), metavar="SET")
@click.option("--to", "name", type=click.Choice(exercise_format_names()), required=True, help="The format.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", required=True, help="Write to this file.")
@format_options
def command(exercises: Path, name: str, out: Path, output: ResultOutput) -> None:
    """Exercises for Moodle, Canvas, Blackboard, Anki and others.

    SET is a file of exercises. What the format cannot carry is told, exercise by exercise: nothing is left out in
    silence. FILE.keys.csv says for which misconception each option stands, by the names that the file gives them.
    """
    form = exercise_format_named(name)
    if out.suffix.lower() != form.EXTENSION:
        raise click.UsageError(f"--out {out}: a file of {name} ends in {form.EXTENSION}.")
    keys = out.with_name(out.name + KEYS)
    head = ",".join(HEAD).encode()
    begins = BEGINNINGS[form.EXTENSION]
    places = [
        Output("--out", out, is_older=lambda content: content.startswith(begins)),
        Output("--out", keys, is_older=lambda content: content.startswith(head)),
    ]
    check_outputs(places, [exercises])
    chosen = exercises_in(exercises)
    exported = form.export(chosen)
    save_bytes(out, exported.content)
    save_text(keys, option_keys(exported))
    carried = len(exported.exercises)
    files = (str(out), str(keys))
    result = ExportResult(chosen.title, name, len(chosen.exercises), carried, exported.losses, files)
    output.add(Schema.EXPORTED_EXERCISES, result, partial(document, result))
