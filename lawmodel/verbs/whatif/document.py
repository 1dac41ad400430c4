"""What if, as a document: what is otherwise, both answers side by side, and what changed between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final, TypeAlias

from lawmodel.answer.answer import Answer, Ground, UncertainDate
from lawmodel.dataclass import dataclass
from lawmodel.document import (
    Block,
    Column,
    Document,
    Fold,
    Item,
    Items,
    Paragraph,
    ReasonStep,
    Section,
    SideBySide,
    Span,
    Table,
    Text,
    Truth,
    faint,
    reading,
    strong,
    text,
)
from lawmodel.documents.answer import figure_in_words
from lawmodel.documents.heading import law_line, subject_of
from lawmodel.inquiry.distinguishing.trace_difference import StepDifference
from lawmodel.reasoning.trace import Trace
from lawmodel.verbs.whatif.result import DifferingProvision, Effect, InputChange, WhatIf
from lawmodel.words.counts import count
from lawmodel.words.law import law_of
from lawmodel.words.outcomes import both, either, predicate, predicates, subject
from lawmodel.words.steps import FURTHER, Condenser, Line

Sides: TypeAlias = tuple[ReasonStep | None, ReasonStep | None]
"""What stands beside each other: before, and after."""
TRUTHS: Final[dict[bool | None, Truth]] = {True: "met", False: "not met", None: "not known"}
STRUCTURE: Final = ("all", "any", "some", "none")
"""Steps that join others and mostly say nothing of their own."""
MOST_NAMED: Final = 6
"""More presumed facts, or open points, are only counted."""
BEFORE_AND_AFTER: Final = ("Before", "After")


def document(found: Sequence[WhatIf], heads: tuple[str, str] = BEFORE_AND_AFTER) -> Document:
    """The answers to one or several questions; those that stay as they are in a line. ``heads`` names the sides."""
    first = found[0]
    laws = law_of(first.rulebook, first.before.stage, first.before.law_date), _law(first.after)
    whole = {one.input for one in first.changes}
    rows = [_input(first, one) for one in first.changes if not _is_in(one.input, whole)]
    if laws[0] != laws[1] or not rows:
        already = text("already so") if laws[0] == laws[1] else text(laws[1])
        rows.append((text("the law"), text(laws[0]), already, text()))
    blocks: list[Block] = []
    if laws[0] == laws[1]:
        blocks.append(Paragraph(law_line(first.rulebook, first.before.stage, first.before.law_date)))
    blocks.append(
        Table(
            (Column(), *map(Column, heads), Column(kind="identifier")),
            (*rows, *(row for one in found for row in _answers(one))),
        )
    )
    if first.numbers.before:
        blocks.append(Paragraph(text(faint("Records keep the numbers that they have in the case."))))
    changed = [one for one in found if one.changed]
    for one in changed:
        inner = tuple(_changed(one, heads))
        blocks += inner if len(found) == 1 else [Section(text(strong(subject(one.rulebook, one.question))), inner)]
    same = [subject(one.rulebook, one.question) for one in found if not one.changed]
    if same and len(found) == 1:
        blocks.append(Paragraph(text("Nothing changes: the answer, its grounds and how firm it is stay as they are.")))
    elif same:
        blocks.append(Paragraph(text(f"Nothing changes in the answers on these: {both(same)}.")))
    about = subject_of(first.before.title, first.before.case)
    return Document(text("What if it were otherwise?"), tuple(blocks), about)


def _law(answer: Answer) -> str:
    return law_of(answer.rulebook, answer.stage, answer.law_date)


# --- what is otherwise, and both answers ----------------------------------------------------------------


def _is_in(name: str, whole: Collection[str]) -> bool:
    """Whether a list or record among some says of an input what is to be said."""
    records, bracket, rest = name.partition("[")
    number = rest.partition("]")[0]
    return bool(bracket) and (records in whole or ("]." in rest and f"{records}[{number}]" in whole))


def _input(found: WhatIf, one: InputChange) -> tuple[Text, ...]:
    """An input before and after, with where its value comes from unless it was given."""
    is_reading = one.input in found.rulebook.readings and one.input not in found.rulebook.facts
    before = text(one.before.says, _origin(one.before.origin))
    if one.already_so:
        now = f", now {one.after.origin}" if one.before.origin in WORTH_SAYING else ""
        after = text(f"already so{now}")
    else:
        after = text(one.after.says)
    title = text("Reading ", reading(one.input, one.input)) if is_reading else text(one.title)
    return title, before, after, text("" if is_reading else one.input)


WORTH_SAYING: Final = ("left out", "presumed", "default")


def _origin(origin: str) -> Span:
    return faint(f" ({origin})" if origin in WORTH_SAYING else "")


def _answers(found: WhatIf) -> Iterator[tuple[Text, ...]]:
    answers = found.before, found.after
    about = subject(found.rulebook, found.question).rstrip(",")
    said = (predicates(found.rulebook, found.question, one.possible) for one in answers)
    yield text(strong(about)), *(text(strong(one)) for one in said), text()
    if any(one.grounds for one in answers):
        named = (both(list(dict.fromkeys(map(_ground, one.grounds)))) for one in answers)
        yield text("under"), *(text(one or "no provision") for one in named), text()
    if any(one.turns_on for one in answers):
        yield text("depends on"), *(text(_turning(one)) for one in answers), text()


def _ground(ground: Ground) -> str:
    return ground.citation if ground.in_every_case else f"{ground.citation} (in some cases)"


def _turning(answer: Answer) -> str:
    if not answer.turns_on:
        return "nothing open"
    if len(answer.turns_on) > MOST_NAMED:
        return count(len(answer.turns_on), "open point")
    return both([" with ".join(group) for group in answer.turns_on])


# --- what changed ---------------------------------------------------------------------------------------


def _changed(found: WhatIf, heads: tuple[str, str]) -> Iterator[Block]:
    if found.same_outcome:
        yield Paragraph(text(_staying(found)))
    yield from _provisions(found, heads)
    yield from _consequences(found)
    yield from _sensitivity(found)


def differing(found: WhatIf, heads: tuple[str, str]) -> tuple[Block, ...]:
    """The provisions that come to something else, each with the steps of both sides beside each other."""
    return tuple(_provision(found, one, heads) for one in found.provisions if not one.same_effect)


def _staying(found: WhatIf) -> str:
    """One sentence on an answer that stays."""
    stays = "The answer stays" if found.after.determined else "The answer depends, as it did"
    lost, gained = (both(list(map(_ground, ones))) for ones in (found.grounds.lost, found.grounds.gained))
    if lost and gained:
        return f"{stays}, on other grounds: no longer {lost}, now {gained}."
    if lost or gained:
        return f"{stays}, {f'without {lost}' if lost else f'on a further ground: {gained}'}."
    return f"{stays}{', on the same grounds' if found.after.grounds else ''}."


def _provisions(found: WhatIf, heads: tuple[str, str]) -> Iterator[Block]:
    """What comes to something else; then, folded unless it is a ground, what does not."""
    differing = [one for one in found.provisions if not one.same_effect]
    alike = [one for one in found.provisions if one.same_effect and one.difference and one.difference.of_substance]
    grounds = {ground.id for answer in (found.before, found.after) for ground in answer.grounds}
    if not differing and not found.same_outcome:
        said = "No single provision comes to something else; what they come to between them does."
        yield Paragraph(text(said))
    if differing:
        yield Section(text("What changed"), tuple(_provision(found, one, heads) for one in differing))
    of_grounds = tuple(_provision(found, one, heads) for one in alike if one.id in grounds)
    if of_grounds:
        yield Section(text("To the same effect, for other reasons"), of_grounds)
    others = tuple(_provision(found, one, heads) for one in alike if one.id not in grounds)
    if others:
        yield Fold(text(f"{count(len(others), 'provision')} to the same effect, for other reasons"), others)


def _provision(found: WhatIf, one: DifferingProvision, heads: tuple[str, str]) -> Section:
    provision = found.rulebook.provisions[one.id]
    difference = one.difference
    was = _effect(found, one.before, None if difference is None else difference.before)
    now = _effect(found, one.after, None if difference is None else difference.after)
    rows: list[Sides] = [(ReasonStep(text(was)), ReasonStep(text(now)))]
    if difference is not None:
        rows += _Differences(found).rows(difference.below)
    title = text(strong(provision.citation), f"  {provision.title}")
    return Section(title, (SideBySide(tuple(rows), heads),), identifier=one.id)


def _effect(found: WhatIf, effect: Effect, step: Trace | None) -> str:
    """What a provision comes to, in a few words, and whether that is certain although a step of its trace is open."""
    certain_all_the_same = step is not None and step.truth is None and effect.applies is not None
    remark = " in every case, although steps are open" if certain_all_the_same else ""
    if effect.applies is False:
        return f"does not apply{remark}"
    reached = effect.speaks_for or effect.brings
    word = f"applies{remark}" if effect.applies else "open"
    return f"{word}: {_reached(found, reached)}" if reached else word


def _reached(found: WhatIf, names: Mapping[str, bool]) -> str:
    """What is reached in every case; else what may be."""
    certain = [_means(found, name) for name, always in names.items() if always]
    return both(certain) if certain else f"perhaps {either([_means(found, name) for name in names])}"


def _means(found: WhatIf, name: str) -> str:
    """What an outcome says of its subject, or a consequence."""
    consequence = found.rulebook.consequences.get(name)
    if consequence is not None:
        return consequence.says
    return f"{subject(found.rulebook, found.question)} {predicate(found.rulebook, found.question, name)}"


@dataclass(slots=True)
class _Differences:
    """The steps of one provision that differ, in pairs; what differs is said once, however often the law looks at it.

    Of what only one side has, the facts and readings that carry it stand there without the steps between.
    """

    found: WhatIf
    _condensers: tuple[Condenser, Condenser] = field(default_factory=lambda: (Condenser(), Condenser()))
    _said: set[tuple[object, ...]] = field(default_factory=set)

    def rows(self, differences: Iterable[StepDifference], record: str = "") -> list[Sides]:
        """What differs, as far as it is of substance; ``record``: the one that it is about."""
        return [row for one in differences if one.of_substance for row in self._rows(one, record)]

    def _rows(self, one: StepDifference, record: str) -> Iterator[Sides]:
        before, after = one.before, one.after
        if before is None or after is None:
            yield from self._one_sided(one, record)
            return
        inner = f"{after.says}: " if after.kind == "record" else record
        key = (record, after.kind, after.id, before.says, after.says)
        below = one.below
        if one.says_otherwise and after.kind not in ("record", "conclusion", "consequence") and key not in self._said:
            self._said.add(key)
            if after.kind not in STRUCTURE:
                yield _step(before, record), _step(after, record)
            elif before.says != after.says:
                yield _joining(before), _joining(after)
        if len([step for step in (before, after) if step.kind == "reading" and step.notes.get("open")]) == 1:
            below = tuple(each for each in below if each.step.kind != "option")
        yield from self.rows(below, inner)

    def _one_sided(self, one: StepDifference, record: str) -> Iterator[Sides]:
        """A step that is in one trace only: what carries it."""
        step, is_after = one.step, one.before is None
        condenser = self._condensers[is_after]
        lines = condenser.lines(step.children if step.kind in FURTHER else (step,))
        for line in (leaf for each in lines for leaf in each.leaves()):
            if line.reading is None or line.reading.chosen != "default":
                said = _of_line(line, record)
                yield (None, said) if is_after else (said, None)


def _joining(step: Trace) -> ReasonStep | None:
    """What a list is called where it has no records, or is not known."""
    return ReasonStep(text(step.says), TRUTHS[step.truth]) if step.says else None


def _step(step: Trace, record: str) -> ReasonStep:
    """A step; of a reading how it was chosen, without a mark."""
    if step.kind == "reading":
        how = "open" if step.notes.get("open") else "default" if step.notes.get("default") else "chosen"
        name = str(step.id)
        return ReasonStep(text("Reading ", reading(name, name), f" ({how}): {step.says}"))
    return ReasonStep(text(f"{record}{step.says}"), TRUTHS[step.truth])


def _of_line(line: Line, record: str) -> ReasonStep:
    taken = line.reading
    if taken is not None:
        return ReasonStep(text("Reading ", reading(taken.id, taken.id), f" ({taken.chosen}): {line.says}"))
    return ReasonStep(text(f"{record}{line.says}"), TRUTHS[line.truth])


# --- consequences, and how firm -------------------------------------------------------------------------


def _consequences(found: WhatIf) -> Iterator[Block]:
    for title, ones in (
        ("No longer follows", found.consequences.lost),
        ("Now follows", found.consequences.gained),
    ):
        items = tuple(
            Item(
                text(one.says, "" if one.certain else " (possible)"),
                one.citation,
                tuple(Paragraph(text(figure_in_words(figure))) for figure in one.figures),
            )
            for one in ones
        )
        if items:
            yield Section(text(title), (Items(items),))


def _sensitivity(found: WhatIf) -> Iterator[Block]:
    """What one answer depends on and assumes and the other does not."""
    for title, answer, names in (
        ("The answer no longer depends on", found.before, found.turns_on.lost),
        ("The answer now depends on", found.after, found.turns_on.gained),
    ):
        if names:
            items = tuple(Item(text(_asks(answer, group)), " ".join(group)) for group in names)
            yield from _items(title, items, "open point")
    for title, answer, moved, dates in (
        ("The answer no longer assumes", found.before, found.rests_on.lost, found.uncertain_dates.lost),
        ("The answer now assumes", found.after, found.rests_on.gained, found.uncertain_dates.gained),
    ):
        readings = tuple(_assumed(answer, name) for name in moved if name in answer.readings)
        facts = tuple(_assumed(answer, name) for name in moved if name not in answer.readings)
        of_dates = tuple(_date(found, one) for one in dates)
        if len(facts) > MOST_NAMED:
            if readings or of_dates:
                yield Section(text(title), (Items((*readings, *of_dates)),))
            yield Fold(text(f"{title[0].lower()}{title[1:]} {count(len(facts), 'presumed fact')}"), (Items(facts),))
        elif readings or facts or of_dates:
            yield Section(text(title), (Items((*readings, *facts, *of_dates)),))


def _items(title: str, items: tuple[Item, ...], what: str) -> Iterator[Block]:
    if len(items) > MOST_NAMED:
        yield Fold(text(f"{title[0].lower()}{title[1:]} {count(len(items), what)}"), (Items(items),))
    else:
        yield Section(text(title), (Items(items),))


def _asks(answer: Answer, group: Sequence[str]) -> str:
    rulebook = answer.rulebook
    return "; ".join(
        rulebook.readings[name].title if name in rulebook.readings else rulebook.fact(_path(name)).ask for name in group
    )


def _assumed(answer: Answer, name: str) -> Item:
    rulebook = answer.rulebook
    if name in rulebook.readings:
        says = rulebook.readings[name].option(str(answer.readings[name])).says
        return Item(text("Reading ", reading(name, name), f" (default): {says}"))
    held = next(one for one in answer.facts if one.name == name)
    return Item(text(f"{held.in_words} ({held.origin})"), name)


def _date(found: WhatIf, one: UncertainDate) -> Item:
    title = found.rulebook.instruments[one.instrument].title
    otherwise = predicates(found.rulebook, found.question, one.possible)
    return Item(text(f"the date of {title}; otherwise {otherwise}"), one.instrument)


def _path(name: str) -> str:
    """The path under which an input is declared: service[1].to under service.to."""
    before, bracket, after = name.partition("[")
    return f"{before}.{after.partition('].')[2]}" if bracket and "]." in after else before
