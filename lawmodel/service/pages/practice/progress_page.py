"""What is due by a log of answers, and what its answers are like. The log is sent by the browser; nothing is kept."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

from lawmodel.cached_property import cached_property
from lawmodel.dataclass import dataclass
from lawmodel.exercises.diagnosis import GUESSES, StudentDiagnosis
from lawmodel.exercises.exercise import LAW, Exercise
from lawmodel.exercises.own_diagnosis import own_diagnosis
from lawmodel.exercises.point_words import point_in_words
from lawmodel.exercises.predictions import HeldLaws
from lawmodel.exercises.progress import StudentProgress
from lawmodel.exercises.progress_file import parse_progress
from lawmodel.exercises.schedule import ScheduledPoint, next_exercise, schedule
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.exchange import PageRequest
from lawmodel.service.pages.practice.set_address import MOST, VIEW, SetAsked, read_set, set_href
from lawmodel.service.pages.practice.sets_at_hand import SetsAtHand

FILE: Final = "progress.json"
"""What the log is called in messages: its own name is the sender's."""
MOST_SETS: Final = 5
"""Of so many sets, those opened last, the exercises are known when a log is looked at."""
MAKING_SECONDS: Final = 10.0
"""After so long no further set is made."""
MOST_TOLD: Final = 12
"""So many points are told of those that are due, and of those that come later."""
WITH_PAGES: Final = {
    "provision": "provisions",
    "reading": "readings",
    "property": "properties",
    "fact": "facts",
    "concept": "concepts",
}
"""The points that have a page of the law, and the section of each."""
LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class PointTold:
    """A point of the log: what it is about, and how it went."""

    kind: str
    """``misconception``, ``provision``, ``reading``, ``instrument`` or another limb."""
    says: str
    name: str
    """Its entry in the law; empty where it has no page."""
    due: datetime.date
    answers: int
    missed: int


@dataclass(frozen=True, slots=True)
class LikelihoodTold:
    """What the answers may be those of, and how sure that is."""

    says: str
    """Empty of the law, and of guesses."""
    kind: str
    percent: int


class ProgressPage:
    """The page of one rulebook's logs."""

    def __init__(self, rulebook: Rulebook, sets: SetsAtHand) -> None:
        self._rulebook, self._sets = rulebook, sets

    @cached_property
    def _held(self) -> HeldLaws:
        return HeldLaws(self._rulebook)

    def page(self, asked: PageRequest, now: datetime.datetime) -> tuple[dict[str, Any], int]:
        """What the template needs, and the status."""
        language = asked.language
        page: dict[str, Any] = {"problems": (), "log": None, "practise": f"/{VIEW}"}
        if not asked.content.strip():
            return page, 200
        try:
            log = parse_progress(asked.content, FILE)
        except ProblemsFound as found:
            return {**page, "problems": found.problems}, 422
        places = dict(self._exercises(dict(asked.sent).get("sets", ""), language))
        exercises = [one for one, _ in places.values()]
        points = schedule(log)
        due = [one for one in points if one.due <= now]
        following = next_exercise(log, exercises, now)
        diagnosis = own_diagnosis(self._held, exercises, log)
        return {
            **page,
            "log": log,
            "due": [self._told(one) for one in due[:MOST_TOLD]],
            "due_count": len(due),
            "later": [self._told(one) for one in points[len(due) :][:MOST_TOLD]],
            "next": "" if following is None else places[following.id][1],
            "another": self._another(log, language),
            "diagnosis": diagnosis,
            "like": tuple(self._like(diagnosis)),
            "alike": self._says(diagnosis.alike),
            "weighed": diagnosis.answered,
            "parting": places[diagnosis.next_item][1] if diagnosis.next_item in places else "",
        }, 200

    def _exercises(self, addresses: str, language: str) -> Iterator[tuple[str, tuple[Exercise, str]]]:
        """The exercises of the sets that were opened last, by their ids, each with its address."""
        until = time.monotonic() + MAKING_SECONDS
        for line in list(dict.fromkeys(addresses[: MOST_SETS * LONGEST].split("\n")))[-MOST_SETS:]:
            asked, place = self._set(line.strip()[:LONGEST], language)
            if asked is None:
                continue
            # sets that were opened are at hand as a rule; what is not is made while there is time
            in_time = time.monotonic() < until
            found = self._sets.until(asked, place) if in_time else self._sets.known(asked, place)
            for number, one in enumerate(found.exercises[:place], 1):
                yield one.id, (one, set_href(asked, number))

    def _set(self, address: str, language: str) -> tuple[SetAsked | None, int]:
        """The set of an address, and how far it was gone through."""
        path, _, query = address.partition("?")
        view, _, name = path.strip("/").partition("/")
        question, _, number = name.partition("/")
        question = unquote(question)
        is_place = number.isascii() and number.isdigit() and len(number) < 3
        if view != VIEW or question not in self._rulebook.questions or not is_place:
            return None, 0
        given = tuple(one for one in parse_qsl(query, max_num_fields=20) if one[0] != "ui")
        asked = PageRequest(VIEW, name, (*given, ("ui", language)), address)
        return read_set(self._rulebook, question, asked), min(MOST, int(number))

    def _another(self, log: StudentProgress, language: str) -> str:
        """A set on the question that was answered last, by a seed that depends on how much was answered."""
        last = [one.question for one in log.answers if one.question in self._rulebook.questions]
        question = last[-1] if last else next(iter(self._rulebook.questions))
        return set_href(SetAsked(question, seed=len(log.answers) + 2, language=language), 1)

    # -- in words

    def _told(self, point: ScheduledPoint) -> PointTold:
        kind, _, name = point.point.partition(":")
        rulebook = self._rulebook
        says, entry = point_in_words(rulebook, point.point), name
        if kind == "misconception" and name in rulebook.misconceptions:
            says = rulebook.misconceptions[name].says
        elif kind == "instrument" and name in rulebook.instruments:
            says = rulebook.instruments[name].title
        elif not (kind in WITH_PAGES and name in getattr(rulebook, WITH_PAGES[kind])):
            entry = ""
        return PointTold(kind, says, entry, point.due.date(), point.answers, point.missed)

    # -- what the answers are like

    def _says(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._rulebook.misconceptions[one].says for one in names if one in self._rulebook.misconceptions)

    def _like(self, found: StudentDiagnosis) -> Iterator[LikelihoodTold]:
        for one in found.hypotheses:
            kind = one.id if one.id in (LAW, GUESSES) else "misconception"
            yield LikelihoodTold(one.says if kind == "misconception" else "", kind, round(one.probability * 100))
