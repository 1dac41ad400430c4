"""Whether a misconception changes what there is, and leaves a law of which questions can be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from lawmodel.problems import Collector, Place, did_you_mean, listed
from lawmodel.rulebook.cycles import check_cycles, rests_on
from lawmodel.rulebook.held_law import held_law
from lawmodel.rulebook.misconception import Edit, Misconception, ToldAnswer
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.parts import STATEMENTS
from lawmodel.rulebook.serialise import as_written
from lawmodel.rulebook.statement_validation import StatementValidation, Surroundings

STATED: Final[Mapping[str, tuple[str, ...]]] = {
    "provision": dict(STATEMENTS)["provisions"],
    "concept": dict(STATEMENTS)["concepts"],
    "conclusion": dict(STATEMENTS)["conclusions"],
    "reading": ("option",),
    "instrument": ("stage", "date"),
}
"""What an edit names, with the keys that say how it is otherwise."""
TOGETHER: Final = ("reading", "instrument")
"""Of these all keys are needed; of the others one at least."""


class MisconceptionValidation:
    """Checks misconceptions against a rulebook; every mistake goes to the collector."""

    def __init__(self, rulebook: Rulebook, names: NameCheck, statements: StatementValidation) -> None:
        self.rulebook = rulebook
        self.names = names
        self.problems = names.problems
        self.statements = statements

    def check(self, one: Misconception) -> None:
        """Note every mistake in a misconception."""
        rulebook, at = self.rulebook, self.names.mappings.value
        before = len(self.problems.problems)
        if one.question not in rulebook.questions:
            hint = f"The questions are: {listed(rulebook.questions)}."
            where = at(one.place, "question")
            self.names.missing("questions", "question", one.question, rulebook.questions, where, hint)
        else:
            for key, answer in (("law", one.law), ("held", one.held)):
                self._answer(one, key, answer)
        if not one.edit:
            mend = "Write `edit: [{reading: …, option: …}]`, or what an entry would say: `[{concept: …, when: …}]`."
            self.problems.at(at(one.place, "edit"), f"`{one.id}` changes nothing", mend)
        for edit in one.edit:
            self._edit(edit)
        self._chosen(one)
        told = [(each.outcome, {*each.grounds}, each.consequences) for each in (one.law, one.held)]
        if told[0] == told[1]:
            mend = "Choose a case on which the two answers are not the same."
            self.problems.at(one.held.place, f"the case of `{one.id}` tells nothing: both answers are the same", mend)
        if len(self.problems.problems) == before and not self.names.unread and not self.names.half_read:
            self._whole(one)

    def _answer(self, one: Misconception, key: str, answer: ToldAnswer) -> None:
        at = self.names.mappings.value
        outcomes = [outcome.id for outcome in self.rulebook.questions[one.question].outcomes]
        if answer.outcome not in outcomes:
            mend = did_you_mean(answer.outcome, outcomes, f"They are: {listed(outcomes)}.")
            where = at(answer.place, "outcome")
            self.problems.at(where, f"`{answer.outcome}` is no outcome of `{one.question}`", mend)
        for name in answer.consequences or ():
            if name not in self.rulebook.consequences:
                mend, where = "Name entries of the section `consequences`.", at(answer.place, "consequences", name)
                self.names.missing("consequences", "consequence", name, self.rulebook.consequences, where, mend)
        for name in answer.grounds:
            provision = self.rulebook.provisions.get(name)
            if provision is None or provision.question != one.question:
                known = [each.id for each in self.rulebook.provisions.values() if each.question == one.question]
                if not self.names.doubtful("provisions", name):
                    mend = did_you_mean(name, known, f"Known: {listed(known)}.")
                    where = at(answer.place, "grounds", name)
                    self.problems.at(where, f"`{name}` is no provision that answers `{one.question}`", mend)

    def _chosen(self, one: Misconception) -> None:
        for name, option in one.readings.items():
            self._reading(name, option, self.names.mappings.value(one.place, "readings"), name)
        stages = [stage.id for stage in self.rulebook.stages]
        if one.stage is not None and one.stage not in stages:
            where, hint = self.names.mappings.value(one.place, "stage"), f"The stages are: {listed(stages)}."
            self.names.missing("stages", "stage", one.stage, stages, where, hint)

    def _reading(self, name: str, option: str | None, place: Place, key: str) -> None:
        readings = self.rulebook.readings
        if name not in readings:
            hint = "Define it in the section `readings`."
            self.names.missing("readings", "reading", name, readings, place, hint)
            return
        options = [each.id for each in readings[name].options]
        if option is not None and option not in options:
            mend = did_you_mean(option, options, f"Its options are: {listed(options)}.")
            where = self.names.mappings.value(place, key)
            self.problems.at(where, f"the reading `{name}` has no option `{option}`", mend)

    def _edit(self, edit: Edit) -> None:
        mappings = self.names.mappings
        named = [what for what in STATED if getattr(edit, what) is not None]
        if len(named) != 1:
            said = "an edit names one thing that is otherwise" if named else "this edit names nothing"
            self.problems.at(edit.place, said, f"Name one of: {listed(STATED)}.")
            return
        what = named[0]
        given = [key for keys in STATED.values() for key in keys if getattr(edit, key) is not None]
        for key in dict.fromkeys(given):
            if key not in STATED[what]:
                mend = f"Of a {what} it can say {listed(STATED[what])}."
                self.problems.at(mappings.key(edit.place, key), f"`{key}` says nothing of a {what}", mend)
        missing = [key for key in STATED[what] if getattr(edit, key) is None]
        if missing and (what in TOGETHER or len(missing) == len(STATED[what])):
            needed = " and ".join(STATED[what]) if what in TOGETHER else " or ".join(STATED[what])
            self.problems.at(edit.place, "this edit does not say what is otherwise", f"Write {needed}.")
        place = mappings.value(edit.place, what)
        if edit.reading is not None:
            self._reading(edit.reading, edit.option, edit.place, "option")
        elif edit.instrument is not None:
            self._instrument(edit.instrument, edit, place)
        else:
            self._stated(what, edit, place)

    def _instrument(self, name: str, edit: Edit, place: Place) -> None:
        known = self.rulebook.instruments
        if name not in known:
            self.names.missing("instruments", "instrument", name, known, place, "Add it to the section `instruments`.")
            return
        stages = [stage.id for stage in self.rulebook.stages]
        if edit.stage is not None and edit.stage not in stages:
            where = self.names.mappings.value(edit.place, "stage")
            self.names.missing("stages", "stage", edit.stage, stages, where, f"The stages are: {listed(stages)}.")

    def _stated(self, what: str, edit: Edit, place: Place) -> None:
        section, name = edit.section, edit.entry
        assert section is not None
        assert name is not None
        known = getattr(self.rulebook, section)
        if name not in known:
            self.names.missing(section, what, name, known, place, f"Add it to the section `{section}`.")
            return
        where = self._surroundings(edit)
        for key in STATED[what]:
            stated = getattr(edit, key)
            if stated is not None:
                self.statements.check(stated, where)

    def _surroundings(self, edit: Edit) -> Surroundings:
        if edit.provision is not None:
            provision = self.rulebook.provisions[edit.provision]
            question = None if edit.brings is not None else provision.question
            return Surroundings(at=provision.at is not None, question=question)
        about = None if edit.concept is None else self.rulebook.concepts[edit.concept].about
        return Surroundings(records=about, at=True)

    def _whole(self, one: Misconception) -> None:
        """Note where the edits are those of the law itself, or let definitions run in a circle."""
        law = held_law(self.rulebook, one.id)
        for edit in one.edit:
            section, name = edit.changed
            entries = [getattr(each, section)[name] for each in (self.rulebook, law)]
            if as_written(entries[0]) == as_written(entries[1]):
                said = f"`{name}` says so already"
                self.problems.at(edit.place, said, "Write what one who holds the misconception would read.")
        for found in self._circles(law, one):
            self.problems.at(one.place, f"with the edits of `{one.id}` {found}", "Break the circle.")

    def _circles(self, law: Rulebook, one: Misconception) -> Iterator[str]:
        if all(rests_on(self.rulebook, *edit.changed) == rests_on(law, *edit.changed) for edit in one.edit):
            return  # most edits let a definition rest on what it rests on in the law itself
        own, held = Collector(), Collector()
        check_cycles(self.rulebook, own)
        if not own.problems and not check_cycles(law, held):
            yield held.problems[0].message
