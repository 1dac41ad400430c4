"""A question as the law answers it, and as those do who hold a misconception: all laws of an exercise at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from lawmodel.cached_property import cached_property
from lawmodel.case.case import Case
from lawmodel.case.telling_case import telling_case
from lawmodel.case.valuation import as_written
from lawmodel.dataclass import dataclass
from lawmodel.exercises.exercise import AnswerInBrief
from lawmodel.exercises.prose.facts_told import facts_given, paths_read
from lawmodel.exercises.prose.story import NotTold, tell
from lawmodel.exercises.single_facts import without_numbers
from lawmodel.inputs import reading_key
from lawmodel.inquiry.answer_in_brief import answer_in_brief
from lawmodel.inquiry.decider import Decider
from lawmodel.inquiry.distinguishing.mutants import mutants
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.condition import Always
from lawmodel.rulebook.held_law import held_law, read_otherwise
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.parts import with_entries

FEWEST_NAMED: Final = 8
"""With fewer misconceptions of a question, slips that nobody has named stand beside them where no words are needed."""
SLIPS: Final = 20
"""So many of them at most, spread over all there are."""


@dataclass(frozen=True, slots=True)
class HeldLaw:
    """A law that somebody may take for the law."""

    id: str
    says: str
    """What one who holds it believes, as a sentence; empty where nobody has put it into words."""
    because: str
    """What the law has in its place, as a sentence; perhaps empty."""
    reading: tuple[str, str] | None
    """The reading and the option, where it is nothing but that."""
    rulebook: Rulebook
    decider: Decider
    named: bool = True
    """Whether it has words in the rulebook."""
    misconception: str | None = None
    """The misconception of the rulebook that it is, if it is one."""

    @property
    def command(self) -> tuple[str, ...]:
        """The options of a command that answers as one who holds it would; none where there are no such."""
        if self.misconception is not None:
            return ("--held-by", self.misconception)
        return () if self.reading is None else ("--reading", "=".join(self.reading))


class Laws:
    """The law on one question, and what may be taken for it; made once for many exercises."""

    def __init__(self, rulebook: Rulebook, question: str) -> None:
        self.rulebook, self.question = rulebook, question
        self.law = Decider(rulebook, question, rulebook.ordinary_stage)
        self._without: dict[str, Decider] = {}

    @cached_property
    def held(self) -> Mapping[str, HeldLaw]:
        """What may be taken for the law, by id: misconceptions of the rulebook, and readings that are none by default.

        Where there is neither they are slips.
        """
        found: dict[str, HeldLaw] = {}
        for name, one in self.rulebook.misconceptions.items():
            if one.question != self.question or one.stage is not None:
                continue
            law = held_law(self.rulebook, name)
            edit = one.edit[0]
            sole = len(one.edit) == 1 and edit.reading is not None and edit.option is not None
            reading = (str(edit.reading), str(edit.option)) if sole else None
            decider = Decider(law, self.question, law.ordinary_stage)
            found[name] = HeldLaw(name, one.says, one.because or "", reading, law, decider, misconception=name)
        known = {one.reading for one in found.values()}
        found |= {one.id: one for one in self._read_otherwise() if one.reading not in known}
        return found or dict(self.slips)

    def _read_otherwise(self) -> Iterator[HeldLaw]:
        """The law under each option of a reading that some source supports and that is not taken by default."""
        for name, reading in self.rulebook.readings.items():
            if reading.default is None or reading_key(name) not in self.law.comparisons.occurring:
                continue
            for option in reading.options:
                if option.id == reading.default or not option.supported_by:
                    continue
                law = read_otherwise(self.rulebook, name, option.id)
                decider = Decider(law, self.question, law.ordinary_stage)
                because = f"By default {reading.option(reading.default).says}."
                yield HeldLaw(f"{name}={option.id}", _sentence(option.says), because, (name, option.id), law, decider)

    @cached_property
    def read_besides(self) -> Mapping[str, frozenset[str]]:
        """By misconception what it makes count, and the law does not read on this question."""
        read = paths_read(self.rulebook, self.law.question, ())
        named = [one for one in self.held.values() if one.misconception is not None]
        found = {one.id: paths_read(self.rulebook, one.decider.question, ()) - read for one in named}
        return {name: paths for name, paths in found.items() if paths}

    def told_beside(self, case: Case) -> tuple[str, ...]:
        """What a case gives, by key, that counts for those alone who err on it; lists that are empty apart.

        What the file does not say is told, whoever it counts for: else it would show what the law asks for.
        """
        paths: set[str] = set()
        for name, read in self.read_besides.items():
            ours, theirs = self.answer(case), self.answer(case, name)
            if (ours.outcome, ours.grounds, ours.beside) != (theirs.outcome, theirs.grounds, theirs.beside):
                paths |= read
        read_by_some = frozenset[str]().union(*self.read_besides.values())
        return tuple(
            key
            for key, value in facts_given(self.rulebook, case).items()
            if without_numbers(key) in (read_by_some if value is None else paths) and value != 0
        )

    @cached_property
    def everybody(self) -> Mapping[str, HeldLaw]:
        """The same, and slips besides where few are named: for options that need no words of theirs."""
        return self.held if len(self.held) >= FEWEST_NAMED else {**self.held, **self.slips}

    @cached_property
    def slips(self) -> Mapping[str, HeldLaw]:
        """Slips of the provisions of this question: the law with one small thing otherwise."""
        ours = [
            one
            for one in mutants(self.rulebook)
            if one.section != "provisions" or self.rulebook.provisions[one.entry].question == self.question
        ]
        step = max(1, len(ours) // SLIPS)
        found: dict[str, HeldLaw] = {}
        for one in ours[::step]:
            law = one.make()
            says = f"{_sentence(one.would_be)}" if one.would_be and one.would_be != "not there" else ""
            decider = Decider(law, self.question, law.ordinary_stage)
            name = f"slip-{one.number}"
            found[name] = HeldLaw(name, says, f"The law says: {one.was}.", None, law, decider, named=False)
        return found

    @cached_property
    def telling_cases(self) -> tuple[Case, ...]:
        """The cases on which the misconceptions of the question show, if these are decided by the law of their day."""
        found = []
        for one in self.rulebook.misconceptions.values():
            if one.question == self.question and one.stage is None and one.on is None:
                found.append(telling_case(self.rulebook, one))
        return tuple(found)

    @cached_property
    def is_told_in_phrases(self) -> bool:
        """Whether the rulebook has words in which its cases are told; else they are told in those of their values."""
        try:
            told = [tell(self.rulebook, case, self.question, seed=0) for case in self.telling_cases]
        except NotTold:
            return False
        return bool(told) and not any(one.in_words_of_values for one in told)

    def is_a_mistake(self, name: str) -> bool:
        """Whether what is held, by its id, is something else than a reading that nobody has called a misconception."""
        held = self.everybody.get(name)
        return held is None or held.misconception is not None or not held.named

    def without(self, provision: str) -> Decider:
        """The law without a provision."""
        if provision not in self._without:
            entry = replace(
                self.rulebook.provisions[provision], when=Always(False, self.rulebook.provisions[provision].place)
            )
            entries = {**self.rulebook.provisions, provision: entry}
            law = with_entries(self.rulebook, "provisions", entries, what=(provision, entry))
            self._without[provision] = Decider(law, self.question, law.ordinary_stage)
        return self._without[provision]

    def answer(self, case: Case, held: str | None = None, readings: Mapping[str, str] | None = None) -> AnswerInBrief:
        """What the law answers, or one who holds a misconception; raises `ProblemsFound` for a case that cannot be."""
        decider = self.law if held is None else self.everybody[held].decider
        return answer_in_brief(decider, case, readings)

    def answers(self, case: Case, *, everybody: bool = False) -> dict[str, AnswerInBrief]:
        """What those answer who hold something else than the law, by its id; with slips if ``everybody``."""
        found: dict[str, AnswerInBrief] = {}
        for name in self.everybody if everybody else self.held:
            try:
                found[name] = self.answer(case, name)
            except ProblemsFound:
                continue
        return found

    def is_odd(self, case: Case) -> bool:
        """Whether the rulebook finds something odd about a case; raises `ProblemsFound` where it cannot be.

        What leaving out means counts here, and what is presumed does not: a story is silent about either.
        """
        valued = self.law.value(case, case.readings, case.on).valuation.values
        facts = self.rulebook.facts
        left_out = {path: value for path, value in valued.items() if path in facts and facts[path].ordinary is None}
        values = {
            **as_written(self.rulebook, case, valued),
            **{k: v for k, v in left_out.items() if k not in case.facts},
        }
        return next(iter(self.law.combinations.warnings(values)), None) is not None

    def supported(self, reading: str, option: str) -> bool:
        """Whether some source reads the law so."""
        return bool(self.rulebook.readings[reading].option(option).supported_by)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
