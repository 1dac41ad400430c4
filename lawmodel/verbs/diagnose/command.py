"""`lawmodel diagnose`: what the answers of a class are like."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from lawmodel.commands.extras import tables_missing
from lawmodel.commands.json_output import Schema
from lawmodel.commands.options import rulebook_of, rules_option
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.exercises.exercise import ExerciseSet
from lawmodel.exercises.exercise_file import MOST_BYTES, parse_exercises
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.user_files import Unreadable, read_file
from lawmodel.verbs.diagnose.diagnose import diagnose
from lawmodel.verbs.diagnose.document import document


@click.command("diagnose", epilog="Example: lawmodel diagnose exercises.json answers.csv --out class.html")
@click.argument("exercises", type=click.Path(path_type=Path), metavar="SET")
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ANSWERS...")
@rules_option
@output_options
def command(exercises: Path, answers: tuple[Path, ...], rules: tuple[Path, ...], output: ResultOutput) -> None:
    """Who misses what? The answers of a class to a set of exercises, and what they are like.

    SET is a file of exercises. ANSWERS are tables, or folders of tables (CSV, XLSX, JSON lines, Parquet): a row for
    each student, with the column `student` and a column for each exercise, called by its id; or a row for each answer,
    with the columns `student`, `exercise` and `answer`. An answer is the letter of an option, or its id; the letters of
    steps in their order; or a case in YAML; nothing, or `?`, where it is not known.
    """
    rulebook = rulebook_of(rules)
    chosen = _read(exercises)
    try:
        from lawmodel.batch.given.conversion import conversion
        from lawmodel.batch.tables.slices import NotATable
        from lawmodel.verbs.diagnose.answer_tables import AnswerReader
    except ImportError as missing:
        raise tables_missing(missing) from None
    made = click.get_current_context().with_resource(conversion())
    try:
        reader = AnswerReader(rulebook, chosen.exercises, made)
        sheets = reader.read(answers)
    except NotATable as error:
        raise click.UsageError(made.said(str(error))) from None
    if not sheets:
        raise click.UsageError("no student is in these tables: the column `student` is empty.")
    found = diagnose(rulebook, chosen, sheets, reader.written)
    output.add(Schema.DIAGNOSIS, found, partial(document, chosen, found))


def _read(path: Path) -> ExerciseSet:
    """The exercises in a file; raises `ProblemsFound`."""
    try:
        return parse_exercises(read_file(path, MOST_BYTES).decode(), str(path))
    except UnicodeDecodeError:
        said, mend = "this is no text in UTF-8", "Name a file of exercises."
    except Unreadable as unread:
        said, mend = unread.message, unread.mend
    raise ProblemsFound([Problem(said, mend, str(path))])
