"""An answer on a terminal: aligned, coloured where colour is wanted, in the law's words."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from lawmodel.answer.answer import Answer, Distinction, Ground
from lawmodel.answer.summary import FURTHER, Condenser, Shown, first_failure, further, open_points
from lawmodel.case.values import day_in_words, in_words
from lawmodel.reasoning.trace import Trace

MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("?", "yellow")}
CERTAINTY = {
    "text": "text of the law seen",
    "report": "as the press reports the text",
    "inference": "derived, not stated",
    "memory": "general legal knowledge, not checked",
}


def console(stream: IO[str] | None = None) -> Console:
    """A console on standard output: colour on a terminal unless NO_COLOR is set, at most 120 columns wide."""
    plain = Console(file=stream or sys.stdout, highlight=False, soft_wrap=False)
    if not plain.is_terminal and "COLUMNS" not in os.environ:
        return Console(file=stream or sys.stdout, highlight=False, width=110)
    return Console(file=stream or sys.stdout, highlight=False, width=min(plain.width, 120))


def show(answer: Answer, to: Console, *, brief: bool = False, everything: bool = False) -> None:
    """Write an answer: the conclusion alone if ``brief``; with what fails spelled out if ``everything``."""
    _print(to, _brief(answer) if brief else _parts(answer, everything))


def _brief(answer: Answer) -> Iterable[RenderableType]:
    yield Text.assemble((_said(answer), "bold"), (f"   {_ground_names(answer)}" if answer.grounds else "", "dim"))
    if not answer.determined:
        yield Text(f"turns on {_inputs(answer, answer.turns_on)}")


def _ground_names(answer: Answer) -> str:
    return ", ".join(ground.id for ground in answer.grounds)


def _parts(answer: Answer, everything: bool) -> Iterable[RenderableType]:
    question = answer.rulebook.questions[answer.question]
    yield Text(question.asks, "bold")
    if answer.case or answer.title:
        yield Text.assemble((answer.title, "italic"), ("  " if answer.title else "", ""), (answer.case, "dim"))
    yield Text()
    yield Padding(_verdict(answer), (0, 0, 0, 2))
    yield Text()
    if answer.distinction is not None:
        yield from _distinguished(answer)
    yield from _applying(answer)
    yield from _consequences(answer)
    yield from _failing(answer, everything)
    yield from _open(answer)
    yield from _firmness(answer, everything)


# -- the verdict


def _said(answer: Answer) -> str:
    question = answer.rulebook.questions[answer.question]
    if answer.outcome is not None:
        outcome = question.outcome(answer.outcome)
        return f"{outcome.says.upper()}: {outcome.means}" if outcome.says else outcome.means
    return "IT DEPENDS: " + " / ".join(question.outcome(name).means for name in answer.possible)


def _verdict(answer: Answer) -> RenderableType:
    colour = "bold cyan" if answer.determined else "bold yellow"
    ids = answer.outcome or " or ".join(answer.possible)
    counts = []
    if answer.grounds:
        counts.append(_count(len(answer.grounds), "ground"))
    readings = [name for name in answer.rests_on if name in answer.rulebook.readings]
    presumed = len(answer.rests_on) - len(readings)
    if readings:
        counts.append(f"rests on {_count(len(readings), 'reading')} taken by default")
    if presumed:
        counts.append(f"rests on {_count(presumed, 'presumed fact')}")
    if not answer.rests_on and answer.determined:
        counts.append("rests on no default and no presumption")
    counts.append(
        "nothing left open could change it"
        if answer.determined
        else f"turns on {_count(len(answer.turns_on), 'open point')}"
    )
    return Group(
        Text.assemble((_said(answer), colour), (f"   {ids}", "dim")),
        Text(f"{_law(answer)} · {' · '.join(counts)}", "dim"),
    )


def _law(answer: Answer) -> str:
    day = _day(answer.law_date) if answer.law_date else "an unknown day"
    if answer.stage == answer.rulebook.ordinary_stage:
        return f"law in force on {day}"
    said = {stage.id: stage.says for stage in answer.rulebook.stages}[answer.stage]
    return f"as if every bill {said} by {day} were law"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _day(text: str) -> str:
    return day_in_words(datetime.date.fromisoformat(text).toordinal())


# -- provisions


def _applying(answer: Answer) -> Iterable[RenderableType]:
    grounds = {ground.id: ground for ground in answer.grounds}
    steps = {step.id: step for step in answer.trace}
    for name, ground in grounds.items():
        yield _provision(answer, steps[name], ground)
    beside = [step for step in answer.trace if step.truth and step.id not in grounds and _speaks(step)]
    if beside:
        yield Text("Also applies" if answer.determined else "Applies", "bold")
        for step in beside:
            yield _provision(answer, step, None)


def _speaks(step: Trace) -> bool:
    """Whether an applying provision concludes anything here."""
    conclusions = [one for one in step.children if one.kind == "conclusion"]
    return not conclusions or any(one.truth is not False for one in conclusions)


def _provision(answer: Answer, step: Trace, ground: Ground | None) -> RenderableType:
    provision = answer.rulebook.provisions[str(step.id)]
    head = Text.assemble(
        ("● " if step.truth or (ground is not None and ground.in_every_case) else "◐ ", "cyan"),
        (provision.citation, "bold"),
        f"  {provision.title}  ",
        (provision.id, "dim"),
    )
    lines = [Text(f"  {_standing(answer, step)}", "dim")]
    condenser = Condenser()
    tree = Tree(Group(head, *lines), guide_style="dim")
    _grow(tree, condenser.reasons(step.children))
    outcome = answer.outcome if ground is not None else _concluded(step)
    _conclude(answer, tree, step, outcome, condenser)
    return Group(tree, Text())


def _consequences(answer: Answer) -> Iterable[RenderableType]:
    if not answer.consequences:
        return
    yield Text("Consequences", "bold")
    for one in answer.consequences:
        provision = answer.rulebook.provisions[one.provision]
        sources = ", ".join(f"{ref.id}{f' {ref.at}' if ref.at else ''}" for ref in one.sources)
        mark = ("▸ ", "cyan") if one.certain else ("? ", "yellow")
        yield Text.assemble(
            mark,
            one.says,
            "" if one.certain else "  (if what is open comes to it)",
            (f"   {provision.citation}", "dim"),
        )
        for figure in one.figures:
            yield Text(f"    {_figure_in_words(figure)}")
        yield Text(f"    {CERTAINTY[one.certainty]} · {sources}", "dim")
    yield Text()


def _figure_in_words(figure: Mapping[str, str | int | None]) -> str:
    least, most, unit = figure["from"], figure["to"], figure["unit"]
    numbers = [f"{bound:,}" if isinstance(bound, int) else str(bound) for bound in (least, most) if bound is not None]
    if least is not None and most is not None:
        span = " to ".join(numbers)
    elif least is not None:
        span = f"from {numbers[0]}"
    else:
        span = f"up to {numbers[0]}" if numbers else ""
    return f"{figure['kind']}: {span} {unit}"


def _concluded(step: Trace) -> str | None:
    return next((one.id for one in step.children if one.kind == "conclusion" and one.truth is not False), None)


def _conclude(answer: Answer, tree: Tree, step: Trace, outcome: str | None, condenser: Condenser) -> None:
    reasons = condenser.reasons(further(step, outcome), idle_together=False)
    if outcome is not None and reasons:
        means = answer.rulebook.questions[answer.question].outcome(outcome).means
        _grow(tree.add(Text.assemble(("→ ", "cyan"), means)), reasons)


def _standing(answer: Answer, step: Trace) -> str:
    """Since when it is law, how sure its text is, and who says so."""
    provision = answer.rulebook.provisions[str(step.id)]
    laws = [one for one in step.walk() if one.kind == "law"]
    parts = [f"{one.says}{_doubt(one.notes.get('date_certainty'))}" for one in laws[:1]]
    sources = ", ".join(f"{ref.id}{f' {ref.at}' if ref.at else ''}" for ref in provision.sources)
    return " · ".join([*parts, CERTAINTY[provision.certainty], sources])


def _doubt(certainty: object) -> str:
    return f" ({certainty})" if certainty else ""


def _grow(tree: Tree, lines: Sequence[Shown]) -> None:
    for line in lines:
        mark, colour = MARKS[line.truth]
        text = Text.assemble((f"{mark} ", colour), line.says, (f"   {line.remark}" if line.remark else "", "dim"))
        _grow(tree.add(text), line.children)


def _failing(answer: Answer, everything: bool) -> Iterable[RenderableType]:
    failing = [step for step in answer.trace if step.truth is False]
    if not failing:
        return
    yield Text.assemble(
        ("Does not apply", "bold"),
        (f"  {_count(len(failing), 'provision')}, and the first thing that each fails on", "dim"),
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
        table = _two_columns()
        for step in failing:
            table.add_row(Text(f"○ {step.notes['citation']}", "dim"), Text(first_failure(step)))
        yield table
    yield Text()


def _open(answer: Answer) -> Iterable[RenderableType]:
    undecided = [step for step in answer.trace if step.truth is None]
    if not undecided:
        return
    remark = "" if not answer.determined else "  whatever they come to, the answer stays"
    yield Text.assemble(("Open", "bold"), (remark, "dim"))
    table = _two_columns()
    for step in undecided:
        points = "; ".join(dict.fromkeys(point.says for point in open_points(step)))
        table.add_row(Text(f"? {step.notes['citation']}", "yellow"), Text(points))
    yield table
    yield Text()


# -- how firm


def _firmness(answer: Answer, everything: bool) -> Iterable[RenderableType]:
    if answer.turns_on:
        yield Text("Turns on", "bold")
        yield _input_table(answer, answer.turns_on)
        yield Text()
    if answer.rests_on:
        yield Text.assemble(
            ("Rests on", "bold"), ("  taken by default or presumed; otherwise the answer could be another", "dim")
        )
        yield _input_table(answer, [(name,) for name in answer.rests_on])
        yield Text()
    for date in answer.uncertain_dates:
        means = " / ".join(answer.rulebook.questions[answer.question].outcome(name).means for name in date.possible)
        yield Text.assemble(
            ("Uncertain date  ", "bold yellow"),
            f"{date.instrument}, {_day(date.date)}, is {date.certainty}",
            (f" ({date.remark})" if date.remark else "", "dim"),
            f". Were it otherwise on the day of the law: {means}.",
        )
        yield Text()
    presumed = [path for path in answer.presumed if path not in answer.rests_on]
    if presumed:
        names = f": {', '.join(presumed)}" if everything else " (--all lists them)"
        yield Text(f"Presumed besides, without effect on the answer: {_count(len(presumed), 'fact')}{names}.", "dim")
    engines = f"Engines: {', '.join(answer.engines)}"
    yield Text(engines + (f"; without forward chaining ({answer.without})." if answer.without else "."), "dim")


def _two_columns() -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(max_width=44)
    table.add_column()
    return table


def _input_table(answer: Answer, groups: Iterable[Sequence[str]]) -> RenderableType:
    table = _two_columns()
    for group in groups:
        table.add_row(
            Text(f"  {' with '.join(group)}", "cyan"), Text("; ".join(_describe(answer, name) for name in group))
        )
    return table


def _describe(answer: Answer, name: str) -> str:
    rulebook = answer.rulebook
    if name in rulebook.readings:
        reading, option = rulebook.readings[name], answer.readings[name]
        if option is None:
            return f"{reading.title}  " + " / ".join(one.id for one in reading.options)
        return f"{reading.option(option).says}  ({option}, default)"
    if name in answer.presumed:
        return f"{in_words(rulebook, rulebook.fact(name), answer.presumed[name])}  (presumed)"
    return rulebook.fact(_path(name)).ask


def _path(name: str) -> str:
    """The path of a fact: service[1].to is declared as service.to."""
    before, bracket, after = name.partition("[")
    return f"{before}.{after.partition('].')[2]}" if bracket else name


def _inputs(answer: Answer, groups: Iterable[Sequence[str]]) -> str:
    return ", ".join(" with ".join(group) for group in groups)


def _distinguished(answer: Answer) -> Iterable[RenderableType]:
    assert answer.distinction is not None
    tree = Tree(
        Text.assemble(("Certain, though no single step is", "bold"), ("  the cases distinguished:", "dim")),
        guide_style="dim",
    )
    _cases(answer, tree, answer.distinction)
    yield tree
    yield Text()


def _cases(answer: Answer, tree: Tree, distinction: Distinction) -> None:
    for branch, word in ((distinction.if_so, f"if {distinction.says}"), (distinction.if_not, "otherwise")):
        if branch is None:
            continue
        if branch.if_so is None:
            means = answer.rulebook.questions[answer.question].outcome(str(branch.outcome)).means
            citations = ", ".join(answer.rulebook.provisions[name].citation for name in branch.grounds)
            because = f": {'; '.join(branch.because)}" if branch.because and branch.because[0] not in word else ""
            tree.add(
                Text.assemble(word, (because, "bold"), f" → {means}", (f" ({citations})" if citations else "", "dim"))
            )
        else:
            _cases(answer, tree.add(Text(word)), branch)


def show_rows(answers: Sequence[Answer], to: Console, title: str = "") -> None:
    """Write many answers, a line each."""
    table = Table(
        box=None, padding=(0, 2, 0, 0), show_header=False, title=title or None, title_justify="left", title_style="bold"
    )
    table.add_column(overflow="fold")
    table.add_column(style="dim")
    table.add_column()
    table.add_column(style="dim")
    for answer in answers:
        name = answer.case if not title else answer.case.partition("#")[2]
        said = answer.outcome or " / ".join(answer.possible)
        why = _ground_names(answer) if answer.determined else f"turns on {_inputs(answer, answer.turns_on)}"
        table.add_row(Text(name), answer.question, Text(said, "cyan" if answer.determined else "yellow"), Text(why))
    _print(to, [table])


def _print(to: Console, parts: Iterable[RenderableType]) -> None:
    with to.capture() as captured:
        for part in parts:
            to.print(part)
    for line in captured.get().splitlines():
        to.file.write(line.rstrip() + "\n")  # no blanks at the end of lines: answers are pasted into papers
