"""`lawmodel ask`: the interview."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console, RenderableType

from lawmodel.answer.console import console, write
from lawmodel.answer.interview_text import answers_in_words, asked, closing, opening, why_asked
from lawmodel.answer.text import show
from lawmodel.answer.words import law_of
from lawmodel.case.case import Case
from lawmodel.case.values import NotAValue, encode
from lawmodel.commands.json_output import Schema, write_json
from lawmodel.commands.older_outputs import is_case
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
from lawmodel.inquiry.interview import Asking, Interview
from lawmodel.inquiry.spoken_answers import spoken
from lawmodel.output_files import Output, check_outputs
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook

WHY, DO_NOT_KNOW, BACK, STOP = "?", "-", "<", "!"
WORDS = {"why": WHY, "unknown": DO_NOT_KNOW, "back": BACK, "stop": STOP}


@click.command("ask", epilog="Example: lawmodel ask QUESTION --case CASE.yaml --presume")
@click.argument("question", required=False)
@click.option("--case", "case_file", type=click.Path(path_type=Path), metavar="FILE", help="Go on from this case.")
@click.option("--variant", metavar="NAME", help="From this variant of the case.")
@click.option("--presume", is_flag=True, help="Presume what is ordinary: ask only for what makes the case what it is.")
@click.option("--thorough", is_flag=True, help="Ask also for what a case file may leave out, such as rare obstacles.")
@click.option("--save", type=click.Path(path_type=Path), metavar="FILE", help="Save the case to this file at the end.")
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
    """
    read = [*law_paths(rules), *([case_file] if case_file else [])]
    if save is not None:
        _check_place(save, read)
    rulebook = rulebook_of(rules)
    name_of(question, rulebook.questions, "QUESTION")
    chosen = readings_of(rulebook, readings)
    stage_of(rulebook, stage)
    if variant is not None and case_file is None:
        raise click.UsageError("--variant: name the case with --case.")
    case = Case() if case_file is None else the_case(rulebook, case_file, variant)
    if presume:
        case = Case(facts=case.facts, places=case.places, title=case.title, name=case.name, presume=True)
    talk = _Talk(console(sys.stderr if as_json else None))
    wanted = question or talk.which_question(rulebook, case)
    if wanted is None:
        return
    interview = Interview(rulebook, wanted, case, readings=chosen, on=day_of(on), stage=stage, thorough=thorough)
    try:
        stopped = not talk.hold(interview)
    except KeyboardInterrupt:
        if save is not None:
            talk.save_as(interview, wanted, save)  # nothing that was typed is lost
        raise
    answer = interview.answer()
    if as_json:
        write_json(Schema.INTERVIEW, _plain(interview, stopped))
    else:
        talk.say(closing(rulebook, len(interview.asked), answer.determined, stopped, interview.never_needed()))
        show(answer, talk.to, brief=not answer.determined)
    if save is not None:
        talk.save_as(interview, wanted, save)
    else:
        talk.offer_to_save(interview, wanted, read)


def _check_place(save: Path, read: Sequence[Path]) -> None:
    check_outputs([Output("--save", save, is_older=is_case)], read)


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

    def __init__(self, to: Console) -> None:
        self.to = to
        self._typed = sys.stdin.isatty()

    def say(self, parts: Iterable[RenderableType]) -> None:
        write(self.to, parts)
        self.to.file.flush()

    def line(self, prompt: str = "    > ") -> str | None:
        """What the user types; None at the end of the input. What comes through a pipe is shown."""
        if self._typed and self.to.file is sys.stdout:
            try:
                return input(prompt).strip()
            except EOFError:
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
            if text.isdigit() and 1 <= int(text) <= len(names):
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

    def offer_to_save(self, interview: Interview, question: str, read: Sequence[Path]) -> None:
        """Ask whoever types where the case is to be saved, until it is or need not be."""
        while self._typed and (text := self.line("Save the case? A file name, or nothing: ")):
            path = Path(text)
            try:
                _check_place(path, read)
                if os.path.lexists(path) and self.line(f"{path} exists. Replace it? (y/n) ") not in ("y", "yes"):
                    continue
                self.save_as(interview, question, path)
            except ProblemsFound as found:
                self.say(f"      {one.message}. {one.mend}" for one in found.problems)
            else:
                return

    def save_as(self, interview: Interview, question: str, path: Path) -> None:
        """Save the case, and say so."""
        from lawmodel.case.model import case_model

        case = interview.case
        named = Case(facts=case.facts, presume=case.presume, title=case.title, questions=(question,))
        case_model(interview.rulebook).from_case(named).save(path)
        self.say([f"Saved: {path}"])
