"""`lawmodel exercises`: a set of exercises made, or one written as other systems read it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import click

from lawmodel.commands.exercise_options import kind_option, seed_and_level_options
from lawmodel.commands.exercise_sets import exercises_in
from lawmodel.commands.json_output import Schema
from lawmodel.commands.options import law_paths, name_of, rulebook_of, rules_option
from lawmodel.commands.progress import show_progress
from lawmodel.commands.result_output import ResultOutput, format_options
from lawmodel.exercises.diagnostic_set import MOST_DIAGNOSTIC, diagnostic_set
from lawmodel.exercises.every_limb import every_limb_set
from lawmodel.exercises.exercise import KINDS, Kind, Level
from lawmodel.exercises.exercise_file import exercises_text
from lawmodel.exercises.formats import Loss, exercise_format_named, exercise_format_names
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making_sets import MOST, make
from lawmodel.output_files import Output, check_outputs, save_bytes, save_text
from lawmodel.verbs.exercises.document import document
from lawmodel.verbs.exercises.option_keys import HEAD, option_keys
from lawmodel.verbs.exercises.result import ExportResult

KEYS: Final = ".keys.csv"
"""Behind the name of the file."""
JSON_ENDING: Final = ".json"
COUNT: Final = 10
"""So many exercises are made where it is not said."""
BEGINNINGS: Final = {
    JSON_ENDING: b'{\n "title":',
    ".xml": b"<?xml",
    ".gift": b"$CATEGORY: $course$/top/",
    ".zip": b"PK",
    ".apkg": b"PK",
}
"""How a file of each ending begins, which a later export may replace."""


@click.command("exercises", epilog="Example: lawmodel exercises --question QUESTION --count 10 --out set.json")
@click.argument("exercises", type=click.Path(path_type=Path), metavar="[SET]", required=False)
@click.option("--question", metavar="QUESTION", help="Make exercises on this question.")
@kind_option
@click.option("--count", type=click.IntRange(1, MOST), metavar="N", help=f"So many. Default: {COUNT}.")
@seed_and_level_options
@click.option(
    "--diagnostic",
    is_flag=True,
    help=f"A set by which it is seen what somebody takes for the law: {MOST_DIAGNOSTIC} exercises at most.",
)
@click.option(
    "--every-limb",
    is_flag=True,
    help="A set that tests every limb of the question from both sides, and says of which it cannot.",
)
@rules_option
@click.option("--to", "name", type=click.Choice(exercise_format_names()), help="The format. Default: JSON.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", required=True, help="Write to this file.")
@format_options
def command(
    exercises: Path | None,
    question: str | None,
    kinds: tuple[Kind, ...],
    count: int | None,
    seed: int | None,
    level: Level | None,
    diagnostic: bool,
    every_limb: bool,
    rules: tuple[Path, ...],
    name: str | None,
    out: Path,
    output: ResultOutput,
) -> None:
    """Exercises that the law makes; for paper, or for Moodle, Canvas, Blackboard, Anki and others.

    With --question exercises are made: each case and each key comes from the rules, and the same seed makes the same
    set of the same rulebook. Without, SET is a file of exercises made before. What a format cannot carry is told,
    exercise by exercise: nothing is left out in silence. Beside another format, FILE.keys.csv says for which
    misconception each option stands, by the names that the file gives them.
    """
    form = None if name is None else exercise_format_named(name)
    ending = JSON_ENDING if form is None else form.EXTENSION
    if out.suffix.lower() != ending:
        raise click.UsageError(f"--out {out}: a file of {name or 'exercises'} ends in {ending}.")
    if diagnostic and (kinds or level is not None):
        raise click.UsageError("--diagnostic chooses the exercises itself: leave out --kind and --level.")
    if every_limb and (kinds or level is not None or count is not None or diagnostic):
        raise click.UsageError(
            "--every-limb chooses the exercises itself: leave out --kind, --level, --count and --diagnostic."
        )
    making = (
        kinds or rules or diagnostic or every_limb or any(one is not None for one in (question, count, seed, level))
    )
    if (exercises is None) is (question is None) or (exercises is not None and making):
        raise click.UsageError("Name a SET, or make one with --question; --kind, --count and others go with that.")
    keys = out.with_name(out.name + KEYS)
    head = ",".join(HEAD).encode()
    begins = BEGINNINGS[ending]
    places = [Output("--out", out, is_older=lambda content: content.startswith(begins))]
    if form is not None:
        places.append(Output("--out", keys, is_older=lambda content: content.startswith(head)))
    check_outputs(places, law_paths(rules) if exercises is None else [exercises])
    if exercises is None:
        rulebook = rulebook_of(rules)
        laws = Laws(rulebook, name_of(question, rulebook.questions, "--question") or "")
        seed = 1 if seed is None else seed
        if every_limb:
            chosen = every_limb_set(laws, seed, progress=show_progress)
        elif diagnostic:
            chosen = diagnostic_set(laws, count or MOST_DIAGNOSTIC, seed, progress=show_progress)
        else:
            chosen = make(laws, kinds or KINDS, count or COUNT, seed, level, progress=show_progress)
    else:
        chosen = exercises_in(exercises)
    carried: int = len(chosen.exercises)
    losses: tuple[Loss, ...] = ()
    if form is None:
        save_text(out, exercises_text(chosen))
    else:
        exported = form.export(chosen)
        save_bytes(out, exported.content)
        save_text(keys, option_keys(exported))
        carried, losses = len(exported.exercises), exported.losses
    files = tuple(str(one.path) for one in places)
    result = ExportResult(chosen.title, name or "json", len(chosen.exercises), carried, losses, chosen.left_out, files)
    output.add(Schema.EXPORTED_EXERCISES, result, partial(document, result))
