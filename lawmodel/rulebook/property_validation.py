"""Whether a property speaks only of what the rulebook declares, and claims something that can be shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from lawmodel.problems import Place, did_you_mean, listed
from lawmodel.rulebook.model import Change, Property, Question, Rulebook
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.statement_validation import StatementValidation, Surroundings

OF_ONE: tuple[str, ...] = ("always", "never", "ground", "no_ground", "brings", "never_brings")
"""The claims about one case; ``compared`` is about two."""


class PropertyValidation:
    """Checks properties against a rulebook; every mistake goes to the collector."""

    def __init__(self, rulebook: Rulebook, names: NameCheck, statements: StatementValidation) -> None:
        self.rulebook = rulebook
        self.names = names
        self.problems = names.problems
        self.statements = statements

    def check(self, one: Property) -> None:
        """Note every mistake in a property."""
        rulebook, at = self.rulebook, self.names.mappings.value
        question = rulebook.questions.get(one.question)
        if question is None:
            hint = f"The questions are: {listed(rulebook.questions)}."
            where = at(one.place, "question")
            self.names.missing("questions", "question", one.question, rulebook.questions, where, hint)
        else:
            self._claims(one, question)
        if one.given is not None:
            self.statements.check(one.given, Surroundings())
        self._readings(one.readings, at(one.place, "readings"))
        self._stages(one.stages, one.place, "stages")
        if one.on is not None and (one.since is not None or one.until is not None):
            self.problems.at(at(one.place, "on"), "`on` cannot stand beside `since` and `until`", "Keep one of them.")
        if one.since is not None and one.until is not None and one.until < one.since:
            self.problems.at(at(one.place, "until"), "`until` is before `since`", "Then there is no such day.")
        if one.changed is not None:
            self._changed(one, one.changed)
        if not one.holds and one.because is None:
            mend = "Write `because: …`: what the case shows that refutes it."
            self.problems.at(one.place, f"`{one.id}` does not hold, and nothing says why", mend)

    def _claims(self, one: Property, question: Question) -> None:
        claims, place = one.claims, one.claims.place
        outcomes = [outcome.id for outcome in question.outcomes]
        answers = [name for name, rule in self.rulebook.provisions.items() if rule.question == question.id]
        for key, known, what in (
            ("always", outcomes, f"outcome of `{question.id}`"),
            ("never", outcomes, f"outcome of `{question.id}`"),
            ("ground", answers, f"provision that answers `{question.id}`"),
            ("no_ground", answers, f"provision that answers `{question.id}`"),
            ("brings", self.rulebook.consequences, "consequence"),
            ("never_brings", self.rulebook.consequences, "consequence"),
        ):
            self._among(getattr(claims, key), known, what, place, key)
        some = any(getattr(claims, key) for key in OF_ONE)
        if not some and claims.compared is None:
            self.problems.at(place, f"`{one.id}` claims nothing", f"Write one of: {listed((*OF_ONE, 'compared'))}.")
        if claims.compared is not None and one.changed is None:
            mend = "Write `changed: …`: in what the second case differs from the first."
            self.problems.at(place, "`compared` needs two cases, and there is one", mend)
        if claims.compared is None and one.changed is not None and some:
            mend = "Write `compared: …`, or take `changed` out."
            self.problems.at(one.changed.place, "`changed` makes two cases, and nothing compares them", mend)

    def _among(self, named: Iterable[str], known: Collection[str], what: str, place: Place, key: str) -> None:
        section = {"ground": "provisions", "no_ground": "provisions"}.get(key, "consequences")
        for name in named:
            if name not in known and not (key in OF_ONE[2:] and self.names.doubtful(section, name)):
                where = self.names.mappings.value(place, key, name)
                self.problems.at(where, f"`{name}` is no {what}", did_you_mean(name, known, f"Known: {listed(known)}."))

    def _readings(self, chosen: Mapping[str, str], place: Place) -> None:
        readings = self.rulebook.readings
        for name, option in chosen.items():
            if name not in readings:
                where = self.names.mappings.key(place, name)
                hint = "Define it in the section `readings`."
                self.names.missing("readings", "reading", name, readings, where, hint)
                continue
            known = [one.id for one in readings[name].options]
            if option not in known:
                where = self.names.mappings.value(place, name)
                hint = did_you_mean(option, known, f"Its options are: {listed(known)}.")
                self.problems.at(where, f"the reading `{name}` has no option `{option}`", hint)

    def _stages(self, named: Iterable[str], place: Place, key: str) -> None:
        known = [stage.id for stage in self.rulebook.stages]
        for name in named:
            if name not in known:
                where = self.names.mappings.value(place, key, name)
                self.names.missing("stages", "stage", name, known, where, f"The stages are: {listed(known)}.")

    def _changed(self, one: Property, change: Change) -> None:
        at, facts, place = self.names.mappings.value, self.rulebook.facts, change.place
        lists = [path for path, fact in facts.items() if fact.sort == "records"]
        fields = [f"{path}.{field.id}" for path in lists for field in facts[path].of]
        for path in change.facts:
            if path not in facts and path not in fields:
                hint = "Declare it in `facts`, or check the spelling."
                self.names.missing("facts", "fact or field", path, [*facts, *fields], at(place, "facts", path), hint)
        for path, value in change.to.items():
            where = at(place, "to")
            if path not in facts or path in lists:
                single = [name for name in facts if name not in lists]
                hint = "Only single facts can be given a value here."
                self.names.missing("facts", "single fact", path, single, self.names.mappings.key(where, path), hint)
            elif path == self.rulebook.law_date:
                continue  # noted below
            elif facts[path].sort in ("yes/no", "choice"):
                self.statements.value(facts[path], value, at(where, path), path)
            else:
                mend = f"Write `facts: [{path}]`: then it may be anything."
                self.problems.at(at(where, path), f"`{path}` is a {facts[path].type} fact", mend)
        if self.rulebook.law_date in (*change.facts, *change.to):
            mend = "Write `on: …` in the property, and the other day as `on: …` here."
            said = f"`{self.rulebook.law_date}` dates the law and is not changed like other facts"
            self.problems.at(place, said, mend)
        if change.one_more is not None and self.statements.records(change.one_more, at(place, "one_more")):
            if change.such_that is not None:
                self.statements.check(change.such_that, Surroundings(records=change.one_more))
        elif change.such_that is not None and change.one_more is None:
            self.problems.at(place, "`such_that` without `one_more`", "Name the list of records: `one_more: …`.")
        self._readings(change.readings, at(place, "readings"))
        self._stages([change.stage] if change.stage is not None else [], place, "stage")
        if change.on is not None and one.on is None:
            mend = "Write the first day as `on: …` in the property."
            self.problems.at(at(place, "on"), "the law of a second day, and the first is not named", mend)
        if not any((change.facts, change.to, change.one_more, change.readings, change.on, change.stage)):
            self.problems.at(place, "`changed` changes nothing", "Name facts, a list, readings, a day or a stage.")
