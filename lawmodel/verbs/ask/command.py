"""`lawmodel ask`: the interview."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console, RenderableType

from lawmodel.answer.console import console, write
from lawmodel.answer.text import show
from lawmodel.answer.words import law_of
from lawmodel.case.case import Case
from lawmodel.case.plain import plain_case
from lawmodel.case.values import NotAValue, encode
from lawmodel.case.writing import case_text
from lawmodel.commands.json_output import Schema, write_json
from lawmodel.commands.one_case import the_case
from lawmodel.commands.options import (
    day_of,
    json_option,
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
from lawmodel.law_files import split_variant
from lawmodel.output_files import Output, check_outputs, save_text
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.ask.document import answers_in_words, asked, closing, opening, why_asked
from lawmodel.verbs.ask.interview import Asking, Interview
from lawmodel.verbs.ask.parse_reply import spoken

WHY, DO_NOT_KNOW, BACK, STOP = "?", "-", "<", "!"
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
@json_option
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
    as_json: bool,
) -> None:
    """An interview: only what can still change the answer, the most decisive question first.

    It ends as soon as the answer is certain, and then offers to save the case. Answers are typed by number, by name or
    as in a case file; they may also come through a pipe, a line each. With --json the talk goes to standard error.
    With --save nothing that was answered is lost, however the talk ends; the case is kept with its readings, its day
    and its stage, so that --case goes on under the same law.
    """
    read = [*law_paths(rules), *([] if case_file is None else [split_variant(case_file)[0]])]
    if save is not None:
        check_outputs([Output("--save", save, is_older=_is_of_an_interview)], read)
    rulebook = rulebook_of(rules)
    name_of(question, rulebook.questions, "QUESTION")
    chosen = readings_of(rulebook, readings)
    stage_of(rulebook, stage)
    if variant is not None and case_file is None:
        raise click.UsageError("--variant: name the case with --case.")
    case = Case() if case_file is None else the_case(rulebook, case_file, variant)
    if presume:
        case = replace(case, presume=True)
    talk = _Talk(console(sys.stderr if as_json else None), save, read)
    wanted = question or talk.which_question(rulebook, case)
    if wanted is None:
        return
    interview = Interview(rulebook, wanted, case, readings=chosen, on=day_of(on), stage=stage, thorough=thorough)
    try:
        stopped = not talk.hold(interview)
    except KeyboardInterrupt:
        talk.leave(interview)
        raise
    answer = interview.answer()
    if as_json:
        write_json(Schema.INTERVIEW, _plain(interview, stopped))
    else:
        talk.say(closing(rulebook, len(interview.asked), answer.determined, stopped, interview.never_needed()))
        show(answer, talk.to, brief=not answer.determined)
    talk.save(interview)


def _is_of_an_interview(head: bytes) -> bool:
    return head.startswith(HEADING.encode())


def _case_file(interview: Interview) -> str:
    """What is known so far as a case file, under the law under which it was asked."""
    case = replace(interview.to_case(), hypothetical=None, point="")
    return HEADING + case_text(plain_case(interview.rulebook, case))


def _plain(interview: Interview, stopped: bool) -> dict[str, Any]:
    rulebook = interview.rulebook
    return {
        "answer": interview.answer().to_json(trace=False),
        "asked": [one.name for one in interview.asked],
        "never_needed": interview.never_needed(),
        "stopped": stopped,
        "facts": {
            path: [
                {name: encode(rulebook.fact(f"{path}.{name}"), one) for name, one in record.items()} for record in value
            ]
            if isinstance(value, tuple)
            else encode(rulebook.fact(path), value)
            for path, value in interview.case.facts.items()
        },
    }


class _Talk:
    """Questions and answers, on a terminal or through a pipe."""

    def __init__(self, to: Console, keep: Path | None, read: Sequence[Path]) -> None:
        self.to = to
        self._typed = sys.stdin.isatty()
        self._keep, self._read = keep, read
        self._complained = False

    def say(self, parts: Iterable[RenderableType]) -> None:
        write(self.to, parts)
        self.to.file.flush()

    def line(self, prompt: str = "    > ") -> str | None:
        """What the user types; None at the end of the input. What comes through a pipe is shown."""
        if self._typed and self.to.file is sys.stdout:
            try:
                return input(prompt).strip()
            except (EOFError, OSError):  # the second where the terminal was closed
                self.to.file.write("\n")
                return None
        self.to.file.write(prompt)
        self.to.file.flush()
        text = sys.stdin.readline()
        if not self._typed or not text:
            self.to.file.write(text.strip() + "\n")
        return text.strip() if text else None

    def which_question(self, rulebook: Rulebook, case: Case) -> str | None:
        """The question that the case asks; where that is not one, the user's choice."""
        if len(case.asked()) == 1:
            return case.asked()[0]
        names = list(case.asked() or rulebook.questions)
        for number, name in enumerate(names, 1):
            self.say([f"{number:>3}  {rulebook.questions[name].asks}"])
        while (text := self.line()) is not None and text != STOP:
            if text in names:
                return text
            if text.isdecimal() and len(text) < MOST_DIGITS and 1 <= int(text) <= len(names):
                return names[int(text) - 1]
            self.say([f"      Type a number from 1 to {len(names)}, or {STOP} to stop."])
        return None

    def hold(self, interview: Interview) -> bool:
        """Ask until the answer is certain, or nothing is left to ask; False if the user stops before."""
        law = interview.law_date()
        said = "law of an unknown day" if law is None else law_of(interview.rulebook, interview.stage, law)
        self.say(opening(interview.rulebook, interview.question, said, interview.readings))
        while (asking := interview.next()) is not None:
            record = ""
            if asking.records is not None:
                record = f"{interview.rulebook.facts[asking.records].each} {asking.number}"
            place = len(interview.asked) + 1
            self.say(asked(interview.rulebook, place, asking.fact, asking.reading, record[:1].upper() + record[1:]))
            if not self._answered(interview, asking):
                return False
            if self._keep is not None:
                self._write(interview, self._keep)
        return True

    def _answered(self, interview: Interview, asking: Asking) -> bool:
        """Read lines until the question is dealt with; False if the user stops."""
        while True:
            text = self.line()
            if text is None:
                return False
            match WORDS.get(text.casefold(), text):
                case "!":
                    return False
                case "":
                    self.say([f"      Type an answer; {DO_NOT_KNOW} if you don't know, {WHY} for why it is asked."])
                case "?":
                    self.say(self._why(interview, asking))
                case "-":
                    interview.do_not_know()
                    return True
                case "<":
                    if interview.back():
                        return True
                    self.say(["      This is the first question."])
                case _:
                    try:
                        interview.give(spoken(interview.rulebook, asking, text))
                    except NotAValue as wrong:
                        self.say([f"      {wrong}"])
                    except ProblemsFound as found:
                        self.say(f"      {one.message}." for one in found.problems)
                    else:
                        return True

    def _why(self, interview: Interview, asking: Asking) -> Iterable[RenderableType]:
        rulebook = interview.rulebook
        told = [
            (answers_in_words(rulebook, asking.fact, asking.reading, one.values), one.possible)
            for one in interview.if_so()
        ]
        return why_asked(rulebook, interview.question, interview.bears_on(), told)

    def save(self, interview: Interview) -> None:
        """Save the case where the user says, or asks to; where that cannot be done, ask for another place."""
        place = self._keep or self._place()
        while place is not None and not self._write(interview, place):
            if not self._typed:
                self._show_case(interview)
                sys.exit(2)
            place = self._place()
        if place is not None:
            self.say([f"Saved: {place}"])

    def leave(self, interview: Interview) -> None:
        """Keep what was answered when the talk is broken off."""
        if not interview.asked:
            return
        if self._keep is not None and self._write(interview, self._keep):
            self.say([f"Saved what was answered: {self._keep}"])
        else:
            self._show_case(interview)

    def _place(self) -> Path | None:
        """Where the user wants the case; None: nowhere."""
        if not self._typed:
            return None
        while text := self.line("Save the case? A file name, or nothing: "):
            place = Path(text)
            try:
                check_outputs([Output("this file", place)], self._read)
            except ProblemsFound as found:
                self.say(f"      {one.message}." for one in found.problems)
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
