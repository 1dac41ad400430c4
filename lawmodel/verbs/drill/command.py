"""`lawmodel drill`: predictions on a case, one fact at a time toward the border of the rule."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import IO

import click

from lawmodel.commands.dialogue import Dialogue
from lawmodel.commands.json_output import Schema
from lawmodel.commands.one_case import CaseQuestions, asked_of, case_options
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.exercises.border import MOST_FACTS, Variations
from lawmodel.inquiry.ask import Ask
from lawmodel.verbs.drill.document import NOT_KNOWN, STOP, answered, asked, closing, lettered_outcomes, opening
from lawmodel.verbs.drill.session import DrillSession
from lawmodel.words.outcomes import predicates

INDENT = 3
UP_TO = 20


@click.command("drill", epilog="Example: lawmodel drill CASE.yaml --question QUESTION")
@click.argument("case", type=click.Path(path_type=Path))
@case_options
@click.option(
    "--facts",
    type=click.IntRange(1, UP_TO),
    default=MOST_FACTS,
    metavar="N",
    help=f"Look at so many facts that carry the answer. Default: {MOST_FACTS}.",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**53 - 1), default=1, metavar="N", help="The same seed asks in the same order."
)
@output_options
def command(
    case: Path,
    questions: tuple[str, ...],
    variant: str | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    held_by: str | None,
    rules: tuple[Path, ...],
    facts: int,
    seed: int,
    output: ResultOutput,
) -> None:
    """And if one fact were otherwise? One at a time, toward the border of the rule.

    You predict the answer on the case. Then one fact is otherwise, chosen by the engine: some of these change the
    answer, some do not. Each side of each fact that carries the answer is asked until you predict it right; at the end
    stands the border as a table. Predictions may come through a pipe, a line each.
    """
    made = asked_of(
        case,
        questions=questions,
        variant=variant,
        readings=readings,
        on=on,
        stage=stage,
        held_by=held_by,
        rules=rules,
    )
    if len(made.questions) != 1:
        named = ", ".join(made.questions or made.rulebook.questions)
        raise click.UsageError(f"a drill is about one question: name it with --question, of {named}.")
    ask = Ask(made.rulebook, made.case, made.questions[0], readings=made.readings, on=made.on, stage=made.stage)
    variations = Variations(ask, seed)
    found = variations.answer
    if found.outcome is None:
        said = predicates(made.rulebook, ask.question, found.possible)
        raise click.UsageError(
            f"the answer on this case is open ({said}). Settle it first: `lawmodel turns-on` says on what it depends."
        )
    session = DrillSession(ask, variations, variations.border(facts), seed)
    on_screen = output.format == "text" and output.out is None
    talk = _Talk(session, made, sys.stdout if on_screen else sys.stderr)
    try:
        stopped = not talk.hold()
    except KeyboardInterrupt:  # what is half done would be read as the whole on standard output
        click.echo(err=True)
        Dialogue(sys.stderr).show(closing(made.rulebook, session.result(stopped=True)))
        raise
    talk.line_break()
    result = session.result(stopped=stopped)
    output.add(Schema.DRILL, result, partial(closing, made.rulebook, result))


class _Talk(Dialogue):
    """Asks prediction after prediction."""

    def __init__(self, session: DrillSession, made: CaseQuestions, to: IO[str]) -> None:
        super().__init__(to)
        self._session, self._rulebook, self._question = session, made.rulebook, session.ask.question
        self._title = made.case.title or made.case.name

    def hold(self) -> bool:
        """Ask until the border is found; False if the student stops before."""
        session, rulebook, question = self._session, self._rulebook, self._question
        self.show(opening(rulebook, question, self._title))
        facts = () if session.border.story else session.facts_in_words()
        while (step := session.next()) is not None:
            self.line_break()
            self.say([asked(rulebook, question, len(session.predictions) + 1, step, session.border, facts)])
            letters = lettered_outcomes(rulebook, question)
            while True:
                typed = self.line()
                if typed is None or typed.casefold() in (STOP, "stop"):
                    return False
                outcome = letters.get(typed.upper(), typed if typed in letters.values() else None)
                if outcome is not None or typed == NOT_KNOWN:
                    break
                self.remark(f"Type a letter from A to {max(letters)}, or {NOT_KNOWN} if you do not know.")
            self.say(answered(session.predict(step, outcome)), INDENT)
        return True
