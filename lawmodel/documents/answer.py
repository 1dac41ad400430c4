"""An answer as a document: the answer, what it depends on, what it assumes, its grounds, and the rest folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from lawmodel.answer.answer import Answer, Brought, Distinction, Ground
from lawmodel.case.values import in_words
from lawmodel.document import (
    Block,
    Column,
    Decision,
    DecisionRow,
    DecisionTable,
    Document,
    Fold,
    Item,
    Items,
    Link,
    Paragraph,
    Section,
    Span,
    Step,
    Steps,
    Table,
    Text,
    Truth,
    Verdict,
    faint,
    identifier,
    reading,
    strong,
    text,
)
from lawmodel.reasoning.trace import Trace
from lawmodel.results.assumption import Alternative, Assumption, OpenPoint
from lawmodel.words.counts import count
from lawmodel.words.law import CERTAINTY, cited, law_of, standing
from lawmodel.words.outcomes import both, predicate, statement, subject
from lawmodel.words.steps import Condenser, Line, ReadingTaken, first_failure, further, open_points

TRUTHS: dict[bool | None, Truth] = {True: "met", False: "not met", None: "not known"}
KINDS = {"reading": "Reading", "presumed": "Presumed: ", "left out": "Left out, so: ", "date": "Computed: "}


def document(answers: Sequence[Answer]) -> Document:
    """The answers to one or several questions on one case."""
    first = answers[0]
    title = text(first.title or first.case or "A case")
    if len(answers) == 1:
        return Document(title, tuple(_answer(first)), _place(first))
    certain = all(answer.determined for answer in answers)
    law = f"{_capital(law_of(first.rulebook, first.stage, first.law_date))}. {count(len(answers), 'question')}"
    remark = f"{law}; nothing unknown can change an answer." if certain else f"{law}."
    return Document(title, (Paragraph(text(remark)), *map(_section, answers)), _place(first))


def brief_document(answers: Sequence[Answer]) -> Document:
    """The answers alone, a line each."""
    first = answers[0]
    items = tuple(Item(text(_sentence(answer), _grounds_named(answer)), _ids(answer)) for answer in answers)
    return Document(text(first.title or first.case or "A case"), (Items(items),), _place(first))


def rows_document(answers: Sequence[Answer], title: str) -> Document:
    """Many answers, a line each, under their files; ``title`` where they are of one file."""
    blocks = []
    for file, inside in groupby(answers, key=lambda answer: answer.case.partition("#")[0]):
        rows = tuple(
            (
                text(answer.case.partition("#")[2] or "base"),
                text(_sentence(answer)),
                text(identifier(answer.outcome or "")),
            )
            for answer in inside
        )
        table = Table((Column(), Column(), Column(kind="identifier")), rows)
        blocks.append(Section(text(file), (table,)) if not title else table)
    return Document(text(title or f"{count(len(answers), 'answer')}"), tuple(blocks))


def _grounds_named(answer: Answer) -> Span:
    return faint(f"  {', '.join(dict.fromkeys(one.citation for one in answer.grounds))}" if answer.grounds else "")


def _ids(answer: Answer) -> str:
    return answer.outcome or " ".join(answer.possible)


def _place(answer: Answer) -> Text:
    """The file of the case, where it is not the title."""
    return text(identifier(answer.case, Link("case", answer.case))) if answer.title and answer.case else ()


def _section(answer: Answer) -> Section:
    """One answer of several, in short."""
    said = _sentence(answer)
    blocks: list[Block] = []
    if answer.grounds:
        cited_grounds = " · ".join(dict.fromkeys(ground.citation for ground in answer.grounds))
        more = "; any one of them is enough" if len(answer.grounds) > 1 and _each_is_enough(answer) else ""
        blocks.append(Paragraph(text(f"{'Ground' if len(answer.grounds) == 1 else 'Grounds'}  {cited_grounds}{more}")))
    blocks += [Paragraph(text("Consequence  ", one.says)) for one in answer.consequences if one.certain]
    blocks += _depends_on(answer)
    blocks += _assumes(answer)
    return Section(said, tuple(blocks), identifier=_ids(answer))


# --- one answer ------------------------------------------------------------------------------------


def _answer(answer: Answer) -> Iterator[Block]:
    yield Verdict(_sentence(answer), _ids(answer), (text(_at_once(answer)),))
    yield from _distinction(answer)
    yield from _depends_on(answer)
    yield from _assumes(answer)
    steps = {str(step.id): step for step in answer.trace}
    for ground in answer.grounds:
        yield _ground(answer, ground, steps[ground.id])
    yield from _consequences(answer.consequences, answer)
    yield from _folded(answer)


def _sentence(answer: Answer) -> Text:
    """The answer in one sentence, its strong part first."""
    rulebook, question = answer.rulebook, answer.question
    if answer.outcome is not None:
        whole = statement(rulebook, question, answer.outcome)
        head, colon, rest = whole.partition(":")
        every = ", in every case" if answer.distinction is not None else ""
        return text(strong(head + every), f"{colon}{rest}" if colon else "")
    readings = [one for one in answer.turns_on if one[0] in rulebook.readings]
    facts = len(answer.turns_on) - len(readings)
    parts = [
        *([count(len(readings), "contested reading")] if readings else []),
        *([count(facts, "unknown fact")] if facts else []),
    ]
    on = f" on {both(parts)}" if parts else ""
    return text(strong(f"{subject(rulebook, question).rstrip(',')}: it depends"), on)


def _at_once(answer: Answer) -> str:
    """The law, and how firm the answer is, in two sentences."""
    law = _capital(law_of(answer.rulebook, answer.stage, answer.law_date))
    law = law if answer.told_by is None else f"As told by {answer.told_by}: {law[0].lower()}{law[1:]}"
    kinds = [one.kind for one in answer.otherwise]
    counts = [
        *([count(kinds.count("reading"), "contested reading")] if "reading" in kinds else []),
        *(
            [count(given, "fact") + " the file does not state"]
            if (given := kinds.count("presumed") + kinds.count("left out"))
            else []
        ),
        *([count(kinds.count("date"), "date")] if "date" in kinds else []),
    ]
    assumes = f"it assumes {both(counts)}" if counts else "it assumes nothing"
    if answer.determined:
        joined = "but " if counts else "and "
        return f"{law}. No unknown fact could change this answer, {joined}{assumes}."
    only_readings = all(group[0] in answer.rulebook.readings for group in answer.turns_on)
    unsettled = " No fact is missing: only the law is unsettled." if answer.turns_on and only_readings else ""
    return f"{law}.{unsettled} Apart from that {assumes}." if counts else f"{law}.{unsettled}"


# --- what it depends on, and what it assumes ----------------------------------------------------------


def _depends_on(answer: Answer) -> Iterator[Block]:
    if answer.depends_on:
        yield DecisionTable(tuple(_open_point(one) for one in answer.depends_on), ("Depends on", ""))


def _open_point(point: OpenPoint) -> Decision:
    names = " ".join(point.inputs)
    said = (
        text(reading(point.asks, point.inputs[0]), "  (open: no default)")
        if point.kind == "reading"
        else text(point.asks)
    )
    return Decision(said, names, tuple(_row(one, point.kind == "reading") for one in point.options))


def _assumes(answer: Answer) -> Iterator[Block]:
    if answer.otherwise:
        yield DecisionTable(tuple(map(_assumption, answer.otherwise)), ("Assumes", "Otherwise"))
    else:
        yield Paragraph(text("Assumes nothing."))


def _assumption(one: Assumption) -> Decision:
    if one.kind == "reading":
        return Decision(
            text("Reading ", reading(one.input, one.input), " (default): ", one.says),
            "",
            tuple(_row(row, of_reading=True) for row in one.otherwise),
        )
    rows = tuple(_row(row, of_reading=False) for row in one.otherwise)
    return Decision(text(KINDS[one.kind], one.says), one.input, rows)


def _row(one: Alternative, of_reading: bool) -> DecisionRow:
    depends = f"depends on {both([each.says for each in one.depends_on])}" if one.depends_on else one.answer
    return DecisionRow(text("if ", one.says), text(depends), ", ".join(map(str, one.values)) if of_reading else "")


def _distinction(answer: Answer) -> Iterator[Block]:
    """The cases distinguished, where the outcome is certain though no single step is."""
    if answer.distinction is not None:
        yield Paragraph(text("We do not know which of these cases it is; the answer is the same in each:"))
        yield Items(tuple(_case(answer, words, leaf) for words, leaf in _leaves(answer.distinction)))


def _leaves(distinction: Distinction) -> Iterator[tuple[tuple[str, ...], Distinction]]:
    if distinction.if_so is None or distinction.if_not is None:
        yield (), distinction
        return
    for words, leaf in _leaves(distinction.if_so):
        yield (distinction.says, *words), leaf
    for words, leaf in _leaves(distinction.if_not):
        yield (f"not: {distinction.says}", *words), leaf


def _case(answer: Answer, words: tuple[str, ...], leaf: Distinction) -> Item:
    citations = ", ".join(answer.rulebook.provisions[name].citation for name in leaf.grounds)
    because = f": {'; '.join(leaf.because)}" if leaf.because else ""
    means = predicate(answer.rulebook, answer.question, str(leaf.outcome))
    return Item(text(f"if {both(words)}{because} → {means}", faint(f" ({citations})" if citations else "")))


# --- grounds ------------------------------------------------------------------------------------------


def _ground(answer: Answer, ground: Ground, step: Trace) -> Section:
    matters = _matters(answer)
    condenser = Condenser()
    lines = condenser.lines(step.children)
    said = [one for line in lines for one in _told(line, matters)]
    title = text("Ground  ", strong(ground.citation))
    where = () if ground.in_every_case else (Paragraph(text("In some of the cases left open, not in all.")),)
    blocks: list[Block] = [
        Paragraph(text(ground.title)),
        *where,
        Steps(tuple(said)),
        *_therefore(answer, step, condenser, matters),
        Paragraph(text(standing(answer.rulebook, step), faint(f" Sources: {', '.join(map(cited, ground.sources))}."))),
        Fold(text(f"every step of {ground.citation}"), (Steps(tuple(map(_whole, lines))),)),
    ]
    return Section(title, tuple(blocks), identifier=ground.id, anchor=ground.id)


def _therefore(answer: Answer, step: Trace, condenser: Condenser, matters: frozenset[str]) -> Iterator[Block]:
    if answer.outcome is None:
        return
    lines = condenser.lines(further(step, answer.outcome))
    taken = [one for line in lines for one in _told(line, matters) if one.truth is None]
    yield Steps(
        (
            Step(
                text(f"Therefore {_small(statement(answer.rulebook, answer.question, answer.outcome))}."),
                None,
                (),
                tuple(taken),
            ),
        )
    )


def _matters(answer: Answer) -> frozenset[str]:
    """The readings that are said where they stand: those assumed, open or chosen. Of the others there are too many."""
    chosen = (name for name, option in answer.readings.items() if option is None or name not in answer.defaults)
    return frozenset((*answer.rests_on, *chosen))


def _told(line: Line, matters: frozenset[str]) -> Iterator[Step]:
    """What of the case carries the result, and the readings that matter, without the steps between."""
    if line.reading is not None:
        below = tuple(one for child in line.children for one in _told(child, matters))
        if line.reading.id in matters and not (line.reading.chosen == "open" and line.truth is not None):
            yield from below
            yield _reading_step(line, ())
        elif line.reading.chosen == "open" and line.reading.id in matters:
            yield Step(text("Reading ", reading(line.reading.id, line.reading.id), " (open): makes no difference here"))
        else:
            yield from below
    elif line.children and not line.citation:
        yield from (one for child in line.children for one in _told(child, matters))
    else:
        inner = tuple(
            one for child in line.children for one in _told(child, matters) if one.truth is None or not line.truth
        )
        yield Step(text(line.says), TRUTHS[line.truth], text(line.citation), inner)


def _reading_step(line: Line, below: tuple[Step, ...]) -> Step:
    taken = line.reading
    assert taken is not None
    return Step(text("Reading ", reading(taken.id, taken.id), f" ({_how(taken)}): ", line.says), None, (), below)


def _how(taken: ReadingTaken) -> str:
    return f"told by {taken.by}" if taken.chosen == "told" else taken.chosen


def _whole(line: Line) -> Step:
    """A line with everything below it."""
    below = tuple(map(_whole, line.children))
    if line.reading is not None:
        return _reading_step(line, below)
    return Step(text(line.says), TRUTHS[line.truth], text(line.citation), below)


# --- consequences, and what is folded -------------------------------------------------------------------


def _consequences(found: Iterable[Brought], answer: Answer) -> Iterator[Block]:
    items = []
    for one in found:
        provision = answer.rulebook.provisions[one.provision]
        figures = tuple(Paragraph(text(_figure(figure))) for figure in one.figures)
        doubt = "" if one.certain else " (possible: it depends on what is open)"
        remark = faint(f"{CERTAINTY[one.certainty]} · {', '.join(map(cited, one.sources))}")
        items.append(Item(text(one.says, doubt), provision.citation, (*figures, Paragraph(text(remark)))))
    if items:
        yield Section(text("Consequences"), (Items(tuple(items)),))


def _figure(figure: Mapping[str, str | int | None]) -> str:
    least, most, unit, kind = (figure[name] for name in ("from", "to", "unit", "kind"))
    known = [
        f"{bound:,}" if isinstance(bound, int) else "a number that is not known"
        for bound in (least, most)
        if bound is not None
    ]
    span = " to ".join(known) if len(known) == 2 else f"from {known[0]}" if least is not None else f"up to {known[0]}"
    return f"{kind}: {span} {unit}"


def _folded(answer: Answer) -> Iterator[Block]:
    grounds = {ground.id for ground in answer.grounds}
    beside = [step for step in answer.trace if step.truth and step.id not in grounds]
    failing = [step for step in answer.trace if step.truth is False]
    undecided = [step for step in answer.trace if step.truth is None and step.id not in grounds]
    if beside:
        yield Fold(
            text(f"{count(len(beside), 'provision')} met, without effect on the answer"),
            tuple(_beside(answer, step) for step in beside),
        )
    if undecided:
        what = "without effect on the answer" if answer.determined else "and on what"
        items = tuple(
            _provision(answer, step, "; ".join(dict.fromkeys(one.says for one in open_points(step))))
            for step in undecided
        )
        yield Fold(text(f"{count(len(undecided), 'provision')} open, {what}"), (Items(items),))
    if failing:
        items = tuple(_provision(answer, step, _why_not(step)) for step in failing)
        yield Fold(text(f"{count(len(failing), 'provision')} not met, and why"), (Items(items),))
    presumed = [name for name in answer.presumed if name not in answer.rests_on]
    if presumed:
        rulebook = answer.rulebook
        said = tuple(
            Item(text(in_words(rulebook, rulebook.fact(name), answer.presumed[name])), name) for name in presumed
        )
        yield Fold(text(f"{count(len(presumed), 'presumed fact')} without effect"), (Items(said),))
    engines = ", ".join(answer.engines) + (f"; without forward chaining: {answer.without}" if answer.without else "")
    yield Fold(text(f"the engines that took part ({len(answer.engines)})"), (Paragraph(text(engines)),))


def _beside(answer: Answer, step: Trace) -> Block:
    provision = answer.rulebook.provisions[str(step.id)]
    lines = Condenser().lines(step.children)
    return Section(
        text(strong(provision.citation), f"  {provision.title}"),
        (Steps(tuple(map(_whole, lines))),),
        identifier=provision.id,
    )


def _why_not(step: Trace) -> str:
    found = first_failure(step)
    if found is None:
        return ""
    return found.says if found.reading is None else f"{found.says} (reading {found.reading.id}: {found.reading.option})"


def _provision(answer: Answer, step: Trace, why: str) -> Item:
    provision = answer.rulebook.provisions[str(step.id)]
    return Item(text(f"{provision.citation}  ", provision.title, faint(f" — {why}" if why else "")), provision.id)


def _each_is_enough(answer: Answer) -> bool:
    return all(ground.in_every_case for ground in answer.grounds)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
