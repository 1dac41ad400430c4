"""What two versions of the law differ in, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from lawmodel.answer.law.condition_text import Line
from lawmodel.answer.whole_law.diff import Change, Diff, QuestionDiff, Said, Turn
from lawmodel.case.plain import plain_facts
from lawmodel.case.writing import case_text
from lawmodel.rulebook.model import Outcome

ARROW = "→"
NOTHING = "nothing"


def diff_text(found: Diff) -> Iterator[RenderableType]:
    """The entries that differ, then for each question exactly the cases on which the answers do."""
    yield Text.assemble((found.before, "bold"), (f"  {ARROW}  ", "dim"), (found.after, "bold"))
    if found.interrupted:
        yield Text("Interrupted: this was found so far.", "yellow")
    yield Text()
    yield from _changes(found.changes)
    if found.two_days:
        says = "A citizenship or a service that ends between the two days is no change of the law: such differences"
        yield Text(f"{says} are left out.", "dim")
        yield Text()
    for one in found.questions:
        if not one.equivalent:
            yield from _question(found, one)
    yield from _equivalent(found)


# --- entries ---------------------------------------------------------------------------------------


def _changes(changes: Sequence[Change]) -> Iterator[RenderableType]:
    if not changes:
        yield Text("No entry differs.", "dim")
        yield Text()
        return
    yield Text("What changed", "bold")
    for one in changes:
        head = Text.assemble(
            ("  ", ""), (f"{one.how}  ", "cyan"), one.title or one.id, (f"  {one.kind} {one.id}", "dim")
        )
        yield head
        for key, (before, after) in (one.keys or {}).items():
            yield Padding(
                Text.assemble((f"{key}: ", "dim"), before or NOTHING, (f"  {ARROW}  ", "dim"), after or NOTHING),
                (0, 0, 0, 6),
            )
    yield Text()


# --- questions -------------------------------------------------------------------------------------


def _question(found: Diff, one: QuestionDiff) -> Iterator[RenderableType]:
    law = found.rulebooks[1]
    yield Text(law.questions[one.question].asks, "bold")
    for group in _groups(one.turns):
        yield from _turns(found, one, group)
    if not one.turns:
        yield Text("  The outcomes are the same in every case.")
    if one.grounds:
        provisions = [found.rulebooks[0].provisions.get(name) or law.provisions[name] for name in one.grounds]
        also = "with the same outcome on both sides " if one.turns else ""
        said = ", ".join(f"{provision.citation} ({provision.id})" for provision in provisions)
        yield Padding(Text(f"In some cases {also}only the grounds differ: {said}.", "dim"), (0, 0, 0, 2))
    if one.consequences:
        listed = [found.rulebooks[0].consequences.get(name) or law.consequences[name] for name in one.consequences]
        said = "; ".join(consequence.says for consequence in listed)
        yield Padding(Text(f"In some cases it follows on one side alone: {said}.", "dim"), (0, 0, 0, 2))
    yield Text()


def _groups(turns: Sequence[Turn]) -> list[list[Turn]]:
    """Turns to (or from) one stronger outcome together, where the same is said of them."""
    groups: dict[object, list[Turn]] = {}
    for turn in turns:
        stronger = turn.after if turn.among == "before" else turn.before
        clauses = frozenset(frozenset(clause) for clause in turn.clauses)
        groups.setdefault((turn.among, stronger, clauses, turn.besides, turn.every), []).append(turn)
    return list(groups.values())


def _turns(found: Diff, one: QuestionDiff, group: Sequence[Turn]) -> Iterator[RenderableType]:
    turn = group[0]
    befores = list(dict.fromkeys(each.before for each in group))
    afters = list(dict.fromkeys(each.after for each in group))
    outcomes = [{each.id: each for each in law.questions[one.question].outcomes} for law in found.rulebooks]
    yield Padding(
        Text.assemble(
            (_means(outcomes[0], befores), "yellow"),
            (f"  {ARROW}  ", "dim"),
            (_means(outcomes[1], afters), "bold cyan"),
            (f"\n{' / '.join(befores)} {ARROW} {' / '.join(afters)}", "dim"),
        ),
        (0, 0, 0, 2),
    )
    side = found.before if turn.among == "before" else found.after
    same = " or ".join(befores if turn.among == "before" else afters)
    if any(not clause for clause in turn.clauses):
        yield Padding(Text(f"every case with the outcome {same} by {side}"), (0, 0, 0, 4))
    else:
        exactly = "exactly those" if turn.every else "among them those"
        yield Padding(Text(f"of the cases with the outcome {same} by {side}, {exactly} in which", "dim"), (0, 0, 0, 4))
        yield from _clauses(turn.clauses)
        if not turn.every:
            yield Padding(Text("and more: there are further such cases (--most).", "yellow"), (0, 0, 0, 4))
    if turn.besides:
        yield Padding(Text("In each of them, moreover", "dim"), (0, 0, 0, 4))
        for said in turn.besides:
            yield from _line(said.line, 6)
    yield from _example(turn)


def _clauses(clauses: Sequence[Sequence[Said]]) -> Iterator[RenderableType]:
    """Clauses, with what all of them share first."""
    shared = [said for said in clauses[0] if all(said in clause for clause in clauses)]
    for said in shared:
        yield from _line(said.line, 6)
    rests = [[said for said in clause if said not in shared] for clause in clauses]
    if len(clauses) == 1:
        return
    yield Padding(Text("and one of these" if shared else "one of these is so", "dim"), (0, 0, 0, 6))
    for rest in rests:
        for number, said in enumerate(rest):
            yield from _line(said.line, 8, "- " if number == 0 else "  ")


def _line(line: Line, indent: int, mark: str = "") -> Iterator[RenderableType]:
    option = f"if {line.option}: " if line.option else ""
    yield Padding(Text(f"{mark}{option}{line.says}"), (0, 0, 0, indent))
    for below in line.below:
        yield from _line(below, indent + len(mark) + 2)


def _example(turn: Turn) -> Iterator[RenderableType]:
    if turn.example is None:
        return
    text = case_text({"presume": "ordinary", "facts": plain_facts(turn.example.rulebook, turn.example.case.facts)})
    readings = "".join(f"  {name}={option}" for name, option in turn.example.readings.items())
    yield Padding(Text(f"for example{readings}", "dim"), (0, 0, 0, 4))
    yield Padding(Text(text.rstrip(), "dim"), (0, 0, 0, 6))


def _means(outcomes: dict[str, Outcome], names: Sequence[str]) -> str:
    return " / ".join(outcomes[name].means for name in names)


def _equivalent(found: Diff) -> Iterator[RenderableType]:
    same = [one.question for one in found.questions if one.equivalent]
    if not same:
        return
    titles = ", ".join(found.rulebooks[1].questions[name].title for name in same)
    of = "all of these cases" if found.given else "every case"
    yield Text.assemble(("Equivalent", "bold green"), f": {titles}.")
    by_law = "by the law of both days " if found.two_days else ""
    yield Text(f"Outcomes, grounds and consequences are the same {by_law}in {of}; that is proved.", "dim")
