"""What two versions of the law differ in, as a document: the entries, then the cases on which the answers differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lawmodel.case.plain import plain_facts
from lawmodel.case.writing import case_text
from lawmodel.document import (
    Block,
    Column,
    Document,
    Fold,
    Item,
    Items,
    Listing,
    Note,
    Paragraph,
    ReasonStep,
    Section,
    Steps,
    Table,
    faint,
    strong,
    text,
)
from lawmodel.documents.heading import by_rulebook
from lawmodel.verbs.diff.differences import ClauseLiteral, Diff, EntryChange, How, OutcomeChange, QuestionDiff
from lawmodel.words.counts import count
from lawmodel.words.outcomes import both, either, statement, subject
from lawmodel.words.outline import OutlineLine

NOTHING: Final = "nothing"
MOST_ENTRIES: Final = 20
"""More changed entries than these are folded: the answers are what is asked for."""
HAPPENS: Final[Mapping[How, str]] = {
    "added": "is added",
    "removed": "is removed",
    "changed": "is changed",
    "comes into force": "comes into force",
    "ceases": "ceases",
    "becomes law": "becomes law",
    "chosen": "is read otherwise",
}


def document(found: Diff, *, answers_only: bool = False) -> Document:
    """The entries that differ, then for each question exactly the cases on which the answers do.

    With ``answers_only`` the entries are counted, and no example is told.
    """
    before = f"T{found.before[1:]}" if found.before.startswith("the law of ") else found.before
    return Document(text(f"{before} → {found.after}"), (*_blocks(found, answers_only), *by_rulebook(*found.rulebooks)))


def _blocks(found: Diff, answers_only: bool) -> Iterator[Block]:
    if found.interrupted:
        yield Note(text("Interrupted: this was found so far."))
    yield from _counted(found.changes) if answers_only else _entries(found.changes)
    differing = [one for one in found.questions if not one.equivalent]
    if found.two_days and differing:
        says = "What the passing of time alone changes in a case, such as a record that ends between the two days,"
        yield Paragraph(text(f"{says} is no change of the law and is left out."))
    for one in differing:
        yield Section(text(subject(found.rulebooks[1], one.question).rstrip(",")), tuple(_question(found, one)))
    yield from _equivalent(found)
    if answers_only:
        return
    examples = [example for one in differing for change in one.changes for example in _example(found, one, change)]
    if examples:
        yield Fold(text(f"{count(len(examples), 'example')}, as case files (--out DIR saves them)"), tuple(examples))


# --- entries ---------------------------------------------------------------------------------------


def _entries(changes: Sequence[EntryChange]) -> Iterator[Block]:
    if len(changes) > MOST_ENTRIES:
        said = f"what changed in {count(len(changes), 'entry', 'entries')} of the rulebook"
        yield Fold(text(said), (Items(tuple(map(_entry, changes))),))
    elif changes:
        yield Section(text("What changed"), (Items(tuple(map(_entry, changes))),))
    else:
        yield Paragraph(text("No entry of the rulebook differs."))


def _counted(changes: Sequence[EntryChange]) -> Iterator[Block]:
    """How many entries of each kind differ, and how."""
    counted: dict[str, dict[How, int]] = {}
    for one in changes:
        of_kind = counted.setdefault(one.kind, {})
        of_kind[one.how] = of_kind.get(one.how, 0) + 1
    rows = tuple(
        (text(kind), text(", ".join(f"{number} {HAPPENS[how].removeprefix('is ')}" for how, number in hows.items())))
        for kind, hows in counted.items()
    )
    if rows:
        yield Table((Column("Entry"), Column("How many")), rows)
    else:
        yield Paragraph(text("No entry of the rulebook differs."))


def _entry(one: EntryChange) -> Item:
    rows = tuple(
        (text(faint(key)), text(change.before or NOTHING), text("→ ", change.after or NOTHING))
        for key, change in (one.keys or {}).items()
    )
    keys = (Table((Column(), Column(), Column()), rows),) if rows else ()
    return Item(text(f"{one.title or one.id} {HAPPENS[one.how]}"), f"{one.kind} {one.id}", keys)


# --- questions -------------------------------------------------------------------------------------


def _question(found: Diff, one: QuestionDiff) -> Iterator[Block]:
    before, after = found.rulebooks
    for group in _groups(one.changes):
        yield _outcomes(found, one.question, group)
    if not one.changes:
        yield Paragraph(text("The outcomes are the same in every case."))
    if one.grounds:
        provisions = [before.provisions.get(name) or after.provisions[name] for name in one.grounds]
        same = "with the same outcome on both sides " if one.changes else ""
        cited = ", ".join(f"{provision.citation} ({provision.id})" for provision in provisions)
        yield Paragraph(text(f"In some cases {same}only the grounds differ: {cited}."))
    if one.consequences:
        listed = [before.consequences.get(name) or after.consequences[name] for name in one.consequences]
        yield Paragraph(text(f"In some cases it follows on one side alone: {'; '.join(each.says for each in listed)}."))


def _groups(changes: Sequence[OutcomeChange]) -> list[list[OutcomeChange]]:
    """Changes to (or from) one stronger outcome together, where the same is said of them."""
    groups: dict[object, list[OutcomeChange]] = {}
    for change in changes:
        stronger = change.after if change.among == "before" else change.before
        clauses = frozenset(frozenset(clause) for clause in change.clauses)
        groups.setdefault((change.among, stronger, clauses, change.besides, change.every), []).append(change)
    return list(groups.values())


def _outcomes(found: Diff, question: str, group: Sequence[OutcomeChange]) -> Section:
    """From which outcomes to which, and in which cases."""
    befores, afters = ({one.before: one.says_before for one in group}, {one.after: one.says_after for one in group})
    title = text(f"{either(list(befores.values()))} → ", strong(either(list(afters.values()))))
    names = f"{' '.join(befores)} → {' '.join(afters)}"
    number, among = (0, befores) if group[0].among == "before" else (1, afters)
    first, *others = among
    said = either([statement(found.rulebooks[number], question, first), *(among[name] for name in others)])
    side = (found.before, found.after)[number]
    cases = f"cases to which, by {side}, this is the answer: “{said}”"
    return Section(title, tuple(_cases(group[0], cases)), identifier=names)


def _cases(change: OutcomeChange, cases: str) -> Iterator[Block]:
    """Of the cases with one answer, those that have the other."""
    if any(not clause for clause in change.clauses):
        steps = [ReasonStep(text(f"All {cases}"))]
    else:
        exactly = "exactly those" if change.every else "among them those"
        steps = [ReasonStep(text(f"Of all {cases}, {exactly} in which"), steps=_clauses(change.clauses))]
    if not change.every:
        steps.append(ReasonStep(text("There are further such cases (--most shows more).")))
    if change.besides:
        steps.append(
            ReasonStep(text("In each of them, besides"), steps=tuple(_step(one.line) for one in change.besides))
        )
    yield Steps(tuple(steps))


def _clauses(clauses: Sequence[Sequence[ClauseLiteral]]) -> tuple[ReasonStep, ...]:
    """Clauses, with what all of them share first."""
    shared = [one for one in clauses[0] if all(one in clause for clause in clauses)]
    steps = [_step(one.line) for one in shared]
    if len(clauses) > 1:
        rests = [[_step(one.line) for one in clause if one not in shared] for clause in clauses]
        each = [rest[0] if len(rest) == 1 else ReasonStep(text("all of this"), steps=tuple(rest)) for rest in rests]
        steps.append(ReasonStep(text("and one of these" if shared else "one of these"), steps=tuple(each)))
    return tuple(steps)


def _step(line: OutlineLine) -> ReasonStep:
    return ReasonStep(text(_says(line)), None, (), tuple(map(_step, line.below)))


def _says(line: OutlineLine) -> str:
    return f"if {line.option}: {line.says}" if line.option else line.says


def _example(found: Diff, one: QuestionDiff, change: OutcomeChange) -> Iterator[Block]:
    example = change.example
    if example is None:
        return
    written = case_text({"presume": "ordinary", "facts": plain_facts(example.rulebook, example.case.facts)})
    chosen = [f"{name}={option}" for name, option in example.readings.items()]
    title = f"{subject(found.rulebooks[1], one.question).rstrip(',')} {change.says_before} → {change.says_after}"
    remark = text(f"with {both(chosen)}" if chosen else "")
    yield Section(text(title), (Listing(written, "yaml"),), remark)


def _equivalent(found: Diff) -> Iterator[Block]:
    same = [subject(found.rulebooks[1], one.question).rstrip(",") for one in found.questions if one.equivalent]
    if same:
        of = "all of these cases" if found.given else "every case"
        by_law = "by the law of both days " if found.two_days else ""
        yield Section(
            text(f"Equivalent: {'; '.join(same)}"),
            (Paragraph(text(f"Outcomes, grounds and consequences are the same {by_law}in {of}. This is proved.")),),
        )
