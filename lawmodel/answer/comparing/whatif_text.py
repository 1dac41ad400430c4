"""What if, on a terminal: what is otherwise, both answers, and what changed between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from lawmodel.answer.answer import Answer, Ground
from lawmodel.answer.comparing.firmness_difference_text import firmness_difference, sides, sign_of
from lawmodel.answer.comparing.trace_difference_text import AFTER, BEFORE, DifferenceTree
from lawmodel.answer.comparing.whatif import DifferingProvision, Effect, WhatIf
from lawmodel.answer.consequence_text import brought
from lawmodel.answer.supposed_text import law_in_words, supposed
from lawmodel.answer.words import count
from lawmodel.reasoning.trace import Trace
from lawmodel.rulebook.model import Rulebook

MOST_NAMED: Final = 6
"""More open points are only counted beside an answer; below it those are named that differ."""


def heading(found: WhatIf) -> Iterator[RenderableType]:
    """The case, and what is supposed of it."""
    answer = found.before
    if answer.case or answer.title:
        yield Text.assemble((answer.title, "italic"), ("  " if answer.title else "", ""), (answer.case, "dim"))
        yield Text()
    yield supposed(found)
    if found.numbers.before:
        yield Text("Records keep the numbers that they have in the case.", "dim")
    yield Text()


def both_answers(found: WhatIf, *, everything: bool = False) -> Iterator[RenderableType]:
    """Both answers to one question and what changed; every reason and every row if ``everything``."""
    laws = law_in_words(found.before), law_in_words(found.after)
    law = f"  {laws[0]}" if laws[0] == laws[1] else ""
    yield Text.assemble((found.rulebook.questions[found.question].asks, "bold"), (law, "dim"))
    yield Text()
    yield Padding(_verdicts(found), (0, 0, 0, 2))
    yield Text()
    if not found.changed:
        yield Text("Nothing changes: the answer, its grounds and how firm it is stay as they are.")
        yield Text()
        return
    if found.same_outcome:
        yield Text(_staying(found))
        yield Text()
    yield from _provisions(found, everything)
    yield from _consequences(found)
    yield from firmness_difference(found, everything)


def unchanged(rulebook: Rulebook, questions: Sequence[str]) -> Text:
    """The questions of which no answer changes, in one line."""
    titles = [Text.assemble(rulebook.questions[name].title, (f" ({name})", "dim")) for name in questions]
    return Text("Nothing changes in the answer to: ").append(Text(", ").join(titles)).append(".")


# --- both answers -------------------------------------------------------------------------------------


def _verdicts(found: WhatIf) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim")
    table.add_column()
    same_law = law_in_words(found.before) == law_in_words(found.after)
    for word, answer in (("before", found.before), ("after", found.after)):
        parts = [] if same_law else [law_in_words(answer)]
        if answer.grounds:
            parts.append(_grounds(answer.grounds))
        if answer.turns_on:
            named = ", ".join(" with ".join(group) for group in answer.turns_on)
            many = count(len(answer.turns_on), "open point")
            parts.append(f"turns on {named if len(answer.turns_on) <= MOST_NAMED else many}")
        ids = answer.outcome or " or ".join(answer.possible)
        said = Text.assemble((_said(answer), "bold cyan" if answer.determined else "bold yellow"), (f"   {ids}", "dim"))
        table.add_row(word, Group(said, *([Text(" · ".join(parts), "dim")] if parts else [])))
    return table


def _said(answer: Answer) -> str:
    question = answer.rulebook.questions[answer.question]
    if answer.outcome is not None:
        outcome = question.outcome(answer.outcome)
        return f"{outcome.says.upper()}: {outcome.means}" if outcome.says else outcome.means
    return "IT DEPENDS: " + " / ".join(question.outcome(name).means for name in answer.possible)


def _grounds(grounds: Iterable[Ground], between: str = " · ") -> str:
    return between.join(one.citation if one.in_every_case else f"{one.citation} (in some cases)" for one in grounds)


def _staying(found: WhatIf) -> str:
    """One sentence on an answer that stays."""
    stays = "The answer stays" if found.after.determined else "The answer depends, as it did"
    lost, gained = (_grounds(ones, " and ") for ones in (found.grounds.lost, found.grounds.gained))
    if lost and gained:
        return f"{stays}, on other grounds: no longer {lost}, now {gained}."
    if lost or gained:
        return f"{stays}, {f'without {lost}' if lost else f'on a further ground: {gained}'}."
    return f"{stays}{', on the same grounds' if found.after.grounds else ''}."


# --- the provisions -----------------------------------------------------------------------------------


def _provisions(found: WhatIf, everything: bool) -> Iterator[RenderableType]:
    """What comes to something else; then what does not, spelled out only for grounds."""
    alike = [one for one in found.provisions if one.same_effect and one.difference and one.difference.of_substance]
    grounds = {ground.id for answer in (found.before, found.after) for ground in answer.grounds}
    spelled_out = [one for one in alike if everything or one.id in grounds]
    differing = [one for one in found.provisions if not one.same_effect]
    otherwise = "To the same effect, for other reasons"
    if not differing and not found.same_outcome:
        yield Text("No single provision comes to something else; what they come to between them does.")
        yield Text()
    for title, ones in (("What changed", differing), (otherwise, spelled_out)):
        if ones:
            yield Text.assemble((title, "bold"), (f"  {BEFORE[0]}before, {AFTER[0]}after", "dim"))
        for one in ones:
            yield _provision(found, one)
    named = dict.fromkeys(found.rulebook.provisions[one.id].citation for one in alike if one not in spelled_out)
    if named:
        word = "Likewise" if spelled_out else otherwise
        yield Text(f"{word}: {' · '.join(named)} (--all spells them out).", "dim")
        yield Text()


def _provision(found: WhatIf, one: DifferingProvision) -> RenderableType:
    provision = found.rulebook.provisions[one.id]
    question = found.rulebook.questions[found.question]
    mark = {True: "● ", False: "○ ", None: "◐ "}[one.after.applies]
    head = Text.assemble((mark, "cyan"), (provision.citation, "bold"), f"  {provision.title}  ", (one.id, "dim"))
    difference = one.difference
    was = _effect(found, one.before, None if difference is None else difference.before)
    now = _effect(found, one.after, None if difference is None else difference.after)
    effects = [Text(now, "dim")] if was == now else [Text.assemble(BEFORE, was), Text.assemble(AFTER, now)]

    def means(name: str) -> str:
        consequence = found.rulebook.consequences.get(name)
        return question.outcome(name).means if consequence is None else consequence.says

    tree = Tree(Group(head, Padding(Group(*effects), (0, 0, 0, 2))), guide_style="dim")
    if difference is not None:
        DifferenceTree(means).grow(tree, difference.below)
    return Group(tree, Text())


def _effect(found: WhatIf, effect: Effect, step: Trace | None) -> str:
    """What a provision comes to, in a few words, and whether that is certain although a step of its trace is open.

    What it brings beside an outcome is said below, under the consequences.
    """
    certain_all_the_same = step is not None and step.truth is None and effect.applies is not None
    remark = " in every case, although steps are open" if certain_all_the_same else ""
    if effect.applies is False:
        return f"does not apply{remark}"
    outcomes = found.rulebook.questions[found.question].outcomes
    means = {one.id: one.means for one in outcomes}
    means |= {name: one.says for name, one in found.rulebook.consequences.items()}
    reached = effect.speaks_for or effect.brings
    word = f"applies{remark}" if effect.applies else "open"
    return f"{word}: {_reached(means, reached)}" if reached else word


def _reached(means: Mapping[str, str], names: Mapping[str, bool]) -> str:
    """What is reached in every case; else what may be."""
    certain = [means[name] for name, always in names.items() if always]
    return " and ".join(certain) if certain else f"perhaps {' or '.join(means[name] for name in names)}"


def _consequences(found: WhatIf) -> Iterator[RenderableType]:
    if not found.consequences:
        return
    table = Table.grid(padding=(0, 1, 0, 0))
    for sign, answer, entries in sides(found, found.consequences):
        if entries:
            title, *lines, _ = brought(replace(answer, consequences=entries))
            table.add_row(sign_of(sign), Group(*lines))
    yield title
    yield table
    yield Text()
