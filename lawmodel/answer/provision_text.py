"""The provisions behind an answer: those that apply, those that fail and on what, those that are open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from lawmodel.answer.answer import Answer, Ground
from lawmodel.answer.console import two_columns
from lawmodel.answer.summary import FURTHER, Condenser, Shown, first_failure, further, open_points
from lawmodel.answer.words import CERTAINTY, cited, count
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.condition import Concludes, walk

MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("?", "yellow")}


def applying(answer: Answer) -> Iterable[RenderableType]:
    """The grounds, each with its reasons, then what applies beside them."""
    grounds = {ground.id: ground for ground in answer.grounds}
    steps = {step.id: step for step in answer.trace}
    said: set[tuple[Shown, ...]] = set()
    for name, ground in grounds.items():
        yield _provision(answer, steps[name], ground, said)
    beside = [step for step in answer.trace if step.truth and step.id not in grounds]
    if beside:
        yield Text("Also applies" if answer.determined else "Applies", "bold")
        for step in beside:
            yield _provision(answer, step, None, said)


def _provision(answer: Answer, step: Trace, ground: Ground | None, said: set[tuple[Shown, ...]]) -> RenderableType:
    """A provision, why it applies, and what it comes to; ``said``: the reasons of conclusions that stand above."""
    provision = answer.rulebook.provisions[str(step.id)]
    head = Text.assemble(
        ("● " if step.truth or (ground is not None and ground.in_every_case) else "◐ ", "cyan"),
        (provision.citation, "bold"),
        f"  {provision.title}  ",
        (provision.id, "dim"),
    )
    tree = Tree(Group(head, Padding(Text(_standing(answer, step), "dim"), (0, 0, 0, 2))), guide_style="dim")
    condenser = Condenser()
    _grow(tree, condenser.reasons(step.children))
    concluded = [one for one in step.children if one.kind == "conclusion"]
    outcomes = [str(one.id) for one in concluded if one.truth is not False]
    if ground is not None:
        outcomes = [answer.outcome] if answer.outcome is not None else []
    elif not outcomes and provision.concludes is not None:
        tree.add(Text("→ nothing follows from it here" if concluded else _plain_conclusion(answer, step), "dim"))
    for outcome in outcomes:
        reasons = condenser.reasons(further(step, outcome), idle_together=False)
        if ground is None or (reasons and reasons not in said):
            means = answer.rulebook.questions[answer.question].outcome(outcome).means
            _grow(tree.add(Text.assemble(("→ ", "cyan"), means)), () if reasons in said else reasons)
        said.add(reasons)
    return Group(tree, Text())


def _plain_conclusion(answer: Answer, step: Trace) -> str:
    """What a provision that applies always comes to."""
    concludes = answer.rulebook.provisions[str(step.id)].concludes
    outcomes = {outcome.id: outcome.means for outcome in answer.rulebook.questions[answer.question].outcomes}
    names = [one.name for one in walk(concludes) if isinstance(one, Concludes)] if concludes is not None else []
    return "→ " + " / ".join(outcomes[name] for name in names if name in outcomes)


def _standing(answer: Answer, step: Trace) -> str:
    """Since when it is law, how sure its text is, and who says so."""
    provision = answer.rulebook.provisions[str(step.id)]
    laws = [one for one in step.walk() if one.kind == "law"]
    parts = [f"{one.says}{_doubt(one.notes.get('date_certainty'))}" for one in laws[:1]]
    sources = ", ".join(cited(ref) for ref in provision.sources)
    return " · ".join([*parts, CERTAINTY[provision.certainty], sources])


def _doubt(certainty: object) -> str:
    return f" ({certainty})" if certainty else ""


def _grow(tree: Tree, lines: Sequence[Shown]) -> None:
    for line in lines:
        mark, colour = MARKS[line.truth]
        text = Text.assemble((f"{mark} ", colour), line.says, (f"   {line.remark}" if line.remark else "", "dim"))
        _grow(tree.add(text), line.children)


def failing_ones(answer: Answer, everything: bool) -> Iterable[RenderableType]:
    """What does not apply, and the first thing that each fails on; with all reasons if ``everything``."""
    failing = [step for step in answer.trace if step.truth is False]
    if not failing:
        return
    yield Text.assemble(
        ("Does not apply", "bold"),
        (f"  {count(len(failing), 'provision')}, and the first thing that each fails on", "dim"),
    )
    if everything:
        for step in failing:
            provision = answer.rulebook.provisions[str(step.id)]
            tree = Tree(
                Text.assemble(("○ ", "dim"), (provision.citation, "bold"), f"  {provision.title}"), guide_style="dim"
            )
            _grow(tree, Condenser().reasons(child for child in step.children if child.kind not in FURTHER))
            yield tree
    else:
        table = two_columns()
        for step in failing:
            table.add_row(Text(f"○ {step.notes['citation']}", "dim"), Text(first_failure(step)))
        yield table
    yield Text()


def open_ones(answer: Answer) -> Iterable[RenderableType]:
    """What is open, and the facts and readings that leave it so."""
    undecided = [step for step in answer.trace if step.truth is None]
    if not undecided:
        return
    remark = "" if not answer.determined else "  whatever they come to, the answer stays"
    yield Text.assemble(("Open", "bold"), (remark, "dim"))
    table = two_columns()
    for step in undecided:
        points = "; ".join(dict.fromkeys(point.says for point in open_points(step)))
        table.add_row(Text(f"? {step.notes['citation']}", "yellow"), Text(points))
    yield table
    yield Text()
