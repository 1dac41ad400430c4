"""`lawmodel quiz`: exercises one after the other, in the order in which they are due."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import click

from lawmodel.commands.dialogue import Dialogue
from lawmodel.commands.exercise_options import kind_option, seed_and_level_options
from lawmodel.commands.exercise_sets import exercises_in
from lawmodel.commands.extras import extra_missing
from lawmodel.commands.json_output import Schema
from lawmodel.commands.options import law_paths, name_of, rulebook_of, rules_option
from lawmodel.commands.progress import show_progress
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.exercises.diagnostic_set import MOST_DIAGNOSTIC, diagnostic_set
from lawmodel.exercises.exercise import KINDS, ExerciseSet, Kind, Level
from lawmodel.exercises.laws import Laws
from lawmodel.exercises.making_sets import MOST, make
from lawmodel.exercises.progress import StudentProgress, parsed_time
from lawmodel.exercises.progress_file import progress_in, save_progress
from lawmodel.output_files import Output, check_outputs
from lawmodel.results.header import RulebookUsed
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.quiz.document import closing, opening, what_is_due

COUNT: Final = 10
"""So many exercises are made where it is not said."""


@click.command("quiz", epilog="Example: lawmodel quiz exercises.json --progress me.json")
@click.argument("exercises", type=click.Path(path_type=Path), metavar="[SET]", required=False)
@click.option("--question", metavar="QUESTION", help="Make exercises on this question, and ask these.")
@kind_option
@click.option("--count", type=click.IntRange(1, MOST), metavar="N", help=f"Make so many. Default: {COUNT}.")
@seed_and_level_options
@click.option(
    "--progress",
    "kept",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep each answer here, and ask what is due first.",
)
@click.option("--due", "only_due", is_flag=True, help="Tell what is due, and ask nothing.")
@click.option(
    "--adaptive", is_flag=True, help="Ask each time what tells most, until it is clear what the answers are like."
)
@click.option(
    "--at", "time", metavar="TIME", help="As if it were this time, such as 2026-11-29T21:00:00Z. Default: now."
)
@rules_option
@output_options
def command(
    exercises: Path | None,
    question: str | None,
    kinds: tuple[Kind, ...],
    count: int | None,
    seed: int | None,
    level: Level | None,
    kept: Path | None,
    only_due: bool,
    adaptive: bool,
    time: str | None,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """Exercises, one after the other: what is due first, then what is new.

    SET is a file of exercises; or they are made with --question. Answers are letters; an h is a hint, a ? says that it
    is not known, a q stops. After an answer that is not right there is a second try. They may also come through a pipe,
    a line each. Where the result goes elsewhere (--json, --out) the talk is on standard error.
    With --progress each answer is kept as soon as it is given, however the talk ends; what was missed is asked again
    first, and what was known after days.
    """
    try:
        from lawmodel.exercises.schedule import require_scheduler

        require_scheduler()
    except ImportError as missing:
        raise extra_missing(missing, "A quiz", "teach") from None
    now = _clock(time)
    making = kinds or any(one is not None for one in (count, seed, level))
    if making and question is None:
        raise click.UsageError("--kind, --count, --seed and --level go with --question.")
    if (exercises is None) is (question is None) and not (only_due and kept and exercises is None):
        raise click.UsageError("Name a SET, or make one with --question.")
    if only_due and kept is None:
        raise click.UsageError("--due: name the file of progress with --progress.")
    if only_due and adaptive:
        raise click.UsageError("--due asks nothing, and --adaptive does. Leave out one.")
    read = [*law_paths(rules), *([] if exercises is None else [exercises])]
    if kept is not None:
        check_outputs([*output.places(), Output("--progress", kept)], read)
    rulebook = rulebook_of(rules)
    name_of(question, rulebook.questions, "--question")
    progress = StudentProgress() if kept is None else progress_in(kept)
    if exercises is not None:
        chosen = exercises_in(exercises)
    elif question is not None and not only_due:
        laws, seed = Laws(rulebook, question), 1 if seed is None else seed
        if adaptive and not kinds and level is None:
            chosen = diagnostic_set(laws, count or MOST_DIAGNOSTIC, seed, progress=show_progress)
        else:
            chosen = make(laws, kinds or KINDS, count or COUNT, seed, level, progress=show_progress)
        show_progress("")
    else:
        chosen = ExerciseSet("Progress", 0, RulebookUsed.of(rulebook), ())
    _hold(rulebook, chosen, progress, now, kept, output, adaptive=adaptive, only_due=only_due)


def _hold(
    rulebook: Rulebook,
    chosen: ExerciseSet,
    progress: StudentProgress,
    now: Callable[[], datetime.datetime],
    kept: Path | None,
    output: ResultOutput,
    *,
    adaptive: bool,
    only_due: bool,
) -> None:
    from lawmodel.verbs.quiz.conversation import Conversation
    from lawmodel.verbs.quiz.session import QuizSession

    session = QuizSession(rulebook, chosen, progress, now, adaptive=adaptive)

    def told(*, stopped: bool) -> None:
        found = session.result(stopped=stopped)
        words = what_is_due if only_due else closing
        output.add(Schema.QUIZ, found, partial(words, rulebook, found, now()))

    if only_due:
        told(stopped=False)
        return

    def keep(_: object) -> None:
        if kept is not None:
            session.progress = save_progress(kept, session.progress)

    on_screen = output.format == "text" and output.out is None
    talk = Conversation(session, sys.stdout if on_screen else sys.stderr, keep)
    moved = chosen.rulebook.sha256 not in (None, rulebook.content_hash)
    talk.show(opening(chosen, moved=moved))
    try:
        stopped = not talk.hold()
    except KeyboardInterrupt:  # what is half done would be read as the whole on standard output
        click.echo(err=True)
        Dialogue(sys.stderr).show(closing(rulebook, session.result(stopped=True), now()))
        raise
    talk.line_break()
    told(stopped=stopped)


def _clock(time: str | None) -> Callable[[], datetime.datetime]:
    """What tells the time: the machine, or the time that the user gives."""
    if time is None:
        return partial(datetime.datetime.now, datetime.UTC)
    try:
        given = parsed_time(time)
    except ValueError as wrong:
        raise click.UsageError(f"--at: {wrong}.") from None
    return lambda: given
