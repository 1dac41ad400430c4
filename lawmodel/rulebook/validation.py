"""Whether the entries of a rulebook fit together: names exist, sources are given, dates come in order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lawmodel.problems import Place, did_you_mean, listed
from lawmodel.rulebook.condition import Conclusion, StatedPart, names_in, walk
from lawmodel.rulebook.cycles import check_cycles
from lawmodel.rulebook.extents import check_extents
from lawmodel.rulebook.fact_validation import FactValidation
from lawmodel.rulebook.idle_keys import IdleKeys
from lawmodel.rulebook.law_day import LawDay
from lawmodel.rulebook.misconception_validation import MisconceptionValidation
from lawmodel.rulebook.model import (
    AS_SURE_AS,
    CERTAINTIES,
    MOST_OF_SHORT,
    MOST_WORDS,
    Consistency,
    Gap,
    Instrument,
    OtherDate,
    Provision,
    Reading,
    Rulebook,
    Source,
    SourceRef,
    Words,
)
from lawmodel.rulebook.names import NameCheck
from lawmodel.rulebook.phrase_validation import PhraseValidation
from lawmodel.rulebook.property_validation import PropertyValidation
from lawmodel.rulebook.question_validation import QuestionValidation
from lawmodel.rulebook.statement_validation import StatementValidation, Surroundings

ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*\Z")
EARLIER_ID = re.compile(r"[^@/\s]+@[^@/\s]+")
LANGUAGE = re.compile(r"[a-z]{2,3}")
ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]{1,2000}\Z")
STAGE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\Z")


def validate_rulebook(rulebook: Rulebook, names: NameCheck, law_date: Place) -> None:
    """Note every mistake in how the entries of a rulebook fit together; ``law_date`` is where the head names it."""
    Validation(rulebook, names).check(law_date)


class Validation:
    """The checks, one method for each section."""

    def __init__(self, rulebook: Rulebook, names: NameCheck) -> None:
        self.rulebook = rulebook
        self.names = names
        self.problems = names.problems
        self.statements = StatementValidation(rulebook, names)
        self._given: dict[str, str] = {}
        """By earlier id of a version: the provision that has it now."""

    def check(self, law_date: Place) -> None:
        """Run all checks."""
        rulebook, at = self.rulebook, self.names.mappings.value
        self._ids()
        for source in rulebook.sources.values():
            if source.address is not None and not ADDRESS.match(source.address):
                mend = "Write it as a browser has it: https://…, without blanks."
                self.problems.at(at(source.place, "address"), f"`{source.address}` is no address", mend)
            if source.language is not None and not LANGUAGE.fullmatch(source.language):
                mend = "Write its code of two or three small letters, such as ru, uk or en (ISO 639)."
                self.problems.at(at(source.place, "language"), f"`{source.language}` is no code of a language", mend)
        self.statements.ends = check_cycles(rulebook, self.problems) and check_extents(rulebook, self.problems)
        for instrument in rulebook.instruments.values():
            self._instrument(instrument)
        facts = FactValidation(rulebook, self.names, self.statements)
        for fact in rulebook.facts.values():
            facts.check(fact)
        for choices in rulebook.choices.values():
            facts.choices(choices.of, at(choices.place, "of"))
        questions = QuestionValidation(rulebook, self.names, self.statements, facts)
        self._law_date(law_date)
        self._consistency()
        for reading in rulebook.readings.values():
            self._reading(reading)
        for number in rulebook.numbers.values():
            self._cited(number.sources, number.place, f"the number `{number.id}`")
        for date in rulebook.dates.values():
            self.statements.date_rule(date.value)
            self._cited(date.sources, date.place, f"the date `{date.id}`")
        for concept in rulebook.concepts.values():
            if concept.about is not None:
                self.statements.records(concept.about, at(concept.place, "about"))
            self._sources(concept.sources)
            self.statements.check(concept.when, Surroundings(records=concept.about, at=True))
        for conclusion in rulebook.conclusions.values():
            self._sources(conclusion.sources)
            self._quoted(conclusion.words, conclusion.place)
            self.statements.check(conclusion.concludes, Surroundings(at=True))
        for question in rulebook.questions.values():
            questions.question(question)
        for provision in rulebook.provisions.values():
            self._provision(provision)
        properties = PropertyValidation(rulebook, self.names, self.statements)
        for one in rulebook.properties.values():
            properties.check(one)
            self._sources(one.sources)
        self._half_read()
        for consequence in rulebook.consequences.values():
            self._cited(consequence.sources, consequence.place, f"the consequence `{consequence.id}`")
            for figure in consequence.figures:
                questions.figure(figure)
        for telling in rulebook.tellings.values():
            questions.telling(telling)
        for gap in rulebook.gaps.values():
            self._gap(gap)
        misconceptions = MisconceptionValidation(rulebook, self.names, self.statements)
        for misconception in rulebook.misconceptions.values():
            misconceptions.check(misconception)
        phrases = PhraseValidation(rulebook, self.names)
        for told in rulebook.phrases.values():
            phrases.check(told)
        IdleKeys(rulebook, self.names, self.statements).check()

    def _gap(self, gap: Gap) -> None:
        """Note every mistake in what was not found."""
        rulebook, at = self.rulebook, self.names.mappings.value
        self._sources(gap.sources)
        touched = (
            ("questions", "question", gap.questions, rulebook.questions),
            ("provisions", "provision", gap.provisions, rulebook.provisions),
            ("readings", "reading", gap.readings, rulebook.readings),
            ("instruments", "instrument", gap.instruments, rulebook.instruments),
        )
        for key, what, named, known in touched:
            for name in named:
                if name not in known:
                    hint = f"Name entries of the section `{key}`."
                    self.names.missing(key, what, name, known, at(gap.place, key, name), hint)
        asked = [rulebook.questions[name] for name in gap.questions if name in rulebook.questions]
        outcomes = [one.id for question in asked for one in question.outcomes]
        for name in gap.outcomes:
            if name not in outcomes and len(asked) == len(gap.questions):
                mend = did_you_mean(name, outcomes, f"They are: {listed(outcomes)}.")
                self.problems.at(at(gap.place, "outcomes", name), f"`{name}` is no outcome of its `questions`", mend)
        if not any(named for _, _, named, _ in touched):
            mend = "Name what it could touch: questions, provisions, readings or instruments."
            self.problems.at(gap.place, f"`{gap.id}` touches nothing", mend)
        if rulebook.as_of is not None and gap.on > rulebook.as_of:
            mend = f"The law is known as of {rulebook.as_of} (`as_of` of the rulebook): correct one of the two."
            self.problems.at(at(gap.place, "on"), f"`{gap.id}` was looked for after that day", mend)
        if gap.when is not None:
            self.statements.check(gap.when, Surroundings())

    def _half_read(self) -> None:
        """Check the conditions and conclusions of entries that are wrong for other reasons."""
        for entry in self.names.half_read:
            about, question = entry.get("about"), entry.get("question")
            where = Surroundings(
                records=about if isinstance(about, str) else None,
                at=True,
                question=question if isinstance(question, str) else None,
            )
            for key in ("when", "unless", "in_force", "concludes"):
                if isinstance(stated := entry.get(key), StatedPart):
                    self.statements.check(stated, where)

    def _ids(self) -> None:
        rulebook, at = self.rulebook, self.names.mappings.value
        facts = {*rulebook.facts, *(f"{path}.{one.id}" for path, fact in rulebook.facts.items() for one in fact.of)}
        fields = {one.id for fact in rulebook.facts.values() for one in fact.of}
        outcomes = {one.id for question in rulebook.questions.values() for one in question.outcomes}
        taken: dict[str, tuple[Collection[str], str]] = {
            "reading": (facts, "a fact"),
            "date": (facts | fields, "a fact"),
            "number": (facts | fields, "a fact"),
            "conclusion": (outcomes, "an outcome"),
        }
        sections: Mapping[str, Mapping[str, Any]] = {
            "source": rulebook.sources,
            "instrument": rulebook.instruments,
            "list of choices": rulebook.choices,
            "reading": rulebook.readings,
            "number": rulebook.numbers,
            "date": rulebook.dates,
            "concept": rulebook.concepts,
            "conclusion": rulebook.conclusions,
            "consequence": rulebook.consequences,
            "telling": rulebook.tellings,
            "question": rulebook.questions,
            "provision": rulebook.provisions,
            "property": rulebook.properties,
            "gap": rulebook.gaps,
            "misconception": rulebook.misconceptions,
            "entry of phrases": rulebook.phrases,
        }
        for kind, entries in sections.items():
            others, what = taken.get(kind, ((), ""))
            for name, entry in entries.items():
                place = at(entry.place, "id")
                if not ID.match(name):
                    mend = "Ids are lower-case words and digits joined by hyphens, such as article-12-a."
                    self.problems.at(place, f"`{name}` is no id", mend)
                self.names.check_word(kind, name, place)
                if name in others:
                    self.problems.at(place, f"`{name}` is the name of {what} too", "Give one of them another name.")
        for stage in rulebook.stages:
            if not STAGE.match(stage.id):
                mend = "Use lower-case words joined by underscores or hyphens."
                self.problems.at(at(stage.place, "id"), f"`{stage.id}` is no id of a stage", mend)

    def _law_date(self, place: Place) -> None:
        dates = [path for path, fact in self.rulebook.facts.items() if fact.sort == "date"]
        name = self.rulebook.law_date
        if self.rulebook.law_day is not None:
            if self.statements.ends:
                LawDay(self.rulebook, self.names).check(self.rulebook.law_day, place)
            return
        if name not in dates and (name in self.rulebook.facts or not self.names.doubtful("facts", name)):
            known = [*dates, *self.rulebook.dates]
            mend = did_you_mean(name, known, "Declare it in `facts`, or in `dates`.")
            self.problems.at(place, f"`{name}` is neither a fact of type date nor a named date", mend)

    def _consistency(self) -> None:
        facts = self.rulebook.facts
        dates = [path for path, fact in facts.items() if fact.sort == "date"]
        dates += [f"{path}.{one.id}" for path, fact in facts.items() for one in fact.of if one.sort == "date"]
        for entry in self.rulebook.consistency:
            place = self.names.mappings.value
            if entry.when is not None or entry.overlap or not entry.order:
                self._combination(entry)
                continue
            idle = ("id", entry.id), ("level", entry.level), ("questions", entry.questions), ("same", entry.same)
            for key, given in idle:
                if given:
                    mend = "Take it out: an order of days is always an error. Or write a condition under `when`."
                    self.problems.at(
                        self.names.mappings.key(entry.place, key), f"`{key}` says nothing of an order", mend
                    )
            if len(entry.order) < 2:
                self.problems.at(place(entry.place, "order"), "an order needs two days or more", "List them in order.")
            for path in entry.order:
                group = path.rpartition(".")[0]
                if path in dates or self.names.doubtful("facts", path) or self.names.doubtful("facts", group or path):
                    continue
                self.problems.at(
                    place(entry.place, "order", path),
                    f"`{path}` is no fact of type date",
                    did_you_mean(path, dates, "Name facts of type date, or date fields of one list (`list.field`)."),
                )
            lists = {path.rpartition(".")[0] if path not in facts else "" for path in entry.order if path in dates}
            if len(lists) > 1:
                self.problems.at(
                    place(entry.place, "order"),
                    "an order joins fields of different lists, or fields and single facts",
                    "Order single facts, or fields of one list.",
                )

    def _combination(self, entry: Consistency) -> None:
        """Note every mistake in what no case is, or what is odd."""
        at = self.names.mappings
        given = [key for key in ("order", "when", "overlap") if getattr(entry, key)]
        if not given:
            mend = "Write `order: [ … ]` for days in their order, or `when: …` for what no case is."
            self.problems.at(entry.place, "neither `order` nor `when` is given", mend)
            return
        for key in given[1:]:
            both = f"both `{given[0]}` and `{key}` are given"
            self.problems.at(at.key(entry.place, key), both, "Make two entries of it.")
        if entry.id is None:
            mend = "Write `id: …`, by which remarks on cases are named."
            self.problems.at(entry.place, "`id` is missing", mend)
        elif not ID.match(entry.id):
            mend = "Ids are lower-case words and digits joined by hyphens, such as article-12-a."
            self.problems.at(at.value(entry.place, "id"), f"`{entry.id}` is no id", mend)
        elif any(one.id == entry.id for one in self.rulebook.consistency[: self.rulebook.consistency.index(entry)]):
            mend = "Give one of them another id."
            self.problems.at(at.value(entry.place, "id"), f"`{entry.id}` stands twice in `consistency`", mend)
        known = self.rulebook.questions
        for name in entry.questions:
            if name not in known:
                where = at.value(entry.place, "questions", name)
                self.names.missing("questions", "question", name, known, where, f"The questions are: {listed(known)}.")
        if entry.when is not None:
            self.statements.check(entry.when, Surroundings())
        if entry.overlap:
            self._overlap(entry)
        elif entry.same:
            mend = "Take it out: only records that overlap are alike in fields."
            self.problems.at(at.key(entry.place, "same"), "`same` says nothing of a condition", mend)

    def _overlap(self, entry: Consistency) -> None:
        """Note every mistake in what is odd about two records."""
        at, facts = self.names.mappings, self.rulebook.facts
        if entry.level != "warning":
            mend = "Write `level: warning`: what two records are together is odd at most."
            self.problems.at(at.value(entry.place, "overlap"), "an overlap is no error", mend)
        if len(entry.overlap) != 2:
            mend = "Name the fields of the first and of the last day, such as `[list.from, list.to]`."
            self.problems.at(at.value(entry.place, "overlap"), "an overlap needs two days", mend)
        records = entry.overlap[0].rpartition(".")[0]
        fields = {f"{records}.{field.id}": field for field in (facts[records].of if records in facts else ())}
        for key, path in (*(("overlap", one) for one in entry.overlap), *(("same", one) for one in entry.same)):
            if self.names.doubtful("facts", records) or (
                path in fields and (key == "same" or fields[path].sort == "date")
            ):
                continue
            wanted = "date field" if key == "overlap" else "field"
            known = [one for one, field in fields.items() if key == "same" or field.sort == "date"]
            self.problems.at(
                at.value(entry.place, key, path),
                f"`{path}` is no {wanted} of one list",
                did_you_mean(path, known, f"Name {wanted}s of one list (`list.field`)."),
            )

    def _instrument(self, instrument: Instrument) -> None:
        at = self.names.mappings.value
        order = [stage.id for stage in self.rulebook.stages]
        if not instrument.steps:
            self.problems.at(
                at(instrument.place, "steps"),
                f"`{instrument.id}` has no steps",
                "Write at least the day on which it came into force.",
            )
        self._cited(instrument.sources, instrument.place, f"the instrument `{instrument.id}`")
        last: tuple[int, datetime.date] | None = None
        for step in instrument.steps:
            self._sources(step.sources)
            self._sources(step.disputed_by)
            if step.stage not in order:
                place = at(step.place, "stage")
                self.names.missing("stages", "stage", step.stage, order, place, f"The stages are: {listed(order)}.")
                continue
            if step.date == datetime.date.min:
                continue  # its date is no day, which is noted already
            here = order.index(step.stage), step.date
            if last is not None and (here[0] <= last[0] or here[1] < last[1]):
                self.problems.at(
                    at(step.place, "stage" if here[0] <= last[0] else "date"),
                    f"the step `{step.stage}` comes out of order",
                    "List the steps from the first to the last, in the order of the stages; no stage twice.",
                )
            last = here
        if instrument.ceases is not None:
            self._sources(instrument.ceases.sources)

    def _reading(self, reading: Reading) -> None:
        at = self.names.mappings.value
        options = [option.id for option in reading.options]
        if len(options) < 2:
            self.problems.at(
                at(reading.place, "options"),
                f"the reading `{reading.id}` has fewer than two options",
                "Where nobody differs there is no reading: use a concept.",
            )
        for number, option in enumerate(reading.options):
            if not ID.match(option.id):
                mend = "Use lower-case words joined by hyphens."
                self.problems.at(at(option.place, "id"), f"`{option.id}` is no id of an option", mend)
            self.names.check_word("option", option.id, at(option.place, "id"))
            if option.id in options[:number]:
                place = at(option.place, "id")
                self.problems.at(place, f"the option `{option.id}` stands twice", "Give one of them another id.")
            self._sources(option.supported_by)
            if option.held is not None:
                self._cited(option.held.sources, option.held.place, f"`held` of the option `{option.id}`")
        if reading.default is not None and reading.default not in options:
            self.problems.at(
                at(reading.place, "default"),
                f"the default `{reading.default}` is no option of `{reading.id}`",
                did_you_mean(reading.default, options, f"Its options are: {listed(options)}."),
            )
        for one in reading.would_settle:
            self._sources(one.sources)
        every = (*reading.sources, *(ref for option in reading.options for ref in option.supported_by))
        self._cited(every, reading.place, f"the reading `{reading.id}`")

    def _provision(self, provision: Provision) -> None:
        rulebook, names, place = self.rulebook, self.names, provision.place
        at = names.mappings.value
        if provision.question not in rulebook.questions:
            hint = f"The questions are: {listed(rulebook.questions)}."
            where = at(place, "question")
            names.missing("questions", "question", provision.question, rulebook.questions, where, hint)
        self._cited(provision.sources, place, f"the provision `{provision.id}`")
        self._words(provision)
        self._earlier_ids(provision)
        for key, name in (("enacted_by", provision.enacted_by), ("repealed_by", provision.repealed_by)):
            if name is not None:
                self.statements.law(name, None, at(place, key))
        if provision.enacted_by is not None and provision.in_force is not None:
            self.problems.at(
                names.mappings.key(place, "in_force"),
                "both `enacted_by` and `in_force` are given",
                "Keep one: the instrument, or the condition.",
            )
        surroundings = Surroundings(at=provision.at is not None, question=provision.question)
        if provision.at is not None:
            self.statements.date(provision.at, Surroundings())
        for stated in (provision.when, provision.unless, provision.in_force, provision.concludes):
            if stated is not None:
                self.statements.check(stated, surroundings)
        if provision.brings is not None:
            self.statements.check(provision.brings, replace(surroundings, question=None))
            self._brought(provision.brings)
        if provision.concludes is None and not provision.disapplies and provision.brings is None:
            self.problems.at(
                place,
                f"the provision `{provision.id}` concludes nothing",
                "Write `concludes: …`, or what it `brings`, or the provisions that it `disapplies`.",
            )
        for other in provision.disapplies:
            where = at(place, "disapplies", other)
            if other not in rulebook.provisions:
                names.missing("provisions", "provision", other, rulebook.provisions, where, "Check the id.")
            elif rulebook.provisions[other].question != provision.question:
                mend = "A provision disapplies provisions of its own question."
                self.problems.at(where, f"`{other}` answers another question", mend)

    def _words(self, provision: Provision) -> None:
        """Note where the operative words are wrong, and where a provision is told to be surer than what it rests on."""
        at, words, known = self.names.mappings, provision.words, self.rulebook.sources
        rests_on: list[Source] = [known[ref.id] for ref in provision.sources if ref.id in known]
        if words is not None:
            self._quoted(words, provision.place)
            rests_on = [known[words.source]] if words.source in known else []
        if provision.short is not None and len(provision.short.split()) > MOST_OF_SHORT:
            said = f"{len(provision.short.split())} words say in short why it applies, and {MOST_OF_SHORT} may"
            self.problems.at(at.value(provision.place, "short"), said, "Leave out what the case itself says.")
        if not rests_on or any(one.seen is None for one in rests_on):
            return
        seen = [AS_SURE_AS[one.seen.how] for one in rests_on if one.seen is not None]
        best = min(seen, key=CERTAINTIES.index)
        if CERTAINTIES.index(provision.certainty) < CERTAINTIES.index(best):
            how = listed(dict.fromkeys(f"{one.id}: {one.seen.how}" for one in rests_on if one.seen is not None))
            self.problems.at(
                at.value(provision.place, "certainty"),
                f"`{provision.certainty}` is surer than what `{provision.id}` rests on ({how})",
                f"Write `certainty: {best}`, or say that its source was seen otherwise.",
            )

    def _earlier_ids(self, provision: Provision) -> None:
        """Note what is no id of a version, and an id that would stand for two versions."""
        for one in provision.earlier_ids:
            place = self.names.mappings.value(one.place, "was")
            if not EARLIER_ID.fullmatch(one.was):
                mend = "Write it as it was given, without what stands before the provision: article-12@2026-03-19."
                self.problems.at(place, f"`{one.was}` is no id of a version", mend)
            elif one.was == f"{provision.id}@{one.now}":
                self.problems.at(place, f"`{one.was}` is its id now", "Take the line out.")
            elif (other := self._given.setdefault(one.was, provision.id)) != provision.id:
                mend = "An id leads to one version. Take out one of the two lines."
                self.problems.at(place, f"`{one.was}` is an earlier id of `{other}` too", mend)

    def _quoted(self, words: Words | None, entry: Place) -> None:
        """Note where operative words of an entry are from no source, or are too many."""
        if words is None:
            return
        at = self.names.mappings
        place = at.value(entry, "words")
        self._source(words.source, at.value(place, "source"))
        if len(words.original.split()) > MOST_WORDS:
            said = f"{len(words.original.split())} words are quoted, and {MOST_WORDS} may be"
            self.problems.at(at.value(place, "original"), said, "Quote the operative words alone.")

    def _brought(self, brings: Conclusion) -> None:
        known = self.rulebook.consequences
        for part in walk(brings):
            for name in names_in(part).conclusions:
                if name not in known:
                    mend = "Add it to the section `consequences`."
                    self.names.missing("consequences", "consequence", name, known, part.place, mend)

    def _cited(self, references: Sequence[SourceRef], place: Place, what: str) -> None:
        if not references:
            self.problems.at(
                self.names.mappings.value(place, "sources"),
                f"{what} names no source",
                "Every rule, reading and date says where it comes from: `sources: [{id: …, at: …}]`.",
            )
        self._sources(references)

    def _sources(self, references: Iterable[SourceRef | OtherDate]) -> None:
        for reference in references:
            self._source(reference.id, self.names.mappings.value(reference.place, "id"))

    def _source(self, name: str, place: Place) -> None:
        known = self.rulebook.sources
        if name not in known:
            self.names.missing("sources", "source", name, known, place, "Add it to the section `sources`.")
