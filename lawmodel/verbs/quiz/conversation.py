"""A quiz as it is held: at a terminal, or through a pipe, an answer a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Final

from lawmodel.commands.dialogue import Dialogue
from lawmodel.document import Listing, Paragraph, text
from lawmodel.exercises.exercise import Exercise
from lawmodel.exercises.lettered import lettered
from lawmodel.exercises.marking import Given, Mark, NotAnAnswer, NotKnown
from lawmodel.exercises.progress import LoggedAnswer
from lawmodel.verbs.quiz import document as words
from lawmodel.verbs.quiz.result import TriedAnswer
from lawmodel.verbs.quiz.session import QuizSession, may_try_again, said_at_first, tried
from lawmodel.verbs.quiz.typed_answer import parse_answer

INDENT: Final = 3


class Stopped(Exception):
    """The student stops, or the input ends."""


class Conversation(Dialogue):
    """Asks exercise after exercise, until none is left or the student stops."""

    def __init__(self, session: QuizSession, to: IO[str], keep: Callable[[LoggedAnswer], None]) -> None:
        """``keep`` is called with each answer as soon as it is marked."""
        super().__init__(to)
        self._session, self._keep = session, keep

    def hold(self) -> bool:
        """Ask until nothing is left; False if the student stops before."""
        try:
            while (exercise := self._session.next()) is not None:
                self._ask(exercise)
        except Stopped:
            return False
        return True

    def _ask(self, exercise: Exercise) -> None:
        session = self._session
        self.line_break()
        self.say([words.task(len(session.answered) + 1, exercise)])
        hints, typed, given, found = self._answer(exercise, 0, 1, "   > ")
        right = session.is_right(exercise, given)
        self._keep(session.note(exercise, given, found, hints))
        tries, twin = [tried(typed, given, found, right=right)], session.twin(exercise, found)
        try:
            if not isinstance(given, NotKnown):
                says = found.says if right else said_at_first(exercise, given, found)
                self.say(words.feedback(words.verdict_words(found, right, hints), says), INDENT)
            if twin is not None:
                self.say(words.twin_blocks(twin), INDENT)
            if not right and may_try_again(exercise, given, found):
                tries += self._second_try(exercise, hints)
        finally:  # a student who stops here has answered
            done = session.done(exercise, hints, tries, twin)
        if not right:
            self.say(words.key(exercise, done.right), INDENT)

    def _second_try(self, exercise: Exercise, hints: int) -> list[TriedAnswer]:
        """The second try, if there is one: an empty line goes on."""
        try:
            _, typed, given, found = self._answer(exercise, hints, 2, "   again, or Enter to go on > ")
        except _GoOn:
            return []
        right = self._session.is_right(exercise, given)
        if not isinstance(given, NotKnown):
            self.say(words.feedback(words.second_verdict(found, right), ()), INDENT)
        return [tried(typed, given, found, right=right)]

    def _answer(self, exercise: Exercise, hints: int, tries: int, prompt: str) -> tuple[int, str, Given, Mark]:
        """Read lines until one is an answer: so many hints were taken, what was typed, what it means and is worth."""
        session = self._session
        letters = {letter.casefold() for letter, _ in lettered(exercise)}
        wanted = [one for one in exercise.hints if one]
        while True:
            typed = self.line(prompt)
            if typed is None:
                raise Stopped
            word = typed.casefold()
            if word in (words.STOP_WORD, *({words.STOP} - letters)):
                raise Stopped
            if not word and tries > 1:
                raise _GoOn
            if not word:
                self.remark("Type an answer, or ? if you do not know.")
            elif word in (words.HINT_WORD, *({words.HINT} - letters)):
                if tries > 1 or hints == len(wanted):
                    self.remark("There is no further hint.")
                else:
                    self.say([Paragraph(text(wanted[hints]))], INDENT)
                    hints += 1
            else:
                try:
                    given = NotKnown() if word == words.NOT_KNOWN else parse_answer(exercise, typed)
                    found = session.mark(exercise, given, hints, tries)
                except NotAnAnswer as wrong:
                    self.remark(str(wrong))
                    continue
                if found.readable:
                    return hints, typed, given, found
                self.say([Listing("\n".join(found.says), "text")], INDENT)


class _GoOn(Exception):
    """No second try is made."""
