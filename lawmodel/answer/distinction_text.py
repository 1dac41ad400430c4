"""A distinction of cases, as a tree."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import RenderableType
from rich.text import Text
from rich.tree import Tree

from lawmodel.answer.answer import Answer, Distinction


def distinguished(answer: Answer) -> Iterable[RenderableType]:
    """The cases distinguished, each with what then holds."""
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
