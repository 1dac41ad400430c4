"""An answer as a document: the answer, what it depends on, what it assumes, its grounds, and the rest folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from lawmodel.answer.answer import Answer, Brought, Distinction
from lawmodel.document import (
    Block,
    Column,
    Document,
    Fold,
    Item,
    Items,
    Link,
    Note,
    Paragraph,
    Section,
    Span,
    Table,
    Term,
    Terms,
    Text,
    Verdict,
    faint,
    identifier,
    plain,
    reading,
    strong,
    text,
)
from lawmodel.documents.assumptions import (
    assumptions,
    assumptions_in_short,
    depends_on,
    in_few_words,
    pending_in_short,
    pending_law,
    settled_by,
)
from lawmodel.documents.gaps import could_touch
from lawmodel.documents.grounds import grounds, without_effect
from lawmodel.documents.heading import as_known, header_terms, law_line
from lawmodel.documents.inputs import inputs_table
from lawmodel.words.counts import count
from lawmodel.words.law import CERTAINTY, cited, law_of
from lawmodel.words.outcomes import both, predicate, statement, subject

MOST_IDS: Final = 2
"""More open points than these are not named beside a sentence."""
MOST_OPEN: Final = 6
MOST_OPEN_OF_SEVERAL: Final = 3
"""More open points than these are folded, where one question is answered, and where several are."""
MOST_SETTLING: Final = 6
"""More facts than these of which another value would settle an answer are folded."""
EVERY_CASE: Final = ", in every case"


def document(answers: Sequence[Answer], *, pictures: bool = False) -> Document:
    """The answers to one or several questions on one case.

    With ``pictures`` each has its time line, and the ladders of its grounds: they take work that a text does not need.
    """
    first = answers[0]
    if len(answers) == 1:
        return Document(_title(first), tuple(_answer(first, pictures)), place(first))
    certain = all(answer.determined for answer in answers)
    remark = text(_law(first), f" {count(len(answers), 'question')}{FIRM if certain else '.'}")
    in_full = tuple(Section(sentence(answer), tuple(_in_full(answer, pictures))) for answer in answers)
    made_by = header_terms(first.header, first.without)
    folded = Fold(text("grounds, steps and other provisions of each answer"), (*in_full, made_by))
    return Document(
        _title(first),
        (Paragraph(remark), *remarks(answers), *map(_section, answers), *_missing(answers), folded),
        place(first),
    )


FIRM: Final = "; nothing unknown can change an answer."


def brief_document(answers: Sequence[Answer]) -> Document:
    """The answers alone: of one question with how firm it is, of several a line each."""
    first = answers[0]
    if len(answers) == 1:
        return Document(_title(first), (verdict(first), *remarks(answers), *_missing(answers)), place(first))
    items = tuple(Item(text(sentence(answer), _grounds_named(answer)), _ids(answer)) for answer in answers)
    return Document(_title(first), (Items(items), *remarks(answers), *_missing(answers)), place(first))


def rows_document(answers: Sequence[Answer], title: str) -> Document:
    """Many answers, a line each, under their files; ``title`` where they are of one file."""
    blocks: list[Block] = []
    for file, inside in groupby(answers, key=lambda answer: answer.case.partition("#")[0]):
        rows = tuple(
            (
                text(answer.case.partition("#")[2] or "base"),
                text(sentence(answer)),
                text(identifier(answer.outcome or "")),
            )
            for answer in inside
        )
        table = Table((Column(), Column(), Column(kind="identifier")), rows)
        blocks.append(table if title else Section(text(file), (table,)))
    return Document(text(title or f"{count(len(answers), 'answer')}"), tuple(blocks))


def variants_document(base: Sequence[Answer], answers: Sequence[Answer]) -> Document:
    """The variants of a case of which several questions are answered: of each what differs from the case itself."""
    was = {answer.question: answer.possible for answer in base}
    rows = []
    for name, inside in groupby(answers, key=lambda answer: answer.case.partition("#")[2]):
        others = [plain(sentence(one)) for one in inside if was.get(one.question) != one.possible]
        rows.append((text(name), text("; ".join(others) or "the same answers")))
    return Document(text("Variants"), (Table((Column(), Column()), tuple(rows)),))


def _title(answer: Answer) -> Text:
    return text(answer.title or answer.case or "A case")


def place(answer: Answer) -> Text:
    """The file of the case, where it is not the title."""
    return text(identifier(answer.case, Link("case", answer.case))) if answer.title and answer.case else ()


def _grounds_named(answer: Answer) -> Span:
    return faint(f"  {', '.join(dict.fromkeys(one.citation for one in answer.grounds))}" if answer.grounds else "")


def _ids(answer: Answer) -> str:
    """The outcome, or what it turns on."""
    names = [name for group in answer.turns_on for name in group]
    return answer.outcome or (" ".join(names) if len(names) <= MOST_IDS else "")


# --- one answer among several ---------------------------------------------------------------------------


def _section(answer: Answer) -> Section:
    """One answer of several, in short."""
    terms = [*_grounds_in_short(answer)]
    terms += [Term(text("So"), text(one.says)) for one in answer.consequences if one.certain]
    terms += pending_in_short(answer)
    terms.append(assumptions_in_short(answer))
    title = sentence(answer, of_several=True)
    blocks = _depends_on(answer, MOST_OPEN_OF_SEVERAL)
    return Section(title, (*blocks, Terms(tuple(terms))), identifier=_ids(answer), anchor=answer.question, close=True)


def _grounds_in_short(answer: Answer) -> Iterator[Term]:
    if answer.grounds:
        named = " · ".join(dict.fromkeys(ground.citation for ground in answer.grounds))
        yield Term(text("Ground" if len(answer.grounds) == 1 else "Grounds"), text(named))


# --- one answer ------------------------------------------------------------------------------------------


def _answer(answer: Answer, pictures: bool) -> Iterator[Block]:
    yield verdict(answer)
    yield from remarks([answer])
    yield from distinction(answer)
    yield from _depends_on(answer, MOST_OPEN)
    yield from _settled_by(answer)
    if answer.pending_law:
        yield pending_law(answer.pending_law)
    yield assumptions(answer) if answer.assumes else Paragraph(text("Assumes nothing."))
    yield from _missing([answer])
    yield from _in_full(answer, pictures)
    yield _made_by(answer)


def _in_full(answer: Answer, pictures: bool) -> Iterator[Block]:
    """What carries the answer, what follows beside it, and what has no effect on it."""
    yield from grounds(answer, pictures=pictures)
    if pictures:
        from lawmodel.documents.time_line import timeline_of

        line = timeline_of(answer)
        yield from () if line is None else (line,)
    yield from _consequences(answer.consequences, answer)
    if answer.against:
        said = "No rule speaks, in the instruments that were looked at for it: "
        yield Paragraph(
            text(
                faint(
                    said,
                ),
                identifier(", ".join(answer.against)),
            )
        )
    yield from without_effect(answer)
    yield from _facts(answer)


def remarks(answers: Iterable[Answer]) -> Iterator[Note]:
    """What is odd about the case, and what it may be that no case can be; each once."""
    for one in dict.fromkeys(one for answer in answers for one in answer.remarks):
        if one.level == "warning":
            yield Note(text("This is odd: ", one.says, ". ", identifier(one.id)), "odd")
        else:
            said = f"No case can be so, and this one may be: {one.says}. The answer does not leave that out. "
            yield Note(text(said, identifier(one.id)), "odd")


def _missing(answers: Sequence[Answer]) -> Iterator[Note]:
    """What was not found of the law, or not read, and could touch these answers; each once."""
    found = tuple(dict.fromkeys(gap for answer in answers for gap in answer.gaps))
    if found:
        yield could_touch(found, "answer" if len(answers) == 1 else "sheet")


def verdict(answer: Answer) -> Verdict:
    """The answer in a sentence, by which law, and how firm it is."""
    return Verdict(sentence(answer), _ids(answer), (text(at_once(answer)),))


def sentence(answer: Answer, *, of_several: bool = False) -> Text:
    """The answer in one sentence, its strong part first; of several answers its subject, by which it is found."""
    rulebook, question = answer.rulebook, answer.question
    about = subject(rulebook, question)
    if answer.outcome is not None:
        head, colon, rest = statement(rulebook, question, answer.outcome).partition(":")
        every = EVERY_CASE if answer.distinction is not None else ""
        said = f"{every}{colon}{rest}" if colon else every
        if of_several and head.startswith(about):
            return text(strong(about.upper()), head[len(about) :], said)
        return text(strong(head), said)
    readings = [one for one in answer.turns_on if one[0] in rulebook.readings]
    facts = len(answer.turns_on) - len(readings)
    parts = [
        *([count(len(readings), "contested reading")] if readings else []),
        *([count(facts, "unknown fact")] if facts else []),
    ]
    on = f" on {both(parts)}" if parts else ""
    about = about.rstrip(",")
    if of_several:
        return text(strong(about.upper()), f": it depends{on}")
    return text(strong(f"{about}: it depends"), on)


def _law(answer: Answer) -> Text:
    if answer.told_by is None:
        return law_line(answer.rulebook, answer.stage, answer.law_date)
    said = law_of(answer.rulebook, answer.stage, answer.law_date)
    return text(f"As told by {answer.told_by}: {said}{as_known(answer.rulebook)}.")


def at_once(answer: Answer) -> Text:
    """The law, and how firm the answer is, in two sentences."""
    law, assumed = _law(answer), in_few_words(answer)
    if answer.determined:
        firm = f"but it assumes {assumed}" if assumed else "and it assumes nothing"
        return text(law, f" No unknown fact could change this answer, {firm}.")
    only_readings = all(group[0] in answer.rulebook.readings for group in answer.turns_on)
    unsettled = " No fact is missing: only the law is unsettled." if answer.turns_on and only_readings else ""
    return text(law, unsettled, f" Apart from that it assumes {assumed}." if assumed else "")


def _depends_on(answer: Answer, most: int) -> Iterator[Block]:
    if answer.depends_on:
        yield depends_on(answer.depends_on[:most])
    if rest := answer.depends_on[most:]:
        yield Fold(text(f"{count(len(rest), 'further open point')} on which it depends"), (depends_on(rest),))


def _settled_by(answer: Answer) -> Iterator[Block]:
    found = answer.settled_by
    if found:
        yield settled_by(found[:MOST_SETTLING])
    if rest := found[MOST_SETTLING:]:
        what = f"{count(len(rest), 'further fact')} of which another value would settle the case"
        yield Fold(text(what), (settled_by(rest),))


# --- the cases distinguished -------------------------------------------------------------------------------


def distinction(answer: Answer) -> Iterator[Block]:
    """The cases distinguished, where the outcome is certain though no single step is."""
    if answer.distinction is None:
        return
    leaves = list(_leaves(answer.distinction))
    each = "either way" if len(leaves) == 2 else "in each of these cases"
    yield Paragraph(text(f"It is not known which is so; the answer is the same {each}:"))
    alike = len({leaf.grounds for _, leaf in leaves}) == 1
    yield Items(tuple(_case(answer, words, leaf, alike) for words, leaf in leaves))


def _leaves(distinction: Distinction) -> Iterator[tuple[tuple[str, ...], Distinction]]:
    if distinction.if_so is None or distinction.if_not is None:
        yield (), distinction
        return
    for words, leaf in _leaves(distinction.if_so):
        yield (distinction.says, *words), leaf
    for words, leaf in _leaves(distinction.if_not):
        yield (f"not: {distinction.says}", *words), leaf


def _case(answer: Answer, words: tuple[str, ...], leaf: Distinction, alike: bool) -> Item:
    """One of the cases and what then holds; its provisions where they are not those of every case."""
    condition = "if not" if words[0].startswith("not: ") and len(words) == 1 else f"if {both(words)}"
    named = both([answer.rulebook.provisions[name].citation for name in leaf.grounds])
    means = "; ".join(leaf.because) or (
        "" if alike else predicate(answer.rulebook, answer.question, answer.outcome or "")
    )
    return Item(text(f"{condition} → {means}", faint(f" ({named})" if named and not alike else "")))


# --- consequences, and what is folded ----------------------------------------------------------------------


def _consequences(found: Iterable[Brought], answer: Answer) -> Iterator[Block]:
    items = []
    for one in found:
        provisions = answer.rulebook.provisions
        below = [Paragraph(text(figure_in_words(figure))) for figure in one.figures]
        if one.grounds:
            named = both(list(dict.fromkeys(provisions[name].citation for name in one.grounds)))
            below.append(Paragraph(text(f"on the ground{'s' if len(one.grounds) > 1 else ''} of the answer: {named}")))
        below.append(Paragraph(text(faint(f"{CERTAINTY[one.certainty]} · {', '.join(map(cited, one.sources))}"))))
        items.append(Item(text(one.says, _doubt(one, answer)), one.citation, tuple(below)))
    if items:
        yield Section(text("Consequences"), (Items(tuple(items)),))


def _doubt(one: Brought, answer: Answer) -> str:
    """Why a consequence is not certain."""
    if one.certain:
        return ""
    if answer.determined and one.provision is None:
        return " (possible: it need not follow)"
    return " (possible: it depends on what is open)"


def figure_in_words(figure: Mapping[str, str | int | None]) -> str:
    """A figure of a consequence, such as a fine: what it is of, from how much, up to how much."""
    least, most, unit, kind = (figure[name] for name in ("from", "to", "unit", "kind"))
    known = [
        f"{bound:,}" if isinstance(bound, int) else "a number that is not known"
        for bound in (least, most)
        if bound is not None
    ]
    span = " to ".join(known) if len(known) == 2 else f"from {known[0]}" if least is not None else f"up to {known[0]}"
    return f"{kind}: {span} {unit}"


def _facts(answer: Answer) -> Iterator[Block]:
    """What the case says, and what is presumed or read without effect, folded."""
    unknown = answer.unknown_without_effect
    if unknown:
        items = tuple(Item(text(one.says), one.input) for one in unknown)
        yield Fold(text(f"{count(len(unknown), 'open point')} without effect"), (Items(items),))
    stated = [one for one in answer.facts if one.origin in ("given", "follows")]
    if stated:
        yield Fold(text(f"{count(len(stated), 'fact')} of the case"), (inputs_table(stated),))
    silent = [one for one in answer.facts if one.origin in ("left out", "presumed") and one.name in answer.idle]
    idle = [name for name in answer.bearing if answer.readings[name] is not None and name not in answer.matters]
    parts = [
        *([count(len(silent), "fact") + " left out or presumed"] if silent else []),
        *([count(len(idle), "reading")] if idle else []),
    ]
    if parts:
        said = {name: answer.rulebook.readings[name].option(str(answer.readings[name])).says for name in idle}
        items = tuple(Item(text("Reading ", reading(name, name), f" (default): {said[name]}")) for name in idle)
        tables: tuple[Block, ...] = (inputs_table(silent),) if silent else ()
        yield Fold(text(f"{both(parts)} without effect"), (*tables, *((Items(items),) if items else ())))


def _made_by(answer: Answer) -> Fold:
    """By which rulebook and program, and by which engines."""
    return Fold(text("rulebook, program and engines"), (header_terms(answer.header, answer.without),))
