"""The pages of *Practise*: choosing a set, the set, its exercises before and after an answer, and what comes next."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from lawmodel.dataclass import dataclass
from lawmodel.exercises.difficulty import least_level
from lawmodel.exercises.exercise import KINDS, Exercise
from lawmodel.exercises.marking import NotAnAnswer, mark
from lawmodel.service.pages.catalogue import LANGUAGES, catalogue
from lawmodel.service.pages.exchange import PageRequest
from lawmodel.service.pages.practice.answer_form import AnswerForm, given, read_form
from lawmodel.service.pages.practice.exercise_page import exercise_page
from lawmodel.service.pages.practice.feedback import feedback
from lawmodel.service.pages.practice.progress_page import ProgressPage
from lawmodel.service.pages.practice.set_address import (
    COUNT,
    LEVELS,
    MOST,
    SEED,
    SetAsked,
    nearest_levels,
    read_set,
    set_href,
)
from lawmodel.service.pages.practice.sets_at_hand import SetsAtHand
from lawmodel.service.pages.workbench import Workbench

COUNTS: Final = (3, 6, 10, 20)
"""How many exercises are offered on the page on which a set is chosen."""


@dataclass(frozen=True, slots=True)
class PracticePage:
    """A page: its template and what that needs; or the address at which it is instead."""

    template: str = ""
    values: Mapping[str, Any] | None = None
    status: int = 200
    location: str = ""
    then: str = ""
    """The address that is asked for next as a rule."""


NOT_THERE: Final = PracticePage(status=404)


class PracticePages:
    """The pages of one workbench."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._sets = SetsAtHand(workbench.rulebook)
        self._progress = ProgressPage(workbench.rulebook, self._sets)

    def page(self, asked: PageRequest) -> PracticePage:
        """The page at an address; of the status 404 where there is none."""
        question, slash, number = asked.name.partition("/")
        questions = self._workbench.rulebook.questions
        if not question:
            return self._choose(asked)
        if question not in questions or (slash and not _is_place(number)):
            return NOT_THERE
        chosen = read_set(self._workbench.rulebook, question, asked)
        return self._exercise(asked, chosen, int(number)) if slash else self._set(chosen)

    def progress(self, asked: PageRequest) -> PracticePage:
        """What is due by a log that is sent, and what its answers are like; without one, where it is kept."""
        values, status = self._progress.page(asked, datetime.datetime.now(datetime.UTC))
        return PracticePage("progress.html", values, status)

    # -- choosing

    def _choose(self, asked: PageRequest) -> PracticePage:
        rulebook = self._workbench.rulebook
        question = asked.value("question")
        if question in rulebook.questions:
            return PracticePage(location=set_href(read_set(rulebook, question, asked), 1), status=303)
        taught = dict.fromkeys(rulebook.questions, 0)
        for one in rulebook.misconceptions.values():
            taught[one.question] += 1
        order = sorted(rulebook.questions, key=lambda name: -taught[name])
        page = {
            "questions": {name: rulebook.questions[name] for name in order},
            "kinds": {kind: least_level(kind) for kind in KINDS},
            "levels": tuple(LEVELS),
            "counts": COUNTS,
            "count": COUNT,
            "seed": SEED,
        }
        first = SetAsked(order[0], language=asked.language)
        return PracticePage("practise.html", page, then=set_href(first, 1))

    def _set(self, chosen: SetAsked) -> PracticePage:
        shared = SetAsked(
            chosen.question, chosen.kinds, chosen.level, chosen.count, chosen.seed, self._workbench.rulebook_hash
        )
        page = {
            "set": chosen,
            "address": chosen,
            "begin": set_href(chosen, 1),
            "shared": set_href(shared),
            "kinds": chosen.kinds or KINDS,
            "title": self._workbench.rulebook.questions[chosen.question].title,
        }
        return PracticePage("practise_set.html", page, then=set_href(chosen, 1))

    # -- exercises

    def _exercise(self, asked: PageRequest, chosen: SetAsked, place: int) -> PracticePage:
        made = self._sets.until(chosen, place)
        common = {
            "set": chosen,
            "address": chosen,
            "title": self._workbench.rulebook.questions[chosen.question].title,
            "of_set": set_href(chosen),
            "here": set_href(replace(chosen, language=LANGUAGES[0], rulebook="", mistakes=()), place),
            "most": len(made.exercises) if made.complete else chosen.count,
        }
        if place > len(made.exercises):
            return self._end(chosen, common, made.left_out, len(made.exercises))
        form, exercise = read_form(asked), made.exercises[place - 1]
        laws = self._sets.laws(chosen.question)
        page: dict[str, Any] = {
            **common,
            **exercise_page(laws, chosen, place, exercise, form),
            "lacks": "",
            "wrong": "",
        }
        next_one = set_href(chosen, place + 1)
        page["next"] = next_one
        if form.is_answered:
            page |= self._answered(asked, chosen, (place, exercise), form)
        return PracticePage("exercise.html", page, then=next_one)

    def _answered(
        self, asked: PageRequest, chosen: SetAsked, at: tuple[int, Exercise], form: AnswerForm
    ) -> dict[str, Any]:
        """What is added once something is answered: what is said to it, or what it lacks."""
        place, exercise = at
        answer = given(exercise, form)
        if isinstance(answer, str):
            return {"lacks": answer}
        try:
            # what is no case is not marked, and nothing of the key is told
            marked = mark(exercise, answer, rulebook=self._workbench.rulebook)
            if not marked.readable:
                return {"lacks": "no_case", "wrong": "\n\n".join(marked.says)}
            laws, t = self._sets.laws(chosen.question), catalogue(asked.language)
            said = feedback(self._workbench, laws, exercise, form, answer, t)
        except NotAnAnswer:
            return {"lacks": "nothing"}
        further = {"tries": str(form.tries + 1)}
        if form.hints:
            further["hints"] = str(form.hints)
        if form.case:
            further["case"] = form.case
        return {"answered": said, "again": set_href(chosen, place, further)}

    def _end(self, chosen: SetAsked, common: Mapping[str, Any], left_out: Any, made: int) -> PracticePage:
        another = SetAsked(
            chosen.question, chosen.kinds, chosen.level, chosen.count, chosen.seed + 1, language=chosen.language
        )
        page = {
            **common,
            "left_out": left_out,
            "made": made,
            "another": set_href(another, 1),
            "nearby": () if made or chosen.level is None else tuple(self._nearby(chosen)),
            "at": set_href,
        }
        return PracticePage("practise_end.html", page)

    def _nearby(self, chosen: SetAsked) -> Iterator[SetAsked]:
        """What there is where nothing of a level was found: the same set of the nearest level, and that of every level.

        A level is the nearest if none was found of those that are nearer. Nothing where there is none of any level.
        """
        every = replace(chosen, level=None, mistakes=())
        found = self._sets.until(every, 1).exercises
        if not found:
            return
        for level in nearest_levels(chosen, found[0].level):
            other = replace(every, level=level)
            if self._sets.until(other, 1).exercises:
                yield other
                break
        yield every


def _is_place(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 3 and 1 <= int(number) <= MOST + 1
