"""Whether the entries of a rulebook fit together: names exist, nothing runs in a circle, sources are given."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lawmodel.problems import Collector, Place, did_you_mean, listed
from lawmodel.rulebook.model import (
    Concept,
    Fact,
    Figure,
    Instrument,
    Provision,
    Reading,
    Rulebook,
    SameAs,
    SharedConclusion,
    SourceRef,
    Telling,
)
from lawmodel.rulebook.statement_links import StatementLinks, Surroundings, concepts_in, conclusions_in

ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*\Z")
PATH = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?\Z")
NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


def check_links(rulebook: Rulebook, problems: Collector) -> None:
    """Note every mistake in how the entries of a rulebook fit together."""
    Links(rulebook, problems).check()


class Links:
    """The checks, one method for each section."""

    def __init__(self, rulebook: Rulebook, problems: Collector) -> None:
        self.rulebook = rulebook
        self.problems = problems
        self.statements = StatementLinks(rulebook, problems)

    def check(self) -> None:
        """Run all checks."""
        rulebook = self.rulebook
        self._ids()
        for instrument in rulebook.instruments.values():
            self._instrument(instrument)
        for fact in rulebook.facts.values():
            self._fact(fact, fact.id)
        self._head()
        for reading in rulebook.readings.values():
            self._reading(reading)
        for date in rulebook.dates.values():
            self.statements.date_rule(date.value)
            self._cited(date.sources, date.place, f"the date `{date.id}`")
        for concept in rulebook.concepts.values():
            if concept.about is not None:
                self._is_list(concept.about, concept.place)
            self._sources(concept.sources)
            self.statements.check(concept.when, Surroundings(records=concept.about, at=True))
        for conclusion in rulebook.conclusions.values():
            self._sources(conclusion.sources)
            self.statements.check(conclusion.concludes, Surroundings(at=True))
        for question in rulebook.questions.values():
            if len(question.outcomes) < 2:
                self.problems.at(
                    question.place,
                    f"`{question.id}` has fewer than two outcomes",
                    "List what can be answered, and what holds when no rule speaks.",
                )
        for provision in rulebook.provisions.values():
            self._provision(provision)
        for consequence in rulebook.consequences.values():
            self._cited(consequence.sources, consequence.place, f"the consequence `{consequence.id}`")
            for figure in consequence.figures:
                self._figure(figure)
        for telling in rulebook.tellings.values():
            self._telling(telling)
        self._circles()

    def _ids(self) -> None:
        rulebook = self.rulebook
        for entries in (
            rulebook.sources,
            rulebook.instruments,
            rulebook.choices,
            rulebook.readings,
            rulebook.dates,
            rulebook.concepts,
            rulebook.conclusions,
            rulebook.consequences,
            rulebook.tellings,
            rulebook.questions,
            rulebook.provisions,
        ):
            for name, entry in entries.items():
                if not ID.match(name):
                    self.problems.at(
                        entry.place,
                        f"`{name}` is no id",
                        "Ids are lower-case words and digits joined by hyphens, such as cpc-464-1-7.",
                    )

    def _head(self) -> None:
        rulebook = self.rulebook
        dates = [path for path, fact in rulebook.facts.items() if fact.type == "date"]
        place = rulebook.stages[0].place
        if rulebook.law_date not in dates:
            self.problems.at(
                place,
                f"`law_date` names `{rulebook.law_date}`, which is no fact of type date",
                did_you_mean(rulebook.law_date, dates, "Declare the fact."),
            )
        for entry in rulebook.consistency:
            for path in entry.order:
                try:
                    right = rulebook.fact(path).type == "date"
                except KeyError:
                    right = False
                if not right:
                    self.problems.at(
                        entry.place,
                        f"`{path}` is no fact of type date",
                        did_you_mean(
                            path, dates, "Order facts of type date, or date fields of one list (`list.field`)."
                        ),
                    )

    def _instrument(self, instrument: Instrument) -> None:
        order = [stage.id for stage in self.rulebook.stages]
        if not instrument.steps:
            self.problems.at(
                instrument.place,
                f"`{instrument.id}` has no steps",
                "Write at least the day on which it came into force.",
            )
        self._cited(instrument.sources, instrument.place, f"the instrument `{instrument.id}`")
        last: tuple[int, datetime.date] | None = None
        for step in instrument.steps:
            self._sources(step.sources)
            if step.stage not in order:
                self.problems.at(
                    step.place,
                    f"there is no stage `{step.stage}`",
                    did_you_mean(step.stage, order, f"The stages are: {listed(order)}."),
                )
                continue
            here = order.index(step.stage), step.date
            if last is not None and (here[0] <= last[0] or here[1] < last[1]):
                self.problems.at(
                    step.place,
                    f"the step `{step.stage}` comes out of order",
                    "List the steps from the first to the last; no stage twice.",
                )
            last = here

    def _fact(self, fact: Fact, path: str, field: bool = False) -> None:
        problem = self.problems.at
        if not (NAME if field else PATH).match(fact.id):
            problem(
                fact.place,
                f"`{fact.id}` is no path",
                "Write group.name (lower case, underscores), or one word for a list or a field.",
            )
        needs = {
            "yes/no": ("yes", "no"),
            "date": ("phrase",),
            "number": ("phrase",),
            "choice": ("choices", "phrase") if isinstance(fact.choices, str) else ("choices",),
            "records": ("each", "none", "of"),
        }[fact.type]
        for key in needs:
            if not getattr(fact, key):
                problem(fact.place, f"`{path}` is a {fact.type} and has no `{key}`", f"Write `{key}: …`.")
        if fact.phrase is not None and fact.phrase.count("{}") != 1:
            problem(fact.place, f"the phrase of `{path}` needs one {{}}", "Write {} where the value goes.")
        if isinstance(fact.choices, str) and fact.choices not in self.rulebook.choices:
            problem(
                fact.place,
                f"there is no list of choices `{fact.choices}`",
                did_you_mean(fact.choices, self.rulebook.choices, "Add it to the section `choices`."),
            )
            return
        if isinstance(fact.left_out, SameAs):
            other = self.rulebook.facts.get(fact.left_out.path)
            if other is None or other.type != fact.type or field:
                problem(
                    fact.left_out.place,
                    f"`{path}` cannot be the same as `{fact.left_out.path}`",
                    "Name a single fact of the same type.",
                )
        elif fact.left_out != "unknown":
            self._value(fact, fact.left_out, path)
        if fact.ordinary is not None:
            self._value(fact, fact.ordinary, path)
        if fact.of and field:
            problem(
                fact.place,
                f"`{path}` is a list inside a list",
                "Lists of records are not nested: make it a list of its own.",
            )
        for inner in fact.of:
            self._fact(inner, f"{path}.{inner.id}", field=True)

    def _value(self, fact: Fact, value: str, path: str) -> None:
        if fact.type == "number":
            if not value.isdigit():
                self.problems.at(fact.place, f"`{value}` is no number for `{path}`", "Write a whole number.")
        else:
            self.statements.value(fact, value, fact.place, path)

    def _reading(self, reading: Reading) -> None:
        options = [option.id for option in reading.options]
        if len(options) < 2:
            self.problems.at(
                reading.place,
                f"the reading `{reading.id}` has fewer than two options",
                "Where nobody differs there is no reading: use a concept.",
            )
        for option in reading.options:
            if not ID.match(option.id) or option.id in ("reading", "otherwise"):
                self.problems.at(
                    option.place,
                    f"`{option.id}` is no id of an option",
                    "Use lower-case words joined by hyphens (not `reading` or `otherwise`).",
                )
            if options.count(option.id) > 1:
                self.problems.at(option.place, f"the option `{option.id}` stands twice", "Give one of them another id.")
            self._sources(option.supported_by)
        if reading.default is not None and reading.default not in options:
            self.problems.at(
                reading.place,
                f"the default `{reading.default}` is no option of `{reading.id}`",
                did_you_mean(reading.default, options, f"Its options are: {listed(options)}."),
            )
        every = (*reading.sources, *(ref for option in reading.options for ref in option.supported_by))
        self._cited(every, reading.place, f"the reading `{reading.id}`")
        self._sources(reading.sources)

    def _provision(self, provision: Provision) -> None:
        rulebook, problem, place = self.rulebook, self.problems.at, provision.place
        if provision.question not in rulebook.questions:
            problem(
                place,
                f"there is no question `{provision.question}`",
                did_you_mean(
                    provision.question, rulebook.questions, f"The questions are: {listed(rulebook.questions)}."
                ),
            )
        self._cited(provision.sources, place, f"the provision `{provision.id}`")
        for name in (provision.enacted_by, provision.repealed_by):
            if name is not None and name not in rulebook.instruments:
                problem(
                    place,
                    f"there is no instrument `{name}`",
                    did_you_mean(name, rulebook.instruments, "Add it to the section `instruments`."),
                )
        if provision.enacted_by is not None and provision.in_force is not None:
            problem(place, "both `enacted_by` and `in_force` are given", "Keep one: the instrument, or the condition.")
        where = Surroundings(at=provision.at is not None, question=provision.question)
        if provision.at is not None:
            self.statements.date(provision.at, Surroundings())
        for stated in (provision.when, provision.unless, provision.in_force, provision.concludes):
            if stated is not None:
                self.statements.check(stated, where)
        if provision.brings is not None:
            self.statements.check(provision.brings, replace(where, question=None))
            for name in conclusions_in(provision.brings):
                if name not in rulebook.consequences:
                    problem(place, f"there is no consequence `{name}`", did_you_mean(name, rulebook.consequences, "Add it to the section `consequences`."))
        if provision.concludes is None and not provision.disapplies and provision.brings is None:
            problem(
                place,
                f"`{provision.id}` concludes nothing",
                "Write `concludes: …`, or the provisions that it `disapplies`.",
            )
        for other in provision.disapplies:
            if other not in rulebook.provisions:
                problem(
                    place, f"there is no provision `{other}`", did_you_mean(other, rulebook.provisions, "Check the id.")
                )
            elif rulebook.provisions[other].question != provision.question:
                problem(
                    place,
                    f"`{other}` answers another question",
                    "A provision disapplies provisions of its own question.",
                )

    def _figure(self, figure: Figure) -> None:
        numbers = [path for path, fact in self.rulebook.facts.items() if fact.type == "number"]
        for bound in (figure.from_, figure.to):
            if bound is not None and not bound.isdigit() and bound not in numbers:
                self.problems.at(figure.place, f"`{bound}` is neither a number nor a fact of type number", did_you_mean(bound, numbers, "Write digits only, or the path of a fact."))

    def _telling(self, telling: Telling) -> None:
        stages = [stage.id for stage in self.rulebook.stages]
        if telling.source not in self.rulebook.sources:
            self.problems.at(telling.place, f"there is no source `{telling.source}`", did_you_mean(telling.source, self.rulebook.sources, "Add it to the section `sources`."))
        if telling.stage not in stages:
            self.problems.at(telling.place, f"there is no stage `{telling.stage}`", did_you_mean(telling.stage, stages, f"The stages are: {listed(stages)}."))
        for told in telling.readings:
            self.statements.switch(told.reading, [told.option], True, told.place)
            if [one.reading for one in telling.readings].count(told.reading) > 1:
                self.problems.at(told.place, f"`{told.reading}` is told twice", "Keep the option that the source supports better, and put the other into `remarks`.")

    def _circles(self) -> None:
        rulebook = self.rulebook
        concepts = {name: set(concepts_in(concept.when)) for name, concept in rulebook.concepts.items()}
        conclusions = {name: set(conclusions_in(shared.concludes)) for name, shared in rulebook.conclusions.items()}
        disapplies = {name: set(provision.disapplies) for name, provision in rulebook.provisions.items()}
        checked: tuple[
            tuple[Mapping[str, Concept | SharedConclusion | Provision], Mapping[str, set[str]], str], ...
        ] = (
            (rulebook.concepts, concepts, "the concept"),
            (rulebook.conclusions, conclusions, "the conclusion"),
            (rulebook.provisions, disapplies, "the provision"),
        )
        for entries, edges, what in checked:
            circle = find_circle(edges)
            if circle is not None:
                self.problems.at(
                    entries[circle[0]].place,
                    f"{what} `{circle[0]}` runs in a circle: {' → '.join(circle)}",
                    "Break the circle: one of them must stand without the other.",
                )

    def _is_list(self, name: str, place: Place) -> None:
        lists = [path for path, fact in self.rulebook.facts.items() if fact.type == "records"]
        if name not in lists:
            self.problems.at(
                place,
                f"there is no list of records `{name}`",
                did_you_mean(name, lists, f"The lists are: {listed(lists)}."),
            )

    def _cited(self, references: Sequence[SourceRef], place: Place, what: str) -> None:
        if not references:
            self.problems.at(
                place,
                f"{what} names no source",
                "Every rule, reading and date says where it comes from: `sources: [{id: …, at: …}]`.",
            )
        self._sources(references)

    def _sources(self, references: Iterable[SourceRef]) -> None:
        for reference in references:
            if reference.id not in self.rulebook.sources:
                self.problems.at(
                    reference.place,
                    f"there is no source `{reference.id}`",
                    did_you_mean(reference.id, self.rulebook.sources, "Add it to the section `sources`."),
                )


def find_circle(edges: Mapping[str, Iterable[str]]) -> list[str] | None:
    """Some path that comes back to where it began; None if there is none."""
    done: set[str] = set()
    for start in edges:
        trail: list[str] = []
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                trail.pop()
                done.add(name)
            elif name in trail:
                return [*trail[trail.index(name) :], name]
            elif name not in done and name in edges:
                trail.append(name)
                stack.append((name, True))
                stack.extend((following, False) for following in sorted(edges[name]))
    return None
