"""`lawmodel ask`: the interview."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Final

import click

from lawmodel.case.case import Case
from lawmodel.case.plain import plain_case
from lawmodel.case.values import NotAValue
from lawmodel.case.writing import case_text
from lawmodel.commands.dialogue import Dialogue
from lawmodel.commands.json_output import Schema
from lawmodel.commands.one_case import the_case
from lawmodel.commands.options import (
    day_of,
    law_paths,
    name_of,
    on_option,
    reading_option,
    readings_of,
    rulebook_of,
    rules_option,
    stage_of,
    stage_option,
)
from lawmodel.commands.result_output import ResultOutput, output_options
from lawmodel.document import Block
from lawmodel.law_files import split_variant
from lawmodel.output_files import Output, check_outputs, save_text
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.ask.document import BACK, DO_NOT_KNOW, STOP, WHY, closing, opening, question_asked, why_asked
from lawmodel.verbs.ask.interview import Asking, Interview
from lawmodel.verbs.ask.parse_reply import parse_reply
from lawmodel.words.law import law_of

HEADING: Final = "# From an interview, to be gone on with: lawmodel ask --case THIS FILE\n"
"""How a file of an interview begins: only such a file is replaced without asking."""
MOST_DIGITS: Final = 4
WORDS = {"why": WHY, "unknown": DO_NOT_KNOW, "back": BACK, "stop": STOP}


@click.command("ask", epilog="Example: lawmodel ask QUESTION --case CASE.yaml --presume")
@click.argument("question", required=False)
@click.option("--case", "case_file", type=click.Path(path_type=Path), metavar="FILE", help="Go on from this case.")
@click.option("--variant", metavar="NAME", help="From this variant of the case.")
@click.option("--presume", is_flag=True, help="Presume what is ordinary: ask only for what makes the case what it is.")
@click.option("--thorough", is_flag=True, help="Ask also for what a case file may leave out, such as rare obstacles.")
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep the case here, answer by answer.",
)
@reading_option
@on_option
@stage_option
@rules_option
@output_options
def command(
    question: str | None,
    case_file: Path | None,
    variant: str | None,
    presume: bool,
    thorough: bool,
    save: Path | None,
    readings: tuple[str, ...],
    on: str | None,
    stage: str | None,
    rules: tuple[Path, ...],
    output: ResultOutput,
) -> None:
    """An interview: only what can still change the answer, the most decisive question first.

    It ends as soon as the answer is certain, and then offers to save the case. Answers are typed by number, by name or
    as in a case file; they may also come through a pipe, a line each. Where the result goes
    elsewhere (--json, --out) the talk is on standard error.
    With --save nothing that was answered is lost, however the talk ends; the case is kept with its readings, its day
    and its stage, so that --case goes on under the same law.
    """
    read = [*law_paths(rules), *([] if case_file is None else [split_variant(case_file)[0]])]
    if save is not None:
        results = [] if output.out is None else [Output("--out", output.out)]
        check_outputs([*results, Output("--save", save, is_older=_is_of_an_interview)], read)
    rulebook = rulebook_of(rules)
    name_of(question, rulebook.questions, "QUESTION")
    chosen = readings_of(rulebook, readings)
    stage_of(rulebook, stage)
    if variant is not None and case_file is None:
        raise click.UsageError("--variant: name the case with --case.")
    case = Case() if case_file is None else the_case(rulebook, case_file, variant)
    if presume:
        case = replace(case, presume=True)
    on_screen = output.format == "text" and output.out is None
    talk = _Talk(sys.stdout if on_screen else sys.stderr, save, read)
    wanted = question or talk.which_question(rulebook, case)
    if wanted is None:
        return
    interview = Interview(rulebook, wanted, case, readings=chosen, on=day_of(on), stage=stage, thorough=thorough)
    try:
        stopped = not talk.hold(interview)
    except KeyboardInterrupt:
        talk.leave(interview)
        raise
    found = interview.result(stopped=stopped)
    talk.line_break()
    output.add(Schema.INTERVIEW, found, partial(closing, found))
    output.finish()
    talk.save(interview)


def _is_of_an_interview(head: bytes) -> bool:
    return head.startswith(HEADING.encode())


def _case_file(interview: Interview) -> str:
    """What is known so far as a case file, under the law under which it was asked."""
    case = replace(interview.to_case(), hypothetical=None, point="")
    return HEADING + case_text(plain_case(interview.rulebook, case))


class _Talk(Dialogue):
    """Questions and answers, on a terminal or through a pipe."""

    def __init__(self, to: IO[str], keep: Path | None, read: Sequence[Path]) -> None:
        super().__init__(to)
        self._keep, self._read = keep, read
        self._complained = False
        self._replies: list[str] = []
        self._former = ""
        """What was typed before for the question at hand, where it was taken back."""

    def which_question(self, rulebook: Rulebook, case: Case) -> str | None:
        """The question that the case asks; where that is not one, the user's choice."""
        if len(case.asked()) == 1:
            return case.asked()[0]
        names = list(case.asked() or rulebook.questions)
        for number, name in enumerate(names, 1):
            self.remark(f"{number}  {rulebook.questions[name].asks}")
        while (text := self.line()) is not None and text != STOP:
            if text in names:
                return text
            if text.isdecimal() and len(text) < MOST_DIGITS and 1 <= int(text) <= len(names):
                return names[int(text) - 1]
            self.remark(f"Type a number from 1 to {len(names)}, or {STOP} to stop.")
        return None

    def hold(self, interview: Interview) -> bool:
        """Ask until the answer is certain, or nothing is left to ask; False if the user stops before."""
        rulebook, law = interview.rulebook, interview.law_date()
        said = law_of(rulebook, interview.stage, None if law is None else law.isoformat())
        self.show(opening(rulebook.questions[interview.question].asks, said, interview.readings))
        while (asking := interview.next()) is not None:
            self.line_break()
            self.say([question_asked(len(interview.asked) + 1, asking, interview.choices(asking))])
            if not self._answered(interview, asking):
                return False
            if self._keep is not None:
                self._write(interview, self._keep)
        return True

    def _answered(self, interview: Interview, asking: Asking) -> bool:
        """Read lines until the question is dealt with; False if the user stops."""
        former, self._former = self._former, ""
        while True:
            text = self.line(f"   was {former} > " if former else "   > ")
            if text is None:
                return False
            text = text or former
            match WORDS.get(text.casefold(), text):
                case "!":
                    return False
                case "":
                    self.remark(f"Type an answer; {DO_NOT_KNOW} if you don't know, {WHY} for why it is asked.")
                case "?":
                    self.say(self._why(interview), indent=3)
                case "-":
                    interview.do_not_know()
                    self._replies.append(text)
                    return True
                case "<":
                    if interview.back():
                        self._former = self._replies.pop()
                        return True
                    self.remark("This is the first question.")
                case _:
                    try:
                        interview.give(parse_reply(interview.rulebook, asking, text))
                    except NotAValue as wrong:
                        self.remark(str(wrong))
                    except ProblemsFound as found:
                        for one in found.problems:
                            self.remark(f"{one.message}.")
                    else:
                        self._replies.append(text)
                        return True

    @staticmethod
    def _why(interview: Interview) -> Iterable[Block]:
        provisions = (interview.rulebook.provisions[name] for name in interview.bears_on())
        return why_asked([(one.citation, one.title) for one in provisions], interview.replies())

    def save(self, interview: Interview) -> None:
        """Save the case where the user says, or asks to; where that cannot be done, ask for another place."""
        place = self._keep or self._place()
        while place is not None and not self._write(interview, place):
            if not self._typed:
                self._show_case(interview)
                sys.exit(2)
            place = self._place()
        if place is not None:
            self.to.write(f"Saved: {place}   Again: lawmodel decide {shlex.quote(str(place))}\n")

    def leave(self, interview: Interview) -> None:
        """Keep what was answered when the talk is broken off."""
        if not interview.asked:
            return
        if self._keep is not None and self._write(interview, self._keep):
            self.to.write(f"Saved what was answered: {self._keep}\n")
        else:
            self._show_case(interview)

    def _place(self) -> Path | None:
        """Where the user wants the case; None: nowhere."""
        if not self._typed:
            return None
        while text := self.line("Keep this case?  a file name, or Enter for no > "):
            place = Path(text)
            try:
                check_outputs([Output("this file", place)], self._read)
            except ProblemsFound as found:
                for one in found.problems:
                    self.remark(f"{one.message}.")
                continue
            if not os.path.lexists(place) or self.line(f"{place} exists. Replace it? (y/n) ") in ("y", "yes"):
                return place
        return None

    def _write(self, interview: Interview, place: Path) -> bool:
        """Whether the case could be written."""
        try:
            save_text(place, _case_file(interview))
        except ProblemsFound as found:
            if not self._complained:
                click.echo(str(found), err=True)
            self._complained = True
            return False
        self._complained = False
        return True

    def _show_case(self, interview: Interview) -> None:
        click.echo(f"What was answered, as a case file:\n\n{_case_file(interview)}", err=True)
